"""F2, 开普云 UCAP: static lists `list_2.shtml` told with the number of rows, the rest by an interface."""

# ruff: noqa: E501  what stands in a page stands on its own line
from __future__ import annotations

import json
import re
import uuid
from html import escape

from .. import files, markup
from ..exchange import Asked, Part, Reply, page
from ..papers import Paper
from ..sites import Column, Site

_LIST = re.compile(r"(?P<folder>/\w+/\w+/)list(?:_(?P<number>\d+))?\.shtml")
_STATIC_PAGES = 2
SCRIPT = """function createPageHTML(box, count, current, stem, ext, rows) {
  var text = "共 " + rows + " 条";
  for (var k = 1; k <= count; k++) {
    var name = k == 1 ? stem + "." + ext : stem + "_" + k + "." + ext;
    text += k == current ? " " + k : ' <a href="' + name + '">' + k + "</a>";
  }
  document.getElementById(box).innerHTML = text;
}
"""


class Ucap(Site):
    """A site of the family; its second column has fewer static pages than rows."""

    family = "ucap"

    def start(self, column: Column) -> str:
        return f"{column.slug}list.shtml"

    def page_path(self, column: Column, paper: Paper) -> str:
        return f"{column.slug}{self._code(column)}/{paper.published:%Y%m}/{paper.key}.shtml"

    def file_path(self, column: Column, paper: Paper) -> str:
        folder, name = (uuid.uuid5(uuid.NAMESPACE_URL, f"{paper.key}{each}") for each in "ab")
        return f"{column.slug}{self._code(column)}/{paper.published:%Y%m}/{folder}/files/{name}.{paper.form}"

    def paper_markup(self, column: Column, paper: Paper) -> str:
        link = (
            f'<p><a href="{self.file_path(column, paper)}" target="_blank">{escape(files.file_name(paper))}</a></p>'
            if paper.form
            else ""
        )
        head = markup.metas(
            {
                "SiteName": self.title, "ColumnName": column.name, "ArticleTitle": paper.title,
                "firstpublishedtime": f"{paper.published} 10:05:00", "ContentSource": paper.issuer.full,
            }
        )  # fmt: skip
        inside = f"""<div class="position">您所在的位置：{markup.crumbs(["首页", "政务公开", column.name])}</div>
<ul class="file-info">
<li><label>索引号：</label><span>{paper.number}</span></li>
<li><label>发布机构：</label><span>{paper.issuer.full}</span></li>
<li><label>成文日期：</label><span>{paper.written}</span></li>
<li><label>发布日期：</label><span>{paper.published}</span></li>
</ul>
<h1 id="article-title">{escape(paper.title)}</h1>
<p class="date">发布日期：{paper.published} 10:05　来源：{paper.issuer.full}　【字体：大 中 小】　分享到：微信</p>
<div id="UCAP-CONTENT">
{markup.body(paper, markup.UCAP)}
{link}</div>"""
        return self.whole(column, paper.title, inside, head)

    def answer(self, asked: Asked) -> Reply | None:
        if asked.path == "/assets/page.js":
            return Reply(SCRIPT.encode(), media="application/javascript")
        if asked.path == "/getChannelList" or asked.path.startswith("/searchList/"):
            return self._interface(asked)
        match = _LIST.fullmatch(asked.path)
        column = next((each for each in self.columns if match and each.slug == match["folder"]), None)
        if match is None or column is None:
            return None
        if (changed := self.changed(column)) is not None:
            return changed
        number = int(match["number"] or 1)
        window = self.window(self.rows(column), number)
        is_capped = self.columns.index(column) > 0
        if window is None or (is_capped and number > _STATIC_PAGES):
            return self.missing()
        pages = min(window.pages, _STATIC_PAGES) if is_capped else window.pages
        inside = f"""<div class="position">您所在的位置：{markup.crumbs(["首页", "政务公开", column.name])}</div>
<div class="list" data-channel="{self._code(column)}"><ul class="gl-list">
{markup.plain_rows(window.rows, '<span class="date">{}</span>')}
</ul></div>
<div id="page_div"></div>
<script>createPageHTML('page_div', {pages}, {number},'list','shtml',{window.total});</script>"""
        head = '<script src="/assets/page.js"></script>'
        return self.listing(column, self.whole(column, column.name, inside, head))

    def _interface(self, asked: Asked) -> Reply | None:
        """Answer in JSON, to those alone who come from a page of the site."""
        if "referer" not in asked.headers:
            return page("<html><body>403 Forbidden</body></html>", 403)
        wanted = asked.query.get("channelCode") or asked.path.rpartition("/")[2]
        column = next((each for each in self.columns if wanted in (self._code(each), self._id(each))), None)
        if column is None:
            return None
        if asked.path == "/getChannelList":
            found = {"channelId": self._id(column), "channelCode": wanted, "channelName": column.name}
            return _data({"code": 200, "results": [found]})
        size = max(1, min(int(asked.query.get("_pageSize", "20")), 50))
        number = int(asked.query.get("page", "1"))
        window = self.window(self.rows(column), number, size)
        rows = window.rows if window else ()
        results = [
            {"title": row.title, "url": row.href, "publishedTimeStr": f"{row.day} 10:05:00"} for row in rows
        ]
        total = window.total if window else len(self.rows(column))
        return _data({"data": {"page": number, "rows": size, "total": total, "results": results}})

    def _code(self, column: Column) -> str:
        return f"c{column.number:06d}"

    def _id(self, column: Column) -> str:
        return uuid.uuid5(uuid.NAMESPACE_URL, column.slug).hex


def _data(told: object) -> Reply:
    return Reply(
        json.dumps(told, ensure_ascii=False).encode(), media="application/json;charset=UTF-8", part=Part.DATA
    )
