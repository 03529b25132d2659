"""OFD: what order the characters of a page are read in, and what is left out of it."""

from __future__ import annotations

import pytest
from built_files import lines
from ofd_drawing import OfdPage, text_object
from ofd_files import members_of, ofd, packed
from ofd_pages import objects, page, read, wrapped
from typesetting import EM, LEADING, LEFT, LONG, NEXT, TOP


def test_raised_signs_stay_in_their_line() -> None:
    made = page("　　全年办理行政复议案件十二件")
    made.text(LEFT + 2 * EM + 13 * EM, TOP + 6, "①", 9).text(
        LEFT + 2 * EM + 13 * EM + 9, TOP, "均已办结。", EM
    )
    assert read(ofd(made)).text == "全年办理行政复议案件十二件均已办结。"


def test_characters_printed_twice_are_read_once() -> None:
    made = OfdPage().text(LEFT, TOP, "人人参与", EM)
    made.text(LEFT + 0.6, TOP, "人人参与", EM)
    assert read(ofd(made)).text == "人人参与"


def test_notes_at_the_foot_come_last_without_their_marks() -> None:
    made = page("　　" + LONG[:20] + "面积3km", *[text + "。" for text in wrapped(NEXT)[:1]])
    made.text(LEFT + 25.5 * EM, TOP + 6, "2", 9).text(LEFT + 26 * EM, TOP - LEADING + 6, "1", 9)
    made.text(LEFT, 120, "1", 6).text(LEFT + 6, 117, "统计口径见主管部门的说明。", 10)
    document = read(ofd(made))
    assert lines(document)[-1] == "统计口径见主管部门的说明。"
    assert "面积3km²" in document.text
    assert "去掉了正文中的注释标记（2 处）" in document.notes


def test_marks_on_a_page_that_is_all_table() -> None:
    made = OfdPage().grid([90, 200, 300], [600, 570, 540])
    for index, text in enumerate(("部门", "件数", "公安", "12")):
        made.text(95 + 110 * (index % 2), 580 - 30 * (index // 2), text, 12)
    made.text(119, 585, "①", 7)
    document = read(ofd(made))
    assert lines(document) == ["部门\t件数", "公安\t12"]
    assert document.notes == ("去掉了正文中的注释标记（1 处）",)


def test_a_recognised_text_under_a_picture_is_doubtful() -> None:
    picture = '<ofd:ImageObject ID="9" ResourceID="3" Boundary="0 0 210 297"/>'
    clear = text_object("30", "60", LONG[:30], DeltaX="g 29 5", more='Alpha="0" Boundary="0 0 210 297"')
    document = read(objects(picture, clear))
    assert document.text == LONG[:30]
    assert document.doubts == ((0, 30),)
    assert document.notes == ("第 1 页是扫描件，文字取自文件自带的识别结果，可能有误",)


def test_a_garbled_text_is_not_read() -> None:
    garbled = OfdPage().text(LEFT, TOP, "\ue001\ue002\ue003\ue004" * 6)
    document = read(ofd(page(LONG[:20]), garbled))
    assert document.text == LONG[:20]
    assert document.notes == ("第 2 页是图片或文字层有误，没有读到文字",)


def columns(*, by_row: bool) -> OfdPage:
    made = OfdPage()
    rights = "申请政府信息公开案件两件均依法按期予以答复"
    lefts = "组织学法活动四次培训干部一百人次以上成效好"
    places = [(half, index) for half in range(2) for index in range(5)]
    for half, index in sorted(places, key=lambda place: place[::-1]) if by_row else places:
        text = (lefts, rights)[half][index * 4 : index * 4 + 4] * 2
        made.text(LEFT + half * 15 * EM, TOP - index * LEADING, text)
    return made


def test_columns_are_read_one_after_the_other() -> None:
    text = read(ofd(columns(by_row=False))).text.replace("\n", "")
    assert text.index("成效") < text.index("申请")
    rows = lines(read(ofd(columns(by_row=True))))
    assert "组织学法组织学法" in rows[0]
    assert "申请政府" in rows[0]


def test_a_page_laid_crosswise_is_turned() -> None:
    turned = text_object(
        "0", "0", LONG, DeltaX=f"g {len(LONG)} 5", more='Boundary="100 20 8 260" CTM="0 1 -1 0 0 0"'
    )
    document = read(objects(turned))
    assert document.text == LONG
    box = document.blocks[0].place.box
    assert box is not None
    assert box[2] - box[0] > 600
    by_direction = text_object(
        "0",
        "0",
        LONG,
        DeltaY=f"g {len(LONG)} 5",
        more='Boundary="100 20 8 260" CharDirection="90" ReadDirection="90"',
    )
    assert read(objects(by_direction)).text == LONG


def test_watermarks_set_aslant_are_left_out() -> None:
    mark = text_object(
        "0", "0", "内部资料", DeltaX="g 3 5", more='Boundary="50 50 60 60" CTM="0.7 0.7 -0.7 0.7 0 0"'
    )
    document = read(ofd(page(*wrapped(LONG)).xml(mark)))
    assert document.text == LONG
    assert document.notes == ("斜排、横置的文字（4 字，多为水印）没有计入正文",)


def test_what_is_hidden_or_off_the_page_is_left_out() -> None:
    hidden = text_object("30", "100", "看不见的字", DeltaX="g 4 5", more='Visible="false"')
    beyond = text_object("500", "100", "纸外的字", DeltaX="g 3 5")
    assert read(ofd(page(*wrapped(LONG)).xml(hidden, beyond))).text == LONG


def test_composite_objects_are_read_at_their_place() -> None:
    itself = '<ofd:CompositeObject ID="8" ResourceID="7" Boundary="0 0 9 9"/>'
    inner = text_object("0", "6", "嵌在图元里的字", DeltaX="g 6 5") + itself
    unit = (
        '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="7" Width="100" Height="20">'
        f"<ofd:Content>{inner}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    )
    data = members_of(
        ofd(OfdPage().xml('<ofd:CompositeObject ID="6" ResourceID="7" Boundary="30 50 100 20"/>'))
    )
    resources = str(data["Doc_0/PublicRes.xml"]).replace("</ofd:Res>", f"{unit}</ofd:Res>")
    document = read(packed({**data, "Doc_0/PublicRes.xml": resources}))
    assert document.text == "嵌在图元里的字"
    assert document.blocks[0].place.box == pytest.approx((85.0, 146.3, 184.3, 160.4), abs=1)
