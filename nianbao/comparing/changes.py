"""What changed from one publication to another: figures by cause, reports, indicators; in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nianbao.comparing.causes import Cause, cause_of, renamed, source_told
from nianbao.comparing.pairing import Pair, Pairing, Placed, pair_up
from nianbao.comparing.snapshot import Cell, Named, Snapshot
from nianbao.errors import UsageError
from nianbao.model import Status


@dataclass(frozen=True, slots=True)
class CellChange:
    """A figure that is another one now.

    Args:
        year: reported on.
        issuer: its full name, as it is now.
        indicator: as it is called now; as it was, where it is looked for no longer.
        before, after: the figure; None where there is none.
        cause: why.
        told: why, in a Chinese clause.
        file: the report's, as it is now.
    """

    year: int
    issuer: str
    indicator: Named
    before: Cell | None
    after: Cell | None
    cause: Cause
    told: str
    file: str


class Fate(StrEnum):
    """What became of a report."""

    NEW = "new"
    GONE = "gone"
    MOVED = "moved"
    REPLACED = "replaced"
    SET_ASIDE = "set-aside"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class ReportChange:
    """A report that is new, gone, or another one's or another file's now.

    Args:
        fate: which of these.
        year, issuer, file: as they are now; as they were, where it is gone.
        figures: how many it has; of one that is gone, had.
        counts: whether they stand in the yearbook's summary: another report of its issuer may count instead.
        told: what changed, in a Chinese clause.
    """

    fate: Fate
    year: int
    issuer: str
    file: str
    figures: int
    counts: bool
    told: str


@dataclass(frozen=True, slots=True)
class IndicatorChange:
    """An indicator whose card changed: how it is called now, and in a Chinese clause what changed."""

    indicator: Named
    told: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed, and in how much.

    Args:
        years: those that both publications have, and that were compared.
        passed_over: those that one of them alone has.
        reports_before, reports_after: how many reports count.
        figures_before, figures_after: how many figures they have.
        cells: the figures of reports that are in both.
        reports: what became of reports.
        indicators: whose cards changed.
    """

    years: tuple[int, ...]
    passed_over: tuple[int, ...]
    reports_before: int
    reports_after: int
    figures_before: int
    figures_after: int
    cells: tuple[CellChange, ...]
    reports: tuple[ReportChange, ...]
    indicators: tuple[IndicatorChange, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.cells or self.reports or self.indicators)


def compare(before: Sequence[Snapshot], after: Sequence[Snapshot]) -> Changes:
    """Hold what was published against what was published before.

    Args:
        before: one snapshot for each year of the earlier publication.
        after: those of the later one.

    Raises:
        UsageError: they have no year in common.
    """
    had, has = ({each.year for each in side} for side in (before, after))
    years = tuple(sorted(had & has))
    if not years:
        told = "，".join(
            f"{name}是{'、'.join(map(str, sorted(side)))}年度"
            for name, side in (("前者", had), ("后者", has))
        )
        raise UsageError(
            f"两次结果没有共同的年度，无法比较：{told}", hint="请指明同一年度的两次运行或两本工作簿"
        )
    found = pair_up(before, after)
    rows_before, rows_after = ([each for each in side if each.year in years] for side in (before, after))
    return Changes(
        years=years,
        passed_over=tuple(sorted(had ^ has)),
        reports_before=sum(len(each.counted) for each in rows_before),
        reports_after=sum(len(each.counted) for each in rows_after),
        figures_before=_figures(rows_before),
        figures_after=_figures(rows_after),
        cells=tuple(sorted(_all_cells(found.pairs), key=_order)),
        reports=tuple(_reports(found, set(years), before, after)),
        indicators=tuple(_indicators(rows_before, rows_after)),
    )


def _figures(snapshots: Iterable[Snapshot]) -> int:
    return sum(len(row.cells) for snapshot in snapshots for row in snapshot.counted)


def _order(change: CellChange) -> tuple[int, int, str, str]:
    return (change.year, list(Cause).index(change.cause), change.issuer, change.file)


def _all_cells(pairs: Iterable[Pair]) -> Iterator[CellChange]:
    cards: dict[tuple[int, int], _Cards] = {}
    for pair in pairs:
        if not (pair.before.row.aside or pair.after.row.aside):
            old, new = pair.before.snapshot, pair.after.snapshot
            key = (old.year, new.year)
            if key not in cards:
                cards[key] = _Cards.of(old, new)
            yield from _cells(pair, cards[key])


