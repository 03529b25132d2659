"""Times the workbook of a large year against a bare XlsxWriter loop over the same cells.

Run it with `python benchmarks/workbook.py [REPORTS]`.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

from nianbao import (
    Attribute,
    Entry,
    Field,
    Figure,
    FigureStatus,
    Finding,
    IndicatorInfo,
    Observation,
    Qualifier,
    Quote,
    Report,
    Role,
    RunRecord,
    Section,
    SectionKind,
    Severity,
    Status,
    Yearbook,
)

INDICATORS = 66
TOLD = 30
SECTIONS = tuple(
    Section(f"{n}、{kind.value}的有关情况", kind, n * 900, n * 900 + 880, 1, "outline")
    for n, kind in enumerate(list(SectionKind)[:4])
)


def large_yearbook(reports: int) -> Yearbook:
    """Return a year of towns, each telling 30 of 66 indicators in 36 statements, with two findings."""
    indicators = tuple(
        IndicatorInfo(
            f"indicator_{n}", f"第{n}项指标件数", f"area_{n // 8}", f"领域{n // 8}", "count", "件", "口径说明"
        )
        for n in range(INDICATORS)
    )
    entries = tuple(_entry(index, indicators) for index in range(reports))
    run = RunRecord("benchmark", datetime(2025, 4, 1, tzinfo=UTC), "0")
    return Yearbook(2024, "2024年法治政府建设年度报告汇总", entries, indicators, (), None, run)


def _entry(index: int, indicators: tuple[IndicatorInfo, ...]) -> Entry:
    observations: list[Observation] = []
    figures: list[Figure] = []
    for n in range(TOLD):
        info, value = indicators[(index + 2 * n) % INDICATORS], Decimal((index * 31 + n * 17) % 900 + 1)
        figures.append(Figure(info.id, value, FigureStatus.STATED, False, (len(observations),)))
        quote = f"全年共办理{info.name[:-2]}{value}件，较好完成了年度任务"
        span = (n * 60, n * 60 + len(quote))
        for role in (Role.TOTAL, Role.REPEAT)[: 2 if n % 5 == 0 else 1]:
            told = (info.id, value, "件", Qualifier.EXACT, role, *span, quote, value, value, *span)
            observations.append(Observation(*told, Decimal("0.9"), "indicators"))
    quote = Quote(0, 12, "全年受理矛盾纠纷672件，其中婚姻家庭269件、邻里172件、土地261件")
    message = "矛盾纠纷三类分项相加为702件，与合计672件不符，相差30件。"
    finding = Finding("sum", "arithmetic.sum", Severity.ERROR, message, (quote,), "请核对。")
    identity = {
        Field.ISSUER: f"清源县第{index}镇人民政府", Field.ISSUER_LEVEL: "town",
        Field.PROVINCE: "河东省", Field.CITY: f"第{index // 200}市", Field.COUNTY: f"第{index // 20}县",
        Field.TITLE: f"第{index}镇2024年度法治政府建设情况报告", Field.DIVISION_CODE: f"{index:09d}",
    }  # fmt: skip
    attributes = tuple(Attribute(field, value, "", "identity") for field, value in identity.items())
    report = Report(
        f"报告/{index}.docx", f"{index:064x}", Status.COMPLETE, attributes, observations=tuple(observations),
        figures=tuple(figures), findings=(finding, finding), sections=SECTIONS,
    )  # fmt: skip
    return Entry(report, tuple("第12段" for _ in observations), "docx")


def cells_of(path: Path) -> list[list[list[Any]]]:
    """Return the cells of all sheets of a workbook, hidden ones too."""
    book = CalamineWorkbook.from_path(path)
    return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]


def write_bare(sheets: list[list[list[Any]]], path: Path) -> None:
    """Write the same cells of the same kinds, with nothing around them: no links, no heights, one format."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        look, day = book.add_format({"border": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
        for rows in sheets:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value == "":
                        sheet.write_blank(number, column, None, look)
                    elif isinstance(value, str):
                        sheet.write_string(number, column, value, look)
                    elif isinstance(value, date):
                        sheet.write_datetime(number, column, value, day)
                    else:
                        sheet.write_number(number, column, value, look)


def count_cells(path: Path) -> int:
    """Count the cells that a workbook's file holds."""
    with ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        return sum(archive.read(name).count(b"<c ") for name in names)


def measure(reports: int) -> dict[str, float]:
    """Measure the workbook, then the bare loop over its cells, in this process."""
    import resource

    from outputs.workbook import publish

    yearbook = large_yearbook(reports)
    told: dict[str, float] = {}
    with TemporaryDirectory() as folder:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started, used = time.perf_counter(), time.process_time()
        path = publish(yearbook, Path(folder))[0]
        told["seconds"], told["cpu"] = time.perf_counter() - started, time.process_time() - used
        told["peak_mb"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        told["file_mb"], told["cells"] = path.stat().st_size / 2**20, count_cells(path)
        sheets, bare = cells_of(path), Path(folder) / "bare.xlsx"
        started, used = time.perf_counter(), time.process_time()
        write_bare(sheets, bare)
        told["bare_seconds"] = time.perf_counter() - started
        told["bare_cpu"] = time.process_time() - used
        told["bare_cells"] = count_cells(bare)
    return told


def main() -> None:
    """Print what the workbook and the bare loop took; on a busy machine the processor time tells more."""
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    told = measure(reports)
    print(
        f"workbook  {reports} reports x {INDICATORS} indicators, {told['cells']:,.0f} cells: "
        f"{told['seconds']:.1f} s ({told['cpu']:.1f} s of processor), "
        f"{told['peak_mb']:.0f} MB over the yearbook, file {told['file_mb']:.1f} MB"
    )
    print(
        f"bare loop {told['bare_cells']:,.0f} cells: {told['bare_seconds']:.1f} s "
        f"({told['bare_cpu']:.1f} s of processor); ratio {told['cpu'] / told['bare_cpu']:.2f}"
    )


if __name__ == "__main__":
    main()
