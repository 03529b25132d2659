"""What a page says around its body, in every layout, and which of its dates is the publication."""

from __future__ import annotations

import pytest
from built_files import download, lines
from test_html_reader import REPORT, page, paragraphs, read, values

from connectors.readers import html as reader
from connectors.readers.facts import first_date
from nianbao import Document, Fact, FactName

BODY = f"<div id='zoom'>{paragraphs()}</div>"
METADATA = {
    FactName.INDEX_NUMBER: "K001/2024-00012",
    FactName.PUBLISHER: "云岭县司法局",
    FactName.WRITTEN: "2024-02-18",
    FactName.PUBLISHED: "2024-03-05",
    FactName.DOCUMENT_NUMBER: "云政发〔2024〕3号",
}
LABELS = ("索引号", "发布机构", "成文日期", "发布日期", "文号")
SPACED = ("索 引 号：", "发布机构：", "成文日期：", "发布日期：", "文　　号：")


def rows(pairs: list[str], across: int) -> str:
    """Write cells in rows."""
    return "".join(f"<tr>{''.join(pairs[n : n + across])}</tr>" for n in range(0, len(pairs), across))


def layouts() -> dict[str, str]:
    """Write the metadata as sites lay it out."""
    plain = list(zip(LABELS, METADATA.values(), strict=True))
    spaced = list(zip(SPACED, METADATA.values(), strict=True))
    two = rows([f"<td>{a}</td><td>{b}</td>" for a, b in [*spaced, ("有效性", "")]], 2)
    one = rows([f"<th>{a}</th><td>{b}</td>" for a, b in plain], 1)
    within = rows([f"<td><b>{a}：</b>{b}</td>" for a, b in [*plain, ("主题分类", "综合政务")]], 2)
    return {
        "table": f"<table>{two}</table>",
        "table without colons": f"<table>{one}</table>",
        "pairs in cells": f"<table>{within}</table>",
        "dl": f"<dl>{''.join(f'<dt>{a}</dt><dd>{b}</dd>' for a, b in plain)}</dl>",
        "dl with colons": f"<dl>{''.join(f'<dt>{a}</dt><dd>{b}</dd>' for a, b in spaced)}</dl>",
        "ul": f"<ul>{''.join(f'<li><label>{a}：</label><i>{b}</i></li>' for a, b in plain)}</ul>",
        "brackets": f"<ul>{''.join(f'<li>【{a}】{b}</li>' for a, b in plain)}</ul>",
        "divs": "".join(f"<div><span>{a}</span> <span>{b}</span></div>" for a, b in spaced),
        "one line": f"<p>{'　'.join(f'{a}：{b}' for a, b in plain)}　浏览次数：<i>12</i>次</p>",
        "run on": f"<p>{''.join(f'{a}：{b} ' for a, b in plain)}【字体：大 中 小】</p>",
    }


LAYOUTS = layouts()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("place", ["above", "inside"])
def test_metadata_in_every_layout(layout: str, place: str) -> None:
    told = LAYOUTS[layout]
    markup = told + BODY if place == "above" else f"<div id='zoom'>{told}{paragraphs()}</div>"
    document = read(page(markup))
    assert {name: document.fact(name) for name in METADATA} == METADATA
    assert lines(document) == REPORT


def test_lines_of_the_page_within_the_body_are_no_text() -> None:
    told = (
        "<h1>云岭镇2023年法治政府建设年度报告</h1><p>发布时间：2024-03-05 来源：云岭镇 浏览次数：3</p>"
        "<p>当前位置：首页 &gt; 年报</p>"
    )
    document = read(page(f"<div id='content'>{told}{paragraphs(REPORT[1:])}</div>"))
    assert lines(document) == REPORT
    assert document.fact(FactName.PUBLISHED) == "2024-03-05"


@pytest.mark.parametrize(
    "line",
    ["时间：2023年12月5日", "名称：云岭镇人民政府", "标题：法治云岭", "一、工作情况：全年办理案件12件"],
)
def test_lines_of_the_report_that_look_like_labels_stay(line: str) -> None:
    assert line in lines(read(page(f"<div id='zoom'><p>{line}</p>{paragraphs()}</div>")))


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("2024年1月23日 10:08", "2024年1月23日 10:08"),
        ("2024.01.23", "2024.01.23"),
        ("2024/1/23", "2024/1/23"),
        ("2024-01-23 10:08:59", "2024-01-23 10:08:59"),
        ("2024-01-23T10:08", "2024-01-23T10:08"),
        ("2024-01-23-21:50:00", "2024-01-23-21:50:00"),
        ("20240123", "2024-01-23"),
        ("01-23-2024", "2024-01-23"),
        ("23/01/2024", "2024-01-23"),
        ("二〇二四年一月二十三日", "二〇二四年一月二十三日"),
        ("2024-02-30", None),
        ("2024年13月1日", None),
        ("20241323", None),
        ("1234202401234", None),
        ("2024年", None),
        ("99-99-2024", None),
    ],
)
def test_dates(printed: str, expected: str | None) -> None:
    assert first_date(printed) == expected


HEAD = "<div>发布时间：2024-03-05</div>"
META = "<meta name='PubDate' content='2024-03-06 09:00'>"
URL = "<link rel='canonical' href='http://www.yunling.gov.cn/art/2024/3/7/art_1_2.html'>"
BARE = "<div>2024-03-08</div>"
WEAK = "<div>更新时间：2024-03-09</div>"


