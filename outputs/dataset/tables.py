"""Writes a table as CSV, as Parquet and for Stata."""

from __future__ import annotations

import csv
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from outputs.dataset.content import Filled, scale_of
from outputs.dataset.names import stata_names
from outputs.dataset.schema import Column, Kind
from outputs.files import csv_text

if TYPE_CHECKING:
    import pandas
    import pyarrow

_NO_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LONGEST_LABEL: Final = 80
_MOST_DIGITS: Final = 38
# In bytes; longer texts go to Stata as strL.
_LONGEST_TEXT: Final = 500


def plain_text(text: str) -> str:
    """Return a text without what no file of a table can hold; as long as before."""
    return text if text.isprintable() else _NO_TEXT.sub("\ufffd", text)


def write_csv(filled: Filled, path: Path) -> None:
    """Write UTF-8 with a byte order mark, as Excel opens it; numbers exact, nothing for what is missing.

    A text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column.name for column in filled.table.columns])
        columns = [_cells_of(filled, place) for place in range(len(filled.table.columns))]
        writer.writerows(zip(*columns, strict=True))


def _cells_of(filled: Filled, place: int) -> list[str]:
    values = filled.column(place)
    match filled.table.columns[place].kind:
        case Kind.NUMBER:
            return ["" if value is None else f"{value:f}" for value in values]
        case Kind.BOOLEAN:
            return ["" if value is None else ("true" if value else "false") for value in values]
        case Kind.TEXT:
            return ["" if value is None else csv_text(plain_text(value)) for value in values]
    return ["" if value is None else str(value) for value in values]


def arrow_table(filled: Filled) -> pyarrow.Table:
    """Return the table with its Chinese labels: numbers as decimals, codes as dictionaries."""
    import pyarrow

    fields, arrays = [], []
    for place, column in enumerate(filled.table.columns):
        kind = _arrow_type(filled, place, column)
        values = filled.column(place)
        if column.kind is Kind.TEXT:
            values = [None if value is None else plain_text(value) for value in values]
        array = pyarrow.array(values, pyarrow.string() if column.codes else kind)
        arrays.append(array.dictionary_encode() if column.codes else array)
        told = {"label": column.label, "description": column.told}
        fields.append(
            pyarrow.field(
                column.name, arrays[-1].type, not column.required, {k: v for k, v in told.items() if v}
            )
        )
    about = {"title": filled.table.title, "description": filled.table.told}
    return pyarrow.Table.from_arrays(arrays, schema=pyarrow.schema(fields, about))


def _arrow_type(filled: Filled, place: int, column: Column) -> pyarrow.DataType:
    import pyarrow

    match column.kind:
        case Kind.INTEGER:
            return pyarrow.int64()
        case Kind.NUMBER:
            return pyarrow.decimal128(_MOST_DIGITS, scale_of(filled, place))
        case Kind.BOOLEAN:
            return pyarrow.bool_()
        case Kind.DATE:
            return pyarrow.date32()
    return pyarrow.string()


def write_parquet(filled: Filled, path: Path) -> None:
    """Write the table as Parquet."""
    from pyarrow import parquet

    parquet.write_table(arrow_table(filled), path, compression="zstd")


def write_stata(filled: Filled, path: Path, moment: datetime) -> None:
    """Write the table for Stata 14 and later, with Chinese labels of variables and values.

    Numbers are doubles there: whole numbers up to 2 to the 53rd are exact, others to some 15 digits. Codes
    are numbers with labels, from 1 in the order of the codebook; booleans are 0 and 1.

    Args:
        filled: the table.
        path: where to.
        moment: what the file says of when it was written.
    """
    import pandas

    names = stata_names([column.stata or column.name for column in filled.table.columns])
    columns = dict(zip(names.values(), filled.table.columns, strict=True))
    frame = pandas.DataFrame({name: _series(filled, place) for place, name in enumerate(columns)})
    long = [name for name, column in columns.items() if _is_long(column, frame[name])]
    frame.to_stata(
        path,
        write_index=False,
        version=118,
        time_stamp=moment.replace(tzinfo=None),
        data_label=filled.table.title,
        variable_labels={name: column.label[:_LONGEST_LABEL] for name, column in columns.items()},
        value_labels={name: labels for name, column in columns.items() if (labels := _labels(column))},
        convert_dates={name: "td" for name, column in columns.items() if column.kind is Kind.DATE},
        convert_strl=long,
    )


def _is_long(column: Column, values: pandas.Series[Any]) -> bool:
    """Tell whether texts are too long for a column in which each takes the room of the longest."""
    if column.kind is not Kind.TEXT or column.codes:
        return False
    return max((len(text.encode()) for text in set(values)), default=0) > _LONGEST_TEXT


def _labels(column: Column) -> dict[float, str]:
    if column.kind is Kind.BOOLEAN:
        return {0: "否", 1: "是"}
    return {number: label for number, (_, label) in enumerate(column.codes, 1)}


def _series(filled: Filled, place: int) -> pandas.Series[Any]:
    import pandas

    column, values = filled.table.columns[place], filled.column(place)
    if column.kind is Kind.DATE:
        return pandas.Series(pandas.to_datetime(values), dtype="datetime64[ns]")
    if column.codes:
        number = {code: n for n, (code, _) in enumerate(column.codes, 1)}
        return _smallest([None if v is None else number[v] for v in values], "int8")
    if column.kind is Kind.TEXT:
        return pandas.Series(["" if v is None else plain_text(v) for v in values], dtype="object")
    if column.kind is Kind.NUMBER:
        return pandas.Series([None if v is None else float(v) for v in values], dtype="float64")
    return _smallest(values, "int8" if column.kind is Kind.BOOLEAN else "int32")


def _smallest(values: list[Any], kind: str) -> pandas.Series[Any]:
    """Return whole numbers as such where none is missing; Stata's own have room for few."""
    import pandas

    if None in values:
        return pandas.Series(values, dtype="float64")
    return pandas.Series(values, dtype=kind)
