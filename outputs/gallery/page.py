"""One page, needing nothing else, that shows every mistake about a figure in its sentence, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from nianbao.evaluation import Exhibit, ExhibitKind, Tally

KINDS = {
    ExhibitKind.MISSED: "漏掉",
    ExhibitKind.INVENTED: "多出",
    ExhibitKind.VALUE: "数值不对",
    ExhibitKind.QUALIFIER: "限定词不对",
    ExhibitKind.HEADLINE: "总数不符",
}
_COLUMNS = ("指标", "应有", "命中", "给出", "准确率", "召回率", "F1")


@dataclass(frozen=True, slots=True)
class Panel:
    """A figure at the head of the page: its name, what it is, and in small print how it is made up."""

    name: str
    figure: str
    detail: str = ""


def gallery_page(
    title: str,
    panels: Sequence[Panel],
    indicators: Mapping[str, Tally],
    exhibits: Sequence[Exhibit],
    names: Mapping[str, str],
) -> str:
    """Return the page.

    Args:
        title: what was evaluated.
        panels: the scores at its head.
        indicators: the tally of each indicator.
        exhibits: the mistakes.
        names: the Chinese name of every indicator.
    """
    folder = files("outputs.gallery")
    style, script = (folder.joinpath(name).read_text("utf-8") for name in ("page.css", "page.js"))
    body = "\n".join(
        [
            f"<header><h1>{escape(title)}</h1>",
            '<div class="panels">',
            *(_panel(panel) for panel in panels),
            "</div></header>",
            "<main>",
            _filters(exhibits, names),
            '<section id="exhibits">',
            *(_exhibit(one, names) for one in exhibits),
            '<p id="none" hidden>没有符合条件的错处。</p>' if exhibits else "<p>没有错处。</p>",
            "</section>",
            "<details><summary>各指标的成绩</summary>",
            *_table(indicators, names),
            "</details></main>",
        ]
    )
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n{body}\n<script>\n{script}</script>\n</body>\n</html>\n"
    )


def _panel(panel: Panel) -> str:
    detail = f"<small>{escape(panel.detail)}</small>" if panel.detail else ""
    return f"<div><b>{escape(panel.figure)}</b><span>{escape(panel.name)}</span>{detail}</div>"


def _filters(exhibits: Sequence[Exhibit], names: Mapping[str, str]) -> str:
    kinds = Counter(one.kind for one in exhibits)
    indicators = Counter(one.indicator for one in exhibits)
    reports = Counter(one.file for one in exhibits)
    choices = (
        ("kind", "种类", [(kind.value, name, kinds[kind]) for kind, name in KINDS.items() if kinds[kind]]),
        ("indicator", "指标", [(i, names.get(i, i), count) for i, count in indicators.most_common()]),
        ("file", "报告", [(name, name, count) for name, count in sorted(reports.items())]),
    )
    rows = []
    for key, label, options in choices:
        told = "".join(f'<option value="{escape(v)}">{escape(n)}（{c}）</option>' for v, n, c in options)
        rows.append(
            f'<label>{label}<select data-key="{key}"><option value="">全部</option>{told}</select></label>'
        )
    return f"<nav>{''.join(rows)}<output>{len(exhibits)} 处</output></nav>"


def _exhibit(one: Exhibit, names: Mapping[str, str]) -> str:
    name = names.get(one.indicator, one.indicator)
    told = [f"<dt>应为</dt><dd>{escape(one.gold or '（不是这个指标）')}</dd>"]
    told.append(f"<dt>读成</dt><dd>{escape(one.given or '（没有读出）')}</dd>")
    steps = "".join(f"<li>{escape(check)}</li>" for check in dict.fromkeys(one.checks))
    details = f"<details><summary>判断经过</summary><ol>{steps}</ol></details>" if steps else ""
    sentence = f"{escape(one.before.lstrip())}<mark>{escape(one.marked)}</mark>{escape(one.after)}".replace(
        "\t", " ｜ "
    )
    return (
        f'<article class="{one.kind}" data-kind="{one.kind}" data-indicator="{escape(one.indicator)}" '
        f'data-file="{escape(one.file)}">'
        f"<h2><em>{KINDS[one.kind]}</em>{escape(name)}<code>{escape(one.indicator)}</code>"
        f"<span>{escape(one.file)}</span></h2>"
        f"<blockquote>{sentence}</blockquote><dl>{''.join(told)}<dt>原因</dt><dd>{escape(one.reason)}</dd></dl>"
        f"{details}</article>"
    )


def _table(indicators: Mapping[str, Tally], names: Mapping[str, str]) -> Iterator[str]:
    heads = "".join(f"<th>{name}</th>" for name in _COLUMNS)
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
    for name, tally in sorted(indicators.items(), key=lambda row: (row[1].f1, row[0])):
        cells = (tally.wanted, tally.hits, tally.given)
        rates = (tally.precision, tally.recall, tally.f1)
        yield (
            f"<tr><td>{escape(names.get(name, name))}<code>{escape(name)}</code></td>"
            + "".join(f"<td>{cell}</td>" for cell in cells)
            + "".join(f"<td>{rate:.3f}</td>" for rate in rates)
            + "</tr>"
        )
    yield "</tbody></table>"
