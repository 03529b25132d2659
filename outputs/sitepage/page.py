"""One page, needing nothing else, that shows how every site stands, what needs a look first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from html import escape
from importlib.resources import files

from nianbao.sites.standing import SiteStanding

_HEADERS = ("站点", "年度", "状态", "最近采集", "报告 / 应有", "今日请求 / 上限", "待采集", "说明")
_FIGURES = frozenset((1, 4, 5, 6))


def site_page(title: str, moment: datetime, rows: Sequence[SiteStanding]) -> str:
    """Return the page.

    Args:
        title: whose sites they are.
        moment: when it was made, in Beijing's time.
        rows: how they stand.
    """
    style = files("outputs.sitepage").joinpath("page.css").read_text("utf-8")
    counts = Counter(row.state for row in rows)
    panels = "".join(
        f'<div class="{state.name.lower()}"><b>{count}</b><span>{state}</span></div>'
        for state, count in counts.most_common()
    )
    heads = "".join(
        f'<th scope="col"{_aligned(place)}>{header}</th>' for place, header in enumerate(_HEADERS)
    )
    # Sorting keeps the profile's order among equals.
    ordered = sorted(rows, key=lambda row: row.state.is_fine)
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f"<header><h1>{escape(title)}</h1><p>{moment:%Y-%m-%d %H:%M}（北京时间）</p>"
        f'<div class="panels">{panels}</div></header>\n'
        f"<main><table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
        + "".join(map(_row, ordered))
        + "</tbody></table></main>\n</body>\n</html>\n"
    )


def _row(row: SiteStanding) -> str:
    cells = (
        escape(row.site),
        str(row.year or "各年"),
        f'<em class="{row.state.name.lower()}">{row.state}</em>',
        f"{row.crawled:%Y-%m-%d %H:%M}" if row.crawled else "—",
        row.reports,
        row.requests,
        str(row.left),
        escape(row.cause) or "—",
    )
    return (
        "<tr>" + "".join(f"<td{_aligned(place)}>{cell}</td>" for place, cell in enumerate(cells)) + "</tr>\n"
    )


def _aligned(place: int) -> str:
    return ' class="figure"' if place in _FIGURES else ""
