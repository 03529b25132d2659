"""What an installation needs for its runs, tried out: plugins, programs, room, one report that is read."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

from nianbao.errors import NianbaoError
from nianbao.manager import Registry
from nianbao.model import SourceConfig, Status
from nianbao.records import Context

GIGABYTE = 10**9
# Invented; what is to come of it is below.
_REPORT = """沙棠县云岫镇人民政府2023年度法治政府建设工作报告

一、2023年度推进法治政府建设的主要举措和成效
全年办理行政处罚案件17件，办理行政复议案件2件。
二、存在的不足和原因
法治宣传形式还不够丰富。
三、2024年度推进法治政府建设的主要安排
继续抓好行政执法规范化建设。
"""
_INDICATOR, _VALUE, _YEAR = "penalty_cases", Decimal(17), 2023


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was tried.

    Args:
        name: what, in Chinese.
        is_good: whether it is as it should be.
        told: how it is.
        is_needed: whether runs fail without it, or only some kinds of file.
    """

    name: str
    is_good: bool
    told: str
    is_needed: bool = True


def check_up(registry: Registry, context: Context, out: Path, gigabytes: float) -> Iterator[Point]:
    """Yield each thing that was tried, and how it is.

    Args:
        registry: the plugins.
        context: of a run of today.
        out: the folder that results go to.
        gigabytes: how much room there is to be.
    """
    failed = [f"{failure.plugin}：{failure.error}" for failure in registry.failures]
    yield Point("插件", not failed, "；".join(failed) or f"{len(registry.plugins)} 个，全部装载")
    yield _reading(registry, context)
    yield _writing(out)
    yield _room(out, gigabytes)
    yield from _programs()


def _reading(registry: Registry, context: Context) -> Point:
    from nianbao.steps import list_filings, process

    name = "试读一份报告"
    with tempfile.TemporaryDirectory(prefix="nianbao-self-check-") as folder:
        path = Path(folder) / "自检样本.txt"
        path.write_text(_REPORT, "utf-8")
        try:
            (filing,) = list_filings(registry, SourceConfig(str(path)))
        except NianbaoError as error:
            return Point(name, False, str(error))
        (report, *_) = process(registry, filing, context).reports
    if report.status is not Status.COMPLETE:
        told = report.error or report.reason or "；".join(failure.error for failure in report.failures)
        return Point(name, False, told or str(report.status.value))
    figures = {figure.indicator: figure.value for figure in report.figures}
    if (report.year, figures.get(_INDICATOR)) != (_YEAR, _VALUE):
        return Point(
            name, False, f"读出 {report.year} 年度、{figures.get(_INDICATOR)} 件，应为 {_YEAR}、{_VALUE}"
        )
    return Point(name, True, f"年度和数字都读对了（共 {len(figures)} 个数字）")


def _writing(out: Path) -> Point:
    place = _existing(out)
    good = os.access(place, os.W_OK | os.X_OK)
    return Point("结果文件夹", good, str(place) if good else f"不能写入 {place}")


def _room(out: Path, gigabytes: float) -> Point:
    free = shutil.disk_usage(_existing(out)).free / GIGABYTE
    return Point("磁盘空间", free >= gigabytes, f"剩余 {free:.1f} GB")


def _existing(folder: Path) -> Path:
    """Return a folder, or where it would be made."""
    whole = folder.expanduser().absolute()
    return next(place for place in (whole, *whole.parents) if place.is_dir())


def _programs() -> Iterator[Point]:
    from connectors.readers.office import find_office
    from connectors.readers.pdf import RECOGNISER

    try:
        office = find_office()
        told = str(office.program) if office else "没有安装：.doc、.wps、.rtf、.odt 文件读不了"
    except NianbaoError as error:
        office, told = None, str(error)
    yield Point("LibreOffice", office is not None, told, is_needed=False)
    parts = {RECOGNISER, "onnxruntime"}
    missing = sorted(part for part in parts if find_spec(part) is None)
    told = f"没有安装 {'、'.join(missing)}：扫描件读不了" if missing else "已安装"
    yield Point("文字识别", not missing, told, is_needed=False)
