#!/usr/bin/env python3
"""Writes nianbao/grammar/traditional.txt from OpenCC's tables: pack_traditional.py DIVISIONS.csv.

It needs `pip install opencc`. A character is taken alone, with the first simplified character that OpenCC
gives it; variants of Taiwan, Hong Kong and Japan go by their common form. What GB 2312 holds is right in
simplified texts too and listed apart, for texts that are traditional. What names of divisions hold stays.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import opencc

TARGET = Path(__file__).resolve().parent.parent / "nianbao" / "grammar" / "traditional.txt"
HEAD = """\
# Traditional characters, and below them the simplified ones; then those that simplified texts hold as well.
# Made by scripts/pack_traditional.py from the tables of OpenCC {version} (https://github.com/BYVoid/OpenCC),
# Copyright Carbo Kuo and contributors, licensed under the Apache License 2.0.
"""
HAN = range(0x3400, 0xA000)
# Forms in old and Japanese fonts that OpenCC leaves as they are.
VARIANTS = dict(zip("戸汚淸鄕靑擧濶栢秊囯澂濬", "户污清乡青举阔柏年国澄浚", strict=True))
# Right as they are in simplified texts, or wrong as OpenCC has them alone.
LEFT_ALONE = frozenset("薹拚袷吒")
# In GB 2312 only for names; no simplified text writes them for anything else.
ALWAYS = frozenset("後麽")


def in_gb2312(character: str) -> bool:
    """Tell whether the national standard of 1980, which holds the simplified characters, has a character."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def main() -> None:
    """Write the file."""
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as rows:
        names = frozenset("".join(row["name"] for row in csv.DictReader(rows)))
    common = [opencc.OpenCC(name).convert for name in ("tw2t", "hk2t", "jp2t")]
    simplified = opencc.OpenCC("t2s").convert
    always: dict[str, str] = {}
    either: dict[str, str] = {}
    for character in map(chr, HAN):
        plain = VARIANTS.get(character) or simplified(character)
        if in_gb2312(character) and character not in ALWAYS:
            if plain != character and plain <= "\uffff" and character not in LEFT_ALONE:
                either[character] = plain
            continue
        for convert in common:
            plain = plain if plain != character else simplified(convert(character))
        if plain != character and plain <= "\uffff" and character not in names:
            always[character] = plain
    always = {character: always.get(plain, plain) for character, plain in always.items()}
    lines = ["".join(part) for table in (always, either) for part in (table.keys(), table.values())]
    text = HEAD.format(version=opencc.__version__) + "\n".join(lines) + "\n"
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    print(f"{TARGET.name}: {len(always)} and {len(either)} characters, {len(text.encode())} bytes")


if __name__ == "__main__":
    main()