@pytest.mark.parametrize(
    ("head", "meta", "expected"),
    [
        (HEAD + WEAK, META + URL, ("2024-03-05", "head 发布时间")),
        (WEAK, META + URL, ("2024-03-06 09:00", "meta PubDate")),
        (WEAK, URL, ("2024-03-09", "head 更新时间")),
        (BARE, URL, ("2024-03-08", "above the body")),
        ("", URL, ("2024-03-07", "url")),
        ("", URL.replace("art/2024/3/7/art_1_2", "202403/t20240307_12"), ("2024-03-07", "url")),
        ("<div>今天是2026年10月1日 星期四</div>", URL, ("2024-03-07", "url")),
        ("<div>当前时间：2026-10-01 10:00</div>", URL, ("2024-03-07", "url")),
        ("<div>发布时间：2024-02-31</div>", META, ("2024-03-06 09:00", "meta PubDate")),
        ("<div>成文日期：2024-02-18</div>", URL, ("2024-03-07", "url")),
    ],
)
def test_the_publication_by_one_rule(head: str, meta: str, expected: tuple[str, str]) -> None:
    document = read(page(BODY, head, meta))
    first = next(fact for fact in document.facts if fact.name is FactName.PUBLISHED)
    assert (first.value, first.origin) == expected


def test_a_day_is_told_by_the_address_that_the_source_knows() -> None:
    known = (Fact(FactName.URL, "http://www.yunling.gov.cn/zw/202403/t20240307_1.html", "listing"),)
    document = reader.read_html(download(page(BODY).encode(), "1.html", facts=known))
    assert Fact(FactName.PUBLISHED, "2024-03-07", "url") in document.facts
    assert values(document, FactName.URL) == [known[0].value]


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ("<meta name='SiteName' content='云岭县人民政府'><title>年报_某网</title>", ["云岭县人民政府"]),
        (
            "<title>云岭镇2023年报告_云岭县人民政府门户网站</title>",
            ["云岭县人民政府门户网站", "云岭县人民政府"],
        ),
        ("<title>云岭镇2023年报告-大河市云岭县人民政府</title>", ["大河市云岭县人民政府", "云岭县人民政府"]),
        ("<title>云岭镇2021-2025年报告</title>", ["云岭县人民政府"]),
    ],
)
def test_the_site_is_told(meta: str, expected: list[str]) -> None:
    assert values(read(page(BODY, meta=meta)), FactName.SITE) == expected


def attached(document: Document) -> list[tuple[str, str]]:
    return [(f.value, f.origin) for f in document.facts if f.name is FactName.ATTACHMENT]


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (
            "<a href='./P02.docx'>附件1：清单.docx</a>",
            ("https://www.y.gov.cn/zw/P02.docx", "link 附件1：清单.docx"),
        ),
        ("<a href='/a/P02.OFD?v=1'>清单</a>", ("https://www.y.gov.cn/a/P02.OFD?v=1", "link 清单")),
        (
            "<a href='/module/download/downfile.jsp?f=1'>清单</a>",
            ("https://www.y.gov.cn/module/download/downfile.jsp?f=1", "link 清单"),
        ),
        ("<a href='/get?id=3'>附件：清单.wps</a>", ("https://www.y.gov.cn/get?id=3", "link 附件：清单.wps")),
        ("<iframe src='/v.html?file=%2Fa%2FP1.pdf'></iframe>", ("https://www.y.gov.cn/a/P1.pdf", "link")),
        ("<a href='javascript:void(0)'>附件.docx</a>", None),
        ("<a href='/zw/2.html'>下一篇</a>", None),
        ("<a href='http://[bad/P1.pdf'>附件</a>", ("http://[bad/P1.pdf", "link 附件")),
    ],
)
@pytest.mark.parametrize("place", ["inside", "after"])
def test_attachments_are_listed(link: str, expected: tuple[str, str] | None, place: str) -> None:
    base = "<link rel='canonical' href='https://www.y.gov.cn/zw/1.html'>"
    inside, after = (f"<p>{link}</p>", "") if place == "inside" else ("", f"<p>{link}</p>")
    document = read(page(f"<div id='zoom'>{paragraphs()}{inside}</div>{after}", meta=base))
    assert attached(document) == ([expected] if expected else [])


def test_a_base_is_where_links_start_from() -> None:
    base = "<base href='https://www.y.gov.cn/files/'>"
    document = read(page(f"<div id='zoom'>{paragraphs()}<a href='P1.pdf'>附件</a></div>", meta=base))
    assert attached(document) == [("https://www.y.gov.cn/files/P1.pdf", "link 附件")]


def test_files_of_related_pages_are_no_attachments() -> None:
    menu = "".join(f"<li><a href='/guide{n}.pdf'>指南{n}</a></li>" for n in range(40))
    assert attached(read(page(f"<ul>{menu}</ul>{BODY}<ul>{menu}</ul>"))) == []


def test_an_archived_page_knows_its_address() -> None:
    archive = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://www.yunling.gov.cn/art/2024/3/7/a.html\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\n'
        'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
        f"<html><body>{BODY}</body></html>\r\n--b--\r\n"
    )
    document = read(archive)
    assert lines(document) == REPORT
    assert document.fact(FactName.URL) == "http://www.yunling.gov.cn/art/2024/3/7/a.html"
    assert document.fact(FactName.PUBLISHED) == "2024-03-07"
