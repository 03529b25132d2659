#!/usr/bin/env python3
"""Packs divisions.csv into nianbao/divisions/divisions.bin: pack_divisions.py DIVISIONS.csv.

Rows of one name under one parent become one division with a code for each edition. Towns are numbered anew
between editions, so a code alone does not tell that two rows are the same town; the names of some stand with
their county's in one edition and without it in the other.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

from nianbao.divisions.table import EDITIONS, Row, pack

TARGET = Path(__file__).resolve().parent.parent / "nianbao" / "divisions" / "divisions.bin"
PARENT_LENGTH = {2: 0, 4: 2, 6: 4, 9: 6}


def read_rows(source: Path) -> tuple[list[Row], list[Row]]:
    """Return the rows above town level, and the towns.

    Raises:
        SystemExit: a code does not begin with its parent's, or an edition is unknown.
    """
    upper: dict[tuple[str, str], list[int]] = {}
    towns: dict[tuple[str, str], list[int]] = {}
    with source.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
        above = {row["code"]: row["name"] for row in rows if row["level"] != "town"}
        for row in rows:
            code, parent = row["code"], row["parent"]
            if parent != code[: PARENT_LENGTH[len(code)]]:
                raise SystemExit(f"{source}: {code} {row['name']} is not below {parent}")
            half = towns if row["level"] == "town" else upper
            # A city without counties stands as its own county too: above town level the code is the key.
            name = row["name"]
            if half is towns:
                name = _own_name(name, above.get(parent[:4], ""), above.get(parent, ""))
            codes = half.setdefault((name, parent if half is towns else code), [0, 0])
            for edition in row["editions"].split("|"):
                if edition not in EDITIONS:
                    raise SystemExit(f"{source}: unknown edition {edition} at {code}")
                codes[EDITIONS.index(edition)] = int(code)
    return _rows(upper), _rows(towns)


def _own_name(name: str, city: str, county: str) -> str:
    """Return a town's name without those of its county and city, which some rows put before it."""
    own = name.removeprefix(city).removeprefix(county)
    return own if re.fullmatch(".{2,}(?:镇|乡|街道|苏木)", own) else name


def _rows(half: dict[tuple[str, str], list[int]]) -> list[Row]:
    return [(name, codes[0], codes[1]) for (name, _), codes in half.items()]


def main() -> int:
    """Pack the table that the command line names."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    upper, towns = read_rows(Path(sys.argv[1]))
    TARGET.write_bytes(pack(upper, towns))
    print(f"{TARGET.name}: {len(upper)} + {len(towns)} divisions, {TARGET.stat().st_size // 1024} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
