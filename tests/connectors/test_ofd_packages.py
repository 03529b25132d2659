"""What OFD packages look like from outside: paths, several documents, damage, hostile files."""

from __future__ import annotations

import random
import time

import pytest
from built_files import download, lines
from ofd_drawing import NAMESPACE, OfdPage, Style, text_object
from ofd_files import members_of, ofd, packed

from connectors.readers import ofd as reader
from connectors.readers import ofdpage, package
from nianbao import Document, ReadError
from nianbao.limits import Limits

TEXT = "全年召开专题会议三次，办理案件12件。"
SECOND = "第二份文档的正文也在这个文件里面，说的是另一件事情。"
ENTRY = "OFD.xml"
MAIN = "Doc_0/Document.xml"
CONTENT = "Doc_0/Pages/Page_0/Content.xml"
PICTURE = '<ofd:ImageObject ID="9" ResourceID="3" Boundary="0 0 210 297" CTM="210 0 0 297 0 0"/>'


def page(text: str = TEXT) -> OfdPage:
    return OfdPage().text(90, 700, text)


def read(data: bytes, name: str = "报告.ofd") -> Document:
    return reader.read_ofd(download(data, name))


def refused(data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        read(data)
    assert caught.value.where == "报告.ofd"
    return caught.value.message


def changed(part: str, old: str, new: str, *pages: OfdPage) -> bytes:
    members = members_of(ofd(*(pages or (page(),))))
    content = str(members[part])
    assert old in content
    return packed({**members, part: content.replace(old, new)})


def test_bid_is_by_magic_bytes() -> None:
    assert reader.bid(download(ofd(page()), "报告.docx")) == 90
    assert reader.bid(download(b"%PDF-1.4", "报告.ofd")) == 0


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (ENTRY, "Doc_0/Document.xml", "/Doc_0/Document.xml"),
        (ENTRY, "Doc_0/Document.xml", "\n  ./Doc_0/Document.xml\n"),
        (ENTRY, "Doc_0/Document.xml", "doc_0\\document.XML"),
        (MAIN, "Pages/Page_0", "/Doc_0/Pages/Page_0"),
        (MAIN, "Pages/Page_0", "Doc_0/Pages/Page_0"),
        (MAIN, "Pages/Page_0", "../Doc_0/Pages/Page_0"),
        (MAIN, 'BaseLoc="Pages/Page_0/Content.xml"/>', f"><ofd:BaseLoc>{CONTENT}</ofd:BaseLoc></ofd:Page>"),
    ],
)  # fmt: skip
def test_paths_of_every_form(part: str, old: str, new: str) -> None:
    assert read(changed(part, old, new)).text == TEXT


@pytest.mark.parametrize("namespace", ["http://www.ofdspec.org/2012", "http://www.ofdspec.org", "urn:x"])
def test_namespaces_of_every_edition(namespace: str) -> None:
    assert read(ofd(page(), namespace=namespace)).text == TEXT


@pytest.mark.parametrize("prefix", ["", "a:", "OFD:"])
def test_prefixes_of_every_producer(prefix: str) -> None:
    declared = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    members = {
        name: str(content).replace("xmlns:ofd", declared).replace("ofd:", prefix)
        for name, content in members_of(ofd(page())).items()
    }
    assert read(packed(members)).text == TEXT


def test_folders_named_in_gbk() -> None:
    members = members_of(ofd(page()))
    for part in (ENTRY, MAIN):
        members[part] = str(members[part]).replace("Doc_0", "正文").replace("Pages/", "/正文/Pages/")
    made = packed({name.replace("Doc_0", "AAAA"): part for name, part in members.items()})
    assert read(made.replace(b"AAAA", "正文".encode("gbk"))).text == TEXT


def two_documents(first: OfdPage) -> bytes:
    body = "<ofd:DocBody><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody>"
    other = {name.replace("Doc_0", "Doc_1"): part for name, part in members_of(ofd(page(SECOND))).items()}
    return ofd(first, body=body, parts={name: part for name, part in other.items() if name != ENTRY})


