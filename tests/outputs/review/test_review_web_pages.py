"""The cleaned web page of an HTML original: what was read is marked in it, and nothing in it acts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest
from originals_read import HTML, SAMPLES, entry_from, entry_of_bytes, placed, told, words

from nianbao import Entry
from nianbao.review import points_of
from outputs.review.sources import Beside, Sources
from outputs.review.sources.apart import FAILED
from outputs.review.sources.drawer import SECONDS, TOO_LONG, Drawer
from outputs.review.sources.locating import Folded, wanted
from outputs.review.sources.webpage import cleaned, decoded, framed

FrameOf = Callable[[Entry], tuple[Beside, str]]
TAG = re.compile(r"<[^>]*>")
ALLOWED = re.compile(
    r'</?[a-z1-6]+>|<t[dh](?: (?:colspan|rowspan)="\d+"){1,2}>|<mark>|</mark>|<span id="p\d+">'
)
HOSTILE = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<a href="javascript:alert(1)" ping="https://x.example/">点此</a>',
    '<meta http-equiv="refresh" content="0;url=https://x.example/">',
    '<base href="https://x.example/"><link rel=stylesheet href="//x.example/a.css">',
    '<form action="https://x.example/"><input name=a autofocus onfocus=alert(1)><button>交</button></form>',
    '<iframe src="https://x.example/" srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;"></iframe>',
    "<object data=x.swf></object><embed src=x.swf><applet code=x></applet>",
    '<p style="background:url(https://x.example/a.png)" onclick="alert(1)" id="p0" class="x">甲</p>',
    '<td colspan="2&quot; onmouseover=&quot;alert(1)" rowspan=">">乙</td>',
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
    "<template><script>alert(1)</script></template><title></title><img src=x onerror=alert(1)>",
    "<xmp><script>alert(1)</script></xmp><plaintext><script>alert(1)</script>",
    '<video src="https://x.example/a.mp4" poster="https://x.example/a.png"></video>',
    "<!--[if IE]><script>alert(1)</script><![endif]--><?xml-stylesheet href='https://x.example/a.css'?>",
)  # fmt: skip


@cache
def read() -> Entry:
    return entry_from(HTML)


@pytest.fixture(scope="module")
def frame_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrameOf]:
    folder = tmp_path_factory.mktemp("site")

    def show(entry: Entry) -> tuple[Beside, str]:
        beside = sources.beside_of(entry, points_of(entry))
        assert beside is not None
        return beside, (folder / beside.frame).read_text("utf-8")

    with Sources(folder) as sources:
        yield show


def marked(page: str, point: int) -> str:
    """Return the words that follow a point's anchor, without blanks."""
    return words(unescape(TAG.sub("", page.partition(f'<span id="p{point}"></span>')[2])))


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.html")), ids=lambda path: path.stem)
def test_points_are_marked_where_they_stand(frame_of: FrameOf, path: Path) -> None:
    entry = entry_from(path)
    beside, page = frame_of(entry)
    wanted = {n: told(entry, point) for n, point in placed(entry).items()}
    assert wanted
    assert beside.found == frozenset(wanted)
    assert {n: marked(page, n).startswith(text) for n, text in wanted.items()} == dict.fromkeys(wanted, True)


def test_nothing_but_words_and_tables_is_left(frame_of: FrameOf) -> None:
    _, page = frame_of(read())
    head, body = page.split("<body>")
    assert "default-src 'none'" in head
    assert [tag for tag in TAG.findall(body) if not ALLOWED.fullmatch(tag)] == []


@pytest.mark.parametrize("markup", HOSTILE, ids=[str(n) for n in range(len(HOSTILE))])
def test_hostile_markup_becomes_words_or_nothing(markup: str) -> None:
    found = cleaned(f"<p>前文</p><table><tr>{markup}</tr></table>{markup}")
    assert {tag for tag in TAG.findall(found) if not ALLOWED.fullmatch(tag)} == set()
    assert found.startswith("<p>前文</p>")


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "big5hkscs", "utf-16"])
def test_whatever_charset_a_page_is_in(charset: str) -> None:
    text = (
        "全年共調解糾紛六百七十二件，主要負責人聽取彙報三次" if "big5" in charset else "全年共调解纠纷672件"
    )
    page = f"<html><head><meta charset='gbk'></head><body><p>{text}</p></body></html>"
    assert decoded(page.encode(charset), text) == page


