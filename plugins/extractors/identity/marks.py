"""Places whose codes a page prints: in its site's mark, its registrations, the number of its record."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.divisions import Divisions
from plugins.extractors.identity.page import Page

# 政府网站标识码: the code of the division whose site it is, and a number of four digits.
_SITE = re.compile(r"标识码\s*:?\s*(?P<code>\d{6})\d{4}(?!\d)")
# 公网安备: the code of the police that registered it; a city's own site stands in one of its districts.
_POLICE = re.compile(r"公网安备\s*:?\s*(?P<code>\d{4})\d{10}(?!\d)")
_REGISTERED = re.compile(r"(?P<province>[一-鿿])\s*ICP\s*[备证]")
# 统一社会信用代码 of an organ, at the head of its records' numbers: 11, the division, the organ.
_ORGAN = re.compile(r"(?<![0-9A-Za-z])1[12](?P<code>\d{6})(?=[0-9A-Z]{6})")
_MUNICIPALITIES = ("11", "12", "31", "50")
_PROVINCES = {
    "京": "11", "津": "12", "冀": "13", "晋": "14", "蒙": "15", "辽": "21", "吉": "22", "黑": "23",
    "沪": "31", "苏": "32", "浙": "33", "皖": "34", "闽": "35", "赣": "36", "鲁": "37", "豫": "41",
    "鄂": "42", "湘": "43", "粤": "44", "桂": "45", "琼": "46", "渝": "50", "川": "51", "蜀": "51",
    "黔": "52", "贵": "52", "滇": "53", "云": "53", "藏": "54", "陕": "61", "秦": "61", "甘": "62",
    "陇": "62", "青": "63", "宁": "64", "新": "65",
}  # fmt: skip
_NUMBERS = ("索引号", "信息索引号")


def places_marked(page: Page, directory: Divisions) -> tuple[str, ...]:
    """Return the full names of the places whose codes the page prints, each once."""
    names = []
    for code in dict.fromkeys(_codes(page)):
        division = directory.by_code(code)
        if division is not None:
            names.append("".join(place.name for place in directory.lineage_of(division)))
    return tuple(dict.fromkeys(names))


def _codes(page: Page) -> Iterator[str]:
    text = page.folded
    if "标识码" in text:
        yield from (match["code"] for match in _SITE.finditer(text))
    if "公网安备" in text:
        for match in _POLICE.finditer(text):
            yield match["code"][:2] if match["code"].startswith(_MUNICIPALITIES) else match["code"]
    if "ICP" in text:
        told = (match["province"] for match in _REGISTERED.finditer(text))
        yield from (_PROVINCES[province] for province in told if province in _PROVINCES)
    for label in page.labels:
        if label.label in _NUMBERS and (organ := _ORGAN.match(label.value)):
            yield organ["code"]
