"""What the store keeps of acceptances: the later stands, nothing is deleted, both databases alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from nianbao.archive import Archive
from nianbao.errors import StoreError
from nianbao.model import Acceptance, Correction, PointKind, Waiver
from nianbao.store import AcceptanceRow, LedgerRow, Store, WaiverRow
from nianbao.store.importing import import_store

ACCEPTED = Acceptance(
    "青石县白水镇",
    2023,
    PointKind.FIGURE,
    "enforcement_cases",
    "a" * 16,
    "王敏",
    date(2024, 3, 1),
    "台账一致",
)
CORRECTION = Correction(
    "青石县白水镇", 2023, "enforcement_cases", Decimal(80), "b" * 16, None, "误读", "李强", date(2024, 3, 2)
)
WAIVER = Waiver(
    "青石县白水镇", 2023, "arithmetic.sum", "", "", "无误", "李强", date(2024, 3, 2), date(2025, 3, 2), 1
)


def entry(*, withdrawn: bool = False, **changes: object) -> AcceptanceRow:
    return AcceptanceRow(replace(ACCEPTED, **changes), withdrawn, "file")  # type: ignore[arg-type]


def test_what_is_entered_comes_back_under_its_number(store_url: str) -> None:
    finding = {"kind": PointKind.FINDING, "key": "arithmetic.sum", "note": ""}
    with Store.open(store_url) as store:
        store.acceptances.enter([entry(), entry(**finding)])
        first, second = store.acceptances.history()
        assert store.verify() == ()
    assert first.acceptance == replace(ACCEPTED, number=1)
    assert second.acceptance == replace(ACCEPTED, number=2, **finding)  # type: ignore[arg-type]
    assert (first.origin, first.withdrawn) == ("file", False)
    assert first.entered is not None
    assert first.entered.tzinfo is not None


@pytest.mark.parametrize(
    ("later", "standing"),
    [
        ({"person": "李强"}, [2]),
        ({"seen": "c" * 16}, [2]),
        ({"key": "mediation_cases"}, [1, 2]),
        ({"year": 2022}, [1, 2]),
        ({"issuer": "青石县黑水镇"}, [1, 2]),
        ({"withdrawn": True}, []),
    ],
    ids=["person", "sight", "indicator", "year", "issuer", "withdrawn"],
)
def test_of_two_about_one_figure_the_later_stands(
    store_url: str, later: dict[str, object], standing: list[int]
) -> None:
    with Store.open(store_url) as store:
        store.acceptances.enter([entry()])
        store.acceptances.enter([entry(**later)])  # type: ignore[arg-type]
        assert [each.number for each in store.acceptances.standing()] == standing
        assert len(store.acceptances.history()) == 2


@pytest.mark.parametrize("kind", [PointKind.FINDING, PointKind.NUMERAL])
def test_of_findings_and_numerals_each_sight_stands(store_url: str, kind: PointKind) -> None:
    with Store.open(store_url) as store:
        store.acceptances.enter([entry(kind=kind), entry(kind=kind, seen="c" * 16)])
        assert [each.number for each in store.acceptances.standing()] == [1, 2]


def test_what_was_decided_is_entered_whole_or_not_at_all(store_url: str) -> None:
    with Store.open(store_url) as store:
        broken = AcceptanceRow(replace(ACCEPTED, issuer=None), False, "app")  # type: ignore[arg-type]
        with pytest.raises(StoreError):
            store.enter(
                [LedgerRow(CORRECTION, False, "app")],
                [WaiverRow(WAIVER, False, "app")],
                [entry(), broken],
            )
        assert store.ledger.history() == ()
        assert store.waivers.history() == ()
        assert store.acceptances.history() == ()
        store.enter([LedgerRow(CORRECTION, False, "app")], [WaiverRow(WAIVER, False, "app")], [entry()])
        assert store.ledger.in_force() == (CORRECTION,)
        assert [row.waiver.reason for row in store.waivers.standing()] == ["无误"]
        assert [replace(each, number=0) for each in store.acceptances.standing()] == [ACCEPTED]


def test_a_store_that_moves_takes_them_along(store_url: str, tmp_path: Path) -> None:
    with Store.open(tmp_path / "从.db") as store:
        store.acceptances.enter([entry(), entry(year=2022)])
        store.acceptances.enter([entry(withdrawn=True)])
        whole = store.acceptances.history()
        store.export(tmp_path / "备份.zip")
    import_store(store_url, Archive(tmp_path / "archive"), tmp_path / "备份.zip")
    with Store.open(store_url) as store:
        assert store.acceptances.history() == whole
        store.acceptances.enter([entry(year=2021)])
        assert [each.number for each in store.acceptances.standing()] == [2, 4]