def places(text: str, markup: str, *pieces: tuple[int, int]) -> str:
    """Return the body of the frame in which pieces of a text are marked."""
    folded = Folded(text)
    page, _ = framed(markup, {n: wanted(folded, *piece) for n, piece in enumerate(pieces)})
    return page.partition("<body>\n")[2].partition("\n</body>")[0]


def test_a_point_that_is_said_twice_is_marked_where_it_was_read() -> None:
    text = "上年检查５ 次。\n本年检查５ 次。\n本年检查５ 次。"
    second = text.rindex("５")
    found = places(
        text, "<p>上年检查５次。</p><p>本年检查５次。</p><p>本年检查５次。</p>", (second, second + 3)
    )
    assert found.endswith('<p>本年检查<span id="p0"></span><mark>５次</mark>。</p>')


def test_a_point_runs_over_tags_entities_and_blanks() -> None:
    found = places("甲A&B公司罚款672件", "<p>甲A&amp;B<b>公\n司</b>罚&nbsp;款<i>67</i>2件</p>", (1, 11))
    assert found == (
        '<p>甲<span id="p0"></span><mark>A&amp;B</mark><b><mark>公\n司</mark></b><mark>罚&nbsp;款</mark>'
        "<i><mark>67</mark></i><mark>2</mark>件</p>"
    )


def test_points_that_overlap_share_one_mark() -> None:
    found = places("共调解672件纠纷", "<p>共调解672件纠纷</p>", (1, 7), (3, 9))
    assert found == '<p>共<span id="p0"></span><mark>调解<span id="p1"></span>672件纠纷</mark></p>'


def test_what_is_not_there_or_unsure_is_not_marked() -> None:
    assert "mark" not in places("全年调解672件", "<p>另一篇文章</p>", (4, 8))
    assert "mark" not in places("调解672件", "<p>一、672件</p><p>二、672件</p>", (2, 6))


def test_marks_that_turn_the_direction_are_seen() -> None:
    assert cleaned("<p>\u202e件276\u202c</p>") == "<p>\ufffd件276\ufffd</p>"


def test_who_is_named_around_the_report_is_hidden() -> None:
    report = "镇长王建国主持，调解672件。"
    markup = f"<p>{report}</p><p>联系人：李小明，电话：13812345678</p>"
    page, _ = framed(markup, {}, report)
    assert "<p>镇长王建国主持，调解672件。</p>" in page
    assert "李小明" not in page
    assert "138****5678" in page
    hidden, _ = framed(markup, {}, "镇长王某某主持，调解672件。")
    assert "王建国" not in hidden


def test_a_page_that_takes_too_long_costs_itself_alone() -> None:
    with Drawer() as drawer:
        assert drawer.clean(b"<p>672</p>", {}, "") == framed("<p>672</p>", {})
        drawer.seconds = 0.5
        # Each one is held against all that are open.
        assert drawer.clean(b"<div>" * 100_000, {}, "") == TOO_LONG
        drawer.seconds = SECONDS
        assert drawer.clean(b"<p>672</p>", {}, "") == framed("<p>672</p>", {})


def test_a_page_of_nothing_but_tags_is_told(tmp_path: Path) -> None:
    data = HTML.read_bytes() + b"<b>" * 300_000
    entry = entry_of_bytes(tmp_path, "深.html", HTML.read_bytes())
    path = tmp_path / "更深.html"
    path.write_bytes(data)
    report = replace(entry.report, sha256=sha256(data).hexdigest())
    with Sources(tmp_path) as opened:
        beside = opened.beside_of(replace(entry, report=report, original=str(path)), points_of(entry))
    assert beside == Beside(note=FAILED)
