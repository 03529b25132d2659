"""Whether what was published still holds: by all that goes into a year, and by the files themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows.keeping import outcome_from_json, outcome_to_json
from flows.summary import YearOutcome
from nianbao.fingerprints import Fingerprints
from nianbao.kinds import kinds_served
from nianbao.manager import Registry
from nianbao.model import Acceptance, Correction, DocumentKind, RosterEntry, Status
from nianbao.steps import SHANGHAI
from nianbao.waivers import Waivers
from nianbao.yearbook import shared_folder

if TYPE_CHECKING:
    from nianbao.store.freshness import ReportRow
    from nianbao.store.published import Publication, Published

_READ = (Status.COMPLETE, Status.PARTIAL)
# The day by which towns publish where no region says otherwise, and the first of the year after.
_DEADLINES = ((1, 1), (4, 1))


@dataclass(frozen=True, slots=True)
class Ingredients:
    """What goes into every year of a run, besides its reports.

    Args:
        prints: of what puts years together.
        roster: who should report, or None.
        waivers: what is waived, by the file that was given and by the store.
        corrections: the ledger.
        acceptances: what people looked at and let stand.
        mask: whether what is personal is hidden in what is published.
    """

    prints: Fingerprints
    roster: Sequence[RosterEntry] | None
    waivers: Waivers
    corrections: tuple[Correction, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
    mask: bool = True


def years_in(rows: Iterable[ReportRow], kind: DocumentKind = DocumentKind.REPORT) -> tuple[int, ...]:
    """Return the years that readable reports of a kind are about, in order."""
    readable = (row for row in rows if row.status in _READ and row.kind == kind)
    return tuple(sorted({row.year for row in readable if row.year is not None}))


def yearbooks_in(
    rows: Sequence[ReportRow], registry: Registry, year: int | None
) -> tuple[tuple[int, DocumentKind], ...]:
    """Return what gets a yearbook: the years of each kind of report, those on 法治政府建设 first.

    Args:
        rows: all reports of the run.
        registry: the further kinds.
        year: the one year asked for, or None for all.
    """
    written = frozenset().union(*(each.serves for each in registry.publishers))
    further = (each.kind for each in kinds_served(registry) if each.kind in written)
    kinds = (DocumentKind.REPORT, *further)
    return tuple((each, kind) for kind in kinds for each in years_in(rows, kind) if year in (None, each))


def year_fingerprint(
    given: Ingredients,
    registry: Registry,
    year: int,
    rows: Sequence[ReportRow],
    earlier: Iterable[ReportRow],
    *,
    today: date,
    kind: DocumentKind = DocumentKind.REPORT,
) -> str:
    """Return the fingerprint of all that a year's yearbook is made of.

    Args:
        given: what goes into every year.
        registry: the regions, whose deadlines the day decides on.
        year: the year reported on.
        rows: all reports of the run.
        earlier: those of the year before, of all runs.
        today: the day; it counts by what it decides alone.
        kind: what its reports are.
    """
    waivers = given.waivers.of_year(year)
    lines = [given.prints.yearbook, kind.value, str(year), repr(given.roster), repr(waivers), str(given.mask)]
    lines += (repr(entry) for entry in given.corrections if entry.year in (year - 1, year))
    lines += (repr(each) for each in given.acceptances if each.year == year)
    lines.append(shared_folder([row.file for row in rows]))
    years = (year - 1, year)
    wanted = (r for r in rows if r.status == Status.UNREADABLE or (r.year in years and r.kind == kind))
    lines += (f"{row.file} {row.part} {row.sha256} {row.digest}" for row in wanted)
    lines += sorted(f"{row.sha256} {row.part} {row.digest}" for row in earlier if row.kind == kind)
    lines += map(str, _decided(waivers, registry, year, today))
    return hashlib.sha256("\n".join(lines).encode(errors="replace")).hexdigest()[:32]


def _decided(waivers: Waivers, registry: Registry, year: int, today: date) -> Iterator[bool]:
    """Yield what the day decides: which waivers have run out, which deadlines have passed."""
    yield from (waiver.until < today for waiver in waivers.waivers)
    for month, day in (*_DEADLINES, *(region.town_deadline for region in registry.regions)):
        yield today > date(year + 1, month, day)


def still_published(kept: Publication | None, fingerprint: str) -> YearOutcome | None:
    """Return what was told of a year, where it holds and its files are as they were written; else None."""
    if kept is None or kept.fingerprint != fingerprint:
        return None
    if not all(_is_as_written(*file) for file in kept.files):
        return None
    return outcome_from_json(kept.outcome)


def set_aside(kept: Publication | None) -> Iterator[str]:
    """Move published files that somebody has altered since out of the way; yield a line for each.

    What a clerk filled into a workbook and has not brought in yet is not written over. What a run that was
    killed while it published had written by then is its own work.
    """
    began = kept.written if kept and not kept.outcome else None
    for name, size, changed, digest in kept.files if kept else ():
        path = Path(name)
        if not path.is_file() or _is_as_written(name, size, changed, digest):
            continue
        if began is not None and path.stat().st_mtime >= began.timestamp():
            continue
        moment = datetime.fromtimestamp(path.stat().st_mtime, SHANGHAI)
        aside = path.with_name(f"{path.stem}（{moment:%Y%m%d-%H%M%S}改动）{path.suffix}")
        # Where Excel has it open it stays, and the publisher says so.
        with suppress(OSError):
            path.replace(aside)
            yield f"{path.name} 在写出后改动过，没有覆盖，已改名为 {aside.name}"


def begin_publication(
    published: Published,
    run_id: str,
    folder: str,
    year: int,
    before: Publication | None,
    *,
    kind: DocumentKind = DocumentKind.REPORT,
) -> None:
    """Write down that a year is being published, over what stood there before."""
    from nianbao.store.published import Publication

    published.publish(run_id, folder, year, Publication("", before.files if before else (), {}), kind)


def keep_publication(
    published: Published,
    run_id: str,
    folder: str,
    fingerprint: str,
    outcome: YearOutcome,
    *,
    before: Publication | None,
) -> None:
    """Write down what was published of a year; where a publisher failed, it is to be tried again."""
    from nianbao.store.published import Publication

    told = "" if outcome.failures else fingerprint
    files = tuple(_as_written(path) for path in outcome.files)
    if outcome.failures and before is not None:
        written = {file[0] for file in files}
        files += tuple(file for file in before.files if file[0] not in written)
    kept = Publication(told, files, outcome_to_json(outcome))
    published.publish(run_id, folder, outcome.year, kept, outcome.kind)


def _as_written(path: Path) -> tuple[str, int, int, str]:
    status = path.stat()
    return str(path.absolute()), status.st_size, status.st_mtime_ns, _digest(path)


def _is_as_written(name: str, size: int, changed: int, digest: str) -> bool:
    path = Path(name)
    try:
        status = path.stat()
        if (status.st_size, status.st_mtime_ns) == (size, changed):
            return True
        return status.st_size == size and _digest(path) == digest
    except OSError:
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
