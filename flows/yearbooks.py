"""Puts together what one yearbook of a run is made of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nianbao.barring import barred
from nianbao.model import Yearbook
from nianbao.records import ReportKind
from nianbao.yearbook import make_yearbook, make_yearbook_of_kind

if TYPE_CHECKING:
    from flows.work import Workshop


def yearbook_of(workshop: Workshop, year: int, kind: ReportKind | None) -> Yearbook:
    """Return a year's checked yearbook.

    Args:
        workshop: of the run.
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
