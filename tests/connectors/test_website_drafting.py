"""A saved list page becomes a profile's site: its family, or selectors from what repeats in it."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pytest
from loopback import Loopback
from loopback.client import ask
from loopback.county import SITES

from connectors.sources.website.drafting import Draft, draft
from connectors.sources.website.rows import parsed, whole
from connectors.sources.website.saved import SavedPage, saved_page
from nianbao import UsageError

ADDRESS = "http://www.lanxi.example.cn/fzzf/list.html"
INTERFACES = ("xxgk", "jpaas", "gkmlpt")
MENU = "".join(
    f'<li class="menu"><a href="/m{number}">{name}</a></li>'
    for number, name in enumerate(
        (
            "网站首页",
            "政府信息公开指南",
            "政府信息公开制度",
            "依申请公开办理",
            "法定主动公开内容",
            "政府信息公开年报",
        )
    )
)
LINKS = "".join(
    f'<a href="http://www.{name}.example.cn/">{title}</a>'
    for name, title in (
        ("a", "青溪市人民政府门户网站"),
        ("b", "云岭省人民政府门户网站"),
        ("c", "岚溪县公共资源交易中心"),
    )
)
SIDE = "".join(
    f'<li><a href="/hot/{number}.html">便民服务热点问答第{number}期</a><span>2024-05-0{number}</span></li>'
    for number in range(1, 4)
)
REPORTS = [
    (f"/fz/{number}.html", f"岚溪县{town}2023年度法治政府建设情况报告", f"2024-01-{number + 10}")
    for number, town in enumerate(("青萝湾镇", "双枫桥镇", "白鹭洲镇", "竹篁乡", "松子岭乡"), 1)
] + [("/fz/9.html", "岚溪县2024年法治政府建设工作要点", "2024-03-02")]


def page(rows: str, *, around: str = "{}") -> bytes:
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>法治政府建设_岚溪县人民政府</title></head>'
        f'<body><div class="top"><ul>{MENU}</ul></div>'
        f'<div class="side"><h3>热点</h3><ul class="hot">{SIDE}</ul></div>'
        f'{around.format(rows)}<div class="links">{LINKS}</div>'
        '<div class="page"><a href="list_2.html">下一页</a></div>'
        "<div>主办单位：岚溪县人民政府办公室</div></body></html>"
    ).encode()


def rows_as(form: str) -> str:
    return "".join(
        form.format(href=href, title=title, day=day, short=day[5:]) for href, title, day in REPORTS
    )


def drafted(data: bytes, address: str = ADDRESS) -> Draft:
    return draft(saved_page(data, "列表.html", address), "门户")


FORMS: dict[str, Callable[[], bytes]] = {
    "items of a list beside the menu's": lambda: page(
        rows_as('<li><i>·</i><a href="{href}">{title}</a><em class="d">{day}</em></li>'),
        around='<div class="con"><ul class="zwList">{}</ul></div>',
    ),
    "boxes without a list": lambda: page(
        rows_as(
            '<div class="item"><h4><a href="{href}">{title}</a></h4><p class="when">发布时间：{day}</p></div>'
        ),
        around='<div id="mainbox"><div class="inner">{}</div></div>',
    ),
    "rows of a table": lambda: page(
        rows_as('<tr><td>1</td><td><a href="{href}">{title}</a></td><td>{day}</td></tr>'),
        around='<table class="xx"><tr><th>序号</th><th>标题</th><th>日期</th></tr>{}</table>',
    ),
    "bare links with their day inside": lambda: page(
        rows_as('<a class="row" href="{href}"><b>{title}</b><span>{day}</span></a>'),
        around='<section class="news">{}</section>',
    ),
    "items of which some are marked": lambda: page(
        rows_as('<li class="on"><a href="{href}">{title}</a><span>{day}</span></li>').replace(
            'class="on"', 'class="last"', 1
        ),
        around='<div class="right"><ul>{}</ul></div>',
    ),
    "lists of three rows each": lambda: page(
        rows_as('<li><a href="{href}">{title}</a><span>{day}</span></li>').replace(
            '</li><li><a href="/fz/4', '</li></ul><ul class="five"><li><a href="/fz/4'
        ),
        around='<div class="listbox"><ul class="five">{}</ul></div>',
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_what_repeats_becomes_selectors(form: str) -> None:
    made = drafted(FORMS[form]())
    assert made.site.family.name == "generic"
    assert "rows" in made.own
    assert [row.url for row in made.rows] == [f"http://www.lanxi.example.cn{href}" for href, _, _ in REPORTS]
    assert [row.day for row in made.rows] == [day for _, _, day in REPORTS]
    if form != "bare links with their day inside":
        assert [row.title for row in made.rows] == [title for _, title, _ in REPORTS]
    assert len(made.wanted) == 5
    assert (made.issuers, made.year) == (5, 2023)
    assert [each.url for each in made.turn.asks] == ["http://www.lanxi.example.cn/fzzf/list_2.html"]


def test_days_that_no_row_shows_whole_are_not_invented() -> None:
    made = drafted(
        page(
            rows_as('<li><a href="{href}">{title}</a><span>{short}</span></li>'),
            around='<div class="right"><ul class="zw">{}</ul></div>',
        )
    )
    assert [row.url for row in made.rows] == [f"http://www.lanxi.example.cn{href}" for href, _, _ in REPORTS]
    assert {row.day for row in made.rows} == {""}


def test_a_list_of_a_known_family_in_a_markup_of_its_own() -> None:
    rows = "".join(
        f'<div class="xwitem"><a href="./202401/t20240115_{1000 + number}.html">{title}</a>'
        f"<span>{day}</span></div>"
        for number, (_, title, day) in enumerate(REPORTS)
    )
    script = '<script>createPageHTML(3, 0, "index", "html");</script>'
    made = drafted(
        page(rows + script, around='<div class="xwlist">{}</div>'), ADDRESS.replace("list.html", "")
    )
    assert (made.site.family.name, made.is_known, made.own) == ("trs", True, {"rows": "div.xwitem"})
    assert len(made.rows) == len(REPORTS)
    assert [each.url.rpartition("/")[2] for each in made.turn.asks] == ["index_1.html", "index_2.html"]


def test_rows_at_another_host_of_the_same_domain_are_the_site_s() -> None:
    rows = rows_as('<li><a href="http://zwgk.lanxi.example.cn{href}">{title}</a><span>{day}</span></li>')
    made = drafted(page(rows, around='<ul class="zw">{}</ul>'), "http://lanxi.example.cn/list.html")
    assert made.site.hosts == ("lanxi.example.cn",)
    assert len(made.rows) == len(REPORTS)
    made = drafted(page(rows, around='<ul class="zw">{}</ul>'))
    assert made.site.hosts == ("www.lanxi.example.cn", "zwgk.lanxi.example.cn")
    assert len(made.rows) == len(REPORTS)


@pytest.mark.parametrize("site", [name for name in SITES if name != "script"])
def test_every_family_is_known_by_its_saved_page(loopback: Loopback, site: str) -> None:
    own = loopback.sites[site]
    for column, start in zip(own.columns, loopback.starts(site), strict=True):
        made = draft(saved_page(ask(start).body, "x.html", start), "门户", allow_private=True)
        assert made.site.family.name == (own.family if own.family != "plain" else "generic")
        assert made.own == {}
        assert made.by_interface is (site in INTERFACES)
        if not made.by_interface:
            links = [whole(start, row.href) for row in own.rows(column)[: own.rows_a_page]]
            assert [row.url for row in made.turn.rows] == links
        assert made.turn.asks


def test_a_list_within_a_table_of_the_page_s_layout_has_no_row_too_many() -> None:
    rows = rows_as('<tr><td><a href="{href}">{title}</a></td><td>[{day}]</td></tr>')
    made = drafted(page(rows, around='<table><tr><td><table class="k">{}</table></td></tr></table>'))
    assert made.own["rows"] == ".k tr"
    assert [row.url for row in made.rows] == [f"http://www.lanxi.example.cn{href}" for href, _, _ in REPORTS]


def test_a_page_beyond_all_reason_is_refused_at_once() -> None:
    deep = f"<html><body>{'<div>' * 100_000}<a href='/1.html'>岚溪县2023年法治政府建设情况报告</a>".encode()
    begun = process_time()
    with pytest.raises(UsageError, match=r"x\.html：网页的标签嵌套得异常深"):
        text_of(deep)
    assert parsed(deep.decode()).css("a") == []
    assert process_time() - begun < 5


def text_of(data: bytes, name: str = "x.html") -> SavedPage:
    return saved_page(data, name, ADDRESS)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "x.html：文件是空的（"),
        (b"  \r\n", "x.html：文件是空的（"),
        (b"%PDF-1.7\n1 0 obj", "x.html：这是 PDF，不是网页（"),
        (b"PK\x03\x04\x14\x00", "x.html：这不是网页（"),
        ("岚溪县的一段文字".encode(), "x.html：这不是网页（"),
        ("<html><body>为保障访问安全，请完成下方验证后继续访问</body></html>".encode(),
         "x.html：这不是列表页：被拦截：网站要求验证，没有显示内容（"),
        ("<html><body>您访问的页面不存在或已被删除</body></html>".encode(),
         "x.html：这不是列表页：页面不存在，栏目可能已撤销或迁移（"),
    ],
)  # fmt: skip
def test_what_is_no_list_page_is_one_line(data: bytes, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        text_of(data)
    assert str(caught.value).startswith(told)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('<div id="app"></div><noscript>请启用浏览器的脚本功能</noscript>',
         "列表页由脚本生成，需要浏览器才能显示；站点配置里要写 browser: true（"),
        ("<p>暂无内容</p>", "列表是空的（"),
        ('<iframe src="/inner/list.html"></iframe>',
         "网页里没有列表，只嵌着另一个网页（请改用 http://www.lanxi.example.cn/inner/list.html"),
        (f"<p>{'岚溪县推进法治建设。' * 40}</p>", "网页里找不到列表的行：没有成组的标题链接（"),
    ],
)  # fmt: skip
def test_a_page_without_rows_says_why(body: str, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        drafted(f"<html><body>{body}</body></html>".encode())
    assert str(caught.value).startswith(f"{ADDRESS}：{told}")


def test_a_saved_page_tells_its_address_and_its_site() -> None:
    data = page("")
    kept = b"<!-- saved from url=(0042)http://www.lanxi.example.cn/fzzf/list.html -->\n" + data
    assert saved_page(kept, "x.html").address == ADDRESS
    assert saved_page(kept, "x.html", "http://b.example.cn/").address == "http://b.example.cn/"
    assert saved_page(kept, "x.html").sites[0] == "岚溪县人民政府"
    with pytest.raises(UsageError, match="网页里没有写它原来的网址（请用 --address 写出）"):
        saved_page(data, "x.html")


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16", "big5hkscs"])
def test_pages_of_any_charset_are_read(charset: str) -> None:
    text = FORMS["rows of a table"]().decode().replace('<meta charset="utf-8">', "")
    made = drafted(text.encode(charset, "xmlcharrefreplace"))
    assert [row.title for row in made.rows] == [title for _, title, _ in REPORTS]
