"""What the store keeps of waivers: the later stands, nothing is deleted, both databases alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nianbao.archive import Archive
from nianbao.model import Waiver
from nianbao.store import Store, WaiverRow
from nianbao.store.importing import import_store

WAIVER = Waiver(
    issuer="青石县白水镇",
    year=2023,
    rule="arithmetic.sum",
    quote="调解纠纷672件",
    message="合计不符。",
    reason="台账核实无误",
    person="王敏",
    day=date(2024, 3, 1),
    until=date(2025, 3, 31),
    row=7,
)


def entry(*, withdrawn: bool = False, **changes: object) -> WaiverRow:
    return WaiverRow(replace(WAIVER, **changes), withdrawn, "file")  # type: ignore[arg-type]


def test_what_is_entered_comes_back_under_its_number(store_url: str) -> None:
    with Store.open(store_url) as store:
        numbers = store.waivers.enter([entry(), entry(rule="years.stale")])
        assert numbers == (1, 2)
        first, second = store.waivers.history()
    assert first.waiver == replace(WAIVER, row=1, kept=True)
    assert (second.waiver.rule, second.waiver.row) == ("years.stale", 2)
    assert first.entered is not None
    assert first.entered.tzinfo is not None


@pytest.mark.parametrize(
    ("later", "standing"),
    [
        ({"until": date(2026, 3, 31)}, [2]),
        ({"quote": "调解 纠纷672件", "message": "另一句"}, [2]),
        ({"quote": ""}, [1, 2]),
        ({"year": 2022}, [1, 2]),
        ({"withdrawn": True}, []),
    ],
)
def test_of_two_about_the_same_the_later_stands(
    store_url: str, later: dict[str, object], standing: list[int]
) -> None:
    with Store.open(store_url) as store:
        store.waivers.enter([entry()])
        store.waivers.enter([entry(**later)])  # type: ignore[arg-type]
        assert [row.waiver.row for row in store.waivers.standing()] == standing
        assert len(store.waivers.history()) == 2


def test_they_move_with_the_store_and_are_numbered_on(store_url: str, tmp_path: Path) -> None:
    with Store.open(tmp_path / "从.db") as store:
        store.waivers.enter([entry(), entry(rule="years.stale")])
        store.waivers.enter([entry(withdrawn=True)])
        whole = store.waivers.history()
        store.export(tmp_path / "备份.zip")
    import_store(store_url, Archive(tmp_path / "archive"), tmp_path / "备份.zip")
    with Store.open(store_url) as store:
        assert store.waivers.history() == whole
        assert store.waivers.enter([entry(year=2022)]) == (4,)
