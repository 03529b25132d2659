"""What the pages of all families are made of."""

# ruff: noqa: E501  what stands in a page stands on its own line
from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from .papers import Paper

# Characters that GB 2312 lacks: in GBK, and in GB 18030 alone.
RARE = "责任编辑：陈堃　地址：岚溪县㳇洲路1号"
# The families of editors leave their paragraphs behind as these.
TRS = '<p align="justify">　　{}</p>'
UCAP = '<p style="text-indent: 2em; line-height: 2; font-family: 仿宋;">{}</p>'
HANWEB = '<p style="line-height:150%"><span style="font-family:仿宋_GB2312">　　{}</span></p>'
PLAIN = "<p>{}</p>"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list.

    Args:
        shown: the title as shown, maybe cut.
        title: the whole title.
        href: its link, as the list has it.
        day: the day that the list shows.
    """

    shown: str
    title: str
    href: str
    day: date


def body(paper: Paper, style: str) -> str:
    """Return the text of a paper as an editor wrote it; where only a file has it, a note that says so."""
    if not paper.in_page:
        note = f"现将《{paper.title}》予以公布，详见附件。"
        return f"{style.format(escape(note))}\n"
    centred = f'<p style="text-align: center;"><strong>{escape(paper.title)}</strong></p>'
    rest = [
        f'<p style="text-align: right;">{escape(line)}</p>' if number >= len(paper.lines) - 2
        else style.format(f"<strong>{escape(line)}</strong>" if line[1:2] == "、" else escape(line))
        for number, line in enumerate(paper.lines) if number
    ]  # fmt: skip
    return "\n".join([centred, *rest])


def metas(names: Mapping[str, str]) -> str:
    """Return meta elements."""
    return "\n".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in names.items())


def crumbs(names: Sequence[str]) -> str:
    """Return the way to a page."""
    return " &gt; ".join(f'<a href="#">{escape(name)}</a>' for name in names)


def document(site: str, title: str, inside: str, *, head: str = "", declared: str = "utf-8") -> str:
    """Return a whole page of a site."""
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="{declared}">
<title>{escape(title)}_{escape(site)}</title>
{head}
</head>
<body>
<div class="top"><a href="#">设为首页</a> | <a href="#">无障碍浏览</a> | <a href="#">长者版</a></div>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="#">政务公开</a></li><li><a href="#">办事服务</a></li></ul></div>
{inside}
<div class="footer">主办单位：{escape(site)}　虚构网站，仅供测试　网站标识码：0000000000<br>{RARE}</div>
</body>
</html>
"""


def plain_rows(rows: Iterable[Row], dated: str = "<span>{}</span>") -> str:
    """Return rows as the items of a list."""
    return "\n".join(
        f'<li><a href="{escape(row.href)}" target="_blank" title="{escape(row.title)}">{escape(row.shown)}</a>'
        f"{dated.format(row.day.isoformat())}</li>"
        for row in rows
    )


def redesigned(site: str, title: str, rows: Iterable[Row]) -> str:
    """Return a list in another markup than any family's: no links, no list, no paging script."""
    cards = "\n".join(
        f'<section class="card" data-target="{escape(row.href)}"><h4>{escape(row.shown)}</h4>'
        f"<time>{row.day.month}月{row.day.day}日</time></section>"
        for row in rows
    )
    return document(site, title, f'<main class="grid">{cards}</main><button class="more">加载更多</button>')


def by_script(site: str, title: str, rows: Iterable[Row]) -> str:
    """Return a list that a browser alone shows: its rows are packed, and a script unpacks them."""
    told = json.dumps([[row.shown, row.href, row.day.isoformat()] for row in rows])
    packed = base64.b64encode(told.encode()).decode()
    script = f"""<div id="app"><noscript>请启用浏览器的脚本功能</noscript></div>
<script>
JSON.parse(atob("{packed}")).forEach(function (row) {{
  var item = document.createElement("li"), link = document.createElement("a"), day = document.createElement("span");
  link.href = row[1]; link.textContent = row[0]; day.textContent = row[2];
  item.appendChild(link); item.appendChild(day); document.getElementById("app").appendChild(item);
}});
</script>"""
    return document(site, title, script)


def moved_notice(site: str, where: str) -> str:
    """Return the page that a site leaves behind when it moves."""
    return document(
        site,
        "网站迁移公告",
        f'<div class="notice"><h2>网站迁移公告</h2><p>本网站已迁移至新域名，请访问 <a href="{where}">{where}</a>，'
        "原网址停止更新。</p></div>",
        head=f'<meta http-equiv="refresh" content="5;url={where}">',
    )


def soft_404(site: str) -> str:
    """Return a page that says that there is none, with status 200."""
    return document(
        site,
        "页面不存在",
        '<div class="err"><h2>404</h2><p>您访问的页面不存在或已被删除，5 秒后返回首页</p></div>',
    )


def verification() -> str:
    """Return what a guard before a site shows instead of it."""
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>安全验证</title></head><body>"
        "<div id='captcha'><p>为保障访问安全，请完成下方验证后继续访问</p><input name='code'>"
        "<button>提交</button><p>您的访问过于频繁，网站防火墙已拦截本次请求，事件编号 20240101000000</p></div></body></html>"
    )
