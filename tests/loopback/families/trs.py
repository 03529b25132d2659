"""F1, TRS WCM: static lists `index_1.html` told by a script that counts from 0, relative links."""

# ruff: noqa: E501  what stands in a page stands on its own line
from __future__ import annotations

import re
from html import escape

from .. import files, markup
from ..exchange import Asked, Part, Reply, page
from ..markup import Row
from ..papers import Issuer, Kind, Paper
from ..sites import Column, Site, reports

_LIST = re.compile(r"(?P<folder>/[\w/]+/)(?:index(?:_(?P<number>\d+))?\.html)?")
_GATE = "/gate/big5/"
# How a mirror in traditional characters writes some of ours.
_TRADITIONAL = str.maketrans("县镇设报务执办资讯万与实对员关", "縣鎮設報務執辦資訊萬與實對員關")
SCRIPT = """function createPageHTML(count, current, stem, ext) {
  for (var k = 0; k < count; k++) {
    var name = k == 0 ? stem + "." + ext : stem + "_" + k + "." + ext;
    document.write(k == current ? " " + (k + 1) : ' <a href="' + name + '">' + (k + 1) + "</a>");
  }
}
var createPage = createPageHTML;
"""
# Three ways in which the sites of this family tell a script how many pages there are.
_PAGINGS = (
    '<script>createPageHTML({pages}, {current}, "index", "html");</script>',
    '<script>createPage({pages}, {current}, "index", "html");</script>',
    '<script>var countPage = {pages}; var currentPage = {current}; createPageHTML(countPage, currentPage, "index", "html");</script>',
)


class Trs(Site):
    """A site of the family."""

    family = "trs"
    rows_a_page = 8

    @staticmethod
    def plan(issuer: Issuer, papers: tuple[Paper, ...], *, outside: bool) -> list[Column]:
        """Return an issuer's two columns: the reports of one year, and what is explained, stand among notices."""
        in_column = [paper for paper in reports(papers) if paper.year != 2022]
        of_law = [*in_column, *(paper for paper in papers if paper.kind in (Kind.PLAN, Kind.OPENNESS))]
        of_law.sort(key=papers.index)
        rest = tuple(paper for paper in papers if paper not in of_law)
        number = issuer.number * 10
        return [
            Column(
                issuer, "法治政府建设年度报告", f"/{issuer.slug}/fzzfjsndbg/", number, tuple(of_law), outside
            ),
            Column(issuer, "通知公告", f"/{issuer.slug}/tzgg/", number + 1, rest),
        ]

    def start(self, column: Column) -> str:
        return column.slug

    def page_path(self, column: Column, paper: Paper) -> str:
        return f"{column.slug}{paper.published:%Y%m}/t{paper.published:%Y%m%d}_{paper.number}.html"

    def file_path(self, column: Column, paper: Paper) -> str:
        return f"{column.slug}{paper.published:%Y%m}/P0{paper.published:%Y%m%d}{paper.number}.{paper.form}"

    def href(self, column: Column, paper: Paper) -> str:
        return self.page_path(column, paper).replace(column.slug, "./")

    def rows(self, column: Column) -> list[Row]:
        rows = super().rows(column)
        if column.outside:
            mirrored = reports(column.papers)[0]
            address = f"{_GATE}{self.base.partition('//')[2]}{self.page_path(column, mirrored)}"
            rows.insert(5, Row(mirrored.title, mirrored.title, address, mirrored.published))
        return rows

    def paper_markup(self, column: Column, paper: Paper) -> str:
        attached = self.file_path(column, paper).rpartition("/")[2]
        link = (
            f'<p>附件：<a href="./{attached}">{escape(files.file_name(paper))}</a></p>' if paper.form else ""
        )
        head = markup.metas(
            {
                "SiteName": self.title, "ColumnName": column.name, "ArticleTitle": paper.title,
                "PubDate": f"{paper.published} 09:30", "ContentSource": paper.issuer.full,
            }
        )  # fmt: skip
        inside = f"""<div class="bread">当前位置：{markup.crumbs(["首页", column.issuer.name, column.name])}</div>
<table class="zwxl-table">
<tr><td>索引号：</td><td>00{paper.number}/{paper.published.year}-{paper.number % 1000:05d}</td><td>发布机构：</td><td>{paper.issuer.full}</td></tr>
<tr><td>成文日期：</td><td>{paper.written}</td><td>发布日期：</td><td>{paper.published}</td></tr>
<tr><td>发文字号：</td><td></td><td>有效性：</td><td>有效</td></tr>
</table>
<h1 class="title">{escape(paper.title)}</h1>
<div class="info">发布时间：{paper.published} 09:30　来源：{paper.issuer.full}　浏览次数：<span id="hits">217</span>　字号：[大 中 小]</div>
<div class="TRS_Editor">
{markup.body(paper, markup.TRS)}
{link}</div>
<div class="rel"><h3>相关链接</h3><ul><li><a href="#">关于开展普法宣传月活动的通知</a><span>2019-12-03</span></li></ul></div>"""
        return self.whole(column, paper.title, inside, head)

    def answer(self, asked: Asked) -> Reply | None:
        if asked.path == "/images/page.js":
            return Reply(SCRIPT.encode(), media="application/javascript")
        if asked.path.startswith(_GATE):
            return self._mirrored(asked)
        match = _LIST.fullmatch(asked.path)
        column = next((each for each in self.columns if match and each.slug == match["folder"]), None)
        if match is None or column is None:
            return None
        if (changed := self.changed(column)) is not None:
            return changed
        window = self.window(self.rows(column), int(match["number"] or 0) + 1)
        if window is None:
            return self.missing()
        paging = _PAGINGS[self.columns.index(column) // 2 % len(_PAGINGS)]
        inside = f"""<div class="bread">当前位置：{markup.crumbs(["首页", column.issuer.name, column.name])}</div>
<div class="information-l-content"><ul>
{markup.plain_rows(window.rows)}
</ul></div>
<div class="page">{paging.format(pages=window.pages, current=window.number - 1)}</div>"""
        head = '<script src="/images/page.js"></script>'
        return self.listing(column, self.whole(column, column.name, inside, head))

    def _mirrored(self, asked: Asked) -> Reply | None:
        """Return the same page in traditional characters, as a gate shows it."""
        path = "/" + asked.path.removeprefix(_GATE).partition("/")[2]
        found = self._pages.get(path)
        if found is None:
            return None
        return page(self.paper_markup(*found).translate(_TRADITIONAL), part=Part.PAGE)
