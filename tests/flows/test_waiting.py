"""A run by the clock that comes before its year's first report has failed at nothing, and says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from loopback import Loopback

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server")]

REPORT = """岚溪县石涧镇人民政府{year}年度法治政府建设工作报告

一、{year}年度推进法治政府建设的主要举措和成效
全年办理行政处罚案件12件。
二、存在的不足和原因
法治宣传形式还不够丰富。
三、{next}年度推进法治政府建设的主要安排
继续抓好行政执法规范化建设。
"""
ROSTER = "单位名称\n岚溪县石涧镇人民政府\n岚溪县白鹿乡人民政府\n"


def put(place: Path, year: int) -> Path:
    path = place / "报告" / f"石涧镇{year}.txt"
    path.write_text(REPORT.format(year=year, next=year + 1), "utf-8")
    return path


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "报告").mkdir()
    (tmp_path / "名单.csv").write_text(ROSTER, "utf-8")
    return tmp_path


def ended(place: Path, **more: Any) -> tuple[str, str, str]:
    """Run as a deployment would; return the type of the state, its name and its message."""
    from flows.annual import annual_collection
    from flows.parameters import Collection

    told = {"source": str(place / "报告"), "out": str(place / "结果"), "year": 2023, "engine": "serial"}
    state: Any = annual_collection(Collection(**told | {"workers": 1} | more), return_state=True)
    return state.type.value, state.name, state.message


def test_before_the_first_report_a_run_is_completed(place: Path) -> None:
    early = "还没有 2023 年度的报告，应报的 2 个单位都未报"
    roster = str(place / "名单.csv")
    # Nothing was ever there; then there is last year's.
    assert ended(place, roster=roster) == ("COMPLETED", "Completed", early)
    put(place, 2022)
    assert ended(place, roster=roster) == ("COMPLETED", "Completed", early)
    assert ended(place) == ("COMPLETED", "Completed", "还没有 2023 年度的报告")
    put(place, 2023)
    kind, name, message = ended(place, roster=roster)
    assert (kind, name, "未报 1 个单位" in message) == ("COMPLETED", "Completed with findings", True)


def test_what_was_there_and_is_gone_is_no_early_day(place: Path) -> None:
    paths = [put(place, year) for year in (2022, 2023)]
    assert ended(place)[0] == "COMPLETED"
    paths[1].unlink()
    told = "没有 2023 年度的报告（找到：2022 年度 1 份）"
    assert ended(place) == ("FAILED", "Failed", told)
    paths[0].unlink()
    kind, _, message = ended(place)
    assert (kind, message.partition("（")[0]) == ("FAILED", f"{place / '报告'}：文件夹里没有可读的文件")


def test_a_place_that_can_not_be_read_has_failed(place: Path) -> None:
    put(place, 2022)
    (place / "报告" / "石涧镇2023.docx").write_bytes(b"PK\x03\x04 no archive at all")
    assert ended(place)[:2] == ("FAILED", "Failed")
    kind, _, message = ended(place, source=str(place / "没有"))
    assert (kind, "没有这个文件或文件夹" in message) == ("FAILED", True)


def test_a_site_with_a_whole_list_and_none_of_the_year_is_early_and_one_that_is_away_is_not(
    place: Path, loopback: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_WEB_DELAY", "0")
    profile = place / "岚溪县.yml"
    profile.write_text(loopback.profile("plain"), "utf-8")
    told = "还没有 2012 年度的报告"
    assert ended(place, source=str(profile), year=2012) == ("COMPLETED", "Completed", told)
    loopback.fault("plain", "gone")
    assert ended(place, source=str(profile), year=2013)[0] == "FAILED"
