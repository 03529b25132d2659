"""The dataset's files, read back by the programs that researchers read them with."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import frictionless
import pandas
import pytest
import yaml
from pyarrow import parquet
from small_workbooks import stated, town, yearbook_of
from workbook_sample import INDICATORS, sample_yearbook

from nianbao import Correction, Figure, FigureStatus, PublishError, Qualifier, Yearbook
from outputs.dataset import publish
from outputs.dataset.publisher import OWN

FOLDER = "2024年度法治政府建设数据集"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("结果")
    assert [path.name for path in publish(sample_yearbook(), root)] == list(OWN)
    return root / FOLDER


def special() -> Yearbook:
    """A year with a hedge, a corrected figure, a large and a fractional one, and a text like a formula."""
    entered = Correction(
        "清源县乙镇", 2024, "penalty_cases", Decimal(672), "0", Decimal(702), "相加", "王敏", date(2025, 5, 6)
    )
    corrected = replace(
        stated("penalty_cases", "702"), correction=entered, low=Decimal(702), high=Decimal(702)
    )
    hedged = replace(
        stated("licensing_cases", "320", Qualifier.AT_LEAST), low=Decimal(320), high=Decimal(329)
    )
    first = town("甲", hedged, stated("penalty_amount", "9007199254740993"), code="330102001")
    told = replace(first.observations[0], quote="=1+1，320余件")
    withdrawn = Figure("legal_opinions", None, FigureStatus.WITHDRAWN, False, ())
    second = town("乙", corrected, stated("appearance_rate", "97.35"))
    second = replace(second, figures=(*second.figures, withdrawn))
    return yearbook_of(replace(first, observations=(told, *first.observations[1:])), second)  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("小")
    publish(special(), root)
    return root / FOLDER


def csv(folder: Path, name: str) -> pandas.DataFrame:
    return pandas.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)


def row_of(folder: Path, report: str, indicator: str) -> dict[str, str]:
    table = csv(folder, "figures_long")
    found = table[(table.report_id == f"{report}.txt") & (table.indicator == indicator)]
    assert len(found) == 1
    return {str(name): str(value) for name, value in found.iloc[0].items()}


def test_the_package_is_valid_by_the_frictionless_standard(folder: Path) -> None:
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])
    told = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert [each["path"] for each in told["resources"]] == [n for n in OWN if n.endswith(".csv")]
    for resource in told["resources"]:
        data = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert data.startswith(b"\xef\xbb\xbf")


def test_a_damaged_table_is_not_valid(folder: Path, tmp_path: Path) -> None:
    for name in OWN:
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    long = tmp_path / "figures_long.csv"
    long.write_text(long.read_text("utf-8-sig").replace(",stated,", ",told,", 1), "utf-8-sig")
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_every_report_has_a_row_an_indicator_and_its_status(folder: Path) -> None:
    long, reports = csv(folder, "figures_long"), csv(folder, "reports")
    assert len(long) == len(reports) * len(INDICATORS)
    assert set(long.status) == {"stated", "zero", "not_mentioned", "disputed", "failed", "unreadable"}
    assert set(long[long.status == "unreadable"].report_id) == {"清源县/2024/西岭乡报告.pdf"}
    assert (long[long.status == "zero"].value == "0").all()
    silent = long[long.status.isin(["not_mentioned", "failed", "unreadable"])]
    assert (silent.value == "").all()
    assert (long[~long.index.isin(silent.index)].value != "").all()


def test_wide_and_long_tell_the_same(folder: Path) -> None:
    long, wide = csv(folder, "figures_long"), csv(folder, "figures_wide")
    counted = long[long.counted == "true"]
    assert len(wide) * len(INDICATORS) == len(counted)
    for info in INDICATORS:
        told = counted[counted.indicator == info.id].set_index("report_id")
        own = wide.set_index("report_id")
        for column, name in (("value", ""), ("status", "_s"), ("low", "_lo"), ("high", "_hi")):
            assert told[column].to_dict() == own[f"{info.id}{name}"].to_dict()


def test_numbers_bounds_and_corrections_are_exact(small: Path) -> None:
    hedged = row_of(small, "甲", "licensing_cases")
    assert [hedged[n] for n in ("value", "qualifier", "low", "high")] == ["320", "at_least", "320", "329"]
    assert row_of(small, "甲", "penalty_amount")["value"] == "9007199254740993"
    assert row_of(small, "乙", "appearance_rate")["value"] == "97.35"
    corrected = row_of(small, "乙", "penalty_cases")
    told = ("value", "value_read", "corrected", "correction_reason", "correction_day")
    assert [corrected[name] for name in told] == ["702", "672", "true", "相加", "2025-05-06"]
    assert row_of(small, "乙", "legal_opinions")["status"] == "withdrawn"
    assert row_of(small, "甲", "penalty_cases")["status"] == "not_mentioned"


def test_units_are_known_by_code_name_and_edition(small: Path) -> None:
    known = row_of(small, "甲", "penalty_amount")
    assert known["unit_code"] == "330102001"
    assert known["unit_edition"] in {"2023", "2026"}
    assert known["unit_id"] == f"330102001:{known['unit_name']}:{known['unit_edition']}"
    unknown = row_of(small, "乙", "appearance_rate")
    assert [unknown[name] for name in ("unit_id", "unit_code", "unit_name")] == ["", "", "乙镇"]


def test_what_looks_like_a_formula_is_none_in_csv_and_verbatim_elsewhere(small: Path) -> None:
    assert row_of(small, "甲", "licensing_cases")["quote"] == "'=1+1，320余件"
    long = parquet.read_table(small / "figures_long.parquet").to_pandas()
    assert "=1+1，320余件" in set(long.quote)


def test_parquet_is_read_back_exactly(small: Path) -> None:
    table = parquet.read_table(small / "figures_long.parquet")
    rows = {(row["report_id"], row["indicator"]): row for row in table.to_pylist()}
    assert rows["甲.txt", "penalty_amount"]["value"] == Decimal(9007199254740993)
    assert rows["乙.txt", "appearance_rate"]["value"] == Decimal("97.35")
    assert rows["乙.txt", "penalty_cases"]["correction_day"] == date(2025, 5, 6)
    assert table.schema.field("status").metadata[b"label"].decode() == "取值状态"
    own = csv(small, "figures_long")
    assert [row["status"] for row in table.to_pylist()] == list(own.status)


def test_stata_has_chinese_labels_of_variables_and_values(folder: Path, small: Path) -> None:
    for name in ("figures_long", "figures_wide"):
        own = csv(folder, name)
        with pandas.io.stata.StataReader(folder / f"{name}.dta") as reader:
            labels, told = reader.variable_labels(), reader.read()
            assert reader.value_labels()
        assert len(told) == len(own)
        assert list(told.columns) == list(own.columns)
        assert all(any("一" <= character <= "鿿" for character in label) for label in labels.values())
        assert list(told.report_id) == list(own.report_id)
    long = pandas.read_stata(folder / "figures_long.dta")
    assert set(long.status) == {"已写明", "写明没有", "未提及", "前后不一", "提取失败", "文件无法读取"}
    assert set(long.corrected) == {"否"}
    codes = pandas.read_stata(folder / "figures_long.dta", convert_categoricals=False)
    assert codes.loc[long.status == "未提及", "value"].isna().all()
    exact = pandas.read_stata(small / "figures_wide.dta").set_index("report_id")
    assert exact.loc["甲.txt", "licensing_cases_hi"] == 329
    assert exact.loc["乙.txt", "appearance_rate"] == 97.35
    # 9007199254740993 is no double.
    assert exact.loc["甲.txt", "penalty_amount"] == 9007199254740992


def test_the_codebook_describes_every_column(folder: Path) -> None:
    codebook = (folder / "codebook.md").read_text("utf-8")
    for name in ("reports", "figures_long", "figures_wide", "statements", "indicators"):
        for column in csv(folder, name).columns:
            assert f"| {column} | " in codebook
    citation = yaml.safe_load((folder / "CITATION.cff").read_text("utf-8"))
    assert (citation["cff-version"], citation["type"]) == ("1.2.0", "dataset")
    assert "figures_wide.csv" in (folder / "README.md").read_text("utf-8")


def test_the_same_yearbook_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    publish(sample_yearbook(), tmp_path)
    for name in OWN:
        assert (tmp_path / FOLDER / name).read_bytes() == (folder / name).read_bytes(), name


def test_what_others_put_there_stays_and_a_failure_leaves_last_times_files(
    tmp_path: Path,
) -> None:
    publish(special(), tmp_path)
    place = tmp_path / FOLDER
    (place / "我的分析.do").write_text("use figures_long.dta", "utf-8")
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    broken = replace(special(), entries=(replace(special().entries[0], places=()),))
    with pytest.raises(IndexError):
        publish(broken, tmp_path)
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == [FOLDER]
    publish(sample_yearbook(), tmp_path)
    assert (place / "我的分析.do").read_text("utf-8") == "use figures_long.dta"
    assert len(csv(place, "reports")) > 2


def test_a_place_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("x")
    with pytest.raises(PublishError, match="数据集无法写入"):
        publish(special(), tmp_path / "文件")
