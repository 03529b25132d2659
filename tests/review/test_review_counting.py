"""What is counted as still to be looked at is what the review pages show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from reviewed_reports import TODAY, TOWN, accept, write_report, yearbook_of

from nianbao.masking.yearbook import mask_yearbook
from nianbao.model import Correction, CorrectionState, PointKind, Waiver, Yearbook
from nianbao.review import points_by_report
from nianbao.review.counting import pressing_by_report
from nianbao.waivers import Waivers

CASES = "enforcement_cases"
WAIVED = Waiver(TOWN, 2023, "arithmetic.rate", "", "", "台账如此", "王敏", TODAY, date(2099, 1, 1), 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("报告")
    write_report(path)
    write_report(path, "黑水镇", cases=85)
    (path / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    return path


def shown(yearbook: Yearbook) -> dict[tuple[str, int], int]:
    """Count what the review pages show."""
    return {
        key: sum(point.kind is not PointKind.NUMERAL and not point.settled for point in points)
        for key, points in points_by_report(yearbook).items()
    }


def test_it_is_the_review_pages_count(folder: Path) -> None:
    made = yearbook_of(folder)
    counts = pressing_by_report(made)
    assert counts == shown(made) == pressing_by_report(mask_yearbook(made))
    assert counts["白水镇.txt", 1] >= 3
    assert counts["坏.docx", 1] == 0


def test_what_somebody_settled_is_not_counted(folder: Path) -> None:
    made = yearbook_of(folder)
    before = pressing_by_report(made)["白水镇.txt", 1]
    points = points_by_report(made)["白水镇.txt", 1]
    accepted = [accept(point) for point in points if point.kind is not PointKind.NUMERAL][:2]
    evidence = ""
    wrong = Correction(
        TOWN, 2023, "people_mediations", Decimal(1), evidence, Decimal(2), "更正", "王敏", TODAY
    )
    for more, settled in (({"waivers": Waivers((WAIVED,))}, 1), ({"acceptances": accepted}, 2)):
        settled_of = yearbook_of(folder, **more)
        assert pressing_by_report(settled_of) == shown(settled_of)
        assert pressing_by_report(settled_of)["白水镇.txt", 1] == before - settled
    again = yearbook_of(folder, accepted, corrections=[wrong])
    stale = replace(again.corrections[0], state=CorrectionState.STALE, file="黑水镇.txt", part=1)
    with_stale = replace(again, corrections=(stale, replace(stale, file="白水镇.txt")))
    assert pressing_by_report(with_stale) == shown(with_stale)
    assert pressing_by_report(with_stale)["黑水镇.txt", 1] == pressing_by_report(again)["黑水镇.txt", 1] + 1
    assert pressing_by_report(with_stale)["白水镇.txt", 1] == before - 1
