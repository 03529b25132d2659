"""The list of a year's reports: one row each, plain rows that a script only hides and shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from nianbao import Entry, Field, Point, PointKind, Severity, Status
from outputs.review.text import shown
from outputs.workbook import terms
from outputs.workbook.lines import file_of, name_of

_SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
# After all that has something pressing.
_LAST = (99, 0)
_PLACES = (Field.CITY, Field.COUNTY)


@dataclass(frozen=True, slots=True)
class ListedReport:
    """A report as the list shows it.

    Args:
        entry: the report.
        points: what is to be looked at in it.
        address: its page from the list; empty where it has none.
        set_aside: why another report of its issuer counts instead; empty where it counts itself.
        place: its place in the yearbook, from 0.
    """

    entry: Entry
    points: tuple[Point, ...]
    address: str
    set_aside: str = ""
    place: int = 0

    @property
    def county(self) -> str:
        """The county (or else the city) that the report is from; empty where nobody knows."""
        return next((v for field in reversed(_PLACES) if (v := self.entry.report.value(field))), "")

    @property
    def pressing(self) -> tuple[Point, ...]:
        """Its points without the numerals that belong to no indicator, which can wait for all others."""
        return tuple(point for point in self.points if point.kind is not PointKind.NUMERAL)

    @property
    def numerals(self) -> tuple[Point, ...]:
        """The numerals that belong to no indicator."""
        return tuple(point for point in self.points if point.kind is PointKind.NUMERAL)

    @property
    def urgency(self) -> tuple[int, int]:
        """What orders the list: the rank of what is most pressing and open, the more of it the earlier."""
        ranks = [point.rank for point in self.pressing if not point.settled]
        return (min(ranks), -ranks.count(min(ranks))) if ranks else _LAST

    @property
    def severities(self) -> Counter[Severity]:
        """How many findings of each severity nobody has waived."""
        return Counter(each.severity for each in self.entry.report.findings if each.waiver is None)

    @property
    def words(self) -> str:
        """What a search looks through: names, file, findings, why points need a look."""
        report = self.entry.report
        told = [
            name_of(report),
            self.county,
            report.value(Field.TITLE) or "",
            file_of(report),
            report.error,
            *(each.message for each in report.findings),
            *(each.why for each in self.points if not each.settled),
        ]
        return " ".join(dict.fromkeys(filter(None, told))).lower()


def settled_of(points: Iterable[Point]) -> int:
    """Return how many points somebody has settled."""
    return sum(1 for point in points if point.settled)


def list_body(title: str, listed: Sequence[ListedReport], notes: Sequence[str]) -> Iterator[str]:
    """Yield the list: its heading, what to do first, the filters, the rows."""
    yield f'<div class="list-head"><div><h1>{shown(title)}</h1>'
    yield '<p class="lead" id="lead">每份报告里需要人看一眼的地方都列在这里，按要紧的先后排好。</p></div>'
    yield '<a class="start" id="start" hidden><span>开始核对</span><kbd>n</kbd></a></div>'
    yield '<div id="left-over" class="notice" hidden></div>'
    yield from _notes(notes)
    yield from _filters(listed)
    yield '<div class="rows"><table id="reports"><caption class="unseen">年度报告</caption><thead><tr>'
    for name in ("报告单位", "县区", "状态", "问题", "待核对", "已核对"):
        yield f'<th scope="col"{" class=n" if name.endswith("核对") else ""}>{name}</th>'
    yield "</tr></thead><tbody>"
    yield from map(_row, listed)
    yield '</tbody></table><p id="none" class="empty" hidden>没有符合条件的报告。</p></div>'


def _notes(notes: Sequence[str]) -> Iterator[str]:
    if notes:
        yield f'<details class="notice"><summary>还应知道的 {len(notes)} 件事</summary><ul>'
        yield from (f"<li>{shown(note)}</li>" for note in notes)
        yield "</ul></details>"


def _filters(listed: Sequence[ListedReport]) -> Iterator[str]:
    counties = Counter(each.county for each in listed if each.county)
    states = Counter(each.entry.report.status for each in listed)
    worst = Counter(severity for each in listed for severity in each.severities)
    yield '<form id="filters" role="search" aria-label="筛选报告">'
    yield (
        '<label class="find">查找<span class="field"><input id="find" type="search" autocomplete="off" '
        'spellcheck="false" placeholder="单位、文件名、问题中的字句"><kbd>/</kbd></span></label>'
    )
    orders = '<option value="">按要紧</option><option value="place">按区划</option>'
    yield f'<label>排列<select id="order">{orders}</select></label>'
    yield _choice("county", "县区", [(name, name, count) for name, count in counties.items()])
    yield _choice("state", "状态", [(s.value, terms.STATUSES[s], states[s]) for s in Status if states[s]])
    yield _choice(
        "worst", "问题", [(s.value, f"有{terms.SEVERITIES[s]}", worst[s]) for s in _SEVERITIES if worst[s]]
    )
    yield '<label class="tick"><input type="checkbox" id="open"><span>只看有待核对的</span></label>'
    yield f'<output id="shown" for="find order county state worst open">{len(listed)} 份</output></form>'


def _choice(name: str, told: str, options: Iterable[tuple[str, str, int]]) -> str:
    listed = "".join(
        f'<option value="{shown(value)}">{shown(called)}（{count}）</option>'
        for value, called, count in options
    )
    return f'<label>{told}<select id="{name}"><option value="">全部</option>{listed}</select></label>'


def _row(listed: ListedReport) -> str:
    report = listed.entry.report
    name = shown(name_of(report))
    named = f'<a href="{shown(listed.address)}">{name}</a>' if listed.address else f"<span>{name}</span>"
    told = report.error or listed.set_aside or file_of(report)
    total, settled, numerals = len(listed.pressing), settled_of(listed.pressing), listed.numerals
    unread = len(numerals) - settled_of(numerals)
    counts = listed.severities
    found = "".join(
        f'<span class="tag {each.value}">{terms.SEVERITIES[each]} {counts[each]}</span>'
        for each in _SEVERITIES
        if counts[each]
    )
    state = f'<span class="state {report.status.value}">{terms.STATUSES[report.status]}</span>'
    attributes = {
        "page": listed.address.rpartition("/")[2],
        "place": str(listed.place),
        "county": listed.county,
        "state": report.status.value,
        "worst": " ".join(each.value for each in _SEVERITIES if counts[each]),
        "words": listed.words,
    }
    data = "".join(f' data-{key}="{shown(value)}"' for key, value in attributes.items())
    return (
        f'<tr{data}><th scope="row">{named}<small>{shown(told)}</small></th>'
        f'<td data-called="县区">{shown(listed.county) or "—"}</td>'
        f'<td data-called="状态">{state}</td>'
        f'<td data-called="问题">{found or "—"}</td>'
        f'<td class="n open-count" data-called="待核对"><b>{total - settled or "—"}</b>'
        f"<small>{f'未归类 {unread}' if unread else ''}</small></td>"
        f'<td class="n done-count" data-called="已核对">{f"{settled} / {total}" if total else "—"}</td></tr>'
    )
