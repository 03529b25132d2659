"""Times the dataset of a large year: `python benchmarks/dataset.py [REPORTS]`."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from workbook import INDICATORS, large_yearbook


def main() -> None:
    """Print what the whole takes, and each of its parts."""
    from outputs.dataset import publish
    from outputs.dataset.content import fill_tables
    from outputs.dataset.tables import write_csv, write_parquet, write_stata

    reports = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    yearbook = large_yearbook(reports)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with TemporaryDirectory() as folder:
        began = time.perf_counter()
        files = publish(yearbook, Path(folder))
        whole = time.perf_counter() - began
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        size = sum(path.stat().st_size for path in files) / 2**20
        print(
            f"dataset {reports} reports x {INDICATORS} indicators: {whole:.1f} s, "
            f"{(after - before) / 1024:.0f} MB over the yearbook, {len(files)} files of {size:.1f} MB"
        )
        began = time.perf_counter()
        long = next(each for each in fill_tables(yearbook) if each.table.name == "figures_long")
        print(f"  tables {time.perf_counter() - began:.1f} s, {len(long.rows)} rows in the long one")
        for name, write in (("csv", write_csv), ("parquet", write_parquet)):
            began = time.perf_counter()
            write(long, Path(folder) / f"long.{name}")
            print(f"  {name} of it {time.perf_counter() - began:.1f} s")
        began = time.perf_counter()
        write_stata(long, Path(folder) / "long.dta", yearbook.run.started)
        print(f"  dta of it {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
