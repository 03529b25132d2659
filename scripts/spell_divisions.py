#!/usr/bin/env python3
"""Writes nianbao/divisions/spellings.txt from names of cities and counties: spell_divisions.py DIVISIONS.csv.

It needs `pip install pypinyin`. Hosts of government sites are spelled without tones; ü is v in some and u in
others. A character has all the readings that it has anywhere: names of places keep rare ones.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path

import pypinyin

TARGET = Path(__file__).resolve().parent.parent / "nianbao" / "divisions" / "spellings.txt"
HEAD = """\
# How the characters of the names of provinces, cities and counties are spelled: the syllable, its characters.
# Made by scripts/spell_divisions.py from the readings of pypinyin {version} (https://github.com/mozillazg/python-pinyin),
# Copyright mozillazg and contributors, licensed under the MIT License.
"""
HAN = range(0x3400, 0xA000)


def readings(character: str) -> set[str]:
    """Return the syllables of a character in ASCII."""
    told = pypinyin.pinyin(character, style=pypinyin.Style.NORMAL, heteronym=True, v_to_u=False)[0]
    spelled = {syllable for syllable in told if syllable.isascii() and syllable.isalpha()}
    return spelled | {syllable.replace("v", "u") for syllable in spelled}


def main() -> int:
    """Write the spellings of the table that the command line names."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as lines:
        names = [row["name"] for row in csv.DictReader(lines) if row["level"] != "town"]
    characters = sorted({character for name in names for character in name if ord(character) in HAN})
    spelled: dict[str, list[str]] = defaultdict(list)
    for character in characters:
        for syllable in readings(character):
            spelled[syllable].append(character)
    rows = [f"{syllable} {''.join(spelled[syllable])}\n" for syllable in sorted(spelled)]
    TARGET.write_text(HEAD.format(version=pypinyin.__version__) + "".join(rows), encoding="utf-8")
    print(f"{TARGET.name}: {len(characters)} characters, {TARGET.stat().st_size // 1024} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
