"""Makes the sample reports, their gold, the roster and the broken files from what stands in `sources/`.

`python samples/build.py` rebuilds all; `--check` rebuilds into a temporary folder and compares: text, pages
and .docx byte for byte, .pdf by its words (where LibreOffice is installed) and the roster by its cells.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from gold import read_gold  # noqa: E402
from page import page  # noqa: E402
from source import Source, read_sources  # noqa: E402
from word import docx  # noqa: E402

BROKEN_REPORT = "损坏的文件.docx"


def main(arguments: Sequence[str] | None = None) -> int:
    """Rebuild, or check what is committed.

    Returns:
        0, or 1 when something committed differs from what its source gives.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with what is committed, write nothing")
    check = parser.parse_args(arguments).check
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder)
        sources = read_sources(HERE / "sources")
        pdfs = build_all(sources, built)
        stale = compare(built, HERE)
        if check:
            for name in stale:
                print(f"differs from its source: {name}")
            if not pdfs:
                print("LibreOffice is not installed: the .pdf files were not compared", file=sys.stderr)
            return 1 if stale else 0
        for name in stale:
            target = HERE / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if (built / name).exists():
                shutil.copyfile(built / name, target)
            else:
                target.unlink()
            print(name)
    return 0


def build_all(sources: Sequence[Source], folder: Path) -> bool:
    """Build everything into a folder.

    Returns:
        whether the .pdf files could be made.
    """
    reports, broken = folder / "reports", folder / "broken"
    reports.mkdir()
    broken.mkdir()
    waiting = [source for source in sources if source.format == "pdf"]
    for source in sources:
        if source.format != "pdf":
            (reports / source.file).write_bytes(_WRITERS[source.format](source))
    first = docx(next(source for source in sources if source.format == "docx"))
    (reports / BROKEN_REPORT).write_bytes(first[: len(first) * 2 // 3])
    (broken / "下载中断.docx").write_bytes(first[: len(first) // 2])
    (broken / "空文件.docx").write_bytes(b"")
    html = next(source for source in sources if source.format == "html")
    (broken / "网页误存.pdf").write_bytes(page(html))
    (broken / "加密文档.docx").write_bytes(_looks_encrypted())
    lines = [json.dumps(read_gold(source), ensure_ascii=False) for source in sources]
    (folder / "gold.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "roster.xlsx").write_bytes(_roster_workbook(HERE / "roster.csv"))
    return make_pdfs(waiting, reports)


def make_pdfs(sources: Sequence[Source], folder: Path) -> bool:
    """Let LibreOffice print the sources; False where it is not installed."""
    office = shutil.which("soffice")
    if office is None:
        return False
    with tempfile.TemporaryDirectory() as scratch:
        for source in sources:
            (Path(scratch) / source.file).with_suffix(".docx").write_bytes(docx(source))
        files = sorted(str(path) for path in Path(scratch).glob("*.docx"))
        profile = f"-env:UserInstallation={(Path(scratch) / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    return True


def compare(built: Path, committed: Path) -> list[str]:
    """Return the names of the built files that differ from the committed ones, or stand on one side only."""
    names = {path.relative_to(built) for path in built.rglob("*") if path.is_file()}
    kept = {
        path.relative_to(committed) for part in ("reports", "broken") for path in (committed / part).iterdir()
    }
    if not any(name.suffix == ".pdf" and name.parts[0] == "reports" for name in names):
        kept = {name for name in kept if name.suffix != ".pdf"}
    return [str(name) for name in sorted(names | kept) if not _same(built / name, committed / name)]


def _same(built: Path, committed: Path) -> bool:
    if not (built.exists() and committed.exists()):
        return False
    if built.suffix == ".pdf" and built.parent.name == "reports":
        return _pdf_words(built) == _pdf_words(committed)
    if built.suffix == ".xlsx":
        return _cells(built) == _cells(committed)
    return built.read_bytes() == committed.read_bytes()


def _pdf_words(path: Path) -> str:
    """Return a PDF's text without blanks and page numbers, which move with the version of LibreOffice."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        text = "".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    finally:
        document.close()
    return re.sub(r"—\d+—", "", "".join(text.split()))


def _cells(path: Path) -> list[list[str]]:
    from python_calamine import CalamineWorkbook

    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    return [[str(cell) for cell in row] for row in sheet.to_python()]


def _roster_workbook(table: Path) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("名单")
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 1, 14)
        head = workbook.add_format({"bold": True})
        for number, row in enumerate(csv.reader(table.read_text(encoding="utf-8-sig").splitlines())):
            for column, value in enumerate(row):
                sheet.write_string(number, column, value, head if number == 0 else None)
        sheet.freeze_panes(1, 0)
    return buffer.getvalue()


def _looks_encrypted() -> bytes:
    """Return what a password-protected .docx looks like from outside: a compound file, not a zip."""
    names = "EncryptionInfo".encode("utf-16-le") + bytes(36) + "EncryptedPackage".encode("utf-16-le")
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + names.ljust(1024, b"\0")


def _text(source: Source) -> bytes:
    charset = str(source.front.get("charset", "utf-8"))
    return (source.text + "\n").replace("\n", "\r\n" if source.front.get("crlf") else "\n").encode(charset)


_WRITERS: dict[str, Callable[[Source], bytes]] = {"docx": docx, "html": page, "txt": _text}


if __name__ == "__main__":
    sys.exit(main())
