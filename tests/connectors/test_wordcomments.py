"""Comments in a copy of a Word file stand at the very words, and change nothing else."""

from __future__ import annotations

import io
import re

import docx
import pytest
from built_files import W_NS, abstract, download, level, num
from built_files import docx as package_of

from connectors.readers.docx import read_docx
from connectors.wordcomments import Remark, with_comments
from nianbao import Document, ReadError

W = f"{{{W_NS}}}"
NUMBERED = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
NUMBERING = abstract(1, level(0, "%1、")) + num(1, 1)
BODY = (
    "<w:p><w:r><w:t>云岭镇2023年法治政府建设年度报告</w:t></w:r></w:p>"
    f"<w:p>{NUMBERED}<w:r><w:t>主要做法</w:t></w:r></w:p>"
    "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>全年检查12次，</w:t></w:r>"
    '<w:r><w:t xml:space="preserve">处罚 1</w:t><w:tab/><w:t>2件</w:t></w:r>'
    "<w:r><w:t>，又检查12次。</w:t></w:r></w:p>"
    '<w:p><w:ins w:id="5"><w:r><w:t>调解纠纷30件</w:t></w:r></w:ins>'
    '<w:del w:id="6"><w:r><w:delText>31件</w:delText></w:r></w:del><w:r><w:t>，成功30件。</w:t></w:r></w:p>'
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>项目</w:t></w:r></w:p></w:tc>"
    "<w:tc><w:p><w:r><w:t>件数</w:t></w:r></w:p></w:tc></w:tr>"
    "<w:tr><w:tc><w:p><w:r><w:t>处罚</w:t></w:r></w:p></w:tc>"
    "<w:tc><w:p><w:r><w:t>其中</w:t></w:r></w:p><w:p><w:r><w:t>12件</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)


@pytest.fixture
def package() -> bytes:
    return package_of(BODY, numbering=NUMBERING)


def commented(data: bytes, *remarks: Remark) -> bytes:
    file = download(data, "报告.docx")
    return with_comments(file, read_docx(file), remarks, "年报自查")


def anchored(data: bytes) -> dict[str, str]:
    """Return for each comment's text the words that it stands at."""
    package = docx.Document(io.BytesIO(data))
    said = {str(comment.comment_id): comment.text for comment in package.comments}
    found: dict[str, str] = {}
    begun: set[str] = set()
    for element in package.element.body.iter():
        if element.tag == f"{W}commentRangeStart":
            begun.add(element.get(f"{W}id"))
        elif element.tag == f"{W}commentRangeEnd":
            begun.remove(element.get(f"{W}id"))
        elif element.tag == f"{W}t":
            for name in begun:
                found[said[name]] = found.get(said[name], "") + element.text
    return found


def read(data: bytes) -> Document:
    return read_docx(download(data, "报告.docx"))


@pytest.mark.parametrize(
    ("quote", "nth", "words"),
    [
        ("主要做法", 0, "主要做法"),
        ("一、主要做法", 0, "主要做法"),
        ("检查12次", 0, "检查12次"),
        ("检查12次", 1, "检查12次"),
        ("处罚 1 2件，又", 0, "处罚 12件，又"),
        ("纠纷30件，成功", 0, "纠纷30件，成功"),
        ("12件", 0, "12件"),
        ("云岭镇", 0, "云岭镇"),
    ],
)
def test_a_remark_stands_at_its_words_and_the_text_stays(
    package: bytes, quote: str, nth: int, words: str
) -> None:
    document = read(package)
    found = [match.start() for match in re.finditer(re.escape(quote), document.text)]
    start = found[nth]
    marked = commented(package, Remark(start, start + len(quote), "请核对"))
    assert anchored(marked) == {"请核对": words}
    assert read(marked).text == document.text


def test_the_second_of_two_equal_phrases_is_the_one_marked(package: bytes) -> None:
    start = read(package).text.rindex("检查12次")
    paragraph = docx.Document(io.BytesIO(commented(package, Remark(start, start + 5, "后一处")))).paragraphs[
        2
    ]
    before = paragraph._p.xpath("./w:commentRangeStart/preceding-sibling::w:r//w:t")
    assert "".join(element.text for element in before) == "全年检查12次，处罚 12件，又"


def test_many_remarks_on_one_paragraph_keep_their_own_words(package: bytes) -> None:
    text = read(package).text
    spans = [match.span() for match in re.finditer(r"\d+[次件]", text)]
    marked = commented(package, *(Remark(*span, f"第{n}处") for n, span in enumerate(spans)))
    assert anchored(marked) == {f"第{n}处": text[start:end] for n, (start, end) in enumerate(spans)}
    assert read(marked).text == text


def test_what_is_said_of_the_whole_stands_at_the_title(package: bytes) -> None:
    marked = commented(package, Remark(0, 0, "缺少下一年度的安排\n建议：补充"))
    assert anchored(marked) == {"缺少下一年度的安排\n建议：补充": "云岭镇2023年法治政府建设年度报告"}


def test_other_files_bear_no_comments() -> None:
    file = download("云岭镇2023年法治政府建设年度报告".encode(), "报告.txt")
    document = Document("报告.txt", file.sha256, "text", "云岭镇")
    with pytest.raises(ReadError, match=r"只有 \.docx 文件能写批注"):
        with_comments(file, document, [Remark(0, 3, "请核对")], "年报自查")
