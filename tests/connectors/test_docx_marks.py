"""Notes, fields and symbols: marks that must not run into a figure, and characters that are not typed."""

from __future__ import annotations

import pytest
from built_files import DECLARATION, NAMESPACES, lines, p, r
from docx_read import read

from connectors.readers.dingbats import symbol
from connectors.readers.wordfields import equation


def field(code: str, *result: str, separate: bool = True) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    middle = mark.format("separate") if separate else ""
    instruction = f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
    return mark.format("begin") + instruction + middle + "".join(result) + mark.format("end")


def note_part(kind: str, *notes: str) -> str:
    separator = f'<w:{kind} w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    made = "".join(
        f'<w:{kind} w:id="{number}">{note}</w:{kind}>' for number, note in enumerate(notes, start=1)
    )
    return f"{DECLARATION}<w:{kind}s {NAMESPACES}>{separator}{made}</w:{kind}s>"


def reference(kind: str, number: int, mark: str = "") -> str:
    custom = ' w:customMarkFollows="1"' if mark else ""
    typed = f"<w:t>{mark}</w:t>" if mark else ""
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    return f'<w:r>{raised}<w:{kind}Reference{custom} w:id="{number}"/>{typed}</w:r>'


def test_notes_follow_the_body_and_their_marks_go() -> None:
    mark = "<w:r><w:footnoteRef/></w:r>"
    footnotes = note_part(
        "footnote", f"<w:p>{mark}{r(' 含街道3件。')}</w:p>", f"{p('另有')}{p('两段。')}", p("没有提到的。")
    )
    document = read(
        f"<w:p>{r('办理269')}{reference('endnote', 1)}{r('件')}{reference('footnote', 2)}</w:p>",
        f"<w:p>{r('罚款3万元')}{reference('footnote', 1, '①')}{r('。')}{reference('footnote', 2)}</w:p>",
        parts={
            "word/footnotes.xml": footnotes,
            "word/endnotes.xml": note_part("endnote", p("统计口径见年报。")),
        },
    )
    assert lines(document) == [
        "办理269件", "罚款3万元。", "另有", "两段。", "含街道3件。", "统计口径见年报。"
    ]  # fmt: skip
    assert [block.place.path for block in document.blocks] == [None, None, "脚注", "脚注", "脚注", "尾注"]
    assert document.notes == ()


def test_a_note_that_was_deleted_or_is_not_there_is_none() -> None:
    gone = f"<w:del>{reference('footnote', 1)}</w:del>"
    footnotes = note_part("footnote", p("旧注。"))
    document = read(
        f"<w:p>{r('文')}{gone}{reference('footnote', 9)}</w:p>", parts={"word/footnotes.xml": footnotes}
    )
    assert document.text == "文"


