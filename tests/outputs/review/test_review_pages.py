"""What is written: pages that hold whatever a report says as text, the same each time, kept whole."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from review_site import Site

from nianbao.catalogue.cards import AREAS
from nianbao.model import Entry, Point, PointKind, Yearbook
from outputs.review import publish
from outputs.review.pages import Links, report_html
from outputs.review.text import as_json, beyond, oddities, paragraphs, visible

ODD = "甲\x00\x1b乙\u202e丙\u200b丁\x7f\ud800戊\U000e0041己𠮷"


def test_what_shows_nothing_is_seen_and_keeps_its_place() -> None:
    assert visible(ODD) == "甲␀␛乙�丙�丁␡�戊�己𠮷"
    assert len(visible(ODD)) == len(ODD)
    assert oddities("a\u202eb\x00") == [(1, "U+202E"), (3, "U+0000")]


def test_places_that_count_as_two_are_those_of_the_text_as_it_is_shown() -> None:
    assert beyond("甲乙") == []
    assert beyond(ODD) == [ODD.index("𠮷")]


@pytest.mark.parametrize("told", ["</script><b>", "<!--", "\u2028\u2029&", "\ud800", "𠮷"])
def test_data_ends_no_script_and_comes_back(told: str) -> None:
    written = as_json({"a": told})
    assert not set("<>&\u2028\u2029") & set(written)
    written.encode()
    assert json.loads(written) == {"a": told}


def test_lines_are_paragraphs_and_tables_and_say_where_they_begin() -> None:
    text = "一、成效\n甲<b>\n\n名称\t数\n合计\t3\n（一）执法。办理3件\n"
    told = list(paragraphs(text, {0: (4, 1), text.index("（"): (6, 2)}))
    assert told[:2] == ['<h2 data-s="0">一、成效</h2>', '<p data-s="5">甲&lt;b&gt;</p>']
    assert told[3] == '<tr><td data-s="11">名称</td><td data-s="14">数</td></tr>'
    assert told[-1] == f'<p data-s="{text.index("（")}">（一）执法。办理3件</p>'
    for start, shown in re.findall(r'data-s="(\d+)">([^<]*)<', "".join(told)):
        assert text[int(start) :].startswith(shown.replace("&lt;b&gt;", "<b>"))


def test_whatever_a_report_says_stands_in_its_page_as_text(book: Yearbook) -> None:
    entry = next(each for each in book.entries if "黑石镇" in each.report.file)
    hostile = '"><script>x</script>\u202e</script>'
    report = replace(entry.report, file=hostile)
    point = Point(PointKind.NUMERAL, hostile, hostile, hostile, 0, 1, 6, place=0)
    html = report_html(replace(entry, report=report), [point], names={}, links=Links(original=hostile))
    assert "<script>x" not in html
    assert "\u202e" not in html.replace(as_json(hostile), "").replace(as_json(hostile)[1:-1], "")
    assert html.count("</script>") == html.count("<script ")


def test_every_page_bears_the_policy_and_nothing_inline(site: Site) -> None:
    pages = [*site.folder.glob("*.html"), *(site.folder / "r").glob("*.html")]
    assert len(pages) >= 4
    for path in pages:
        html = path.read_text("utf-8")
        head = html[: html.index("</head>")]
        assert "default-src 'none'" in head
        assert "unsafe" not in head
        outside = re.sub(r"<article.*?</article>", "", html, flags=re.DOTALL)
        assert not re.search(r"<[^>]+\s(?:on\w+|style)=", outside), path
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//", outside), path


def _light(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, bright = sorted((_light(one), _light(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_text_and_underlines_stand_out_on_every_highlight(site: Site) -> None:
    base, report = (
        (site.folder / "assets" / f"{name}.css").read_text("utf-8") for name in ("base", "report")
    )
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", base))
    grounds = [colours[name] for name in ("now", "here", "error-pale", "warning-pale", "note-pale")]
    areas = re.findall(r"--area: (#[0-9a-f]{6})", report)
    assert len(areas) == len(AREAS)
    for ground in (*grounds, "#ffffff"):
        assert _contrast(colours["ink"], ground) >= 7
        # WCAG 1.4.11: what is no text and tells something.
        assert min(_contrast(area, ground) for area in areas) >= 3


def test_the_same_year_is_written_the_same(book: Yearbook, site: Site, tmp_path: Path) -> None:
    again = publish(book, tmp_path)[0].parent
    names = sorted(each.relative_to(again) for each in again.rglob("*") if each.is_file())
    assert names == sorted(each.relative_to(site.folder) for each in site.folder.rglob("*") if each.is_file())
    for name in names:
        assert (again / name).read_bytes() == (site.folder / name).read_bytes(), name


def test_what_somebody_has_put_into_the_folder_stays(book: Yearbook, tmp_path: Path) -> None:
    folder = publish(book, tmp_path)[0].parent
    own = {"核对-2024-王敏.json": "1", "r/说明.txt": "2", "assets/公章.png": "3"}
    for name, told in own.items():
        (folder / name).write_text(told, "utf-8")
    gone = folder / "r" / "0123456789abcdef.html"
    gone.write_text("一份不再有的报告", "utf-8")
    assert publish(book, tmp_path)[0].parent == folder
    assert {name: (folder / name).read_text("utf-8") for name in own} == own
    assert not gone.exists()


def test_a_file_that_cannot_be_read_is_listed_and_has_no_page(site: Site, entries: list[Entry]) -> None:
    assert len(entries) == 4
    assert len(list((site.folder / "r").iterdir())) == 3
    assert "红土镇2024" in (site.folder / "index.html").read_text("utf-8")
