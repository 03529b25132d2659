"""What LibreOffice prints: notes, tables over pages, columns; and its fonts' maps made wrong."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path

import pytest
from built_files import DECLARATION, NAMESPACES, docx, download, lines, r, table
from libreoffice import LibreOffice
from renderings import converted
from typesetting import LONG, NEXT

from connectors.readers import pdf as reader
from nianbao import BlockKind, Document, ReadError

pytestmark = pytest.mark.office

FONTS = '<w:rFonts w:ascii="Liberation Serif" w:hAnsi="Liberation Serif" w:eastAsia="Noto Serif CJK SC"/>'
RAISED = '<w:vertAlign w:val="superscript"/>'
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
REMARK = "这是一段比较长的备注文字用来换行显示的内容共几行"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
PART = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def run(text: str, size: int = 32, extra: str = "") -> str:
    return r(text, f'{FONTS}<w:sz w:val="{size}"/>{extra}')


def body(*runs: str, align: str = "both", indent: bool = True) -> str:
    first = '<w:ind w:firstLine="640"/>' if indent else ""
    properties = f'<w:spacing w:line="579" w:lineRule="exact"/>{first}<w:jc w:val="{align}"/>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def reference(number: int) -> str:
    return f'<w:r><w:rPr>{RAISED}</w:rPr><w:footnoteReference w:id="{number}"/></w:r>'


def note(number: int, text: str) -> str:
    own = f'<w:r><w:rPr>{RAISED}<w:sz w:val="18"/></w:rPr><w:footnoteRef/></w:r>'
    return f'<w:footnote w:id="{number}"><w:p>{own}{run(" " + text, 18)}</w:p></w:footnote>'


def with_notes(data: bytes, *notes: str) -> bytes:
    """Add the part of footnotes to a package."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            text = text.replace(
                "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{PART}"/></Types>'
            )
            if name == "word/_rels/document.xml.rels":
                added = f'<Relationship Id="notes" Type="{RELATION}" Target="footnotes.xml"/>'
                text = text.replace("</Relationships>", added + "</Relationships>")
            new.writestr(name, text)
        content = f"{DECLARATION}<w:footnotes {NAMESPACES}>{''.join(notes)}</w:footnotes>"
        new.writestr("word/footnotes.xml", content)
    return made.getvalue()


def ruled(rows: list[list[str]], *, repeated: bool) -> str:
    made = table(*rows).replace(
        "<w:tbl>", f"<w:tbl><w:tblPr><w:tblBorders>{BORDERS}</w:tblBorders></w:tblPr>"
    )
    return made.replace("<w:tr>", "<w:tr><w:trPr><w:tblHeader/></w:trPr>", 1) if repeated else made


ROWS = [
    ["序号", "部门", "检查次数", "备注"],
    *[[str(index), f"部门{index}", str(index * 7), REMARK * (1 + index % 2)] for index in range(1, 31)],
]
TITLE = (run("云岭镇关于2023年度法治政府建设情况的", 44), "<w:r><w:br/></w:r>", run("报告", 44))
FIGURES = (
    *(run("全年办理行政处罚案件269"), reference(2)),
    *(run("件，矛盾纠纷38"), reference(3)),
    *(run("起，面积100m"), run("2", extra=RAISED), run("。")),
)
NOTED = (
    body(*TITLE, align="center", indent=False),
    body(*FIGURES),
    body(run("全年办理行政检查12"), run("[4]", extra=RAISED), run("次。")),
    *[body(run(LONG + NEXT + "。")) for _ in range(9)],
    body(run("云岭镇人民政府"), align="right", indent=False),
    body(run("2024年1月10日"), align="right", indent=False),
)
PARAGRAPHS = [(LONG + NEXT)[index:] + (LONG + NEXT)[:index] + "。" for index in range(16)]
COLUMNS = '<w:p><w:pPr><w:sectPr><w:cols w:num="2" w:space="425"/></w:sectPr></w:pPr></w:p>'


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, libreoffice: LibreOffice) -> dict[str, bytes]:
    files = {
        "notes": with_notes(docx(*NOTED), note(2, "含上年结转的12件。"), note(3, "口径见附件。")),
        "repeated": docx(body(run(LONG)), ruled(ROWS, repeated=True), body(run(NEXT))),
        "plain": docx(body(run(LONG)), ruled(ROWS, repeated=False), body(run(NEXT))),
        "columns": docx(*[body(run(text)) for text in PARAGRAPHS], COLUMNS),
    }
    return converted(files, "pdf", tmp_path_factory.mktemp("printed"), libreoffice)


