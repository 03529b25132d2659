"""Where the body of a page is found, and what is told where it is not all there."""

from __future__ import annotations

import time

import pytest
from built_files import download, lines
from test_html_reader import NAVIGATION, RELATED, REPORT, page, paragraphs, read, values

from connectors.readers import html as reader
from connectors.readers.mainbody import selectors
from nianbao import FactName, ReadError

HALF = len(REPORT) // 2
PROSE = (
    "另一篇文章讲的是别的事情，与本报告没有关系，但写得很长，足有六十个字以上，"
    "读的人可能以为它也是报告里的一段话，其实并不是这样。"
)


def container(selector: str, content: str) -> str:
    """Write an element that a selector of the list matches."""
    if selector.startswith("#"):
        return f'<div id="{selector[1:]}">{content}</div>'
    if selector.startswith("."):
        return f'<div class="other {selector[1:]}">{content}</div>'
    if selector.startswith("[id^="):
        return f'<div id="{selector[6:-2]}_502">{content}</div>'
    return f"<{selector}>{content}</{selector}>"


@pytest.mark.parametrize("selector", selectors())
def test_every_known_container_is_found(selector: str) -> None:
    document = read(page(container(selector, paragraphs())))
    assert lines(document) == REPORT
    assert document.blocks[0].place.path is not None
    assert document.notes == ()


def test_an_unknown_container_is_guessed_and_told() -> None:
    document = read(page(f"<div class='qx-88'>{paragraphs()}</div>"))
    assert lines(document) == REPORT
    assert document.notes == ("网页的正文位置是推断出来的",)


def test_a_body_in_two_containers_is_put_together() -> None:
    first = f"<div class='TRS_Editor'>{paragraphs(REPORT[:HALF])}</div>"
    second = f"<div class='TRS_Editor'>{paragraphs(REPORT[HALF:])}{paragraphs([PROSE] * 3)}</div>"
    document = read(page(first.replace("云岭镇坚持", PROSE * 3) + "<p>广告</p>" + second))
    assert lines(document)[HALF:] == [*REPORT[HALF:], *[PROSE] * 3]
    assert document.notes == ("网页的正文分在几处，已按先后接起来",)


def test_a_container_within_another_of_its_kind_is_read_once() -> None:
    markup = f"<div class='TRS_Editor'><div class='TRS_Editor'>{paragraphs()}</div></div>"
    assert lines(read(page(markup))) == REPORT


def test_prose_outside_the_container_is_told() -> None:
    texts = [*REPORT, *REPORT]
    document = read(page(f"<div id='zoom'>{paragraphs(texts)}</div><div>{f'<p>{PROSE}</p>' * 6}</div>"))
    assert lines(document) == texts
    assert document.notes == (f"正文区域以外还有约 {6 * len(PROSE)} 字的成段文字，没有读入",)


def test_a_container_that_holds_the_lesser_part_is_not_taken() -> None:
    abstract = f"<div class='article-content'>{paragraphs(REPORT[:HALF])}</div>"
    whole = f"<div class='qx-88'>{paragraphs([*REPORT, *[PROSE] * 12])}</div>"
    document = read(f"<html><body>{NAVIGATION}{abstract}{whole}{RELATED}</body></html>")
    assert lines(document)[-1] == PROSE
    assert "网页的正文位置是推断出来的" in document.notes


@pytest.mark.parametrize(
    "markup",
    [
        "<script>createPageHTML(3, 0, 't2024_1', 'html');</script>",
        "<script>createPageHTML('4',0,'a','htm')</script>",
        "<div class='page'>共3页 <a href='t_1.html'>下一页</a></div>",
        "<div>1 <a href='2.html'>2</a> <a href='3.html'>3</a> 下一页</div>",
    ],
)
def test_a_body_on_several_pages_is_told(markup: str) -> None:
    document = read(page(f"<div id='zoom'>{paragraphs()}</div>{markup}"))
    assert document.notes == ("网页的正文分成几页，只读了这一页",)


