"""Times the workbook of a large year against a bare XlsxWriter loop over the same cells.

Run it with `python benchmarks/workbook.py [REPORTS]`; each measurement has a process of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

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
    Severity,
    Status,
    Yearbook,
)

INDICATORS = 66
TOLD = 30


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
        Field.COUNTY: f"第{index // 20}县",
        Field.TITLE: f"第{index}镇2024年度法治政府建设情况报告", Field.DIVISION_CODE: f"{index:09d}",
    }  # fmt: skip
    attributes = tuple(Attribute(field, value, "", "identity") for field, value in identity.items())
    report = Report(
        f"报告/{index}.docx", f"{index:064x}", Status.COMPLETE, attributes, observations=tuple(observations),
        figures=tuple(figures), findings=(finding, finding),
    )  # fmt: skip
    return Entry(report, tuple("第12段" for _ in observations), "docx")


def write_workbook(yearbook: Yearbook, folder: Path) -> Path:
    """Write the real thing."""
    from outputs.workbook import publish

    return publish(yearbook, folder)[0]


def write_bare(yearbook: Yearbook, folder: Path) -> Path:
    """Write as many cells of the same kinds in the two large sheets, with nothing around them."""
    import xlsxwriter

    path = folder / "bare.xlsx"
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        matrix, details, look = book.add_worksheet(), book.add_worksheet(), book.add_format({"border": 1})
        row = 0
        for index, entry in enumerate(yearbook.entries):
            report = entry.report
            figures = {figure.indicator: figure.value for figure in report.figures}
            matrix.write_string(index, 0, report.value(Field.ISSUER) or "", look)
            for column, info in enumerate(yearbook.indicators, 1):
                if info.id in figures:
                    matrix.write_number(index, column, figures[info.id], look)
                else:
                    matrix.write_blank(index, column, None, look)
            for told, place in zip(report.observations, entry.places, strict=True):
                for column, number in enumerate((row, told.value, told.confidence)):
                    details.write_number(row, column, number, look)
                texts = (report.file, told.indicator, told.unit, told.role, told.quote, place, told.extractor)
                for column, text in enumerate((*texts, *texts[:3]), 3):
                    details.write_string(row, column, text, look)
                details.write_blank(row, 13, None, look)
                row += 1
    return path


def measure(name: str, reports: int) -> dict[str, float]:
    """Measure one writer in this process."""
    import resource

    yearbook = large_yearbook(reports)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with TemporaryDirectory() as folder:
        started = time.perf_counter()
        path = {"workbook": write_workbook, "bare": write_bare}[name](yearbook, Path(folder))
        seconds = time.perf_counter() - started
        size = path.stat().st_size
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"seconds": seconds, "peak_mb": (after - before) / 1024, "file_mb": size / 2**20}


def main() -> None:
    """Print one line a writer."""
    if len(sys.argv) == 3:
        print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
        return
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    for name in ("bare", "workbook"):
        command = [sys.executable, __file__, name, str(reports)]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        print(
            f"{name:9} {reports} reports x {INDICATORS} indicators: {told['seconds']:.1f} s, "
            f"{told['peak_mb']:.0f} MB over the yearbook, file {told['file_mb']:.1f} MB"
        )


if __name__ == "__main__":
    main()
