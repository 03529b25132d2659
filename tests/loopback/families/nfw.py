"""F4, 南方网: gkmlpt (an interface in JSON), and columns of `content/post_ID.html` (page 2 is index_2)."""

# ruff: noqa: E501  what stands in a page stands on its own line
from __future__ import annotations

import json
import re
from datetime import UTC, datetime, time
from html import escape

from .. import files, markup
from ..exchange import Asked, Part, Reply
from ..papers import Paper
from ..sites import Column, Site, View

_CALL = re.compile(r"/(?P<slug>\w+)/gkmlpt/api/all/(?P<classify>\d+)")
_LIST = re.compile(r"(?P<folder>/\w+/\w+/)(?:index(?:_(?P<number>\d+))?\.html)?")


class Gkmlpt(Site):
    """The platform: lists by an interface alone, the text of some pages in a script."""

    family = "gkmlpt"
    # The platform itself has 100; here fewer, so that there is more than one page.
    rows_a_page = 15

    def start(self, column: Column) -> str:
        return f"/{column.issuer.slug}/gkmlpt/index"

    def page_path(self, column: Column, paper: Paper) -> str:
        number = paper.number
        return f"/{column.issuer.slug}/gkmlpt/content/1/{number // 1000}/post_{number}.html"

    def file_path(self, column: Column, paper: Paper) -> str:
        return f"/{column.issuer.slug}/attachment/0/{paper.number % 1000}/{paper.number}.{paper.form}"

    def paper_markup(self, column: Column, paper: Paper) -> str:
        text = markup.body(paper, markup.PLAIN)
        if paper.form:
            address, name = self.file_path(column, paper), escape(files.file_name(paper))
            text += f'<p><a class="nfw-cms-attachment" href="{address}" alt="{name}">{name}</a></p>'
        by_script = paper.number % 2 == 1 or not paper.in_page
        detail = {"id": paper.number, "title": paper.title, "content": text if by_script else ""}
        told = json.dumps({"SID": self._sid(column), "DETAIL": detail}, ensure_ascii=False)
        shown = "" if by_script else f'<div class="article-content">{text}</div>'
        inside = f"""<div class="classify">
<table><tr><td class="title">索引号：</td><td>{paper.number}</td><td class="title">分类：</td><td>法治政府建设</td></tr>
<tr><td class="title">发布机构：</td><td>{paper.issuer.full}</td><td class="title">成文日期：</td><td>{paper.written}</td></tr>
<tr><td class="title">名称：</td><td>{escape(paper.title)}</td><td class="title">发布日期：</td><td>{paper.published}</td></tr></table></div>
<h1 class="title document-number">{escape(paper.title)}</h1>
<div class="date-row"><b>发布日期：</b>{paper.published} 11:20:00　<b>浏览次数：</b>-</div>
{shown}
<script>window._CONFIG = {told.replace("<", chr(92) + "u003C")};</script>"""
        head = markup.metas({"ArticleTitle": paper.title, "PubDate": f"{paper.published} 11:20:00"})
        return self.whole(column, paper.title, inside, head)

    def answer(self, asked: Asked) -> Reply | None:
        match = _CALL.fullmatch(asked.path)
        if match is not None:
            return self._rows(asked, match["slug"], int(match["classify"]))
        column = next((each for each in self.columns if self.start(each) == asked.path.rstrip("/")), None)
        if column is None:
            return None
        if (changed := self.changed(column)) is not None:
            return changed
        tree = [
            {"id": 1, "name": "机构概况", "children": []},
            {
                "id": column.number,
                "name": "法定主动公开内容",
                "children": [],
                "post_count": len(column.papers),
            },
        ]
        config = json.dumps({"SID": self._sid(column), "TREE": tree}, ensure_ascii=False)
        inside = f'<div id="app" class="gkml-list"></div><script>window._CONFIG = {config};</script>'
        return self.listing(column, self.whole(column, "政府信息公开目录", inside))

    def _rows(self, asked: Asked, slug: str, classify: int) -> Reply | None:
        column = next((each for each in self.columns if each.issuer.slug == slug), None)
        if column is None or self.changed(column) is not None:
            return None
        if classify != column.number or asked.query.get("sid") != self._sid(column):
            return _data({"classify": {"id": classify, "post_count": 0}, "articles": []})
        # Page 0 is page 1.
        window = self.window(column.papers, max(1, int(asked.query.get("page") or 1)))
        if window is None and self.view is View.CAPPED:
            return None
        articles = [self._article(column, paper) for paper in (window.rows if window else ())]
        total = window.total if window else len(column.papers)
        named = {"id": classify, "name": "法定主动公开内容", "post_count": total}
        return _data({"classify": named, "articles": articles})

    def _article(self, column: Column, paper: Paper) -> dict[str, object]:
        attached = []
        if paper.form:
            name, address = files.file_name(paper), f"{self.base}{self.file_path(column, paper)}"
            size = len(files.attachment(paper))
            attached = [{"name": name, "type": paper.form, "size": size, "url": address}]
        address = f"{self.base}{self.page_path(column, paper)}"
        return {
            "id": paper.number, "title": paper.title, "url": address, "post_url": address, "publisher": paper.issuer.full,
            "identifier": str(paper.number), "document_number": "", "display_publish_time": str(paper.published),
            "date": int(datetime.combine(paper.published, time(3, 20), UTC).timestamp()),
            "created_at": f"{paper.written} 09:00:00", "attachment": attached,
        }  # fmt: skip

    def _sid(self, column: Column) -> str:
        return str(200_100 + column.issuer.number)


