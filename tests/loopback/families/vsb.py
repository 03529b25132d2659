"""F5, 博达 VSB: list pages numbered downwards, attachments by a program that asks where one comes from."""

# ruff: noqa: E501  what stands in a page stands on its own line
from __future__ import annotations

import re
from html import escape
from urllib.parse import parse_qs, urlsplit

from .. import files, markup
from ..exchange import Asked, Part, Reply, page
from ..papers import Paper
from ..sites import Column, Site, View

_DOWNLOAD = "/system/_content/download.jsp"


class Vsb(Site):
    """A site of the family."""

    family = "vsb"
    rows_a_page = 9

    def start(self, column: Column) -> str:
        return f"{column.slug}.htm"

    def page_path(self, column: Column, paper: Paper) -> str:
        return f"/info/{1000 + column.number}/{paper.number}.htm"

    def file_path(self, column: Column, paper: Paper) -> str:
        return f"{_DOWNLOAD}?urltype=news.DownloadAttachUrl&owner=1377{column.number}&wbfileid={paper.key}"

    def file_mark(self, target: str) -> str:
        parts = urlsplit(target)
        return parse_qs(parts.query).get("wbfileid", [""])[0] if parts.path == _DOWNLOAD else ""

    def file_reply(self, asked: Asked, paper: Paper) -> Reply:
        if "referer" not in asked.headers:
            return page(
                "<html><head><title>附件下载</title></head><body><form>请输入验证码下载附件："
                "<input name='codeValue'><button>下载</button></form></body></html>",
                part=Part.FILE,
            )
        name = files.file_name(paper).encode("gbk", "replace").decode("latin-1")
        reply = super().file_reply(asked, paper)
        return reply.with_headers(("Content-Disposition", f'attachment; filename="{name}"'))

    def paper_markup(self, column: Column, paper: Paper) -> str:
        link = (
            f'<p>附件【<a href="{escape(self.file_path(column, paper))}" target="_blank">'
            f"{escape(files.file_name(paper))}</a>】已下载<span id='nattach{paper.number}'>-</span>次</p>"
            if paper.form
            else ""
        )
        inside = f"""<div class="winposition">当前位置: {markup.crumbs(["首页", column.name])} &gt; 正文</div>
<form name="_newscontent_fromname">
<div class="content-title"><h3>{escape(paper.title)}</h3>
<i>发布日期：{paper.published}　来源：{paper.issuer.full}　点击：<span id="dynclicks"></span></i></div>
<div id="vsb_content" class="content"><div class="v_news_content">
{markup.body(paper, markup.PLAIN)}
</div></div>
{link}
</form>"""
        return self.whole(
            column, paper.title, inside, markup.metas({"keywords": f"{self.title},法治政府建设"})
        )

    def answer(self, asked: Asked) -> Reply | None:
        for column in self.columns:
            match = re.fullmatch(rf"{re.escape(column.slug)}(?:/(?P<number>\d+))?\.htm", asked.path)
            if match is not None:
                return self._list(column, match["number"])
        return None

    def _list(self, column: Column, named: str | None) -> Reply | None:
        """Return a list page: of N pages the second is named N-1, the last 1."""
        if (changed := self.changed(column)) is not None:
            return changed
        rows = self.rows(column)
        real = max(1, -(-len(rows) // self.rows_a_page))
        number = 1 if named is None else real + 1 - int(named)
        window = self.window(rows, number)
        if window is None:
            return self.missing()
        following = real - number
        stem = column.slug.rpartition("/")[2]
        link = ""
        if following > 0:
            address = f"{stem}/{following}.htm" if named is None else f"{following}.htm"
            link = f'<span class="p_next p_fun"><a href="{address}">下页</a></span>'
        elif self.view is View.LOOPING:
            link = f'<span class="p_next p_fun"><a href="../{stem}.htm">下页</a></span>'
        inside = f"""<div class="winposition">当前位置: {markup.crumbs(["首页", column.name])}</div>
<div class="n_listxx1"><ul>
{markup.plain_rows(window.rows, '<span class="timestyle">{}</span>')}
</ul></div>
<div class="pb_sys_common pb_sys_normal"><span class="p_t">共{window.total}条</span> <span class="p_pages">{link}</span>
<span class="p_t">{window.number}/{window.pages}</span></div>"""
        return self.listing(column, self.whole(column, column.name, inside))
