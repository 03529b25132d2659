"""The faults that benchmarks/mutations.py plants: where they stand, that they are the same in every run."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = """清溪县柳林镇2023年度法治政府建设情况报告
2023年，柳林镇在县委、县政府的领导下，认真贯彻《行政处罚法》。现将有关情况报告如下：
一、主要举措和成效
（一）严格执法。2023年，我镇办理行政处罚案件58件，其中简易程序41件、普通程序17件。
（二）化解纠纷。全年共排查矛盾纠纷213件，化解209件，化解率98.1%。
二、存在的不足和原因
执法力量不足。
三、主要负责人履行推进法治建设第一责任人职责情况
镇长带头学法。
四、2024年工作安排
2024年，我镇将加强培训。
"""
SORTS = {
    "fact told again",
    "law",
    "list, announced",
    "number of a heading",
    "order",
    "part left out",
    "parts in the wrong order",
    "placeholder",
    "rate",
    "year of a sentence",
    "year of the plan",
    "我镇, 镇党委",
}


def measured(folder: Path, *options: str) -> str:
    command = [sys.executable, "benchmarks/mutations.py", str(folder), *options]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("planted")
    (folder / "柳林镇.txt").write_text(TEXT, encoding="utf-8")
    return measured(folder, "--show")


def test_every_sort_of_fault_is_planted_in_a_report_that_has_room_for_it(told: str) -> None:
    assert {sort for sort in SORTS if any(line.startswith(sort) for line in told.splitlines())} == SORTS
    assert "0 of 1 clean texts alarmed" in told


def test_most_of_them_are_found(told: str) -> None:
    counts = [line.split() for line in told.splitlines() if line.startswith("all ")]
    [(_, found, _, made, *_)] = counts
    assert int(made) >= 20
    assert int(found) * 10 >= int(made) * 9


def test_the_same_seed_draws_the_same_faults(tmp_path: Path) -> None:
    shutil.copy(ROOT / "samples" / "reports" / "沙柳坪乡2022年法治政府建设工作情况.txt", tmp_path)
    one, again, other = (measured(tmp_path, "--list", "--seed", seed) for seed in ("1", "1", "2"))
    assert one == again != other