class Nfcms(Site):
    """The columns: pages in the markup, attachments whose names stand in `alt`."""

    family = "nfcms"

    def start(self, column: Column) -> str:
        return column.slug

    def page_path(self, column: Column, paper: Paper) -> str:
        return f"{column.slug}content/post_{paper.number}.html"

    def file_path(self, column: Column, paper: Paper) -> str:
        return f"/attachment/0/{paper.number // 1000}/{paper.number}/{paper.number + 7}.{paper.form}"

    def paper_markup(self, column: Column, paper: Paper) -> str:
        name = escape(files.file_name(paper)) if paper.form else ""
        link = (
            f'<p><a class="nfw-cms-attachment" href="{self.file_path(column, paper)}" alt="{name}">点击下载</a></p>'
            if paper.form
            else ""
        )
        inside = f"""<div class="crumbs">当前位置：{markup.crumbs(["首页", "政务公开", column.name])}</div>
<h1 class="article-title">{escape(paper.title)}</h1>
<div class="article-info">发布时间：{paper.published} 16:02:11　信息来源：{paper.issuer.full}　浏览量：-</div>
<div class="article-content nfw-cms-content">
{markup.body(paper, markup.PLAIN)}
{link}</div>"""
        return self.whole(column, paper.title, inside, markup.metas({"ArticleTitle": paper.title}))

    def answer(self, asked: Asked) -> Reply | None:
        match = _LIST.fullmatch(asked.path)
        column = next((each for each in self.columns if match and each.slug == match["folder"]), None)
        if match is None or column is None:
            return None
        if (changed := self.changed(column)) is not None:
            return changed
        window = self.window(self.rows(column), int(match["number"] or 1))
        if window is None:
            return self.missing()
        links = " ".join(
            f'<a href="{column.slug}index{f"_{number}" if number > 1 else ""}.html"'
            f"{' class=current' if number == window.number else ''}>{number}</a>"
            for number in range(1, min(window.pages, window.number + 4) + 1)
        )
        inside = f"""<div class="crumbs">当前位置：{markup.crumbs(["首页", "政务公开", column.name])}</div>
<ul class="list-news">
{markup.plain_rows(window.rows, '<span class="time">{}</span>')}
</ul>
<div class="pagination"><span>共{window.total}条</span> {links}</div>"""
        return self.listing(column, self.whole(column, column.name, inside))


def _data(told: object) -> Reply:
    return Reply(json.dumps(told, ensure_ascii=True).encode(), media="application/json", part=Part.DATA)
