"""Charts in the house look: series that differ by pattern and shade, so that they print in grey."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from nianbao import Severity
from outputs.workbook import terms
from outputs.workbook.layout import BODY_FONT, TITLE_FONT

INK: Final = "#404040"


class Fill(NamedTuple):
    """How the bars of a series are filled: a colour, or a pattern in two."""

    colour: str
    pattern: str = ""
    ground: str = "#FFFFFF"

    @property
    def options(self) -> dict[str, Any]:
        """The options that XlsxWriter takes."""
        border = {"color": INK, "width": 0.5}
        if not self.pattern:
            return {"fill": {"color": self.colour}, "border": border}
        pattern = {"pattern": self.pattern, "fg_color": self.colour, "bg_color": self.ground}
        return {"pattern": pattern, "border": border}


AREA_FILLS: Final = (
    Fill("#FFFFFF"),
    Fill("#1F3864"),
    Fill("#7F9CC9", "wide_upward_diagonal"),
    Fill("#C9D6E8"),
    Fill("#7F6000", "dark_horizontal"),
    Fill("#F2DCA6"),
    Fill("#385723"),
    Fill("#6A994E", "wide_downward_diagonal"),
    Fill("#D5E5C5"),
    Fill("#843C0C", "small_check"),
    Fill("#F4CDB4"),
)
SEVERITY_SERIES: Final = {
    Severity.ERROR: Fill("#9C2A10"),
    Severity.WARNING: Fill("#B8860B", "wide_upward_diagonal"),
    Severity.NOTE: Fill("#E7EFE0"),
}


def bar_chart(
    book: Any,
    title: str,
    axis: str,
    rows: tuple[int, int],
    series: Sequence[tuple[int, str, Fill]],
    *,
    stacked: bool,
    least: int | None = 0,
) -> Any:
    """Return a chart of horizontal bars, the first row of its numbers on top.

    Args:
        book: the workbook.
        title: stands above it.
        axis: what the bars measure, with its unit.
        rows: the first and the last row of its numbers in 图表, whose first column names the bars.
        series: the column, name and fill of each series.
        stacked: whether the series of a bar are put end to end.
        least: where the axis of the values begins; None where some are below nothing.
    """
    chart = book.add_chart({"type": "bar", "subtype": "stacked"} if stacked else {"type": "bar"})
    first, last = rows
    for column, name, fill in series:
        chart.add_series(
            {
                "name": name,
                "categories": [terms.CHARTS, first, 0, last, 0],
                "values": [terms.CHARTS, first, column, last, column],
                "gap": 45,
                **({"overlap": 100} if stacked else {}),
                **fill.options,
            }
        )
    chart.set_title({"name": title, "name_font": {"name": TITLE_FONT, "size": 13, "bold": False}})
    font = {"name": BODY_FONT, "size": 10}
    grid = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.5}}
    # Excel draws the first row of a bar chart at the bottom.
    chart.set_y_axis(
        {
            "reverse": True,
            "crossing": "max",
            "interval_unit": 1,
            "num_font": font | {"size": 9},
            "label_position": "low",
        }
    )
    chart.set_x_axis(
        {
            "name": axis,
            "name_font": font | {"bold": False},
            "num_font": font,
            "major_gridlines": grid,
            "min": least,
        }
    )
    if len(series) > 1:
        chart.set_legend({"position": "bottom", "font": font})
    else:
        chart.set_legend({"none": True})
    return chart
