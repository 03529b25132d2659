"""What was published, and what became of it since: a second run makes it good, and loses nobody's work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import workbench
from second_runs import fill, idle, published, request_in, run, work_of_last_run

from flows import work
from flows.request import Request
from flows.watch import Watch
from nianbao import Publisher, PublishError, Yearbook


@pytest.fixture
def request_(tmp_path: Path) -> Request:
    return request_in(tmp_path)


@pytest.mark.parametrize("harm", ["gone", "altered"])
def test_a_published_file_that_is_not_as_it_was_is_written_again(request_: Request, harm: str) -> None:
    first = run(request_)
    before = first.written[1].read_text(encoding="utf-8")
    if harm == "gone":
        first.written[1].unlink()
    else:
        first.written[1].write_text("别的", encoding="utf-8")
    assert idle(request_) is None
    summary = run(request_)
    assert published(summary) == {2022: False, 2023: True}
    assert first.written[1].read_text(encoding="utf-8") == before
    aside = list(request_.out.glob("*改动）.csv"))
    assert [path.read_text(encoding="utf-8") for path in aside] == ["别的"] * (harm == "altered")
    assert [line.partition("，已")[0] for line in summary.remarks] == [
        f"{first.written[1].name} 在写出后改动过，没有覆盖" for _ in aside
    ]


def test_another_folder_for_the_results_gets_them_too(request_: Request, tmp_path: Path) -> None:
    first = run(replace(request_, store=str(tmp_path / "年报.db")))
    other = replace(request_, store=str(tmp_path / "年报.db"), out=tmp_path / "另一处")
    assert idle(other) is None
    second = run(other)
    assert set(work_of_last_run(other).values()) == {"unchanged"}
    assert [path.name for path in second.written] == [path.name for path in first.written]
    assert all(path.is_file() for path in second.written)


def test_a_run_that_was_killed_before_it_published_is_made_good(request_: Request) -> None:
    with work.open_workshop(request_, Watch(), workbench.stamped_setup) as workshop:
        ids = work.collect(workshop)
        work.process_batch(workshop, ids[:3])
    assert idle(request_) is None
    summary = run(request_)
    assert sorted(work_of_last_run(request_).items()) == [
        ("a", "unchanged"), ("b", "unchanged"), ("c", "unchanged"), ("d", "read"), ("e", "read")
    ]  # fmt: skip
    assert published(summary) == {2022: True, 2023: True}


def fail_to_publish(yearbook: Yearbook, folder: Path) -> Sequence[Path]:
    raise PublishError("文件正由其他程序打开")


def test_what_a_clerk_filled_in_outlives_a_publisher_that_failed(request_: Request) -> None:
    first = run(request_)
    first.written[1].write_text("填了更正", encoding="utf-8")
    fill(Path(request_.source), c="2023 丙又报")
    with work.open_workshop(request_, Watch(), workbench.stamped_setup) as workshop:
        workshop.registry = replace(workshop.registry, publishers=(Publisher("list", fail_to_publish),))
        work.process_batch(workshop, work.collect(workshop))
        # Nothing could be moved out of the way, as on Windows while a program has it open.
        first.written[1].rename(request_.out / "开着")
        assert work.publish_year(workshop, 2023).failures
        (request_.out / "开着").rename(first.written[1])
    run(request_)
    (aside,) = request_.out.glob("*改动）.csv")
    assert aside.read_text(encoding="utf-8") == "填了更正"


def test_what_a_killed_run_published_is_nobodys_alteration(request_: Request) -> None:
    run(request_)
    fill(Path(request_.source), a="2023 甲又报", c="2023 丙又报")

    class KilledError(BaseException):
        pass

    def publish_and_die(yearbook: Yearbook, folder: Path) -> Sequence[Path]:
        workbench.publish(yearbook, folder)[0].write_text("新写的", encoding="utf-8")
        raise KilledError

    def die() -> None:
        with work.open_workshop(request_, Watch(), workbench.stamped_setup) as workshop:
            workshop.registry = replace(workshop.registry, publishers=(Publisher("list", publish_and_die),))
            work.process_batch(workshop, work.collect(workshop))
            work.publish_year(workshop, 2023)

    with pytest.raises(KilledError):
        die()
    summary = run(request_)
    assert summary.remarks == ()
    assert published(summary) == {2022: False, 2023: True}
    assert not list(request_.out.glob("*改动）*"))
