"""F3, 大汉: three kinds of lists (jpage's dataproxy, 政府信息公开's search, jpaas' page unit)."""

# ruff: noqa: E501  what stands in a page stands on its own line
from __future__ import annotations

import json
import re
from collections.abc import Sequence
from html import escape
from urllib.parse import parse_qs, quote, urlsplit

from .. import files, markup
from ..exchange import Asked, Part, Reply
from ..markup import Row
from ..papers import Kind, Paper
from ..sites import Column, Site, View

_COLUMN = re.compile(r"/col/col(?P<number>\d+)/(?:index\.html)?")
_MOST_A_CALL = 300


class Hanweb(Site):
    """What the three have in common: addresses, pages and attachments."""

    rows_a_page = 9

    def start(self, column: Column) -> str:
        return f"/col/col{column.number}/index.html"

    def page_path(self, column: Column, paper: Paper) -> str:
        day = paper.published
        return f"/art/{day.year}/{day.month}/{day.day}/art_{column.number}_{paper.number}.html"

    def file_path(self, column: Column, paper: Paper) -> str:
        name = quote(files.file_name(paper))
        return f"/module/download/downfile.jsp?classid=0&showname={name}&filename={paper.key}.{paper.form}"

    def file_mark(self, target: str) -> str:
        return parse_qs(urlsplit(target).query).get("filename", [""])[0]

    def file_reply(self, asked: Asked, paper: Paper) -> Reply:
        name = files.file_name(paper).encode("gbk", "replace").decode("latin-1")
        reply = super().file_reply(asked, paper)
        return reply.with_headers(("Content-Disposition", f'attachment; filename="{name}"'))

    def paper_markup(self, column: Column, paper: Paper) -> str:
        address = escape(self.file_path(column, paper))
        link = f'<p>附件：<a href="{address}">{escape(files.file_name(paper))}</a></p>' if paper.form else ""
        head = markup.metas(
            {"SiteName": self.title, "ArticleTitle": paper.title, "PubDate": f"{paper.published} 08:40"}
        )
        inside = f"""<div id="date">今天是2019年10月31日 星期四</div>
<table width="1000" align="center"><tr><td>当前位置：{markup.crumbs(["首页", column.name])}</td></tr></table>
<table class="xxgk_table" border="1">
<tr><td>索 引 号</td><td>{paper.number}</td><td>组配分类</td><td>法治政府建设</td></tr>
<tr><td>发布机构</td><td>{paper.issuer.full}</td><td>发文日期</td><td>{paper.written}</td></tr>
</table>
<!--<$[标题]>begin--><p class="title">{escape(paper.title)}</p><!--<$[标题]>end-->
<p class="sub">发布日期：{paper.published} 08:40　　访问量：<script>document.write('')</script>　　字体：[ 大 中 小 ]</p>
<div id="zoom" class="bt_content">
<!--ZJEG_RSS.content.begin-->
{markup.body(paper, markup.HANWEB)}
{link}<!--ZJEG_RSS.content.end-->
</div>
<div class="next">上一篇：关于春节期间值班安排的通知<br />下一篇：没有了</div>"""
        return self.whole(column, paper.title, inside, head)

    def column_asked(self, path: str) -> Column | None:
        match = _COLUMN.fullmatch(path)
        return next((each for each in self.columns if match and each.number == int(match["number"])), None)


class Jpage(Hanweb):
    """Rows in XML: the first in the page, the rest from dataproxy.jsp."""

    family = "hanweb-jpage"
    unit = 423656

    def answer(self, asked: Asked) -> Reply | None:
        if asked.path == "/module/web/jpage/dataproxy.jsp":
            return self._proxy(asked)
        column = self.column_asked(asked.path)
        if column is None:
            return None
        if (changed := self.changed(column)) is not None:
            return changed
        window = self.window(self.rows(column), 1)
        assert window is not None
        call = (
            f"/module/web/jpage/dataproxy.jsp?page=1&amp;webid=3&amp;path=/&amp;columnid={column.number}"
            f"&amp;unitid={self.unit}&amp;webname={quote(self.title)}&amp;permissiontype=0"
        )
        inside = f"""<div class="weizhi">当前位置：{markup.crumbs(["首页", column.name])}</div>
<div id="{self.unit}" class="default_pgContainer"></div>
<script type="text/xml"><datastore><nextgroup><![CDATA[<a href="{call}"></a>]]></nextgroup>
<recordset>{_records(window.rows)}</recordset></datastore></script>
<script>$(function(){{$("#{self.unit}").jpage({{totalRecord:{window.total},perPage:{self.rows_a_page},openCookies:false,
proxyUrl:"/module/web/jpage/dataproxy.jsp",ajaxParam:{{"col":1,"appid":1,"webid":3,"path":"/","columnid":{column.number},
"sourceContentType":1,"unitid":{self.unit},"webname":"{self.title}","permissiontype":0}}}});}});</script>"""
        return self.listing(column, self.whole(column, column.name, inside))

    def _proxy(self, asked: Asked) -> Reply | None:
        form = asked.form
        column = next((each for each in self.columns if str(each.number) == form.get("columnid")), None)
        if column is None or form.get("unitid") != str(self.unit) or self.changed(column) is not None:
            return None
        size = max(1, min(int(form.get("perpage") or self.rows_a_page), _MOST_A_CALL))
        # Some such sites do not look at startrecord.
        if self.view is not View.PAGE_ONLY and "startrecord" in form:
            begin = int(form["startrecord"])
            size = max(1, min(int(form.get("endrecord") or begin + size - 1) - begin + 1, _MOST_A_CALL))
            number = (begin - 1) // size + 1
        else:
            number = int(form.get("page") or 1)
        window = self.window(self.rows(column), number, size)
        if window is None and self.view is View.STUBBED:
            return Reply(
                b"<datastore><recordset></recordset></datastore>        ", media="text/xml", part=Part.DATA
            )
        shown, total = (window.rows, window.total) if window else ((), len(self.rows(column)))
        text = (
            f"<datastore>\n<totalrecord>{total}</totalrecord>\n<totalpage>{-(-total // size)}</totalpage>\n"
            f"<recordset>\n{_records(shown)}\n</recordset>\n</datastore>"
        )
        return Reply(text.encode(), media="text/xml;charset=UTF-8", part=Part.DATA)


