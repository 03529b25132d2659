from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook
from small_workbooks import town, yearbook_of
from workbook_sample import sample_yearbook

import outputs.workbook
from nianbao import Finding, PublishError, Severity
from outputs.workbook import publish
from outputs.workbook.publisher import file_name


def test_same_yearbook_same_bytes(path: Path, tmp_path: Path) -> None:
    again = publish(sample_yearbook(), tmp_path)[0]
    assert again.read_bytes() == path.read_bytes()
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("2024年法治政府建设年度报告汇总", "2024年法治政府建设年度报告汇总.xlsx"),
        ("../清源县：2024/汇总?", "清源县：2024汇总.xlsx"),
        ("", "2024年法治政府建设年度报告汇总.xlsx"),
        ("con", "2024年法治政府建设年度报告汇总.xlsx"),
        ("汇" * 300, "汇" * 70 + ".xlsx"),
    ],
)
def test_file_name(title: str, name: str) -> None:
    assert file_name(replace(sample_yearbook(0), title=title)) == name


def test_a_place_that_cannot_be_written_is_one_chinese_line(tmp_path: Path) -> None:
    yearbook = sample_yearbook(1)
    target = tmp_path / file_name(yearbook)
    (target / "占用").mkdir(parents=True)
    with pytest.raises(PublishError) as raised:
        publish(yearbook, tmp_path)
    assert str(raised.value) == (
        f"{target}：工作簿无法写入：这个位置已有同名的文件夹（请检查文件夹和剩余空间，或另选输出位置）"
    )
    assert [entry.name for entry in tmp_path.iterdir()] == [target.name]


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "输出").write_text("")
    with pytest.raises(PublishError, match="输出位置是文件而不是文件夹"):
        publish(sample_yearbook(1), tmp_path / "输出")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_read_only(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    with pytest.raises(PublishError, match="请先关闭正在打开它的 Excel 或 WPS"):
        publish(sample_yearbook(1), tmp_path)


def test_a_failed_run_leaves_last_years_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    yearbook = sample_yearbook(1)
    target = tmp_path / file_name(yearbook)
    target.write_bytes(b"older")
    many = replace(town("东关"), findings=(Finding("sum", "r", Severity.NOTE, "问"),) * 3)
    monkeypatch.setattr("outputs.workbook.plan.EXCEL_ROWS", 5)
    with pytest.raises(PublishError, match="请按市或县分开汇总"):
        publish(yearbook_of(many), tmp_path)
    assert [entry.read_bytes() for entry in tmp_path.iterdir()] == [b"older"]


def test_the_module_loads_without_xlsxwriter() -> None:
    code = "import sys, outputs.workbook; sys.exit('xlsxwriter' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert [publisher.name for publisher in outputs.workbook.nianbao_publishers()] == ["workbook"]


@pytest.mark.office
def test_libreoffice_agrees(path: Path, values: dict[str, list[list[Any]]], tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        reason = "LibreOffice is not installed"
        pytest.fail(reason) if os.environ.get("NIANBAO_TEST_ALL") == "1" else pytest.skip(reason)
    bare = without_results(path, tmp_path / "bare.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for kind, source in (("pdf", path), ("ods", bare)):
        command = [
            office,
            profile,
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(tmp_path),
            str(source),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert (tmp_path / path.with_suffix(".pdf").name).read_bytes().startswith(b"%PDF")
    recalculated = CalamineWorkbook.from_path(tmp_path / "bare.ods")
    rows = recalculated.get_sheet_by_name("指标汇总").to_python(skip_empty_area=False)
    total = next(index for index, row in enumerate(rows) if row[1] == "合计")
    for index in (total, total + 1):
        assert rows[index][3:33] == values["指标汇总"][index][3:33]


def without_results(path: Path, target: Path) -> Path:
    """Copy the workbook without the results of its formulas, so that whoever opens it must calculate them."""
    with ZipFile(path) as source, ZipFile(target, "w") as copy:
        for name in source.namelist():
            copy.writestr(name, re.sub(rb"</f><v>[^<]*</v>", b"</f>", source.read(name)))
    return target
