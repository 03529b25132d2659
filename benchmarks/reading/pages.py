"""Pages of government sites around reports: menus, scripts, styles, metadata, a body as its editor leaves it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from reading.texts import Line, Source

_SCRIPT = """
function doZoom(size){{var zoom=document.getElementById('zoom');zoom.style.fontSize=size+'px';}}
$(function(){{$('.menu li').hover(function(){{$(this).find('.sub{0}').show();}},function(){{$(this).find('.sub{0}').hide();}});}});
var _hmt=_hmt||[];(function(){{var hm=document.createElement("script");hm.src="/js/hm.js?{0}";var s=document.getElementsByTagName("script")[0];s.parentNode.insertBefore(hm,s);}})();
"""
_STYLE = """
.nav{0}{{width:1200px;margin:0 auto;height:48px;line-height:48px;background:#0a5ca8;}} .nav{0} li{{float:left;position:relative;}}
.nav{0} li a{{display:block;padding:0 22px;color:#fff;font-size:18px;}} .nav{0} li .sub{{display:none;position:absolute;z-index:99;}}
"""
_MENUS = ("首页", "政务公开", "政务服务", "互动交流", "走进本县", "专题专栏", "数据开放", "解读回应")


# The lists of other governments' sites that stand below every page.
_PROVINCES = [
    "北京",
    "天津",
    "河北",
    "山西",
    "内蒙古",
    "辽宁",
    "吉林",
    "黑龙江",
    "上海",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "广西",
    "海南",
    "重庆",
    "四川",
    "贵州",
    "云南",
    "西藏",
    "陕西",
    "甘肃",
    "青海",
    "宁夏",
    "新疆",
]
_LINKS = "".join(
    f'<div class="select"><span class="name">{name}</span><ul class="options" style="display: none;">'
    + "".join(
        f'<li><a href="http://www.site{number}.gov.cn/" target="_blank" rel="noopener" title="{place}{suffix}">{place}{suffix}</a></li>'
        for number, place in enumerate(_PROVINCES)
    )
    + "</ul></div>"
    for name, suffix in (
        ("国务院部门网站", "某某部"),
        ("省市政府网站", "人民政府"),
        ("市直部门网站", "某某局"),
        ("区县政府网站", "区人民政府"),
    )
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page's bytes, the charset they are in, and the selector of its body."""

    data: bytes
    charset: str
    selector: str


def pages(sources: list[Source]) -> list[Page]:
    """Return a page of each family for each source, in UTF-8 and GBK by turns."""
    made = []
    for number, (source, family) in enumerate(zip(sources, itertools.cycle(_FAMILIES), strict=False)):
        charset, declared = (("utf-8", "utf-8"), ("gb18030", "gb2312"))[number // len(_FAMILIES) % 2]
        frame, paragraph, selector = family
        body = "\n".join(paragraph(line) for line in source.lines)
        markup = _framed(source, frame.format(body=body, title=escape(_title(source))), declared)
        made.append(Page(markup.encode(charset), charset, selector))
    return made


def _title(source: Source) -> str:
    return next((line.text for line in source.lines if line.kind == "title"), "法治政府建设年度报告")


def _framed(source: Source, body: str, charset: str) -> str:
    menus = "".join(
        f'<li><a href="/zw/c{n}/index.html" target="_blank">{name}</a><div class="sub" style="display:none">'
        + "".join(
            f'<a href="/zw/c{n}/d{k}/" title="栏目名称{k}" target="_blank">栏目名称{k}</a>' for k in range(9)
        )
        + "</div></li>"
        for n, name in enumerate(_MENUS)
    )
    related = "".join(
        f'<li><a href="/zw/t20240{n % 9 + 1}15_{n}.html" title="某镇2023年工作安排">某镇2023年工作安排{n}</a><span>2024-01-{n:02}</span></li>'
        for n in range(1, 9)
    )
    title = escape(_title(source))
    return f"""<!DOCTYPE html>
<html><head><meta charset="{charset}"><meta http-equiv="X-UA-Compatible" content="IE=edge">
<title>{title}_某县人民政府</title>
<meta name="SiteName" content="某县人民政府"><meta name="SiteDomain" content="www.mouxian.gov.cn">
<meta name="SiteIDCode" content="0000000000"><meta name="ColumnName" content="年度报告">
<meta name="ColumnType" content="政务公开"><meta name="ArticleTitle" content="{title}">
<meta name="PubDate" content="2024-01-24 10:08"><meta name="ContentSource" content="某镇人民政府">
<meta name="Keywords" content="法治政府"><meta name="Description" content="{title}"><meta name="Url" content="/zw/t1.html">
<link rel="stylesheet" href="/css/a.css"><link rel="stylesheet" href="/css/b.css"><script src="/js/jquery.js"></script>
<style>{"".join(_STYLE.format(n) for n in range(8))}</style><script>{"".join(_SCRIPT.format(n) for n in range(4))}</script>
</head><body><div class="top"><a href="/">设为首页</a><a href="/wza">无障碍浏览</a><input type="text" name="q"></div>
<div class="menu"><ul class="nav0">{menus}</ul></div>
<div class="wrap"><div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zw">政务公开</a> &gt; <a href="/zw/n">年度报告</a></div>
{body}
<div class="tools"><a href="javascript:print()">打印本页</a><a href="javascript:close()">关闭窗口</a></div>
<div class="rel"><h3>相关信息</h3><ul>{related}</ul></div></div>
<div class="links">{_LINKS}</div>
<div class="foot"><p>主办：某县人民政府办公室　承办：某县大数据中心</p><p>某ICP备00000000号　网站标识码：0000000000</p></div>
<script>{"".join(_SCRIPT.format(n) for n in range(4, 8))}</script></body></html>"""


def _pasted(line: Line) -> str:
    """As Word's text arrives by the clipboard: a run of its own for each number, and its style at each."""
    style = "font-family: 仿宋_GB2312; font-size: 16pt; line-height: 150%"
    runs = "".join(
        f'<span lang="EN-US" style="{style}">{part}</span>'
        if part[:1].isdigit()
        else f'<span style="{style}">{escape(part)}</span>'
        for part in re.split(r"(\d[\d.]*)", line.text)
        if part
    )
    return f'<p class="MsoNormal" style="text-indent: 32pt; line-height: 28pt; margin: 0cm 0cm 0pt">{runs}<o:p></o:p></p>'


def _plain(line: Line) -> str:
    text = f"<strong>{escape(line.text)}</strong>" if line.kind.startswith("heading") else escape(line.text)
    return f'<p style="text-indent: 2em; line-height: 2; font-family: 仿宋; font-size: 16pt;">{text}</p>'


def _broken(line: Line) -> str:
    return f"　　{escape(line.text)}<br>"


_TABLE = (
    "<table class='xxgk' border='1'><tr><td>索 引 号</td><td>K001/2024-00012</td><td>发布机构</td><td>某镇人民政府</td></tr>"
    "<tr><td>成文日期</td><td>2024-01-18</td><td>文号</td><td></td></tr></table>"
)
_INFO = "<h1>{title}</h1><div class='info'>发布时间：2024-01-24 10:08　来源：某镇人民政府　浏览次数：<span>217</span> 次</div>"
_FAMILIES: tuple[tuple[str, Callable[[Line], str], str], ...] = (
    (
        _TABLE + _INFO + '<div class="con"><div class="TRS_Editor">\n{body}\n</div></div>',
        _pasted,
        ".TRS_Editor",
    ),
    (_INFO + '<div id="UCAP-CONTENT">\n{body}\n</div>', _plain, "#UCAP-CONTENT"),
    (_TABLE + _INFO + '<div id="zoom">\n{body}\n</div>', _pasted, "#zoom"),
    (
        '<table width="980"><tr><td>'
        + _INFO
        + '<div class="v_news_content">\n{body}\n</div></td></tr></table>',
        _broken,
        ".v_news_content",
    ),
)
