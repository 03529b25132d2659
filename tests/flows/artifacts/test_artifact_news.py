"""What is new of a year, over real runs: files that came, changed and went, and what was told before."""

from __future__ import annotations

import os
from dataclasses import astuple, replace
from pathlib import Path

import pytest
import workbench

from flows import work
from flows.artifacts.news import Change
from flows.keeping import outcome_from_json, outcome_to_json, summary_from_json, summary_to_json
from flows.request import Request
from flows.summary import Summary, YearOutcome
from flows.watch import Watch
from nianbao.manager import Registry
from nianbao.model import Severity
from nianbao.records import Context, Validator
from nianbao.store import Store


def setup() -> tuple[Registry, Context]:
    """Tools that see by its stamp whether a file was changed, with a note on each report."""
    validator = Validator("length", "report", frozenset({"year"}), workbench.note_length)
    return replace(workbench.stamped_registry(), validators=(validator,)), workbench.setup()[1]


def write(folder: Path, moment: int, **texts: str) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        path = folder / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        os.utime(path, (1_700_000_000 + moment, 1_700_000_000 + moment))


def run(request: Request, *, publishes: bool = True) -> Summary:
    with work.open_workshop(request, Watch(), setup) as workshop:
        work.process_batch(workshop, work.collect(workshop))
        if not publishes:
            raise KeyboardInterrupt
        years = [work.publish_year(workshop, *each) for each in work.yearbooks_wanted(workshop)]
        return work.finish(workshop, years)


def year_of(summary: Summary) -> YearOutcome:
    (year,) = summary.years
    return year


def counted(summary: Summary) -> tuple[int, ...]:
    """Return what of the one county's row counts: reported, new, changed, failed."""
    year = year_of(summary)
    assert year.tally is not None
    (row,) = year.tally.counties
    return astuple(row)[2:6]


@pytest.fixture
def request_(tmp_path: Path) -> Request:
    write(tmp_path / "报告", 1, a="2023", b="2023", 坏="unreadable")
    (tmp_path / "名单.csv").write_text("单位名称\n甲镇\n乙镇\n", encoding="utf-8")
    return Request(str(tmp_path / "报告"), tmp_path / "结果", year=2023, workers=1, engine="serial")


def test_what_came_what_changed_and_what_went(request_: Request) -> None:
    folder = Path(request_.source)
    first = run(request_)
    assert counted(first) == (2, 2, 0, 1)
    assert year_of(first).change is None
    write(folder, 2, b="2023 改", c="2023")
    second = run(request_)
    assert counted(second) == (3, 1, 1, 1)
    change = year_of(second).change
    assert change is not None
    assert (change.reports, dict(change.findings)[Severity.NOTE]) == (2, 2)
    assert (change.come, change.gone) == (None, None)
    (folder / "a.txt").unlink()
    third = run(request_)
    assert counted(third) == (2, 0, 0, 1)
    assert year_of(third).change == replace(
        change, since=year_of(third).change.since, reports=3, findings=year_of(second).findings
    )  # type: ignore[union-attr]


def test_a_run_that_changes_nothing_tells_of_nothing_new(request_: Request) -> None:
    run(request_)
    again = run(request_)
    assert year_of(again).unchanged
    assert (counted(again), year_of(again).change) == ((2, 0, 0, 1), None)
    tally = year_of(again).tally
    assert tally is not None
    assert len(tally.found) == 2


def test_what_a_stopped_run_read_is_new_to_the_next(request_: Request) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(request_, publishes=False)
    assert counted(run(request_)) == (2, 2, 0, 1)


def test_who_has_come_and_who_has_gone(request_: Request) -> None:
    roster = Path(request_.source).with_name("名单.csv")
    asked = replace(request_, roster=roster)
    run(asked)
    roster.write_text("单位名称\n乙镇\n丙镇\n丁镇\n", encoding="utf-8")
    change = year_of(run(asked)).change
    assert change is not None
    # 甲镇 is not asked any more, and so has not come.
    assert (change.come, change.gone) == ((), ("丙镇", "丁镇"))


def test_a_killed_publication_is_compared_with_nothing(request_: Request) -> None:
    run(request_)
    folder = str(request_.out.resolve())
    with Store.open(request_.store_location) as store:
        before = store.published.publication(folder, 2023)
        assert before is not None
        last = store.past_runs(1)[0].id
        store.published.publish(last, folder, 2023, replace(before, fingerprint="", outcome={}))
    assert year_of(run(request_)).change is None


def test_what_is_shown_is_kept_with_the_year_and_in_short_with_the_run(request_: Request) -> None:
    told = run(request_)
    change = Change("2024-05-01T00:00:00+00:00", 1, ((Severity.ERROR, 1),), ("甲镇",), None)
    year = replace(year_of(told), change=change)
    assert outcome_from_json(outcome_to_json(year)) == year
    (kept,) = summary_from_json(summary_to_json(replace(told, years=(year,)))).years
    assert year.tally is not None
    assert kept == replace(year, tally=year.tally.in_short())
    older = outcome_to_json(year)
    del older["tally"], older["change"]
    assert outcome_from_json(older) == replace(year, tally=None, change=None)
