"""Sites of no known family: lists with a link to the next page, shown by the server or by a script."""

# ruff: noqa: E501  what stands in a page stands on its own line
from __future__ import annotations

from collections.abc import Sequence
from html import escape

from .. import files, markup
from ..exchange import Asked, Part, Reply, page
from ..markup import Row
from ..papers import Paper
from ..sites import Column, Site, View


class Plain(Site):
    """A site with 下一页 and addresses that tell nothing."""

    family = "plain"

    def start(self, column: Column) -> str:
        return column.slug

    def page_path(self, column: Column, paper: Paper) -> str:
        return f"{column.slug}{paper.number}.jhtml"

    def file_path(self, column: Column, paper: Paper) -> str:
        return f"/u/cms/www/{paper.published:%Y%m}/{paper.key[:12]}.{paper.form}"

    def paper_markup(self, column: Column, paper: Paper) -> str:
        link = (
            f'<p><img src="/r/icon.gif"><a href="{self.file_path(column, paper)}">{escape(files.file_name(paper))}</a></p>'
            if paper.form
            else ""
        )
        inside = f"""<div class="location">您的位置：{markup.crumbs(["首页", column.name])}</div>
<h2 class="tit">{escape(paper.title)}</h2>
<p class="meta">时间：{paper.published}　来源：{paper.issuer.full}　点击：[12]</p>
<div class="article-text">
{markup.body(paper, markup.PLAIN)}
{link}</div>"""
        return self.whole(column, paper.title, inside)

    def answer(self, asked: Asked) -> Reply | None:
        column = next((each for each in self.columns if asked.path == each.slug), None)
        if column is None:
            return None
        if (changed := self.changed(column)) is not None:
            return changed
        window = self.window(self.rows(column), int(asked.query.get("page") or 1))
        if window is None:
            return self.missing()
        following = window.number + 1 if window.number < window.pages else 0
        if self.view is View.LOOPING and window.number * self.rows_a_page >= len(self.rows(column)):
            following = 1
        link = f'<a class="next" href="?page={following}">下一页</a>' if following else "<span>下一页</span>"
        inside = f"""<div class="location">您的位置：{markup.crumbs(["首页", column.name])}</div>
<table class="newslist">
{_table(window.rows)}
</table>
<div class="pages">共{window.total}条记录　第{window.number}/{window.pages}页　{link}</div>"""
        return self.listing(column, self.whole(column, column.name, inside))


def _table(rows: Sequence[Row]) -> str:
    """Return rows as those of a table: what is cut is nowhere whole."""
    return "\n".join(
        f'<tr><td>·<a href="{escape(row.href)}">{escape(row.shown)}</a></td>'
        f"<td>[{row.day:%Y/%m/%d}]</td></tr>"
        for row in rows
    )


class Script(Plain):
    """The same, but for its lists, which a script alone shows."""

    family = "script"

    def changed(self, column: Column) -> Reply | None:
        if self.view not in (View.USUAL, View.EMPTIED):
            return super().changed(column)
        rows = self.rows(column) if self.view is View.USUAL else []
        return page(markup.by_script(self.title, column.name, rows), part=Part.LIST)
