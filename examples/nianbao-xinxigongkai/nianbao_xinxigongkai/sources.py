"""The sheet that tells where each figure stands; the figures of the other sheets lead to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from nianbao import FigureStatus, Yearbook
from nianbao_xinxigongkai import form
from nianbao_xinxigongkai.look import MOST_LINKS, Cell, Column, Formats, Sheet, number_format
from nianbao_xinxigongkai.units import Unit

NAME: Final = "数字出处"
_STATUSES: Final = {
    FigureStatus.STATED: "已填",
    FigureStatus.ZERO: "填 0",
    FigureStatus.DISPUTED: "前后不一",
    FigureStatus.FAILED: "读取失败",
    FigureStatus.WITHDRAWN: "已撤销",
}
_COLUMNS: Final = (
    Column("序号", 6),
    Column("单位", 28, align="left"),
    Column("表", 26, align="left"),
    Column("项目", 38, align="left"),
    Column("数值", 12, align="right"),
    Column("计量单位", 9),
    Column("填报情况", 10),
    Column("原文", 46, align="left"),
    Column("在原件中的位置", 18, align="left"),
    Column("文件", 36, align="left"),
)
# Two rows above the headings, and the headings.
_FIRST_ROW: Final = 4
_FEES: Final = form.identifier(form.DISCLOSED, "charges", "fees")


class Sources:
    """Knows the row of each figure before it is written."""

    def __init__(self, yearbook: Yearbook, units: Sequence[Unit]) -> None:
        """Give each figure of each unit a row."""
        infos = yearbook.indicators
        self._yearbook = yearbook
        found = ((unit, info) for unit in units for info in infos if unit.figure(info.id) is not None)
        self._rows = [(unit, info) for unit, info in found]
        self._places = {(unit.number, info.id): n for n, (unit, info) in enumerate(self._rows, _FIRST_ROW)}
        self._is_linked = len(self._rows) <= MOST_LINKS

    def cell(self, unit: Unit, indicator: str) -> Cell:
        """Return the cell of a figure, which leads to its source; a stroke where the report has none."""
        figure = unit.figure(indicator)
        if figure is None:
            return Cell("—", font_color="#7F7F7F", align="center")
        if figure.value is None:
            return Cell("读取失败", font_color="#C00000", align="center")
        looks: dict[str, Any] = {"num_format": number_format(figure.value, 2 if indicator == _FEES else 0)}
        if figure.status is FigureStatus.DISPUTED:
            looks["bg_color"] = "#F8CBAD"
        row = self._places[unit.number, indicator]
        target = f"internal:'{NAME}'!A{row}" if self._is_linked else ""
        return Cell(figure.value, target=target, tip="点击看原文", align="center", **looks)

    def write(self, book: Any, formats: Formats) -> None:
        """Write the sheet, a figure a row."""
        sheet = Sheet(book, formats, NAME, _COLUMNS)
        title = f"{self._yearbook.year}年度各项数字的出处"
        sheet.begin(title, "各表中的数字点开即到本页；原文中“｜”隔开的是同一行的各格。")
        for number, (unit, info) in enumerate(self._rows, 1):
            figure = unit.figure(info.id)
            if figure is None:
                continue
            entry = unit.entry
            quotes = [entry.report.observations[index].quote for index in figure.sources]
            places = [entry.places[index] for index in figure.sources]
            value = figure.value
            shown = Cell(value, num_format=number_format(value)) if value is not None else Cell("")
            sheet.append(
                (
                    number,
                    unit.name,
                    info.area_name,
                    info.name,
                    shown,
                    info.unit,
                    _STATUSES[figure.status],
                    "；".join(_readable(quote) for quote in quotes),
                    "；".join(places),
                    entry.report.file,
                )
            )
        if sheet.row > _FIRST_ROW - 1:
            sheet.page.autofilter(_FIRST_ROW - 2, 0, sheet.row - 1, len(_COLUMNS) - 1)


def _readable(quote: str) -> str:
    """Return a row of a table as one line, its cells apart."""
    return " ｜ ".join("".join(cell.split()) for cell in quote.split("\t") if cell.strip())
