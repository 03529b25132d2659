"""A region's profile of sites: those of the built-in regions, and a region named as a source."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from flows.regionsources import source_named
from nianbao import RegionProfile, UsageError
from nianbao.manager import registry
from nianbao.sites import load_sites

WITH_SITES = {"天津": "12", "江苏": "32", "广东": "44", "重庆": "50", "贵州": "52"}


@pytest.mark.parametrize(("name", "code"), WITH_SITES.items(), ids=WITH_SITES.values())
def test_a_built_in_region_is_a_source_by_its_name(name: str, code: str) -> None:
    path = source_named(name)
    assert path == source_named(code)
    sites = load_sites(Path(path))
    assert sites.code == code
    assert sites.name.startswith(name)
    assert sites.sites
    for site in sites.sites:
        assert site.family.name != "generic"
        assert all(site.allows(start.url) for start in site.starts_of(2023))
        assert site.starts_of(2023)
        assert not site.allow_private


def test_what_exists_and_what_is_a_path_is_no_regions_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert source_named("天津") != "天津"
    (tmp_path / "天津").mkdir()
    for told in ("天津", "./天津", "天津.yml", "报告", "报告/天津", "", "http://www.example.cn"):
        assert source_named(told) == told


def test_a_region_without_a_profile_of_sites_is_told() -> None:
    bare = replace(registry(), regions=(RegionProfile("33", "浙江省"),))
    with pytest.raises(UsageError, match="浙江省的插件没有带站点配置"):
        source_named("浙江", lambda: bare)


def test_a_run_of_a_region_asks_its_sites(tmp_path: Path) -> None:
    """No public site is asked before somebody says who asks."""
    command = [sys.executable, "-m", "flows.cli", "run", "天津", "--out", "结果"]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert "sites.yml：没有设置联系方式" in done.stderr
