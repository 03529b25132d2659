from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
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


def test_another_process_writes_the_same_bytes(path: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from workbook_sample import sample_yearbook;"
        "from outputs.workbook import publish; publish(sample_yearbook(), Path(sys.argv[1]))"
    )
    # Sets and dictionaries keyed by text are ordered otherwise, and the clock stands elsewhere.
    environment = {
        **os.environ, "PYTHONHASHSEED": "271", "TZ": "America/New_York",
        "PYTHONPATH": os.pathsep.join((str(Path(__file__).parent), os.environ.get("PYTHONPATH", ""))),
    }  # fmt: skip
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, env=environment, timeout=600)
    assert (tmp_path / path.name).read_bytes() == path.read_bytes()


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


@pytest.fixture
def locked() -> Iterator[Path]:
    """A folder in which nobody may write, as far as the program can tell, with last year's workbook in it."""
    # Below pytest's own folder only its owner may look.
    with TemporaryDirectory() as above:
        Path(above).chmod(0o755)
        folder = Path(above, "结果")
        folder.mkdir()
        (folder / file_name(sample_yearbook(0))).write_bytes(b"older")
        folder.chmod(0o555)
        user = os.geteuid()
        # Root may write anywhere; nobody may not.
        if user == 0:
            os.seteuid(65_534)
        yield folder
        os.seteuid(user)
        folder.chmod(0o755)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has no such users")
def test_a_place_that_is_locked_is_told_in_one_line_and_keeps_its_file(locked: Path) -> None:
    with pytest.raises(PublishError) as raised:
        publish(sample_yearbook(1), locked)
    hint = "请先关闭正在打开它的 Excel 或 WPS，并确认文件夹可以写入"
    target = locked / file_name(sample_yearbook(1))
    assert str(raised.value) == f"{target}：工作簿无法写入（{hint}）"
    assert [(entry.name, entry.read_bytes()) for entry in locked.iterdir()] == [(target.name, b"older")]


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
