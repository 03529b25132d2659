"""Pages of government sites around reports: menus, scripts, styles, metadata, a body as editors leave it.

Their size is that of real ones: pages with short bodies that public repositories hold have 25,000 to 53,000
characters; a report pasted from Word adds as much again.
"""

from __future__ import annotations

import itertools
import re
import string
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from reading.texts import Line, Source

_FRAME = string.Template((Path(__file__).parent / "frame.html").read_text(encoding="utf-8"))
_SCRIPT = string.Template("""
function doZoom$n(size){var zoom=document.getElementById('zoom');zoom.style.fontSize=size+'px';}
$$(function(){$$('.menu li').hover(function(){$$(this).find('.sub$n').show();},
function(){$$(this).find('.sub$n').hide();});});
var _hmt=_hmt||[];(function(){var hm=document.createElement("script");hm.src="/js/hm.js?$n";
var s=document.getElementsByTagName("script")[0];s.parentNode.insertBefore(hm,s);})();
""")
_STYLE = string.Template("""
.nav$n{width:1200px;margin:0 auto;height:48px;line-height:48px;background:#0a5ca8;}
.nav$n li{float:left;position:relative;} .nav$n li a{display:block;padding:0 22px;color:#fff;font-size:18px;}
.nav$n li .sub{display:none;position:absolute;z-index:99;}
""")
_MENUS = ("首页", "政务公开", "政务服务", "互动交流", "走进本县", "专题专栏", "数据开放", "解读回应")
# The lists of other governments' sites that stand below every page.
_LINKED = {
    "国务院部门网站": "某某部",
    "省市政府网站": "人民政府",
    "市直部门网站": "某某局",
    "区县政府网站": "政府",
}
_PLACES = "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东"
_TABLE = (
    "<table class='xxgk' border='1'><tr><td>索 引 号</td><td>K001/2024-00012</td><td>发布机构</td>"
    "<td>某镇人民政府</td></tr><tr><td>成文日期</td><td>2024-01-18</td><td>文号</td><td></td></tr></table>"
)
_INFO = (
    "<h1>{title}</h1><div class='info'>发布时间：2024-01-24 10:08　来源：某镇人民政府　"
    "浏览次数：<span>217</span> 次</div>"
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page's bytes, the charset they are in, and the selector of its body."""

    data: bytes
    charset: str
    selector: str


def pages(sources: list[Source]) -> list[Page]:
    """Return a page for each source, of each family by turns, half of them in UTF-8 and half in GBK."""
    made = []
    for number, (source, family) in enumerate(zip(sources, itertools.cycle(_FAMILIES), strict=False)):
        charset, declared = (("utf-8", "utf-8"), ("gb18030", "gb2312"))[number // len(_FAMILIES) % 2]
        frame, paragraph, selector = family
        title = next((line.text for line in source.lines if line.kind == "title"), "法治政府建设年度报告")
        body = "\n".join(paragraph(line) for line in source.lines)
        markup = _FRAME.substitute(
            charset=declared,
            title=escape(title),
            body=frame.format(body=body, title=escape(title)),
            styles="".join(_STYLE.substitute(n=n) for n in range(8)),
            scripts="".join(_SCRIPT.substitute(n=n) for n in range(4)),
            menus=_menus(),
            related=_related(),
            links=_links(),
        )
        made.append(Page(markup.encode(charset), charset, selector))
    return made


def _menus() -> str:
    return "".join(
        f'<li><a href="/zw/c{n}/index.html" target="_blank">{name}</a><div class="sub" style="display:none">'
        + "".join(f'<a href="/zw/c{n}/d{k}/" title="栏目名称{k}">栏目名称{k}</a>' for k in range(9))
        + "</div></li>"
        for n, name in enumerate(_MENUS)
    )


def _related() -> str:
    return "".join(
        f'<li><a href="/zw/t2024011{n}_{n}.html" title="某镇2023年工作安排{n}">某镇2023年工作安排{n}</a>'
        f"<span>2024-01-{n:02}</span></li>"
        for n in range(1, 9)
    )


def _links() -> str:
    return "".join(
        f'<div class="select"><span class="name">{name}</span><ul style="display: none;">'
        + "".join(
            f'<li><a href="http://www.site{number}.gov.cn/" target="_blank" title="{place}{suffix}">'
            f"{place}{suffix}</a></li>"
            for number, place in enumerate(_PLACES.split())
        )
        + "</ul></div>"
        for name, suffix in _LINKED.items()
    )


def _pasted(line: Line) -> str:
    """As Word's text arrives by the clipboard: a run of its own for each number, and its style at each."""
    style = "font-family: 仿宋_GB2312; font-size: 16pt; line-height: 150%"
    runs = "".join(
        f'<span {"lang=EN-US " if part[0].isdigit() else ""}style="{style}">{escape(part)}</span>'
        for part in re.split(r"(\d[\d.]*)", line.text)
        if part
    )
    paragraph = "text-indent: 32pt; line-height: 28pt; margin: 0cm 0cm 0pt"
    return f'<p class="MsoNormal" style="{paragraph}">{runs}<o:p></o:p></p>'


def _plain(line: Line) -> str:
    text = f"<strong>{escape(line.text)}</strong>" if line.kind.startswith("heading") else escape(line.text)
    return f'<p style="text-indent: 2em; line-height: 2; font-family: 仿宋; font-size: 16pt;">{text}</p>'


def _broken(line: Line) -> str:
    return f"　　{escape(line.text)}<br>"


_FAMILIES: tuple[tuple[str, Callable[[Line], str], str], ...] = (
    (
        _TABLE + _INFO + '<div class="con"><div class="TRS_Editor">\n{body}\n</div></div>',
        _pasted,
        ".TRS_Editor",
    ),
    (_INFO + '<div id="UCAP-CONTENT">\n{body}\n</div>', _plain, "#UCAP-CONTENT"),
    (_TABLE + _INFO + '<div id="zoom">\n{body}\n</div>', _pasted, "#zoom"),
    (
        f'<table width="980"><tr><td>{_INFO}<div class="v_news_content">\n{{body}}\n</div></td></tr></table>',
        _broken,
        ".v_news_content",
    ),
)
