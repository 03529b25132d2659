"""The pages of a PDF original that hold open points, with a box over each."""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest
from originals_read import PDF, entry_from, entry_of_bytes, placed, told, words
from PIL import Image
from pypdfium2 import raw

from nianbao import Digests, Entry
from nianbao.archive import Archive
from nianbao.review import points_of
from outputs.review.sources import Beside, Picture, Sources
from outputs.review.sources.beside import MORE, PERSONAL
from outputs.review.sources.content import CHANGED, ELSEWHERE, GONE, TOO_LARGE
from outputs.review.sources.drawer import SECONDS, TOO_LONG, Drawer
from outputs.review.sources.drawing import Asked

ENCRYPTION = (
    b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"5a" * 32 + b"> /U <" + b"a5" * 32 + b"> >>"
)


@cache
def read() -> Entry:
    return entry_from(PDF)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sources]:
    with Sources(tmp_path_factory.mktemp("site")) as opened:
        yield opened


def shown(sources: Sources, entry: Entry) -> Beside:
    beside = sources.beside_of(entry, points_of(entry))
    assert beside is not None
    return beside


def under(data: bytes, picture: Picture) -> dict[int, str]:
    """Return the text of the file under each box of a picture, by the point, without blanks."""
    found: dict[int, str] = {}
    with pypdfium2.PdfDocument(data) as pdf:
        page = pdf[picture.number - 1]
        text = page.get_textpage()
        for each in picture.boxes:
            corners = []
            for x, y in ((each.box[0], each.box[1]), (each.box[2], each.box[3])):
                right, up = ctypes.c_double(), ctypes.c_double()
                raw.FPDF_DeviceToPage(
                    page.raw, 0, 0, picture.width, picture.height, 0, round(x), round(y), right, up
                )
                corners.append((right.value, up.value))
            (x0, y0), (x1, y1) = corners
            box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            found[each.point] = found.get(each.point, "") + words(text.get_text_bounded(*box))
        text.close()
    return found


@pytest.mark.parametrize("turn", [0, 90, 270])
def test_each_open_point_has_its_box_on_its_page(tmp_path: Path, sources: Sources, turn: int) -> None:
    entry = read()
    if turn:
        out = io.BytesIO()
        with pypdfium2.PdfDocument(PDF) as pdf:
            for page in pdf:
                page.set_rotation(turn)
            pdf.save(out)
        entry = entry_of_bytes(tmp_path, "turned.pdf", out.getvalue())
    beside = shown(sources, entry)
    data = Path(entry.original).read_bytes()
    boxed = {point: text for picture in beside.pictures for point, text in under(data, picture).items()}
    wanted = {n: told(entry, point) for n, point in placed(entry).items()}
    assert wanted
    assert beside.note == ""
    # A box that ends between two letters may take in the edge of its neighbour, and no more.
    assert {n: wanted[n] in boxed.get(n, "") for n in wanted} == dict.fromkeys(wanted, True)
    assert all(len(boxed[n]) <= len(wanted[n]) + 4 for n in wanted)


def test_pictures_are_compact_and_of_pages_with_points_alone(tmp_path: Path) -> None:
    with Sources(tmp_path) as opened:
        beside = shown(opened, read())
    files = {path.name: path for path in (tmp_path / "o").iterdir()}
    assert {Path(picture.address).name for picture in beside.pictures} == set(files)
    for picture in beside.pictures:
        path = files[Path(picture.address).name]
        assert path.stat().st_size < 60_000
        with Image.open(path) as image:
            assert image.size == (picture.width, picture.height)
            darkest, lightest = image.convert("L").getextrema()
            assert (darkest, lightest) == (0, 255)


def test_what_is_settled_is_not_shown(sources: Sources) -> None:
    points = tuple(replace(each, settled="认可：王敏 2026-11-22") for each in points_of(read()))
    assert sources.beside_of(read(), points) is None
    one = (*points[:-1], replace(points[-1], settled="", start=points[0].start, end=points[0].end))
    beside = sources.beside_of(read(), one)
    assert beside is not None
    assert {each.point for picture in beside.pictures for each in picture.boxes} == {len(points) - 1}


def test_a_page_that_an_earlier_run_drew_is_taken_over(tmp_path: Path) -> None:
    site, draft = tmp_path / "site", tmp_path / "draft"
    for folder in (site, draft):
        folder.mkdir()
    with Sources(site) as first:
        before = shown(first, read())
    drawn = site / before.pictures[0].address
    drawn.write_bytes(b"drawn before")
    with Sources(draft, site) as second:
        after = shown(second, read())
    assert after == before
    assert (draft / after.pictures[0].address).read_bytes() == b"drawn before"