def test_of_several_documents_the_first_with_text_is_read() -> None:
    document = read(two_documents(page()))
    assert (document.text, document.notes) == (TEXT, ("文件里有 2 份文档，只读取了第 1 份",))
    document = read(two_documents(OfdPage()))
    assert (document.text, document.notes) == (SECOND, ("文件里有 2 份文档，只读取了第 2 份",))


@pytest.mark.parametrize(
    ("without", "message"),
    [
        (ENTRY, "OFD 文件缺少 OFD.xml，可能不完整"),
        (MAIN, "OFD 文件缺少 Doc_0/Document.xml，可能不完整"),
        (CONTENT, "OFD 文件缺少 Pages/Page_0/Content.xml，可能不完整"),
    ],
)
def test_missing_parts_are_told(without: str, message: str) -> None:
    assert refused(ofd(page(), parts={without: None})) == message


def test_a_page_that_is_missing_or_broken_is_noted() -> None:
    data = ofd(page(), page(), page(SECOND), parts={CONTENT: None, CONTENT.replace("_0/C", "_1/C"): "<a"})
    document = read(data)
    assert document.text == SECOND
    assert document.notes == ("第 1、2 页无法读取",)
    assert document.blocks[0].place.page == 3


def test_no_pages() -> None:
    assert refused(ofd()) == "OFD 文件里没有页面"


@pytest.mark.parametrize("name", ["Encryptions.xml", "Doc_0/encryptEntries.dat"])
def test_encrypted_files_are_told(name: str) -> None:
    assert refused(ofd(page(), parts={name: "x", CONTENT: b"\x8f\x02\x99"})) == "OFD 文件已加密，不能读取"


def test_scans_are_told() -> None:
    assert "扫描件" in refused(ofd(OfdPage().xml(PICTURE), OfdPage().xml(PICTURE)))
    outlines = OfdPage()
    for index in range(300):
        outlines.rule(index, 0, index, 3)
    assert "扫描件" in refused(ofd(outlines))


def test_a_page_that_is_a_picture_is_noted() -> None:
    document = read(ofd(page(), OfdPage().xml(PICTURE)))
    assert document.text == TEXT
    assert document.notes == ("第 2 页是图片或文字层有误，没有读到文字",)


def test_attachments_are_noted() -> None:
    attached = '<ofd:Attachment ID="1" Name="明细.xlsx"/>'
    listed = f'<ofd:Attachments xmlns:ofd="{NAMESPACE}">{attached}</ofd:Attachments>'
    element = "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>"
    data = ofd(page(), document=element, parts={"Doc_0/Attachs/Attachments.xml": listed})
    assert read(data).notes == ("文件所带的 1 个附件没有读取：明细.xlsx",)
    assert read(ofd(page(), document=element)).notes == ()


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "limits", lambda: Limits(pages=1))
    assert refused(ofd(page(), page())) == "OFD 有 2 页，超过 1 页，不像一份报告"


@pytest.mark.parametrize("part", [ENTRY, MAIN, CONTENT])
def test_entities_are_refused(part: str) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
    assert refused(ofd(page(), parts={part: bomb})) == "OFD 文件里声明了 XML 实体，已拒绝读取"


def test_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "压缩炸弹" in refused(ofd(page(), parts={CONTENT: b" " * 6_000_000}))
    monkeypatch.setattr(package, "limits", lambda: Limits(file_megabytes=0))
    assert "压缩炸弹" in refused(ofd(page()))


def test_far_too_much_on_a_page_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ofdpage, "MOST_ON_PAGE", 500)
    many = OfdPage().xml(text_object("30", "60", "字" * 600))
    assert refused(ofd(many)) == "OFD 文件里的内容多得异常，已拒绝读取"