@dataclass(frozen=True, slots=True)
class _Cards:
    """The indicators of two years: each by its id now, and its id now by that before."""

    old: dict[str, Named]
    new: dict[str, Named]
    now: dict[str, str]

    @classmethod
    def of(cls, before: Snapshot, after: Snapshot) -> _Cards:
        old, new = ({each.id: each for each in side.indicators} for side in (before, after))
        now = renamed(old, new)
        return cls({now.get(name, name): card for name, card in old.items()}, new, now)

    def in_order(self, names: Iterable[str]) -> list[str]:
        places = {name: place for place, name in enumerate(dict.fromkeys((*self.new, *self.old)))}
        return sorted(names, key=lambda name: (places.get(name, len(places)), name))


def _cells(pair: Pair, cards: _Cards) -> Iterator[CellChange]:
    old = {cards.now.get(cell.indicator, cell.indicator): cell for cell in pair.before.row.cells}
    new = {cell.indicator: cell for cell in pair.after.row.cells}
    changed = [
        name
        for name in {*old, *new}
        if name not in old or name not in new or old[name].shown != new[name].shown
    ]
    placed = pair.after
    for name in cards.in_order(changed):
        before, after = old.get(name), new.get(name)
        was, now = cards.old.get(name), cards.new.get(name)
        cause, told = cause_of(pair, before, after, (was, now))
        called = now or was or Named(name, name, "")
        yield CellChange(
            placed.snapshot.year, placed.row.issuer, called, before, after, cause, told, placed.row.file
        )


def _reports(
    found: Pairing, years: set[int], before: Sequence[Snapshot], after: Sequence[Snapshot]
) -> Iterator[ReportChange]:
    unread, was_unread = _unreadable(after), _unreadable(before)
    gone, new = ([each for each in side if each.snapshot.year in years] for side in (found.gone, found.new))
    changes = [
        *(change for pair in found.pairs for change in _fates(pair)),
        *(_alone(Fate.GONE, each, unread, "现在无法读取") for each in gone),
        *(_alone(Fate.NEW, each, was_unread, "以前无法读取") for each in new),
    ]
    order = list(Fate)
    yield from sorted(changes, key=lambda each: (each.year, order.index(each.fate), each.issuer, each.file))


def _change(fate: Fate, each: Placed, told: str) -> ReportChange:
    row = each.row
    return ReportChange(fate, each.snapshot.year, row.issuer, row.file, len(row.cells), not row.aside, told)


def _unreadable(snapshots: Sequence[Snapshot]) -> set[str]:
    """Return the files that could not be read, and the digests of those whose bytes are known."""
    rows = (row for each in snapshots for row in each.rows if row.status is Status.UNREADABLE)
    return {known for row in rows for known in (row.file, row.sha256) if known}


def _alone(fate: Fate, each: Placed, unread: set[str], told: str) -> ReportChange:
    """Return a report without a counterpart, and why, where the other side says so."""
    if each.row.aside:
        return _change(fate, each, f"没有采用：{each.row.aside}")
    return _change(fate, each, told if unread & {each.row.file, each.row.sha256} else "")


def _fates(pair: Pair) -> Iterator[ReportChange]:
    old, new = pair.before.row, pair.after.row
    assigned = _assigned(pair)
    if assigned:
        yield _change(Fate.MOVED, pair.after, assigned)
    if old.aside and not new.aside:
        yield _change(Fate.TAKEN, pair.after, f"以前没有采用：{old.aside}")
    elif new.aside and not old.aside:
        yield _change(Fate.SET_ASIDE, pair.after, new.aside)
    elif old.content != new.content:
        yield _change(Fate.REPLACED, pair.after, source_told(pair))


def _assigned(pair: Pair) -> str:
    """Tell how a report was assigned otherwise than before; empty where it was not."""
    old, new = pair.before, pair.after
    told = (
        ("单位", old.row.issuer, new.row.issuer),
        ("年度", str(old.snapshot.year), str(new.snapshot.year)),
        ("区划代码", old.row.code or "无", new.row.code or "无"),
    )
    return "，".join(f"{name}由{before}改为{after}" for name, before, after in told if before != after)


def _indicators(before: Sequence[Snapshot], after: Sequence[Snapshot]) -> Iterator[IndicatorChange]:
    """Yield the indicators whose card changed, and those that came and went, in the catalogue's order."""
    old = {each.id: each for snapshot in before for each in snapshot.indicators}
    new = {each.id: each for snapshot in after for each in snapshot.indicators}
    now = renamed(old, new)
    earlier = {after_: before_ for before_, after_ in now.items()}
    for each in new.values():
        was = old[earlier[each.id]] if each.id in earlier else None
        if was is None:
            yield IndicatorChange(each, "新设的指标")
        elif was != each:
            yield IndicatorChange(each, _card_told(was, each))
    for each in old.values():
        if each.id not in now:
            yield IndicatorChange(each, "不再设这个指标")


def _card_told(old: Named, new: Named) -> str:
    told = (("代号", old.id, new.id), ("名称", old.name, new.name), ("单位", old.unit, new.unit))
    return "，".join(f"{what}由“{before}”改为“{after}”" for what, before, after in told if before != after)
