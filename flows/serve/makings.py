"""What a yearbook of a store is made of: what its run was given, and the ledger as it stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from flows.entering import today
from flows.publications import Ingredients
from flows.request import Request
from flows.unchanged import gather, state_of
from flows.worker import in_region, installed
from flows.yearbooks import yearbook_of
from nianbao.errors import UsageError
from nianbao.manager import Registry
from nianbao.masking.yearbook import mask_yearbook
from nianbao.model import Entry, Failure, RunRecord, Yearbook
from nianbao.quarantine import dispensable, failures_of, quarantined
from nianbao.records import Context
from nianbao.store import Store

_UNMASKED = "没有遮盖"


@dataclass(frozen=True, slots=True)
class _Makings:
    """What a yearbook is made of, as `flows.yearbooks` wants it.

    Args:
        request: of the run, as far as the store knows it.
        registry, context, given, barred, entries, run: as a run has them.
        notes: what could not be had any more, Chinese lines.
    """

    request: Request
    registry: Registry
    context: Context
    given: Ingredients
    store: Store
    run: RunRecord
    entries: tuple[Entry, ...]
    barred: tuple[Failure, ...]
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Maker:
    """Makes yearbooks of a store as its runs made them.

    Args:
        store: the store.
        location: its path or address.
        folder: of the results.
        archive: folder or address of the originals; empty for the one beside the store.
    """

    store: Store
    location: str
    folder: Path
    archive: str = ""
    _entries: dict[str, tuple[str, tuple[Entry, ...]]] = field(default_factory=dict)

    def sight(self, run_id: str) -> tuple[object, ...]:
        """Return what tells whether a run's yearbooks would come out as before."""
        store = self.store
        ids = list(store.freshness.listed_by(run_id))
        request, notes = self._request(store.run(run_id))
        lists = [path.stat().st_mtime_ns for path in (request.roster, request.waivers) if path is not None]
        ledgers = (store.ledger.in_force(), store.waivers.standing(), store.acceptances.standing())
        state = state_of(store.freshness.report_rows(ids))
        return run_id, state, *ledgers, *lists, notes, today()

    def make(self, run_id: str, year: int) -> Yearbook:
        """Return a year's yearbook with the ledger as it stands; what is personal is hidden as its run did.

        Raises:
            StoreError: the store can't be read.
        """
        makings = self._makings(self.store.run(run_id))
        made = yearbook_of(makings, year, None)
        made = replace(made, notes=(*made.notes, *makings.notes))
        return mask_yearbook(made) if makings.given.mask else made

    def _makings(self, run: RunRecord) -> _Makings:
        request, notes = self._request(run)
        registry, context = (in_region(request.region) if request.region else installed)()
        try:
            given = gather(self.store, request, registry, context)
        except UsageError as error:
            # A list that has become unreadable must not take the pages along.
            notes = (*notes, f"没有用到名单和豁免清单：{error}")
            request = replace(request, source="", roster=None, county="", waivers=None)
            given = gather(self.store, request, registry, context)
        ids = list(self.store.freshness.listed_by(run.id))
        told = quarantined(registry, self.store.freshness.failed(ids)) if dispensable(registry) else {}
        barred = failures_of(dispensable(registry), told)
        state = state_of(self.store.freshness.report_rows(ids))
        if self._entries.get(run.id, ("", ()))[0] != state:
            # Of one run at a time: a large one takes much memory.
            self._entries = {run.id: (state, self.store.load_entries(run.id))}
        _, entries = self._entries[run.id]
        return _Makings(request, registry, context, given, self.store, run, entries, barred, notes)

    def _request(self, run: RunRecord) -> tuple[Request, tuple[str, ...]]:
        """Return what a run was asked to do, without the lists that are gone by now, which are told."""
        told = dict(run.settings)
        lists, notes = {}, []
        for name, called in (("roster", "名单"), ("waivers", "豁免")):
            path = Path(told.get(called, "")).expanduser()
            if told.get(called) and path.is_file():
                lists[name] = path
            elif told.get(called) and (name == "waivers" or path.suffix):
                notes.append(f"汇总时用的{called}文件不在原处，这里没有用到：{told[called]}")
        county = "" if "roster" in lists or Path(told.get("名单", "")).suffix else told.get("名单", "")
        request = Request(
            source=told.get("来源", ""),
            out=self.folder,
            roster=lists.get("roster"),
            waivers=lists.get("waivers"),
            county=county,
            store=self.location,
            archive=self.archive,
            region=told.get("地区", ""),
            mask=told.get("个人信息") != _UNMASKED,
        )
        return request, tuple(notes)
