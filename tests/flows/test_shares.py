"""How many documents a worker is handed at once."""

from __future__ import annotations

import pytest

from flows.engines.shares import Pace
from flows.worker import Outcome, lost
from nianbao.model import Filing


def took(seconds: float, count: int = 1) -> list[Outcome]:
    return [lost(Filing("folder", "甲", "甲"), "坏了", seconds)] * count


@pytest.mark.parametrize(
    ("seconds", "share"), [(0.0, 16), (0.01, 16), (0.05, 5), (0.1, 2), (0.25, 1), (5.0, 1), (3600.0, 1)]
)
def test_a_share_takes_a_quarter_second(seconds: float, share: int) -> None:
    pace = Pace()
    assert pace.share == 4, "before anything is known"
    pace.count(took(seconds, 100))
    assert pace.share == share


def test_the_last_ones_count() -> None:
    pace = Pace()
    pace.count(took(0.01, 1_000))
    pace.count(took(2.0, 64))
    assert pace.share == 1
    pace.count(took(0.01, 640))
    assert pace.share == 16