def _records(rows: Sequence[Row]) -> str:
    """Return rows as records; the templates of some sites break their dates over lines."""
    return "\n".join(
        f'<record><![CDATA[<li><a href="{row.href}" title="{escape(row.title)}" target="_blank">{escape(row.shown)}</a>'
        f"<span>{row.day.year}-\n{row.day:%m-%d}</span></li>]]></record>"
        for row in rows
    )


class Xxgk(Hanweb):
    """Rows from search.jsp, those of all columns together."""

    family = "hanweb-xxgk"

    def answer(self, asked: Asked) -> Reply | None:
        if asked.path == "/module/xxgk/search.jsp":
            return self._search(asked)
        column = self.column_asked(asked.path)
        if column is None:
            return None
        if (changed := self.changed(column)) is not None:
            return changed
        inside = f"""<div class="weizhi">当前位置：{markup.crumbs(["政府信息公开", column.name])}</div>
<div id="div{column.number}"></div>
<script>var infotypeId = "A{column.number}"; var jdid = 7; var area = ""; var divid = "div{column.number}";
$.ajax({{type: "POST", url: "/module/xxgk/search.jsp", data: {{infotypeId: infotypeId, jdid: jdid, area: area, divid: divid,
currpage: 1, sortfield: "compaltedate:0", texttype: 0, fbtime: -1}}}});</script>"""
        return self.listing(column, self.whole(column, column.name, inside))

    def _search(self, asked: Asked) -> Reply | None:
        form = asked.form
        column = next((each for each in self.columns if form.get("divid") == f"div{each.number}"), None)
        if asked.method != "POST" or column is None or self.changed(column) is not None:
            return None
        every = sorted(
            (row for each in self.columns for row in self.rows(each)), key=lambda row: row.day, reverse=True
        )
        window = self.window(every, int(form.get("currpage") or 1))
        rows = "\n".join(
            f'<tr class="tr_main_value_{"odd" if place % 2 else "even"}"><td><a href="{self.base}{row.href}" title="{escape(row.title)}">'
            f"{escape(row.shown)}</a></td><td>{row.day}</td></tr>"
            for place, row in enumerate(window.rows if window else ())
        )
        pages = window.pages if window else 0
        text = f'<table>{rows}</table><div class="page">共{pages}页 第{form.get("currpage", "1")}页</div>'
        return Reply(text.encode(), media="text/html;charset=UTF-8", part=Part.DATA)


class Jpaas(Hanweb):
    """Rows as markup within JSON, from the page unit's interface."""

    family = "hanweb-jpaas"

    def page_path(self, column: Column, paper: Paper) -> str:
        return f"/col/col{column.number}/art/{paper.published.year}/art_{paper.key}.html"

    def answer(self, asked: Asked) -> Reply | None:
        if asked.path == "/api-gateway/jpaas-publish-server/front/page/build/unit":
            return self._unit(asked)
        column = self.column_asked(asked.path)
        if column is None:
            return None
        if (changed := self.changed(column)) is not None:
            return changed
        asks = self._asks(column)
        data = ",".join(f"'{name}':'{value}'" for name, value in asks.items())
        inside = f"""<div class="weizhi">当前位置：{markup.crumbs(["首页", column.name])}</div>
<div id="cont"><script parseType="bulidstatic" url="/api-gateway/jpaas-publish-server/front/page/build/unit"
queryData="{{{data}}}"></script></div>"""
        return self.listing(column, self.whole(column, column.name, inside))

    def _asks(self, column: Column) -> dict[str, str]:
        return {
            "webId": "07", "pageId": str(column.number), "tplSetId": f"tpl{column.number}", "parseType": "bulidstatic",
            "pageType": "column", "tagId": "当前栏目信息列表", "editType": "null",
        }  # fmt: skip

    def _unit(self, asked: Asked) -> Reply | None:
        """Answer with a page of rows; the page's number counts within paramJson alone."""
        query = asked.query
        column = next((each for each in self.columns if str(each.number) == query.get("pageId")), None)
        if column is None or self.changed(column) is not None:
            return None
        if any(query.get(name) != value for name, value in self._asks(column).items()):
            return _told({"success": False, "message": "参数错误"})
        wanted = json.loads(query.get("paramJson") or "{}")
        size = max(1, min(int(wanted.get("pageSize", self.rows_a_page)), 50))
        window = self.window(self.rows(column), int(wanted.get("pageNo", 1)), size)
        rows, total = (window.rows, window.total) if window else ((), len(self.rows(column)))
        html = (
            f'<ul class="list">{markup.plain_rows(rows)}</ul>'
            f'<div class="pagination" rows="{size}" count="{total}"></div>'
        )
        return _told({"success": True, "code": "200", "data": {"html": html}})


def _told(told: object) -> Reply:
    return Reply(json.dumps(told, ensure_ascii=False).encode(), media="application/json", part=Part.DATA)


def is_listed_apart(paper: Paper) -> bool:
    """Tell whether 政府信息公开 keeps a paper in its column of news."""
    return paper.kind in (Kind.NEWS, Kind.NOTICE)
