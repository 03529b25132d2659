#!/usr/bin/env python3
"""Writes nianbao/divisions/spellings.txt from names of cities and counties: spell_divisions.py DIVISIONS.csv.

It needs `pip install pypinyin`. Hosts of government sites are spelled without tones; ü is v in some and u in
others. A character has the readings that it has in a name, the usual one, and those that names of places have
kept; its other readings, which no name of a place has, would make one host spell the names of many.
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


# Readings that names of places have kept, or that officials spell, besides those that the dictionary tells.
KEPT = """
    bai 柏
    bao 堡
    bei 陂
    bi 泌
    bo 柏泊
    bu 埔
    chao 朝
    che 车
    chen 称郴
    cheng 澄称
    dai 大
    dong 峒
    dou 都
    du 都
    fan 番
    gai 盖
    ge 盖仡
    gou 句
    guan 莞
    guo 涡
    hang 行
    he 和
    hong 红
    hun 珲
    ji 济
    jia 伽
    jian 犍
    jie 解
    ju 且句
    jun 筠
    kuai 会
    luo 漯
    mi 泌
    mian 渑
    mou 牟
    mu 牟
    na 那
    nuo 那
    pan 番
    pi 陂
    po 泊
    pu 堡埔
    qi 栖
    qian 犍乾
    qie 伽且
    qin 覃
    ren 任
    se 色
    shan 单
    shao 召
    shen 什沈
    sheng 渑嵊
    shi 石什氏
    su 宿
    ta 塔
    tai 台
    tan 潭覃
    tang 汤
    tong 洞峒
    wan 宛
    wei 圩尉
    wo 涡
    xi 栖隰
    xia 厦
    xie 解
    xing 荥行
    xu 圩
    xun 浚
    ye 叶
    ying 荥
    yu 尉
    yun 筠
    za 扎
    zang 藏
    zeng 曾
    zha 扎柞
    zhao 朝召
    zhi 氏
    zong 枞
    zuo 柞
"""


def spelled_in(names: list[str]) -> dict[str, set[str]]:
    """Return the syllables of each character in the names, in ASCII."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for word in (name, name[:-1], *name):
            told = pypinyin.lazy_pinyin(word, v_to_u=False)
            for character, syllable in zip(word, told, strict=True):
                if ord(character) in HAN and syllable.isascii() and syllable.isalpha():
                    found[character] |= {syllable, syllable.replace("v", "u")}
    for line in KEPT.split("\n"):
        syllable, _, characters = line.strip().partition(" ")
        for character in characters:
            if character in found:
                found[character].add(syllable)
    return found


def main() -> int:
    """Write the spellings of the table that the command line names."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as lines:
        names = [row["name"] for row in csv.DictReader(lines) if row["level"] != "town"]
    found = spelled_in(names)
    spelled: dict[str, list[str]] = defaultdict(list)
    for character in sorted(found):
        for syllable in found[character]:
            spelled[syllable].append(character)
    rows = [f"{syllable} {''.join(spelled[syllable])}\n" for syllable in sorted(spelled)]
    TARGET.write_text(HEAD.format(version=pypinyin.__version__) + "".join(rows), encoding="utf-8")
    print(f"{TARGET.name}: {len(found)} characters, {TARGET.stat().st_size // 1024} KiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