def test_only_the_most_important_pages_of_a_long_report(
    sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outputs.review.sources.beside.MOST_PAGES", 2)
    whole, beside = points_of(read()), shown(sources, read())
    assert (len(beside.pictures), beside.note) == (2, MORE)
    first = next(n for n, point in enumerate(whole) if point.start is not None)
    assert first in {each.point for picture in beside.pictures for each in picture.boxes}


def test_an_original_that_moved_comes_from_the_archive(tmp_path: Path) -> None:
    entry = replace(read(), original=str(tmp_path / "没有.pdf"))
    Archive(tmp_path / "archive").put(entry.report.sha256, PDF.read_bytes())
    with Sources(tmp_path, archive=str(tmp_path / "archive")) as opened:
        assert shown(opened, entry).pictures == shown(opened, read()).pictures


@pytest.mark.parametrize(
    ("original", "archive", "note"),
    [
        ("", "", GONE),
        ("没有.pdf", "", GONE),
        ("\0", "", GONE),
        ("x" * 5000, "", GONE),
        ("https://www.example.gov.cn/a.pdf", "", ELSEWHERE),
        ("https://www.example.gov.cn/a.pdf", "没有归档", ELSEWHERE),
        ("https://www.example.gov.cn/a.pdf", "kafka://没有这种/归档", ELSEWHERE),
    ],
    ids=["unknown", "gone", "no-path", "long", "web", "no-archive", "no-such-archive"],
)
def test_what_cannot_be_had_is_told(
    tmp_path: Path, sources: Sources, original: str, archive: str, note: str
) -> None:
    entry = replace(read(), original=original)
    with Sources(tmp_path, archive=archive and str(archive)) as opened:
        assert opened.beside_of(entry, points_of(entry)) == Beside(note=note)


def test_what_changed_since_or_is_huge_is_told(tmp_path: Path, sources: Sources) -> None:
    other = tmp_path / "报告.pdf"
    other.write_bytes(PDF.read_bytes() + b"\n")
    assert shown(sources, replace(read(), original=str(other))) == Beside(note=CHANGED)
    with other.open("r+b") as file:
        file.truncate(41 * 1024 * 1024)
    assert shown(sources, replace(read(), original=str(other))) == Beside(note=TOO_LARGE)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (lambda data: re.sub(rb"(trailer\s*<<)", rb"\1 " + ENCRYPTION, data), "加密"),
        (lambda data: data[:2000], "不能在这里显示，请直接"),
        (lambda data: b"%PDF-1.7\n" + bytes(5000), "不能在这里显示，请直接"),
        (lambda data: b"%PDF-1.7\n%%EOF", "不能在这里显示，请直接"),
    ],
    ids=["encrypted", "cut", "zeros", "empty"],
)
def test_what_cannot_be_drawn_is_told(tmp_path: Path, sources: Sources, broken, said: str) -> None:  # type: ignore[no-untyped-def]
    data = broken(PDF.read_bytes())
    path = tmp_path / "报告.pdf"
    path.write_bytes(data)
    report = replace(read().report, sha256=sha256(data).hexdigest())
    beside = shown(sources, replace(read(), report=report, original=str(path)))
    assert (beside.pictures, beside.frame) == ((), "")
    assert said in beside.note
    # The next one is drawn all the same.
    assert shown(sources, read()).pictures


def endless_pdf() -> bytes:
    """A page that draws a form ten times, which draws another ten times, nine deep."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            " /Resources << /XObject << /X 5 0 R >> >> >>"
        ),
        stream("/X Do\n" * 10),
    ]
    for number in range(5, 14):
        head = "/Type /XObject /Subtype /Form /BBox [0 0 595 842]"
        resources = f"{head} /Resources << /XObject << /X {number + 1} 0 R >> >>"
        objects.append(stream("/X Do\n" * 10, resources))
    objects.append(stream("0 0 500 500 re f", "/Type /XObject /Subtype /Form /BBox [0 0 595 842]"))
    body = "".join(f"{number} 0 obj\n{each}\nendobj\n" for number, each in enumerate(objects, 1))
    return f"%PDF-1.7\n{body}trailer << /Root 1 0 R /Size {len(objects) + 1} >>\n%%EOF\n".encode()


def stream(content: str, head: str = "") -> str:
    return f"<< {head} /Length {len(content)} >>\nstream\n{content}\nendstream"


def test_a_file_that_takes_too_long_costs_itself_alone() -> None:
    asked = (Asked(1, (10, 10, 90, 30), ()),)
    with Drawer() as drawer:
        assert not isinstance(drawer.draw(PDF.read_bytes(), asked, 1, frozenset()), str)
        drawer.seconds = 0.5
        assert drawer.draw(endless_pdf(), asked, 1, frozenset()) == TOO_LONG
        drawer.seconds = SECONDS
        [page] = drawer.draw(PDF.read_bytes(), asked, 1, frozenset())
        assert (page.number, page.boxes[0][0]) == (1, 0)


def test_what_is_personal_in_an_original_is_not_shown(sources: Sources) -> None:
    masked = replace(read(), digests=Digests("", "", ()))
    assert sources.beside_of(masked, points_of(read())) == Beside(note=PERSONAL)
