"""Whatever a plugin does wrong is told as its own, and no other's figure changes by one digit."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
from faulty import CALLED, LOADING, Fault
from neighbours import LIMIT, LIMIT_OF_LOOPS, of_others, read_all, written

from nianbao.model import FigureStatus, Report, Status

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="bounds of memory and time as Linux has them")

# Each row takes worker processes of its own, and seconds: the others are for `make test-long`.
SAMPLE = frozenset(random.Random(9).sample(sorted(CALLED), 8))


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> list[Report]:
    """The samples, read without any broken plugin."""
    reports = read_all(written(tmp_path_factory.mktemp("alone")))
    assert [report.status for report in reports] == [Status.COMPLETE] * len(reports)
    assert all(len(report.figures) > 5 for report in reports)
    return reports


@pytest.mark.parametrize("fault", LOADING.values(), ids=LOADING)
def test_what_fails_at_loading_leaves_all_others(tmp_path: Path, fault: Fault, alone: list[Report]) -> None:
    setup = written(tmp_path, broken=fault.source)
    failures = [failure for failure in setup()[0].failures if failure.plugin == "broken"]
    assert [(failure.plugin, failure.stage) for failure in failures] == [("broken", fault.stage)]
    assert fault.said in failures[0].error
    assert read_all(setup) == alone


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(each, id=name, marks=[] if name in SAMPLE else pytest.mark.long)
        for name, each in CALLED.items()
    ],
)
def test_what_fails_in_a_call_leaves_all_others(
    tmp_path: Path, fault: Fault, alone: list[Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_WORKER_MEGABYTES", "2048")
    limit = LIMIT_OF_LOOPS if fault.row == "infinite loop" else LIMIT
    reports = read_all(written(tmp_path, broken=fault.source), limit)
    assert [of_others(report) for report in reports] == [of_others(report) for report in alone]
    for report in reports:
        told = {(failure.plugin, failure.stage) for failure in report.failures}
        assert told == {("broken", fault.stage)}
        assert all(fault.said in failure.error for failure in report.failures)
        assert report.status is Status.PARTIAL
        owed = {figure.indicator for figure in report.figures if figure.status is FigureStatus.FAILED}
        assert owed <= {"law_lectures"}


def test_two_that_crash_are_both_told(tmp_path: Path, alone: list[Report]) -> None:
    crash, other = CALLED["aborts"].source, CALLED["segmentation fault in a check"].source
    reports = read_all(written(tmp_path, broken=crash, second=other.replace('"broken"', '"second"')))
    assert [report.observations for report in reports] == [report.observations for report in alone]
    for report in reports:
        assert {(f.plugin, f.stage) for f in report.failures} == {
            ("broken", "extract"),
            ("second", "validate"),
        }


def test_the_sound_one_beside_is_heard(tmp_path: Path) -> None:
    sound = CALLED["raises half-way"].source.replace("    raise ValueError('半途')\n", "")
    setup = written(tmp_path, broken=sound)
    assert "broken" not in {failure.plugin for failure in setup()[0].failures}
    reports = read_all(setup)
    assert all(report.status is Status.COMPLETE for report in reports)
    assert all(any(each.extractor == "broken" for each in report.observations) for report in reports)
