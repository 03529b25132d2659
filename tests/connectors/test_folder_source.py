from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from connectors.sources import folder
from nianbao import Filing, ReadError, SourceConfig, UsageError
from nianbao.limits import Limits


def names(location: Path | str) -> list[str]:
    return [filing.name for filing in folder.list_files(SourceConfig(str(location)), None)]


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    root = tmp_path / "报告"
    clutter = ("~$10镇.docx", ".hidden", "Thumbs.db", ".DS_Store", ".git/config", "__MACOSX/a.docx")
    for name in ("10镇.docx", "9镇.docx", "县/2街道.pdf", "县/12街道.pdf", *clutter):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return root


def test_lists_in_natural_order_without_clutter(reports: Path) -> None:
    listed = [Path(name).relative_to(reports).as_posix() for name in names(reports)]
    assert listed == ["9镇.docx", "10镇.docx", "县/2街道.pdf", "县/12街道.pdf"]


def test_names_files_as_the_user_gave_the_path(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(reports.parent)
    assert names("./报告/")[0] == "./报告/9镇.docx"
    assert names("报告/县/2街道.pdf") == ["报告/县/2街道.pdf"]


def test_fetches_a_relative_path_after_the_working_folder_changed(
    reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(reports.parent)
    (filing,) = folder.list_files(SourceConfig("报告/9镇.docx"), None)
    monkeypatch.chdir("/")
    fetched = folder.fetch_file(filing)
    assert (fetched.data, fetched.sha256) == (b"x", hashlib.sha256(b"x").hexdigest())


def test_a_link_back_to_the_folder_is_not_followed_twice(reports: Path) -> None:
    (reports / "县" / "回来").symlink_to(reports)
    (reports / "断开.docx").symlink_to(reports / "没有")
    assert len(names(reports)) == 4


@pytest.mark.parametrize(
    ("prepare", "message"),
    [(lambda root: root / "没有", "没有这个文件或文件夹"), (lambda root: root, "文件夹里没有可读的文件")],
)
def test_nothing_to_read_is_one_chinese_line(tmp_path: Path, prepare: object, message: str) -> None:
    location = prepare(tmp_path)  # type: ignore[operator]
    with pytest.raises(UsageError, match=message) as error:
        names(location)
    assert str(location) in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_beyond_the_limit_is_refused(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "limits", lambda: Limits(file_megabytes=1))
    (reports / "大.docx").write_bytes(bytes(1024 * 1024 + 1))
    filing = next(f for f in folder.list_files(SourceConfig(str(reports)), None) if "大" in f.name)
    with pytest.raises(ReadError, match="文件超过 1 MB"):
        folder.fetch_file(filing)


def test_a_file_that_has_gone_is_a_read_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="文件不存在"):
        folder.fetch_file(Filing("folder", str(tmp_path / "a.docx"), "a.docx"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_a_read_error(reports: Path) -> None:
    path = reports / "9镇.docx"
    path.chmod(0)
    with pytest.raises(ReadError, match="没有读取这个文件的权限"):
        folder.fetch_file(Filing("folder", str(path), "9镇.docx"))


def test_addresses_are_left_to_other_sources() -> None:
    assert not folder.accepts(SourceConfig("https://www.example.gov.cn/"))
    assert folder.accepts(SourceConfig("报告"))
