"""The app's own pages as HTML: the frame, the home page, the entrance, what went wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

TITLE = "年报核对"
_HEADS = (
    ("年度", ""),
    ("报告", ' class="figure"'),
    ("下载", ""),
    ("读取时间", ' class="extra"'),
    ("报告位置", ' class="extra"'),
)
_WARNING = "本程序正对其他电脑开放，网络上没有加密：知道口令的人都能查看和更正。用完请在终端按 Ctrl-C 结束。"


@dataclass(frozen=True, slots=True)
class Frame:
    """What the app's own pages have in common.

    Args:
        token: what their scripts show when they send something.
        has_years: whether there is a store, and so a list of years.
        is_open: whether other machines may reach the app.
    """

    token: str
    has_years: bool
    is_open: bool

    def page(self, title: str, body: str, *, here: str = "", scripts: Iterable[str] = ()) -> str:
        """Return a whole page.

        Args:
            title: plain text.
            body: HTML of the main part.
            here: the address of the entry of the navigation that this page is.
            scripts: names of the scripts under /assets/.
        """
        head = f'<meta name="nianbao-token" content="{escape(self.token)}">\n'
        head += "".join(f'<script src="/assets/{name}" defer></script>\n' for name in scripts)
        return _html(title, head, f'<header class="app">{self._bar(here)}</header><main>{body}</main>')

    def framed(self, page: str, year: int) -> str:
        """Return a review page of a year with the app's bar above its own: the way back, the workbook."""
        style = '<link rel="stylesheet" href="/assets/appbar.css">\n</head>'
        before, body, rest = page.replace("</head>", style, 1).partition("<body")
        attributes, _, rest = rest.partition(">")
        bar = f'<div class="app" role="region" aria-label="{TITLE}">{self._bar("/", year)}</div>'
        return f"{before}{body}{attributes}>{bar}{rest}"

    def _bar(self, here: str, year: int | None = None) -> str:
        links = [("/", "各年度")] if self.has_years else []
        links.append(("/check", "公布前自查"))
        told = "".join(
            f'<a href="{address}"{" aria-current=page" if address == here else ""}>{name}</a>'
            for address, name in links
        )
        if year is not None:
            told += f'<a href="/{year}/workbook.xlsx" download>下载工作簿</a>'
        warning = f'<p class="app-warning" role="note">{escape(_WARNING)}</p>' if self.is_open else ""
        nav = f'<nav aria-label="主要页面">{told}</nav>'
        return f'<div class="app-bar"><strong>{TITLE}</strong>{nav}</div>{warning}'


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year on the home page.

    Args:
        year: reported on.
        reports: how many are counted.
        started: when the run began that read them.
        place: what it read.
    """

    year: int
    reports: int
    started: datetime
    place: str


def home_page(frame: Frame, years: Sequence[YearRow], store: str) -> str:
    """Return the page that lists the years.

    Args:
        frame: of all pages.
        years: the latest first.
        store: where they are kept, as its user knows it.
    """
    rows = "".join(map(_year, years))
    none = '<p class="none">数据库里还没有汇总过的年度。请先运行 nianbao run。</p>'
    heads = "".join(f'<th scope="col"{look}>{name}</th>' for name, look in _HEADS)
    table = (
        '<div class="wide" tabindex="0" role="region" aria-label="各年度"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
    body = f"<h1>各年度</h1>{table if years else none}"
    body += f'<p class="soft">数据库：{escape(store)}。核对、更正和豁免都记入这里，下次汇总仍然有效。</p>'
    body += '<p><a class="button" href="/check">检查一份待公布的报告</a></p>'
    return frame.page("各年度", body, here="/")


def _year(row: YearRow) -> str:
    base = f"/{row.year}"
    return (
        f'<tr><th scope="row"><a href="{base}/index.html">{row.year} 年度</a></th>'
        f'<td class="figure">{row.reports}</td><td><a href="{base}/workbook.xlsx">工作簿</a></td>'
        f'<td class="extra">{row.started:%Y-%m-%d %H:%M}</td>'
        f'<td class="extra place">{escape(row.place)}</td></tr>'
    )


def entrance_page(told: str) -> str:
    """Return the page of who has no token: it may be given here."""
    return _html(
        "请输入口令",
        "",
        '<main class="narrow"><h1>请输入口令</h1>'
        f'<p role="alert">{escape(told)}</p>'
        '<form method="post" action="/enter"><label>口令<input name="token" type="password" '
        'autocomplete="off" required autofocus></label><button>进入</button></form>'
        '<p class="soft">口令显示在运行 nianbao serve 的终端里。</p></main>',
    )


def fault_page(told: str) -> str:
    """Return the page of what could not be done."""
    return _html(
        "没有办成",
        "",
        f'<main class="narrow"><h1>没有办成</h1><p role="alert">{escape(told)}</p>'
        '<p><a href="/">回到首页</a></p></main>',
    )


def passing_page() -> str:
    """Return the page that leads on from the address with the token, which then is in it no longer.

    A redirect would do, but for a browser that came from another site's page and sends no cookie along.
    """
    refresh = '<meta http-equiv="refresh" content="0;url=/">\n'
    return _html("正在打开", refresh, '<main class="narrow"><p><a href="/">打开年报核对</a></p></main>')


def _html(title: str, head: str, body: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)} · {TITLE}</title>\n"
        '<link rel="stylesheet" href="/assets/appbar.css">\n'
        '<link rel="stylesheet" href="/assets/serve.css">\n'
        f"{head}</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
