"""The built-in regions hold to the conformance suite that nianbao gives to others' plugins."""

from __future__ import annotations

import pytest

from nianbao.kit.conformance import conformance
from nianbao.kit.locating import locate

# The one with code of its own in every run, those that are all data by `make test-long`.
DATA_ALONE = ("chongqing", "guangdong", "jiangsu", "tianjin")
REGIONS = ["guizhou", *(pytest.param(each, marks=pytest.mark.long) for each in DATA_ALONE)]
RULES = {"装载", "指标卡的例句", "恶意输入", "速度", "别的地区的报告不变"}


@pytest.mark.parametrize("region", REGIONS)
def test_a_built_in_region_holds_to_the_suite(region: str) -> None:
    checks = conformance(locate(f"region-{region}"), patience=600)
    assert [line for check in checks for line in check.problems] == []
    assert {check.name for check in checks} >= RULES
