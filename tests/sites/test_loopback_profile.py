"""The county's own profile says what the county has."""

from __future__ import annotations

from pathlib import Path

from loopback import Loopback
from loopback.__main__ import main
from loopback.county import SITES

from nianbao.sites import load_sites, read_sites


def test_the_profile_names_every_start_page(loopback: Loopback) -> None:
    read = read_sites(loopback.profile(), "county.yml")
    assert [site.name for site in read.sites] == [title for _, title in SITES.values()]
    assert [[start.url for start in site.starts] for site in read.sites] == [
        loopback.starts(name) for name in SITES
    ]
    assert sum(site.issuers or 0 for site in read.sites) == 16
    assert [site.name for site in read.sites if site.browser] == ["岚溪县水利局"]
    for listed in loopback.listed():
        assert any(site.allows(listed.url) for site in read.sites)
    assert not any(site.allows(loopback.url("outside", "/dt/1.html")) for site in read.sites)
    assert not any(site.allows(loopback.url("inner")) for site in read.sites)


def test_the_profile_of_some_sites(loopback: Loopback, tmp_path: Path) -> None:
    assert [site.family.name for site in read_sites(loopback.profile("vsb", "plain"), "x").sites] == [
        "vsb",
        "generic",
    ]
    path = tmp_path / "county.yml"
    assert main(["--port", "0", "--profile", str(path), "--list"]) == 0
    assert len(load_sites(path).sites) == len(SITES)
