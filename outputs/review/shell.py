"""What every page of a review has: its head, its policy, its bar at the top."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Final, Literal

from outputs.review.text import shown

Mode = Literal["static", "app"]

ASSETS: Final = files("outputs.review").joinpath("assets")
STYLES: Final = ("base.css", "list.css", "report.css", "panel.css", "beside.css", "overview.css")
# Classic scripts, in this order: a page that is opened from a folder may load no modules.
_COMMON: Final = ("base.js", "decisions.js", "dialogs.js", "saving.js")
LIST_SCRIPTS: Final = (*_COMMON, "list.js")
OVERVIEW_SCRIPTS: Final = _COMMON
REPORT_SCRIPTS: Final = (
    *_COMMON, "points.js", "marks.js", "panel.js", "forms.js", "asides.js", "queue.js", "beside.js",
    "report.js",
)  # fmt: skip
SCRIPTS: Final = tuple(dict.fromkeys((*LIST_SCRIPTS, *REPORT_SCRIPTS)))
YEARBOOK_SCRIPT: Final = "data/yearbook.js"
# Nothing from anywhere else, no inline script or style, no form that leaves. Pages opened from a folder have
# no origin of their own that a browser must take for 'self'; there, files are named as well.
_POLICY: Final = (
    "default-src 'none'; script-src {own}; style-src {own}; img-src {own}; frame-src {own}; "
    "connect-src {connect}; base-uri 'none'; form-action 'none'"
)
_POLICIES: Final = {
    "static": _POLICY.format(own="'self' file:", connect="'none'"),
    "app": _POLICY.format(own="'self'", connect="'self'"),
}


@dataclass(frozen=True, slots=True)
class Links:
    """Where a page's links lead, from the page.

    Args:
        root: the folder of the site, with its slash; empty for pages that lie in it.
        previous, following: the report pages before and after; empty where there is none.
        original: the original file or page; empty where nobody knows it.
        overview: whether there is an overview page.
    """

    root: str = ""
    previous: str = ""
    following: str = ""
    original: str = ""
    overview: bool = False


def page(
    title: str,
    body: Iterable[str],
    *,
    scripts: Sequence[str],
    links: Links,
    mode: Mode,
    token: str = "",
    kind: str = "",
) -> str:
    """Return a whole page.

    Args:
        title: of the window, as text.
        body: HTML.
        scripts: files below assets, in order.
        links: where the page's links lead.
        mode: static pages keep decisions in the browser, the app sends them.
        token: what the app asks for with each decision.
        kind: which page this is, as scripts and styles know it.
    """
    assets = f"{links.root}assets/"
    head = [
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICIES[mode]}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f'<meta name="nianbao-mode" content="{mode}">',
        f'<meta name="nianbao-root" content="{shown(links.root)}">',
    ]
    if mode == "app":
        head.append('<meta name="nianbao-api" content="/api/decisions">')
        head.append(f'<meta name="nianbao-token" content="{shown(token)}">')
    head.append(f"<title>{shown(title)}</title>")
    head += [f'<link rel="stylesheet" href="{assets}{name}">' for name in STYLES]
    loaded = [f"{links.root}{YEARBOOK_SCRIPT}", *(f"{assets}{name}" for name in scripts)]
    head += [f'<script defer src="{name}"></script>' for name in loaded]
    told = '<div id="told" role="status" aria-live="polite"></div>'
    return "\n".join([*head, "</head>", f'<body class="{kind}">', *body, told, "</body>\n</html>\n"])


def bar(here: str, links: Links, *, extra: Iterable[str] = ()) -> list[str]:
    """Return the bar at the top: where one is, where one may go, how far the review has come.

    Args:
        here: the name of this page, as text.
        links: where the page's links lead.
        extra: HTML of what this page alone has there.
    """
    ways = [("index.html", "报告清单", "list")]
    if links.overview:
        ways.append(("overview.html", "年度总览", "overview"))
    items = "".join(
        f'<a href="{links.root}{address}"{" aria-current=page" if kind == here else ""}>{name}</a>'
        for address, name, kind in ways
    )
    return [
        '<a class="skip" href="#main">跳到正文</a>',
        *(['<a class="skip" href="#panel">跳到核对</a>'] if here == "report" else []),
        '<header class="bar"><div class="bar-in">',
        f'<nav aria-label="页面">{items}</nav>',
        *extra,
        '<div class="progress" hidden>',
        '<span class="progress-told"><b id="done">0</b> / <span id="all">0</span></span>',
        '<progress id="meter" max="1" value="0" aria-label="已核对的比例"></progress></div>',
        '<div class="tools"><button type="button" id="save" hidden>保存核对</button>',
        '<button type="button" id="person" hidden></button>',
        '<button type="button" id="help" aria-haspopup="dialog"><span>帮助</span><kbd>?</kbd></button></div>',
        "</div></header>",
    ]
