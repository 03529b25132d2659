"""What was accepted holds on every run, has its year written anew, and goes stale when its report changes."""

from __future__ import annotations

import os
from pathlib import Path

import openpyxl
from decision_files import CASES, accepting, saved
from reviewed_reports import write_report

from flows import work
from flows.cli import main
from flows.request import Request
from flows.summary import Summary
from flows.watch import Watch
from flows.worker import installed
from nianbao.catalogue import load_catalogue
from nianbao.masking.yearbook import mask_yearbook
from nianbao.model import Point, Yearbook
from nianbao.review import points_by_report
from nianbao.store import Store
from nianbao.yearbook import make_yearbook

SAMPLES = Path(__file__).parents[2] / "samples" / "reports"
NAME = load_catalogue().indicators[CASES].name
BOOK = "2023年度法治政府建设报告汇总.xlsx"


def written(folder: Path, town: str = "白水镇", cases: int = 80) -> None:
    """Write a report down, at a time of its own."""
    path = write_report(folder, town, cases=cases)
    moment = 1_700_000_000 + cases
    os.utime(path, (moment, moment))


def request_in(folder: Path, store: str) -> Request:
    for town in ("白水镇", "黑水镇"):
        written(folder / "报告", town)
    return Request(str(folder / "报告"), folder / "结果", workers=1, store=store, engine="serial")


def run(request: Request) -> Summary:
    with work.open_workshop(request, Watch(), installed) as workshop:
        work.process_batch(workshop, work.collect(workshop))
        years = [work.publish_year(workshop, *each) for each in work.yearbooks_wanted(workshop)]
        return work.finish(workshop, years)


def yearbook(request: Request) -> Yearbook:
    """Return what pages of the last run show now: its ledgers applied, what is personal hidden."""
    registry, context = installed()
    with Store.open(request.store) as store:
        last = store.run(store.past_runs(1)[0].id)
        entries, accepted = store.load_entries(last.id), store.acceptances.standing()
    made = make_yearbook(registry, context, 2023, entries, roster=None, run=last, acceptances=accepted)
    return mask_yearbook(made)


def shown(request: Request) -> dict[str, tuple[str, str]]:
    """Return the figure's note of each town as 指标汇总 has it, and what 指标明细 says of its statement."""
    book = openpyxl.load_workbook(request.out / BOOK)
    summary, details = book["指标汇总"], book["指标明细"]
    column = next(cell.column for cell in summary[4] if str(cell.value).startswith(NAME))
    adopted = next(cell.column for cell in details[3] if str(cell.value).startswith("是否采用"))
    notes = {
        str(summary.cell(row, 2).value): str(getattr(summary.cell(row, column).comment, "text", ""))
        for row in range(5, summary.max_row + 1)
    }
    told = {
        str(row[1].value): str(row[adopted - 1].value)
        for row in details.iter_rows(min_row=4)
        if row[2].value == NAME and row[adopted - 1].value
    }
    towns = {unit: unit.removeprefix("青石县")[:3] for unit in told}
    return {town: (notes[unit], told[unit]) for unit, town in towns.items()}


def accept_all(request: Request, folder: Path, town: str = "白水镇") -> list[Point]:
    """Accept all that stands open in a town's report, as its published page shows it."""
    made = yearbook(request)
    points = next(mine for (file, _), mine in points_by_report(made).items() if town in file)
    told = [accepting(point, f"青石县{town}") for point in points if not point.settled]
    path = saved(folder / "核对.json", told)
    assert main(["review", "import", str(path), "--store", request.store]) == 0
    return list(points)


def test_it_holds_until_its_report_changes(store_url: str, tmp_path: Path) -> None:
    asked = request_in(tmp_path, store_url)
    run(asked)
    before = shown(asked)
    assert before["白水镇"][1] == before["黑水镇"][1] == "采用（存疑）"
    points = accept_all(asked, tmp_path)
    all_of_them = tuple(range(1, len(points) + 1))
    first = [number for number, point in enumerate(points, 1) if point.key in (CASES, "repeat.conflict")]

    (year,) = run(asked).years
    assert (year.unchanged, year.accepted_by, year.remarks) == (False, all_of_them, ())
    assert shown(asked) == {
        "白水镇": ("已核对：王敏 2026-11-22", "采用，已核对（王敏，2026-11-22）"),
        "黑水镇": before["黑水镇"],
    }
    assert run(asked).years[0].unchanged

    written(tmp_path / "报告", cases=81)
    (year,) = run(asked).years
    assert len(year.remarks) == len(first) == 2
    assert year.remarks[0].startswith(f"核对已失效：青石县白水镇 2023年度数字“{NAME}”（王敏 2026-11-22）")
    assert "已核对" not in shown(asked)["白水镇"][0]
    assert year.accepted_by == tuple(number for number in all_of_them if number not in first)

    written(tmp_path / "报告", cases=80)
    assert run(asked).years[0].accepted_by == all_of_them, "nothing of it is lost"


def test_one_that_was_withdrawn_is_open_again(tmp_path: Path) -> None:
    asked = request_in(tmp_path, str(tmp_path / "nianbao.db"))
    run(asked)
    points = accept_all(asked, tmp_path)
    assert main(["review", "withdraw", "1", "--by", "李强", "--store", asked.store]) == 0
    (year,) = run(asked).years
    assert year.accepted_by == tuple(range(2, len(points) + 1))
    assert shown(asked)["白水镇"][1] == "采用（存疑）"


def test_the_samples_hold_from_run_to_run(tmp_path: Path) -> None:
    (tmp_path / "报告").mkdir()
    for path in sorted(SAMPLES.glob("*2023*.html"))[:3]:
        (tmp_path / "报告" / path.name).write_bytes(path.read_bytes())
    store = str(tmp_path / "nianbao.db")
    request = Request(str(tmp_path / "报告"), tmp_path / "结果", workers=1, store=store, engine="serial")
    run(request)
    made = yearbook(request)
    pages = points_by_report(made)
    issuers = {(e.report.file, e.report.part): e.report.file.removesuffix(".html") for e in made.entries}
    told = [accepting(point, issuers[key]) for key, points in pages.items() for point in points]
    assert len(told) > 5
    assert {each["what"] for each in told} >= {"figure", "finding"}
    path = saved(tmp_path / "核对.json", told)
    assert main(["review", "import", str(path), "--store", store]) == 0
    (year,) = run(request).years
    assert year.remarks == ()
    settled = [point for points in points_by_report(yearbook(request)).values() for point in points]
    assert all(point.settled for point in settled)
    assert len(settled) == len(told)
    with Store.open(store) as opened:
        assert len(year.accepted_by) == len(opened.acceptances.standing())
