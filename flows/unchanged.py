"""A run that has nothing to do: known before Prefect is started, and told as the last run told it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.artifacts.news import at_rest
from flows.keeping import summary_from_json, summary_to_json
from flows.planning import make_plan
from flows.publications import Ingredients, still_published, year_fingerprint, yearbooks_in
from flows.request import Request, wanted_roster
from flows.summary import Summary
from nianbao.fingerprints import fingerprints
from nianbao.manager import Registry
from nianbao.model import Filing
from nianbao.records import Context
from nianbao.waivers import Waivers, read_waivers

if TYPE_CHECKING:
    from nianbao.store import Store
    from nianbao.store.freshness import ReportRow


@dataclass(frozen=True, slots=True)
class Unchanged:
    """What the last run came to, and when it ended."""

    summary: Summary
    ended: datetime


def nothing_to_do(
    request: Request, registry: Registry, context: Context, filings: Sequence[Filing]
) -> Unchanged | None:
    """Return what the last run of the same request came to, where this one would come to the same; else None.

    Raises:
        StoreError: the store can't be opened.
    """
    location = request.store_location
    if request.force or ("://" not in location and not Path(location).expanduser().is_file()):
        return None
    from nianbao.store import Store

    with Store.open(location) as store:
        return _last(store, request, registry, context, filings)


def _last(
    store: Store, request: Request, registry: Registry, context: Context, filings: Sequence[Filing]
) -> Unchanged | None:
    given = gather(store, request, registry, context)
    last = store.published.last_result(request_key(request, registry, given))
    if last is None:
        return None
    run_id, ended, kept = last
    ids = store.freshness.known(filings)
    listed = [(ids[key], filing) for filing in filings if (key := (filing.source, filing.uri)) in ids]
    if len(listed) < len(filings) or store.freshness.listed_by(run_id) != set(ids.values()):
        return None
    plan = make_plan(
        store.freshness, registry, context, given.prints, listed, only_failed=request.only_failed
    )
    rows = store.freshness.report_rows([file_id for file_id, _ in listed])
    if plan.todo or plan.left or kept["state"] != state_of(rows):
        return None
    summary = summary_from_json(kept["summary"])
    wanted = yearbooks_in(rows, registry, request.year)
    if wanted != tuple((year.year, year.kind) for year in summary.years):
        return None
    for year, kind in wanted:
        earlier = store.freshness.report_rows_of_year(year - 1)
        fingerprint = year_fingerprint(given, registry, year, rows, earlier, today=context.today, kind=kind)
        publication = store.published.publication(folder_of(request), year, kind)
        if still_published(publication, fingerprint) is None:
            return None
    held = tuple(map(at_rest, summary.years))
    return Unchanged(replace(summary, years=held, unchanged=summary.files), ended)


def gather(store: Store, request: Request, registry: Registry, context: Context) -> Ingredients:
    """Return what goes into every year of a run, besides its reports."""
    listed = read_waivers(request.waivers) if request.waivers is not None else Waivers()
    return Ingredients(
        fingerprints(registry, context),
        wanted_roster(request, context.divisions),
        listed.beside(row.waiver for row in store.waivers.standing()),
        store.ledger.in_force(),
        store.acceptances.standing(),
        mask=request.mask,
    )


def folder_of(request: Request) -> str:
    """Return what the folder of the results is known by."""
    return str(request.out.expanduser().resolve())


def request_key(request: Request, registry: Registry, given: Ingredients) -> str:
    """Return what a request is known by: two of the same ask for the same."""
    source = request.source
    place = source if "://" in source else str(Path(source).expanduser().resolve())
    # Those of the store count by year, like corrections.
    listed = replace(given.waivers, waivers=given.waivers.given)
    told = [place, folder_of(request), str(request.year), repr(given.roster), repr(listed)]
    told += [*map(repr, registry.failures), *([request.region] if request.region else [])]
    told += [*(each.name for each in registry.publishers), str(request.mask)]
    return hashlib.sha256("\n".join(told).encode(errors="replace")).hexdigest()[:32]


def state_of(rows: Sequence[ReportRow]) -> str:
    """Return the fingerprint of all reports of a run."""
    return hashlib.sha256("\n".join(map(repr, rows)).encode(errors="replace")).hexdigest()[:32]


def result_to_keep(summary: Summary, rows: Sequence[ReportRow]) -> Mapping[str, Any]:
    """Return what the store keeps of a run's end."""
    return {"summary": summary_to_json(summary), "state": state_of(rows)}