def test_a_single_page_is_not_told() -> None:
    markup = "<script>createPageHTML(1, 0, 't2024_1', 'html');</script>"
    assert read(page(f"<div id='zoom'>{paragraphs()}</div>{markup}")).notes == ()


@pytest.mark.parametrize(
    "content",
    [
        "<p>云岭镇2023年法治政府建设年度报告</p><p>附件：<a href='/P1.pdf'>云岭镇报告.pdf</a></p>",
        "<p>云岭镇2023年报告见下。</p><iframe src='/pdfjs/web/viewer.html?file=/P1.pdf'></iframe>",
        "<p>云岭镇2023年报告见下。</p><embed src='/P1.pdf' type='application/pdf'>",
        "<p>云岭镇2023年报告见下。</p><object data='/P1.pdf'></object>",
    ],
)
def test_a_body_that_is_only_attached_is_told(content: str) -> None:
    base = "<link rel='canonical' href='https://www.yunling.gov.cn/zw/1.html'>"
    document = read(page(f"<div class='TRS_Editor'>{content}</div>", meta=base))
    assert document.text.startswith("云岭镇2023年")
    assert "正文可能在附件里（1 个），请另行取得附件" in document.notes
    assert values(document, FactName.ATTACHMENT) == ["https://www.yunling.gov.cn/P1.pdf"]


@pytest.mark.parametrize(
    "carrier",
    [
        "<textarea id='c' style='display:none'>{escaped}</textarea>",
        "<script type='text/html' id='tpl'>{markup}</script>",
        "<template>{markup}</template>",
        '<script>var detail = {{"title": "报告", "body": "{json}"}};</script>',
        "<script>show('{json}');</script>",
    ],
)
def test_a_body_kept_as_data_is_read(carrier: str) -> None:
    markup = "".join(f"<p>{text}</p>" for text in REPORT)
    escaped = markup.replace("<", "&lt;").replace(">", "&gt;")
    json = markup.replace("/", "\\/").replace("<", "\\u003c")
    carried = carrier.format(markup=markup, escaped=escaped, json=json)
    assert lines(read(page(carried))) == REPORT


def test_a_body_that_a_script_unhides_is_read() -> None:
    document = read(page(f"<div id='zoom'><div style='display: none'>{paragraphs()}</div></div>"))
    assert lines(document) == REPORT
    assert document.notes == ("网页的正文要由脚本显示出来，已当作显示的读入",)


def test_frames_name_another_page() -> None:
    with pytest.raises(ReadError, match="框架"):
        read("<html><frameset cols='20%,80%'><frame src='a.html'><frame src='b.html'></frameset></html>")


@pytest.mark.parametrize(
    "markup",
    [
        "<a href='" * 60_000,
        "<p style='" * 60_000,
        "<!--" * 100_000,
        "主办：" * 100_000,
        "<script>" + "'" * 300_000,
        "<table><tr><td>" * 1_400 + "文字，很长。" * 2_000,
        "<ol><li>" * 700 + "文字，很长。" * 2_000,
        "<p>" + "索 引 号" * 50_000,
        "<sup>" * 1_400 + "1" * 100_000,
        "<div style='display:none'>" * 1_400 + "文字，很长。" * 2_000,
        ("<div style='display:none'>x</div>") * 20_000,
        "<table>" + "<tr><td rowspan=60000 colspan=60000>1</td></tr>" * 300,
        "<meta name=a content=b>" * 50_000,
        "发布时间：" * 60_000,
        "<td>发布时间" * 30_000,
    ],
)
def test_hostile_pages_take_bounded_time(markup: str) -> None:
    begun = time.process_time()
    try:
        read(f"<html><body>{NAVIGATION}<div id='zoom'>{paragraphs()}</div>{markup}")
        read(f"<html><body>{markup}{paragraphs()}")
    except ReadError:
        pass
    assert time.process_time() - begun < 4


def test_a_page_beyond_the_bounds_is_refused() -> None:
    data = b"<html><body>" + b" " * reader.LARGEST_PAGE
    with pytest.raises(ReadError, match="30 MB"):
        reader.read_html(download(data, "大.html"))
