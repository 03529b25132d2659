"""Words changed: another place's name, a law's name misspelt, what is left to be filled in."""

from __future__ import annotations

import random
from collections.abc import Iterator

import regex

from nianbao import Field, IssuerLevel
from planting.changes import Change, Source
from plugins.validators.laws import acts

_MOST = 2
_FOREIGN = frozenset({"foreign-name"})
_TOWNS = (
    "青杨",
    "双河口",
    "柳林",
    "永丰",
    "石桥",
    "白马",
    "龙泉",
    "东山",
    "清水河",
    "新安",
    "高桥",
    "马家店",
    "望江",
    "平湖",
    "大沟",
    "云台",
)
_COUNTIES = (
    "临泽县",
    "永春县",
    "青神县",
    "平乐县",
    "桐城市",
    "海安市",
    "宁远县",
    "罗山县",
    "泾川县",
    "文水县",
)
_CITIES = (
    "南阳市",
    "九江市",
    "宜宾市",
    "汉中市",
    "临沂市",
    "梅州市",
    "咸阳市",
    "绵阳市",
)
_OURS = regex.compile(r"(?P<ours>我|本)(?P<rank>镇|乡|街道|县|市|区|局)(?!级|域|内|外|长)")
_PARTY = regex.compile(r"(?<=[，。；\n])(?P<rank>镇|乡|街道|县|市|区)(?=党委|委、|人民?政府|政府)")
_LED = regex.compile(
    r"(?:在|根据|按照|按)(?P<rank>县|市|区)(?=委、|委|里|政府|司法局|委依法治|人民政府)(?=[^，。；]{0,20}(?:领导|部署|安排|要求|指导))"
)
_LAW = regex.compile(r"《(?:中华人民共和国)?(?P<name>[^《》]{4,16}(?:法|法典|条例))》")
_COMMON = "理行事务政管公业安全保护处定监督"
_FILLED = regex.compile(r"(?<=[\u4e00-\u9fff])\d[\d,]*(?=件|起|场|次|份|个|名|人次|条|项|宗|处|万元|户)")
_MASKS = ("XX", "××", "xx", "**", "__", "  ", "（待补充）", "（此处填写数字）", "？")
_DAY = regex.compile(r"(?<!\d)\d{1,2}月\d{1,2}日")


def names(source: Source) -> Iterator[Change]:
    """Yield texts with another place's name for their own, for 我镇, and before who leads them."""
    yield from source.some(list(_own_names(source)), _MOST)
    yield from source.some(list(_ours(source)), _MOST)
    yield from source.some(list(_leaders(source)), 1)


def _own_names(source: Source) -> Iterator[Change]:
    level = source.report.value(Field.ISSUER_LEVEL)
    fields = {IssuerLevel.TOWN.value: Field.TOWN, IssuerLevel.COUNTY.value: Field.COUNTY}
    own = source.report.value(fields[level]) if level in fields else None
    if not own:
        return
    other = _another(source, own)
    body = source.body
    for match in regex.finditer(regex.escape(own), source.text[body:]) if other else ():
        start = body + match.start()
        line = source.text[source.text.rfind("\n", 0, start) + 1 : start + 40]
        # 来源：某镇, [ 发布机构 ] 某镇, 某镇人民政府： are no sentences.
        if source.in_title(start) or not regex.match(r"[^:：\]】\n]*[，。]", line):
            continue
        yield Change("own name", start, start + len(own), other, _FOREIGN)


def _another(source: Source, own: str) -> str:
    ending = regex.search(r"镇|乡|街道|县|市|区", own[::-1][:2][::-1])
    if ending is None:
        return ""
    if ending[0] in "县市区":
        pool = [name for name in _COUNTIES if name not in source.text]
        return source.draw.choice(pool)
    pool = [name for name in _TOWNS if name not in source.text]
    return f"{source.draw.choice(pool)}{ending[0]}"


def _ours(source: Source) -> Iterator[Change]:
    level = source.report.value(Field.ISSUER_LEVEL)
    town = source.draw.choice([name for name in _TOWNS if name not in source.text])
    county = source.draw.choice([name for name in _COUNTIES if name not in source.text])
    for pattern in (_OURS, _PARTY):
        for match in pattern.finditer(source.text, source.body):
            rank = match["rank"]
            is_town = rank in ("镇", "乡", "街道")
            if source.in_title(match.start()) or (is_town and level != IssuerLevel.TOWN) or rank == "局":
                continue
            if rank == "市" and source.report.value(Field.CITY):
                continue
            name = f"{town}{rank}" if is_town else county
            what = "我镇, 镇党委" if is_town else "我县, 县政府"
            if not is_town and not source.report.value(Field.COUNTY):
                continue
            yield Change(what, match.start(), match.end(), name, _FOREIGN)


def _leaders(source: Source) -> Iterator[Change]:
    told = {rank: source.report.value(field) for rank, field in (("县", Field.COUNTY), ("市", Field.CITY))}
    county = source.report.value(Field.COUNTY) or ""
    for match in _LED.finditer(source.text, source.body):
        rank = match["rank"]
        own = county if rank in county[-1:] else told.get(rank)
        if not own:
            continue
        pool = _CITIES if rank == "市" and own != county else _COUNTIES
        other = source.draw.choice([name for name in pool if name != own and name not in source.text])
        yield Change("who leads", match.start("rank"), match.end("rank"), other, _FOREIGN)


def laws(source: Source) -> Iterator[Change]:
    """Yield names of national laws with a character lost, doubled, turned over or mistaken."""
    known = acts()
    found = []
    for match in _LAW.finditer(source.text):
        name = match["name"]
        new = _misspelt(source.draw, name, known.alike)
        if name in known.names and len(name) > 4 and new not in (name, "") and new not in known.names:
            found.append(Change("law", match.start("name"), match.end("name"), new, frozenset({"typo-law"})))
    yield from source.some(found, _MOST)


def _misspelt(draw: random.Random, name: str, alike: frozenset[frozenset[str]]) -> str:
    at = draw.randrange(len(name) - 1)
    how = draw.randrange(4)
    if how == 0:
        return name[:at] + name[at + 1 :]
    if how == 1:
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    if how == 2:
        return name[:at] + draw.choice(_COMMON) + name[at + 1 :]
    others = [other for pair in alike if name[at] in pair for other in pair if other != name[at]]
    return name[:at] + (draw.choice(sorted(others)) if others else name[at] * 2) + name[at + 1 :]


def placeholders(source: Source) -> Iterator[Change]:
    """Yield figures, days and names that are left to be filled in."""
    kinds = frozenset({"placeholder"})
    found = []
    for match in source.draw.sample(
        figures := list(_FILLED.finditer(source.text, source.body)), min(3, len(figures))
    ):
        found.append(Change("placeholder", match.start(), match.end(), source.draw.choice(_MASKS), kinds))
    for match in list(_DAY.finditer(source.text, source.body))[:1]:
        mask = source.draw.choice(("X月X日", "×月×日", "  月  日"))
        found.append(Change("placeholder", match.start(), match.end(), mask, kinds))
    for change in list(_ours(source))[:1]:
        rank = source.text[change.start : change.end].lstrip("我本")
        found.append(Change("placeholder", change.start, change.end, f"XX{rank}", kinds))
    yield from source.some(found, _MOST)
