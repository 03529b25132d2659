"""What each run published comes back, is kept once, and is told apart by its run; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select, update

from nianbao.comparing import Cell, Named, Row, Snapshot
from nianbao.errors import StoreError
from nianbao.model import FigureStatus, Qualifier, RunRecord, Status
from nianbao.store import Store, schema
from nianbao.store.published import Publication

MORNING = datetime(2024, 3, 1, 0, 30, tzinfo=UTC)
CELL = Cell("penalty_cases", Decimal("3.50"), FigureStatus.STATED, Qualifier.EXACT, "0" * 16)
ROW = Row(
    "清源县东关镇", "990123001", "town", "东关.docx", 1, "f" * 64, "e" * 16, Status.COMPLETE, cells=(CELL,)
)
SHOWN = Snapshot(2023, "读", "提", (Named("penalty_cases", "行政处罚案件数", "件"),), (ROW,))


def begun(store: Store, *ids: str) -> None:
    for number, run_id in enumerate(ids):
        store.begin_run(RunRecord(run_id, MORNING + timedelta(hours=number), "0.1.0"), "run")


def kept(store: Store) -> int:
    with store._reading() as connection:
        return connection.execute(select(func.count()).select_from(schema.snapshots)).scalar_one()


def test_what_was_published_comes_back(store_url: str) -> None:
    other = replace(SHOWN, year=2022, rows=())
    with Store.open(store_url) as store:
        begun(store, "r1", "r2", "r3")
        store.snapshots.keep("r1", SHOWN)
        store.snapshots.keep("r1", other)
        store.snapshots.keep("r3", SHOWN)
        store.snapshots.keep("r3", SHOWN)
    with Store.open(store_url) as store:
        assert store.snapshots.of_run("r1") == (other, SHOWN)
        assert store.snapshots.of_run("r2") == ()
        assert store.snapshots.of_run("r3") == (SHOWN,)
        assert [(run.id, run.years) for run in store.snapshots.runs()] == [
            ("r3", (2023,)),
            ("r1", (2022, 2023)),
        ]
        assert store.snapshots.runs()[0].started.isoformat() == "2024-03-01T10:30:00+08:00"
        assert kept(store) == 2
        assert store.verify() == ()


def test_a_year_that_a_run_left_as_it_was(store_url: str) -> None:
    with Store.open(store_url) as store:
        begun(store, "r1", "r2", "r3")
        store.snapshots.keep("r1", SHOWN)
        store.published.publish("r1", "/汇总", 2023, Publication("指纹", (), {}))
        for folder, year in (("/汇总", 2023), ("/汇总", 2022), ("/别处", 2023)):
            store.snapshots.carry_over("r2", folder, year)
        store.snapshots.carry_over("r1", "/汇总", 2023)
        assert store.snapshots.of_run("r2") == (SHOWN,)
        assert kept(store) == 1


def test_a_damaged_snapshot_is_told(store_url: str) -> None:
    with Store.open(store_url) as store:
        begun(store, "r1")
        store.snapshots.keep("r1", SHOWN)
        with store._writing() as connection:
            connection.execute(update(schema.snapshots).values(content=b"x"))
        with pytest.raises(StoreError, match="运行 r1 的快照：已损坏，不能比较（请用当时的工作簿比较"):
            store.snapshots.of_run("r1")
        assert store.verify() == ("运行 r1 的 2023 年度快照已损坏，不能用来比较",)


def test_a_run_that_was_never_begun_publishes_nothing(store_url: str) -> None:
    with Store.open(store_url) as store:
        with pytest.raises(StoreError, match="没有登记这次运行"):
            store.snapshots.keep("r9", SHOWN)
        assert kept(store) == 0
