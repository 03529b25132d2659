"""Word documents saved as one XML file: the flat form of a package, and Word 2003's own."""

from __future__ import annotations

import random

import pytest
from built_files import download, lines
from mutations import anywhere, in_elements, in_tags
from old_files import FILES, flat
from test_readers_any_bytes import assert_sound

from connectors.readers import docx as docx_reader
from connectors.readers import legacy
from nianbao import Document, ReadError

WORD_2003 = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"
 xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"
 xmlns:aml="http://schemas.microsoft.com/aml/2001/core" w:macrosPresent="no">
<w:lists><w:listDef w:listDefId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:nfc w:val="37"/><w:suff w:val="Nothing"/>
<w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:nfc w:val="37"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:lvlText w:val="%3."/></w:lvl></w:listDef>
<w:list w:ilfo="1"><w:ilst w:val="0"/></w:list></w:lists>
<w:styles><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:listPr>
<w:ilfo w:val="1"/></w:listPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>
<w:body><wx:sect><w:p><w:r><w:t>云岭镇报告</w:t></w:r></w:p>
<wx:sub-section><w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>举措</w:t></w:r></w:p>
<w:p><w:pPr><w:listPr><w:ilvl w:val="1"/><w:ilfo w:val="1"/><wx:t wx:val="（一）"/></w:listPr></w:pPr>
<w:r><w:t>学法</w:t></w:r></w:p>
<w:p><w:r><w:t>办理</w:t></w:r><aml:annotation aml:id="1" w:type="Word.Deletion"><aml:content>
<w:r><w:delText>12</w:delText></w:r></aml:content></aml:annotation>
<aml:annotation aml:id="2" w:type="Word.Insertion"><aml:content><w:r><w:t>15</w:t></w:r></aml:content>
</aml:annotation><w:r><w:t>件</w:t><aml:annotation aml:id="3" w:type="Word.Comment"><aml:content>
<w:p><w:r><w:t>批注</w:t></w:r></w:p></aml:content></aml:annotation></w:r>
<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r></w:p></wx:sub-section>
<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>不足</w:t>
<w:footnote><w:p><w:r><w:t>脚注文字</w:t></w:r></w:p>
</w:footnote></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>部门</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>件数</w:t></w:r></w:p></w:tc>
</w:tr><w:tr><w:tc><w:tcPr><w:vmerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>公安</w:t></w:r></w:p></w:tc>
<w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:tcPr><w:vmerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>3</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:sectPr><w:hdr w:type="odd"><w:p><w:r><w:t>页眉</w:t></w:r></w:p></w:hdr></w:sectPr></wx:sect></w:body>
</w:wordDocument>""".encode()


def read(data: bytes) -> Document:
    return legacy.read_legacy(download(data, "报告.xml"))


@pytest.mark.parametrize("name", ["outline", "table", "box", "today"])
def test_flat_word_xml(name: str) -> None:
    expected = docx_reader.read_docx(download(FILES[name])).text
    document = read(flat(FILES[name]))
    assert (document.text, document.reader) == (expected, "legacy")


def test_word_2003_xml() -> None:
    document = read(WORD_2003)
    assert lines(document) == [
        "云岭镇报告", "一、举措", "（一）学法", "办理15件", "二、不足",
        "部门\t件数", "公安\t12", "\t3", "脚注文字",
    ]  # fmt: skip
    assert [block.level for block in document.blocks[1:3]] == [1, None]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (WORD_2003[:1500], "XML 已损坏"),
        (WORD_2003.replace(b"<w:wordDocument", b"<!DOCTYPE x [<!ENTITY a 'b'>]><w:wordDocument"), "实体"),
        (WORD_2003.replace(b"w:body", b"w:bodies"), "没有正文"),
        (flat(FILES["box"]).replace(b"/word/document.xml", b"/word/other.xml"), "缺少|没有"),
        (flat(FILES["box"]).replace(b'pkg:name="/word/document.xml"', b'pkg:name=""'), "缺少|没有"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><a/>', "没有 Word 文档"),
    ],
)
def test_word_xml_that_cannot_be_read(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message) as error:
        read(data)
    assert str(error.value).startswith("报告.xml：")


def test_damaged_word_xml() -> None:
    """Bytes that are wrong, and sound XML that Word would not write."""
    chance = random.Random("word xml")
    for _ in range(150):
        data = chance.choice([WORD_2003, flat(FILES["table"]), flat(FILES["outline"])])
        assert_sound(legacy.read_legacy, chance.choice([anywhere, in_tags, in_elements])(data, chance))