def test_damaged_notes_are_told() -> None:
    referring = f"<w:p>{r('文')}{reference('footnote', 1)}</w:p>"
    document = read(referring, parts={"word/footnotes.xml": "<w:foot"})
    assert (document.text, document.notes) == ("文", ("脚注部分已损坏，没有收入正文",))


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        # A raised digit after a figure is a note typed by hand, or a power; after a letter it is plain.
        ((r("269"), r("1", '<w:vertAlign w:val="superscript"/>'), r("件")), "269¹件"),
        ((r("10"), r("4", '<w:vertAlign w:val="superscript"/>'), r("倍")), "10⁴倍"),
        ((r("35km"), r("2", '<w:vertAlign w:val="superscript"/>')), "35km2"),
        ((r("案"), r("[1]", '<w:vertAlign w:val="superscript"/>')), "案[1]"),
        ((r("CO"), r("2", '<w:vertAlign w:val="subscript"/>')), "CO2"),
        ((field("NOTEREF _Ref1 \\f \\h", r("1")), r("12件")), "12件"),
        ((r("共12"), field("NOTEREF _Ref1", r("3")), r("件")), "共12件"),
        ((field("SEQ 表 \\* ARABIC", r("3")), r("年度表")), "3年度表"),
        ((field("REF _Ref2 \\r \\h", r("（二）"))), "（二）"),
        ((field(" eq \\o\\ac(○,1)", separate=False), r("加强学习")), "①加强学习"),
        ((field("EQ \\o\\ac(□,√)", r("旧")), r("是")), "☑是"),
        ((field('SYMBOL 252 \\f "Wingdings" \\s 12', separate=False), r("完成")), "✓完成"),
        (('<w:fldSimple w:instr=" EQ \\f(1,2) "/>', r("以上")), "1/2以上"),
        (('<w:r><w:sym w:font="Wingdings" w:char="F081"/></w:r>', r("队伍")), "①队伍"),
        ((r("\uf081\uf0fc", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'), r("队伍")), "①✓队伍"),
        ((field("AUTONUM", separate=False), r("甲"), field("AUTONUM \\e", separate=False)), "1.甲2"),
        (
            tuple(field(f"LISTNUM \\l {level}", separate=False) for level in (1, 2, 2, 4, 1, 2, "2 \\s 5")),
            "1)a)b)(1)2)a)e)",
        ),
        ((r("长"), '<w:r><w:softHyphen/><w:t xml:space="preserve"> 短 </w:t></w:r>', r("文")), "长 短 文"),
        (("<w:r><w:t>\n  前 \n</w:t></w:r>", "<w:r><w:t>甲\n乙</w:t></w:r>"), "前甲 乙"),
        (("<w:r><w:t>12</w:t><w:pgNum/><w:lastRenderedPageBreak/></w:r>", r("件")), "12件"),
    ],
)
def test_what_stands_between_characters(runs: tuple[str, ...], expected: str) -> None:
    assert read(f"<w:p>{''.join(runs)}</w:p>").text == expected


def test_form_fields_show_what_was_chosen() -> None:
    chosen = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="否"/><w:listEntry w:val="是"/></w:ddList>'
    ticked = '<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>'

    def form(code: str, data: str) -> str:
        begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
        return field(code).replace('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', begin)

    document = read(f"<w:p>{form('FORMDROPDOWN', chosen)}{r('，')}{form('FORMCHECKBOX', ticked)}</w:p>")
    assert document.text == "是，☑"


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("\\o\\ac(○,1)", "①"),
        ("\\o\\ac(○,12)", "⑫"),
        ("\\o\\ac(○,一)", "㊀"),
        ("\\o\\ac(○,印)", "㊞"),
        ("\\o\\ac(○,公)", "公"),
        ("\\o\\ac(□,2)", "2"),
        ('\\* jc2 \\* "Font:宋体" \\* hps10 \\o\\ad(\\s\\up 9(zhen),镇)', "镇"),
        ("\\o(\\s\\up 5(党委),\\s\\do 2(政府))", "党委政府"),
        ("\\f(3,4)", "3/4"),
        ("\\f(\\r(2),2)", "√2/2"),
        ("10\\s\\up5(2)", "10²"),
        ("\\b\\bc\\{(\\a(甲,乙))", "(甲 乙)"),
        ("\\x(框)", "框"),
        ("\\l(甲,乙)", "甲,乙"),
        ("\\o(", ""),
        ("\\", ""),
        ("\\x(" * 40 + "深", ""),
    ],
)
def test_equations(code: str, shown: str) -> None:
    assert equation(code) == shown


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [
        ("Wingdings", 0xF06C, "●"), ("wingdings", 0xFE, "☑"), ("Wingdings", 0xF08C, "❶"),
        ("Wingdings", 0xF020, ""),
        ("Wingdings 2", 0xF06A, "①"), ("Wingdings 2", 0xF052, "☑"), ("Wingdings 3", 0xF070, "▲"),
        ("Symbol", 0xF0B3, "≥"), ("Symbol", 0xF032, "2"), ("Symbol", 0xF061, "α"),
        ("宋体", 0x2460, "①"), ("宋体", 0xF06C, ""),
    ],
)  # fmt: skip
def test_symbol_fonts(font: str, code: int, shown: str) -> None:
    assert symbol(font, code) == shown


def test_formulas_keep_their_figures_apart() -> None:
    def math(text: str) -> str:
        return f"<m:r><m:t>{text}</m:t></m:r>"

    fraction = f"<m:f><m:num>{math('1')}</m:num><m:den>{math('2')}</m:den></m:f>"
    power = f"<m:sSup><m:e>{math('10')}</m:e><m:sup>{math('3')}</m:sup></m:sSup>"
    document = read(f"<w:p><m:oMathPara><m:oMath>{fraction}{math('×')}{power}</m:oMath></m:oMathPara></w:p>")
    assert document.text == "1/2×10³"


def test_fields_that_do_not_end_swallow_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    separate = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    document = read(f"<w:p>{begin}{separate}{r('目录')}</w:p>", p("正文"), p("办理12件"))
    assert lines(document) == ["正文", "办理12件"]


def test_a_field_whose_end_is_hidden_or_deleted_ends() -> None:
    open_field = field("PAGE", r("7")).removesuffix('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    end = '<w:fldChar w:fldCharType="end"/>'
    document = read(
        f"<w:p>{open_field}<w:r><w:rPr><w:vanish/></w:rPr>{end}</w:r>{r('甲')}</w:p>",
        f"<w:p>{open_field}<w:del><w:r>{end}</w:r></w:del>{r('乙')}</w:p>",
    )
    assert lines(document) == ["甲", "乙"]
