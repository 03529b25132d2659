"""Writes the dataset beside its place and moves it there, whole."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Final

from nianbao import PublishError, Yearbook
from outputs.dataset.package import CITATION, CODEBOOK, PACKAGE, README, moment_of, write_package
from outputs.files import safe_name, whole_folder, writable

TABLES: Final = ("reports", "figures_long", "figures_wide", "statements", "indicators")
PARQUET: Final = ("figures_long", "figures_wide", "statements")
STATA: Final = ("figures_long", "figures_wide")
OWN: Final = (
    *(f"{name}.csv" for name in TABLES),
    *(f"{name}.parquet" for name in PARQUET),
    *(f"{name}.dta" for name in STATA),
    PACKAGE,
    CODEBOOK,
    README,
    CITATION,
)


def publish(yearbook: Yearbook, folder: Path) -> list[Path]:
    """Write the yearbook's dataset into a folder of its own below this one; return its files.

    Raises:
        PublishError: it can't be written there, or a library for it is missing.
    """
    # These load pandas and pyarrow; the module itself must load at once.
    if find_spec("pyarrow") is None:
        raise PublishError("写数据集缺少 pyarrow", hint="请运行 pip install 'nianbao[dataset]'")
    from outputs.dataset.content import fill_tables
    from outputs.dataset.tables import write_csv, write_parquet, write_stata

    path = folder / safe_name(f"{yearbook.year}年度法治政府建设数据集", f"dataset-{yearbook.year}")
    with writable(path, "数据集", "程序"), whole_folder(path, OWN) as draft:
        tables = fill_tables(yearbook)
        for filled in tables:
            name = filled.table.name
            write_csv(filled, draft / f"{name}.csv")
            if name in PARQUET:
                write_parquet(filled, draft / f"{name}.parquet")
            if name in STATA:
                write_stata(filled, draft / f"{name}.dta", moment_of(yearbook))
        write_package(yearbook, tables, draft)
    return [path / name for name in OWN]
