"""Names of public bodies: their shape, their rank, and the printed forms of one name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nianbao import IssuerLevel
from nianbao.divisions import Divisions, Level, Part
from nianbao.divisions.names import HAN, bare_division, short_names
from nianbao.grammar.bodynames import MINISTRIES, OFFICES, TOWNS, UPPERS

_HAN = f"[{HAN}]"
# Bodies that govern a place are told apart from those that serve a government.
ZONE = re.compile(
    r"(?:(?<=[区园城港岛湖山地])管理委员会|管委会|管理区|开发区|园区|新区|示范区|度假区|保税区|试验区|新城|产业园|园|"
    r"综保区|保税港区|高新区|经开区|合作区|功能区|自贸区|工业区|经济区|集聚区|片区)$"
)
# Names of zones that every city has; the table holds some as towns.
_ANY_ZONE = re.compile(
    r"(?:国家级?|省级|市)?(?:高新|经开|开发|高新技术产业开发|经济技术开发|经济开发|保税|度假|示范|园|工业园|产业园)区"
)
_DEPARTMENT = re.compile(
    r"(?:局|厅|(?<!行)(?<!公)署|院|馆|台|社|站|队|委员会|委|办公室|办|中心|联合会|总工会|海关|合作社|司法所|所|处|部)$"
)
# They answer for themselves, not for a government.
_ENTERPRISE = re.compile(r"(?:公司|集团|大学|学院|学校|中学|小学|银行|协会|(?<![县区市])团|兵团)$")
_TOWN = re.compile(rf"(?:{TOWNS}|街道办事处|地区办事处|(?<!政府)办事处|街道办|(?<![行业大老小夜长])街)$")
_PARTY = (
    re.compile(
        r"(?:中共|中国共产党)(?P<place>.+?)(?:街道工作委员会|工作委员会|委员会|党工委|工委|党委|委)[、和及与/]*(?P<government>.*)"
    ),
    re.compile(rf"(?P<place>.+?(?:{TOWNS}|场))(?:党工委|党委|工委)[、和及与/]*(?P<government>.*)"),
    re.compile(rf"(?P<place>.+?[{UPPERS}])委[、和及与/]*(?P<government>(?:.*政府)?)"),
)
# A zone and a district under one roof.
_TWIN = re.compile(
    rf"(?P<outer>{_HAN}{{2,12}}区)\((?P<inner>{_HAN}{{1,8}}[区县市])\)(?P<office>人民政府|政府|管委会|管理委员会)?"
)
RANKS = frozenset(UPPERS)
_GOVERNS = re.compile(rf"(?:{OFFICES}|{TOWNS}|[{UPPERS}])$")
# 某镇党政办, 某街道司法所 publish for the town itself.
_SERVANT = re.compile(
    rf"(?P<body>.*(?:{TOWNS})(?:人民政府|办事处)?)"
    r"(?:党政|党建|综合|平安|司法|政务|经济|社会|办公|人大|政府信息|信息|便民|公共).*"
)
_GOVERNMENT_OFFICE = re.compile(
    rf"(?P<body>.*人民政府)(?:办公厅|办公室)|(?P<short>.*[{UPPERS}])(?:政府办公?室?|府办)"
)
BODY = re.compile(
    rf"(?:中华人民共和国)?{MINISTRIES}|{_HAN}{{1,30}}(?:{OFFICES}|{TOWNS}|(?<![行业大老小夜长])街|[{UPPERS}]|局|厅|委员会|委|办公室|院|署|队|中心|场|园|处|城|"
    rf"公司|集团|大学|学院|学校|中学|小学|银行|联合会|协会|总工会|海关|合作社|[档图博展]\S{{1,3}}馆|[派司管监]\S{{1,2}}所|管理站|"
    rf"[一二三四五六七八九〇零十百]{{2,5}}团|兵团)"
)
_VAGUE = re.compile(
    r"(?:[我本全各该]|中共)?(?:镇|乡|街道|(?:自治)?[县区州旗]|市|省|盟|苏木|乡镇|镇街)?(?:党委|党工委|委)?"
    r"(?:人民政府|政府|办事处)?(?:办公室)?|[我本全各该](?:市|区|县|省|分)?(?:局|厅|院|委|办|中心|公司|集团|单位|部门)|"
    r"[省市县区旗州盟]委[、和]?[省市县区旗州盟]?(?:人民政府|政府)?"
)


def of_place(name: str) -> str:
    """Return the body without its zone's name: 某县高新区(某区)人民政府 is 某区人民政府."""
    match = _TWIN.fullmatch(name)
    if match is None:
        return name
    place = match["inner"] if ZONE.search(match["outer"]) else match["outer"]
    return place + (match["office"] or "")


def split_joint(name: str) -> str:
    """Return the government of a joint name of party and government; another name as it is."""
    for pattern in _PARTY:
        match = pattern.fullmatch(name)
        if match is None:
            continue
        government = match["government"]
        if _VAGUE.fullmatch(government):
            return match["place"]
        return government if _GOVERNS.search(government) else name
    return name


def is_body(name: str) -> bool:
    """Tell whether a phrase is shaped like a body's name that says which body it is."""
    name = of_place(name)
    return bool(BODY.fullmatch(name)) and not _VAGUE.fullmatch(name)


