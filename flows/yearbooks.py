"""Puts together what one yearbook of a run is made of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from nianbao.barring import barred
from nianbao.manager import Registry
from nianbao.model import Entry, Failure, RunRecord, Yearbook
from nianbao.records import Context, ReportKind
from nianbao.yearbook import make_yearbook, make_yearbook_of_kind

if TYPE_CHECKING:
    from flows.publications import Ingredients
    from flows.request import Request
    from nianbao.store import Store


class Makings(Protocol):
    """What a yearbook is made of; the workshop of a run has it, and whoever makes one anew."""

    @property
    def request(self) -> Request:
        """What the run was asked to do."""

    @property
    def registry(self) -> Registry:
        """The plugins."""

    @property
    def context(self) -> Context:
        """Of the run."""

    @property
    def given(self) -> Ingredients:
        """What goes into every year."""

    @property
    def store(self) -> Store:
        """Where earlier years are."""

    @property
    def run(self) -> RunRecord:
        """The record of the run."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries of the run."""

    @property
    def barred(self) -> tuple[Failure, ...]:
        """How the calls of quarantined plugins end."""


def yearbook_of(workshop: Makings, year: int, kind: ReportKind | None) -> Yearbook:
    """Return a year's checked yearbook.

    Args:
        workshop: of the run, or what stands in for it.
        year: the year reported on.
        kind: of which reports; None for those on 法治政府建设.
    """
    registry = barred(workshop.registry, workshop.barred)
    earlier = workshop.store.load_entries_for_year(year - 1)
    if kind is not None:
        made = make_yearbook_of_kind(
            registry, workshop.context, kind, year, workshop.entries, run=workshop.run, earlier=earlier
        )
        return replace(made, archive=workshop.request.archive_location)
    made = make_yearbook(
        registry,
        workshop.context,
        year,
        workshop.entries,
        roster=workshop.given.roster,
        run=workshop.run,
        waivers=workshop.given.waivers,
        earlier=earlier,
        corrections=workshop.given.corrections,
        acceptances=workshop.given.acceptances,
    )
    return replace(made, archive=workshop.request.archive_location)
