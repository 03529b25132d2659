"""Which report of one publication is which of another: by issuer and year, else by what it is."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from nianbao.comparing.snapshot import Row, Snapshot
from nianbao.model import IssuerLevel, Status


@dataclass(frozen=True, slots=True)
class Placed:
    """A report in the snapshot that shows it."""

    snapshot: Snapshot
    row: Row

    @property
    def issuer(self) -> tuple[int, str]:
        """Whose it is, and of which year."""
        return self.snapshot.year, self.row.issuer


@dataclass(frozen=True, slots=True)
class Pair:
    """One report, before and after."""

    before: Placed
    after: Placed


@dataclass(frozen=True, slots=True)
class Pairing:
    """What of two publications belongs together, and what has no counterpart."""

    pairs: tuple[Pair, ...]
    gone: tuple[Placed, ...]
    new: tuple[Placed, ...]


_Key = Callable[[Placed], Hashable]


def _content(each: Placed) -> Hashable:
    return each.row.content if each.row.sha256 else None


def _issuer_and_content(each: Placed) -> Hashable:
    return (each.issuer, each.row.content) if each.row.sha256 else None


def _issuer_and_file(each: Placed) -> Hashable:
    return each.issuer, each.row.file, each.row.part


def _issuer(each: Placed) -> Hashable:
    return each.issuer


def _town(each: Placed) -> Hashable:
    """Bureaus bear the code of their county: it tells towns alone."""
    is_town = each.row.level == IssuerLevel.TOWN and each.row.code
    return (each.snapshot.year, each.row.code) if is_town else None


def _text(each: Placed) -> Hashable:
    return (each.row.text, each.row.part) if each.row.text else None


def _file(each: Placed) -> Hashable:
    code = each.row.code
    return (each.snapshot.year, code, each.row.file, each.row.part) if code else None


# The reports that count come first: of an issuer's several one alone does. One content under two names is one
# report that was assigned anew; another content under one name is one that was replaced.
_COUNTED: Sequence[_Key] = (_issuer_and_content, _content, _issuer_and_file, _issuer, _town, _text, _file)
_ALL: Sequence[_Key] = (_issuer_and_content, _content, _issuer_and_file)


def pair_up(before: Sequence[Snapshot], after: Sequence[Snapshot]) -> Pairing:
    """Find each report's counterpart; files that could not be read have none.

    A report that is set aside, or no longer is, is neither new nor gone while its content is on both sides.
    """
    old, new = _placed(before), _placed(after)
    pairs: list[Pair] = []
    for keys, wanted in ((_COUNTED, _counts), (_ALL, _is_any)):
        for key in keys:
            found = _match(filter(wanted, old), filter(wanted, new), key)
            pairs += found
            taken = {id(each) for pair in found for each in (pair.before, pair.after)}
            old = [each for each in old if id(each) not in taken]
            new = [each for each in new if id(each) not in taken]
    had = {_issuer_and_content(pair.before) for pair in pairs}
    has = {_issuer_and_content(pair.after) for pair in pairs}
    return Pairing(
        tuple(pairs),
        gone=tuple(each for each in old if _counts(each) or _issuer_and_content(each) not in has),
        new=tuple(each for each in new if _counts(each) or _issuer_and_content(each) not in had),
    )


def _placed(snapshots: Iterable[Snapshot]) -> list[Placed]:
    return [
        Placed(snapshot, row)
        for snapshot in snapshots
        for row in snapshot.rows
        if row.status is not Status.UNREADABLE
    ]


def _counts(each: Placed) -> bool:
    return not each.row.aside


def _is_any(each: Placed) -> bool:
    return True


def _match(old: Iterable[Placed], new: Iterable[Placed], key: _Key) -> list[Pair]:
    """Pair what shares a key, in their order; what has none stays alone."""
    waiting: dict[Hashable, list[Placed]] = {}
    for each in old:
        waiting.setdefault(key(each), []).append(each)
    pairs = []
    for each in new:
        found = waiting.get(key(each))
        if found and key(each) is not None:
            pairs.append(Pair(found.pop(0), each))
    return pairs