def master(publisher: str) -> str:
    """Return the body for which an office publishes: a town's for its 党政办, a government for its 办公室."""
    match = _SERVANT.fullmatch(publisher)
    if match:
        return match["body"]
    match = _GOVERNMENT_OFFICE.fullmatch(publisher)
    return (match["body"] or match["short"]) if match else publisher


def is_department(name: str) -> bool:
    """Tell whether a name is that of a department, not of a government or a zone."""
    return bool(_DEPARTMENT.search(name)) and not (_TOWN.search(name) or ZONE.search(name))


def level_of(name: str, directory: Divisions) -> IssuerLevel:
    """Return the rank of a body by its name and, where the name leaves it open, by the table."""
    name = of_place(name)
    if _TOWN.search(bare_division(name)):
        return IssuerLevel.TOWN
    if _ENTERPRISE.search(name) or _ANY_ZONE.fullmatch(bare_division(name)):
        return IssuerLevel.OTHER
    if is_department(name):
        return IssuerLevel.DEPARTMENT
    return _level_in_table(name, directory)


def _level_in_table(name: str, directory: Divisions) -> IssuerLevel:
    parts = directory.split(bare_division(name))
    if not parts:
        return IssuerLevel.OTHER
    last = parts[-1]
    covered = sum(len(part.name) for part in parts) == len(bare_division(name))
    # The statistical office counts zones among the towns and counties; 浦东新区 is a district.
    known = covered and last.divisions and last.level is not Level.TOWN
    if ZONE.search(name) and not (known and last.name.endswith("新区")):
        return IssuerLevel.OTHER
    return IssuerLevel(last.level) if covered else IssuerLevel.OTHER


_OTHERS = re.compile(r"(?:与|同|跟|赴|到|学习|借鉴|考察|前往|结对|协作|兄弟)的?$")
_VISITORS = re.compile(
    r"(?:党政)?(?:考察团|代表团)|[^，。；、,\n]{0,6}来[我本]|[^，。；、,\n]{0,4}一行|来访|等地|的?经验|籍"
)
# What may stand behind a name's core: the end of a street's or an area's, and its office.
_REST = {
    ending: re.compile(rf"{ends}(?:{OFFICES})?(?!办公)")
    for ending, ends in (
        ("", ""),
        ("街道", "(?:街道(?:办事处)?|街|办事处)"),
        ("地区", "(?:地区(?:办事处)?|办事处)"),
    )
}


@dataclass(frozen=True, slots=True)
class Form:
    """One printed form of a name, and where it stands (`start` is None in a fact)."""

    text: str
    start: int | None


class Anchor:
    """The part of a body's name that all its printed forms share."""

    def __init__(self, name: str, directory: Divisions) -> None:
        self.directory = directory
        bare = name if of_place(name) != name else bare_division(name)
        self.parts = directory.split(bare)
        covered = sum(len(part.name) for part in self.parts)
        last = self.parts[-1] if self.parts else None
        rest = bare[covered:]
        if rest or last is None:
            # A department keeps its government's name: 司法局 alone is anybody's.
            self.core = (last.name if last else "") + rest
            ending = ""
        elif last.level is Level.TOWN:
            self.core, ending = _street(last.name)
        else:
            self.core, ending = last.name, ""
        self.rest = _REST[ending]
        self._cores = (self.core, *_same_cores(self.core, last))

    def forms(self, text: str) -> Iterator[Form]:
        """Yield the printed forms of the name in a text, with the parents' names printed before it."""
        for first, end in self._spans(text):
            start = self._start(text, first)
            # 与某市某区走马镇结对: a namesake, told by its own parents.
            if start < first and (
                _OTHERS.search(text, max(0, start - 4), start) or _VISITORS.match(text, end)
            ):
                continue
            yield Form(text[start:end], start)

    def ends(self, name: str) -> bool:
        """Tell whether a name ends with the first of the forms that it holds."""
        return next((end for _, end in self._spans(name)), -1) == len(name)

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        for core in filter(None, self._cores):
            at = text.find(core)
            while at >= 0:
                rest = self.rest.match(text, at + len(core))
                if rest:
                    yield at, rest.end()
                at = text.find(core, rest.end() if rest else at + 1)

    def _start(self, text: str, at: int) -> int:
        """Step back over the parents' names."""
        start = at
        # 市公安局 within 某市公安局: the rank is the end of the superior's name.
        if text[at] in RANKS and (step := self._step(text, at + 1)) > 1:
            start = at + 1 - step
        while start > 0:
            # 某区人民政府某街道办事处: the street's office is the district's own.
            end = start - 4 if text[start - 4 : start] == "人民政府" else start
            if not (step := self._step(text, end)):
                break
            start = end - step
        return start

    def _step(self, text: str, end: int) -> int:
        """Return the length of the place's name that ends here."""
        return self.directory.length_before(text, end)


def _same_cores(core: str, last: Part | None) -> tuple[str, ...]:
    """Return a core with its autonomous area told in full or for short: 玉龙县 and 玉龙纳西族自治县."""
    if last is None or last.level is Level.TOWN:
        return ()
    names = {name for d in last.divisions for name in (d.name, *short_names(d.name)) if short_names(d.name)}
    return tuple(sorted(name + core.removeprefix(last.name) for name in names - {last.name}))


def _street(name: str) -> tuple[str, str]:
    """北关街道, 北关街道办事处 and 北关办事处 are one."""
    for ending in ("街道", "地区"):
        if name.endswith(ending) and len(name) > len(ending):
            return name.removesuffix(ending), ending
    return name, ""