def read(data: bytes) -> Document:
    return reader.read_pdf(download(data, "报告.pdf"))


def test_notes(printed: dict[str, bytes]) -> None:
    document = read(printed["notes"])
    assert lines(document) == [
        "云岭镇关于2023年度法治政府建设情况的报告",
        "全年办理行政处罚案件269件，矛盾纠纷38起，面积100m²。",
        "全年办理行政检查12次。",
        *[LONG + NEXT + "。"] * 9,
        "云岭镇人民政府",
        "2024年1月10日",
        "含上年结转的12件。",
        "口径见附件。",
    ]
    assert document.notes == ("去掉了正文中的注释标记（3 处）",)


@pytest.mark.parametrize("name", ["repeated", "plain"])
def test_tables_over_pages(printed: dict[str, bytes], name: str) -> None:
    document = read(printed[name])
    assert [line.split("\t") for line in lines(document)] == [[LONG], *ROWS, [NEXT]]
    cells = [block.place for block in document.blocks if block.kind is BlockKind.CELL]
    assert ({place.table for place in cells}, {place.page for place in cells}) == ({1}, {1, 2, 3})
    assert all(place.box is not None for place in cells)


def test_columns(printed: dict[str, bytes]) -> None:
    assert lines(read(printed["columns"])) == PARAGRAPHS


def remapped(data: bytes, change: str) -> bytes:
    """Change the maps of a file's fonts; what follows them moves, so programs must look for the objects."""

    def changed(match: re.Match[bytes]) -> bytes:
        try:
            content = zlib.decompress(match.group(1))
        except zlib.error:
            return match.group(0)
        if b"begincmap" not in content:
            return match.group(0)
        if change == "shifted":
            content = re.sub(
                rb"<([4-9][0-9A-F]{3})>(?=\n|>|$)",
                lambda code: b"<%04X>" % (0x4E00 + (int(code.group(1), 16) * 7919) % 20_000),
                content,
            )
        else:
            content = re.sub(rb"<([4-9][0-9A-F]{3})>(?=\n|>|$)", b"<E001>", content)
        return b"stream\n" + zlib.compress(content) + b"\nendstream"

    made = re.sub(rb"stream\r?\n(.*?)\r?\nendstream", changed, data, flags=re.S)
    return re.sub(rb"startxref\s+\d+", b"startxref\n0", made)


@pytest.mark.parametrize("change", ["shifted", "private"])
def test_wrong_maps_are_noticed(printed: dict[str, bytes], change: str) -> None:
    with pytest.raises(ReadError, match="没有可用的文字层"):
        read(remapped(printed["notes"], change))


def test_a_font_without_a_map_gives_no_false_text(printed: dict[str, bytes]) -> None:
    data = printed["notes"].replace(b"/ToUnicode", b"/NoUnicode")
    try:
        found = read(data).text
    except ReadError:
        return
    assert found == read(printed["notes"]).text


def test_files_of_the_samples_keep_their_places(printed: dict[str, bytes]) -> None:
    for block in read(printed["notes"]).blocks:
        assert block.place.box is not None
        left, top, right, bottom = block.place.box
        assert 0 <= left < right <= 600
        assert 0 <= top < bottom <= 850


def test_cut_files(printed: dict[str, bytes], tmp_path: Path) -> None:
    data = printed["notes"]
    for end in range(0, len(data), len(data) // 12):
        try:
            document = read(data[:end])
        except ReadError:
            continue
        assert document.text
