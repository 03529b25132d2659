"""Puts the app together: its gate, its workers, its pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from flows.engines import Conditions, Engine, Processes
from flows.indicators import known_catalogue
from flows.serve.app import make_app
from flows.serve.checking import CheckRoutes
from flows.serve.desk import Desk
from flows.serve.originals import Originals
from flows.serve.pages import Frame
from flows.serve.security import Gate
from flows.serve.uploads import MEGABYTE, Bounds, Queue
from nianbao.settings import Settings
from nianbao.store import Store
from nianbao.store.address import shown

_WORKERS = 2
# Scans take seconds a page; nobody waits an hour in front of a page.
_SCAN_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Place:
    """What the app works on.

    Args:
        store: whose years are shown; None for none.
        location: the store's path or address.
        folder: where a checked file is saved when its user asks for it; None where nothing is.
        private: a folder of this program's own.
    """

    store: Store | None
    location: str
    folder: Path | None
    private: Path


def build_app(gate: Gate, place: Place, settings: Settings) -> ASGIApp:
    """Return the app; its workers start and end with it.

    Args:
        gate: who is let in.
        place: what it works on.
        settings: how large a file may be, and how long it may take.
    """
    bounds = Bounds(settings.file_megabytes * MEGABYTE)
    conditions = Conditions(
        workers=min(settings.worker_count, _WORKERS),
        limit=settings.file_seconds,
        slow_workers=1,
        slow_limit=min(settings.scan_seconds, _SCAN_SECONDS),
        # What is converted or recognised on the way is nobody's to keep.
        environment=(("NIANBAO_CACHE", str(place.private / "cache")),),
        # One file at a time: there is nothing to prepare together.
        prepared=(),
    )
    engine = Processes(conditions)
    frame = Frame(gate.token, has_years=place.store is not None, is_open=gate.is_open)
    names = {name: card.name for name, card in known_catalogue().indicators.items()}
    desk = Desk(engine, place.private)
    checks = CheckRoutes(desk, Queue(bounds.at_once), frame, bounds, names, place.folder)
    originals = Originals(place.private / "originals")
    routes = [*checks.routes(), *_years(place, originals, frame, settings)]
    return make_app(gate, routes, lambda: _working(engine, originals))


def _years(place: Place, originals: Originals, frame: Frame, settings: Settings) -> Iterator[Route]:
    if place.store is None:
        yield Route("/", _to_check, methods=["GET"])
        return
    from flows.serve.entering import DecisionRoutes
    from flows.serve.makings import Maker
    from flows.serve.reviewing import YearRoutes
    from flows.serve.shelf import Shelf

    maker = Maker(place.store, place.location, place.folder or Path(), settings.archive or "")
    shelf = Shelf(maker)
    yield from YearRoutes(shelf, originals, frame, shown(place.location)).routes()
    yield from DecisionRoutes(shelf).routes()


async def _to_check(_: object) -> Response:
    return RedirectResponse("/check")


@contextmanager
def _working(engine: Engine, originals: Originals) -> Iterator[None]:
    """Have the workers ready, and end them at once where they are needed no longer."""
    with originals, engine:
        engine.warm()
        try:
            yield
        finally:
            engine.stop()
