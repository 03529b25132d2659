"""Where what was published is found: under the operator's address, else by its path."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.artifacts.files import Folders, digest_of

OUT = Path("/srv/结果 甲")
BOOK = OUT / "2023年度" / "汇总(1)#.xlsx"
QUOTED = "2023%E5%B9%B4%E5%BA%A6/%E6%B1%87%E6%80%BB%281%29%23.xlsx"


@pytest.mark.parametrize(
    ("base", "address"),
    [
        ("", ""),
        ("https://files.example/a", f"https://files.example/a/{QUOTED}"),
        ("https://files.example/{out}/", f"https://files.example/%E7%BB%93%E6%9E%9C%20%E7%94%B2/{QUOTED}"),
    ],
    ids=["none", "one folder", "many folders"],
)
def test_a_file_has_an_address_where_the_operator_names_one(base: str, address: str) -> None:
    assert Folders("", OUT, base).address(BOOK) == address


def test_a_file_elsewhere_has_none() -> None:
    folders = Folders("", OUT, "https://files.example/")
    assert folders.address(Path("/srv/别处/甲.xlsx")) == ""
    assert folders.address(OUT / ".." / "别处" / "甲.xlsx") == ""
    assert (folders.name(BOOK), folders.name(Path("/srv/别处/甲.xlsx"))) == (
        "2023年度/汇总(1)#.xlsx",
        "甲.xlsx",
    )


def test_a_folder_is_the_same_however_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folders = Folders("", Path("结果"), "http://files.example")
    assert folders.address(tmp_path / "结果" / "a.xlsx") == "http://files.example/a.xlsx"
    assert folders.digest(Path("结果/a.xlsx")) == folders.digest(tmp_path / "结果" / "a.xlsx")


@pytest.mark.parametrize(
    ("source", "file", "told"),
    [
        ("/报告/", "/报告/乡镇/a.txt", "乡镇/a.txt"),
        ("报告", "报告/a.txt", "a.txt"),
        ("/报告", "/报告二/a.txt", "/报告二/a.txt"),
        ("tianjin.yml", "https://site.example/1.html", "https://site.example/1.html"),
    ],
)
def test_a_report_is_called_by_its_place_below_the_folder(source: str, file: str, told: str) -> None:
    assert Folders(source, OUT).told(file) == told


def test_what_a_key_is_made_of_tells_places_apart() -> None:
    assert len({digest_of("甲县", "/a"), digest_of("乙县", "/a"), digest_of("甲县", "/b")}) == 3
    assert digest_of("甲县\udcff").isalnum()