def test_composites_that_multiply_are_refused() -> None:
    calls = "".join(
        f'<ofd:CompositeObject ID="1" ResourceID="{{}}" Boundary="{x} 0 1 1"/>' for x in range(40)
    )
    units = "".join(
        f'<ofd:CompositeGraphicUnit ID="{number}"><ofd:Content>'
        f"{calls.format(*[number + 1] * 40)}</ofd:Content></ofd:CompositeGraphicUnit>"
        for number in range(8)
    )
    resources = f'<ofd:Res xmlns:ofd="{NAMESPACE}">{units}</ofd:Res>'
    many = OfdPage().xml('<ofd:CompositeObject ID="6" ResourceID="0" Boundary="0 0 9 9"/>')
    started = time.process_time()
    assert "多得异常" in refused(ofd(many, parts={"Doc_0/PublicRes.xml": resources}))
    assert time.process_time() - started < 20


def test_deep_nesting() -> None:
    deep = "<ofd:PageBlock>" * 100 + text_object("30", "60", TEXT) + "</ofd:PageBlock>" * 100
    assert read(ofd(OfdPage().xml(deep))).text == TEXT
    assert "XML 已损坏" in refused(ofd(OfdPage().xml("<ofd:PageBlock>" * 9_000 + "</ofd:PageBlock>" * 9_000)))


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e308", "1e9", "x", "", "9" * 400])
@pytest.mark.parametrize(
    "place",
    [
        'Boundary="{0} {0} {0} {0}"',
        'Boundary="0 0 9 9" CTM="{0} {0} {0} {0} {0} {0}"',
        'Boundary="0 0 9 9" CTM="1 0 0 1 {0} 0"',
        'Boundary="0 0 9 9" HScale="{0}"',
        'Boundary="0 0 9 9" CharDirection="{0}" ReadDirection="{0}"',
    ],
)
def test_absurd_numbers(value: str, place: str) -> None:
    odd = text_object("30", "60", "怪", more=place.format(value))
    sized = text_object("30", "60", "怪", size=value)
    moved = text_object(value, value, "怪怪", DeltaX=value, DeltaY=value)
    path = f"M {value} 0 L {value} {value} B 1 C"
    drawn = (
        f"<ofd:PathObject {place.format(value)}><ofd:AbbreviatedData>{path}</ofd:AbbreviatedData>"
        "</ofd:PathObject>"
    )
    area = f"<ofd:Area><ofd:PhysicalBox>0 0 {value} {value}</ofd:PhysicalBox></ofd:Area>"
    document = read(ofd(page().head(area).xml(odd, sized, moved, drawn * 3)))
    assert TEXT in lines(document) or "怪" in document.text
    assert TEXT in document.text.replace("怪", "").replace("\n", "")


def test_a_page_full_of_rules_is_read_without_tables() -> None:
    made = page().text(90, 672, SECOND)
    made.grid([float(x) for x in range(0, 590, 5)], [float(y) for y in range(0, 680, 5)])
    started = time.process_time()
    document = read(ofd(made))
    assert time.process_time() - started < 10
    assert lines(document) == [TEXT, SECOND]
    assert document.notes == ("第 1 页的表格没有按格读取",)


def damaged(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(made) + 1)
        kind = chance.randrange(4)
        if kind == 0:
            made[place : place + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            del made[place : place + chance.randint(1, 60)]
        elif kind == 2:
            made[place:place] = made[: chance.randint(1, 200)]
        else:
            made[place : place + 4] = chance.choice([b"1e99", b'"/>', b"nan ", b"g 99"])
    return bytes(made)


@pytest.mark.parametrize("style", ["line", "character"])
def test_damaged_files_give_a_sound_document_or_are_refused(style: Style) -> None:
    chance = random.Random(f"ofd {style}")
    made = page().grid([90, 200, 300], [500, 530, 560]).text(95, 540, "公安", 12).text(205, 540, "12", 12)
    whole = ofd(made, page(SECOND), style=style)
    members = members_of(whole)
    for _ in range(150):
        part = chance.choice(sorted(members))
        inner = packed({**members, part: damaged(str(members[part]).encode(), chance)})
        for data in (damaged(whole, chance), inner):
            try:
                document = read(data)
            except ReadError:
                continue
            assert document.text
            for block in document.blocks:
                assert (
                    document.text[block.start : block.end].strip() == document.text[block.start : block.end]
                )
