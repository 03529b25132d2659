"""When a deployment runs, said in Chinese: of all that is deployed, and nothing that would not be true."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from flows.operating.hours import told_hours

PLAN = Path(__file__).resolve().parents[2] / "deployments" / "prefect.yaml"
SAID = {
    "0 2 * 1-4 1": "每周一 02:00（一月至四月）",
    "0 2 1 5-12 *": "每月 1 日 02:00（五月至十二月）",
    "0 9 1 4 *": "每年 4 月 1 日 09:00",
    "30 5 * * *": "每天 05:30",
    "0 20 * * 0": "每周日 20:00",
}


def test_whatever_is_deployed_is_said() -> None:
    deployments = yaml.safe_load(PLAN.read_text("utf-8"))["deployments"]
    schedules = [row for each in deployments for row in each["schedules"]]
    assert len(schedules) >= 4
    for row in schedules:
        assert told_hours(row["cron"], row["timezone"]) == SAID[row["cron"]]


@pytest.mark.parametrize(
    ("cron", "said"),
    [
        ("0 2 * * 1-5", "每周一至周五 02:00"),
        ("5 0 10-12 1 *", "每月 10 日至12 日 00:05（一月）"),
        ("0 2 * 12 *", "每天 02:00（十二月）"),
        ("0 2 * * 7", "每周日 02:00"),
    ],
)
def test_other_plain_hours(cron: str, said: str) -> None:
    assert told_hours(cron, "Asia/Shanghai") == said


@pytest.mark.parametrize(
    "cron",
    [
        "*/15 * * * *",
        "0 2 1,15 * *",
        "0 2 1 * 1",
        "0 8 * * MON#1",
        "0 0 L * *",
        "0 25 * * *",
        "60 2 * * *",
        "0 2 * 4-1 *",
        "0 2 * 0 *",
        "0 2 0 * *",
        "0 2 * * 8",
        "@daily",
        "0 2 * *",
    ],
)
def test_what_it_can_not_say_is_left_as_cron_has_it(cron: str) -> None:
    assert told_hours(cron, "Asia/Shanghai") == f"{cron} Asia/Shanghai"


def test_another_zone_is_named() -> None:
    assert told_hours("30 5 * * *", "Asia/Urumqi") == "每天 05:30 Asia/Urumqi"
