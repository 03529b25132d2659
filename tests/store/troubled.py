"""What the tests of a store in trouble have in common."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pgserver import PASSWORD

from nianbao.errors import StoreError
from nianbao.model import Document, Filing, Numeral, NumeralReason, Report, RunRecord, Status
from nianbao.steps import Processed
from nianbao.store import Store

RUN = RunRecord("r1", datetime(2024, 3, 1, tzinfo=UTC), "0.1.0")
SENTENCE = "罚款8300元。"


def read(name: str, sentences: int) -> Processed:
    """Return a file whose text takes some room."""
    text = SENTENCE * sentences
    size = len(SENTENCE)
    found = tuple(Numeral(size * n + 2, size * n + 6, "8300", NumeralReason.MONEY) for n in range(sentences))
    report = Report(name, "ab", Status.COMPLETE, numerals=found)
    return Processed(Filing("folder", name, name), "ab", Document(name, "ab", "text", text), (report,))


def save(store: Store, *batch: Processed) -> None:
    ids = store.add_filings("r1", [done.filing for done in batch])
    store.save("r1", zip(ids, batch, strict=True))


def begun(location: str | Path, **options: float) -> Store:
    store = Store.open(location, **options)
    store.begin_run(RUN, "run")
    return store


def told(caught: pytest.ExceptionInfo[StoreError]) -> str:
    """Return what an error says, having checked that it is a line and no secret is in it or behind it."""
    error: BaseException | None = caught.value
    assert "\n" not in str(error)
    while error is not None:
        assert PASSWORD not in str(error)
        error = error.__cause__ or error.__context__
    return str(caught.value)


def refused(location: str | Path) -> str:
    with pytest.raises(StoreError) as caught:
        Store.open(location)
    return told(caught)
