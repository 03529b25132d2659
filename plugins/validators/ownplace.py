"""What a report may call its own: its place, what holds it, and what lies in it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from nianbao import Field, IssuerLevel, Report
from nianbao.divisions import Division, Divisions, Level
from nianbao.divisions.names import bare_division
from plugins.validators.placenames import Name, stem, successors

# 全区, 区委: a county's organs without its name.
_RANKED = re.compile(
    r"(?:(?<=[，,。;:、在由按据向报受经和及被对\n])[县区旗](?=委(?![托员派])|政府|人民政府|司法局)|(?<=全)[县区旗](?!域))"
)
_LEAST_TOLD = 2
# 《江西省行政执法条例》
_OF_PROVINCE = re.compile(r"《(?:中共)?([\u4e00-\u9fff]{2,8}?(?:省|自治区|市))")
_COUNTY_CODE = 6
_RANKS = {Field.PROVINCE: Level.PROVINCE, Field.CITY: Level.CITY, Field.COUNTY: Level.COUNTY}
# How sure a place is that the text mentions and no name or address tells.
_MENTIONED = Decimal("0.8")
_TOWNS = ("镇", "乡", "街道", "苏木")
# 澜南县林业和草原局, 某市某区某镇: whose name says in which county it is.
_COUNTY = re.compile(
    r"(?:[\u4e00-\u9fff]{2,6}省)?(?:[\u4e00-\u9fff]{2,5}市)?(?!全|本)[\u4e00-\u9fff]{2,5}?[县区旗](?!域)"
)


@dataclass(frozen=True, slots=True)
class Own:
    """What a report may call its own.

    Args:
        level: of the issuer.
        names: all names of its place and of what holds it, in one text.
        code: of its division, or an empty string.
        told: the ranks at which its own place is known.
        duty: what a department is called without its place (应急管理局); empty for a government.
        directory: the divisions.
        rank: 县, 区 or 旗, where its county is known by that alone (全区, 区委); else empty.
        province: the two digits of the province whose papers it names, where nothing else tells it.
    """

    level: IssuerLevel
    names: str
    code: str
    told: frozenset[Level]
    duty: str
    directory: Divisions
    rank: str = ""
    province: str = ""

    def holds(self, name: Name) -> bool:
        """Whether a name is the issuer's, its superior's, or of a place below it."""
        bare = stem(name.text)
        # 吉安县 is none of 安福县's, though both are of 吉安市.
        counties = [each for each in name.divisions if each.level is Level.COUNTY]
        if counties and len(counties) == len(name.divisions) and len(self.code) >= _COUNTY_CODE:
            return name.text in self.names or any(self.code.startswith(each.code) for each in counties)
        if name.text in self.names or (len(bare) > 1 and (bare in self.names or _is_short(bare, self.names))):
            return True
        if any(other in self.names for other in successors(name.text)):
            return True
        if self.level is IssuerLevel.TOWN and name.text.endswith(_TOWNS):
            return False  # a town holds no other
        return any(self.code and (self._is_above(d) or self.code.startswith(d.code)) for d in name.divisions)

    def _is_above(self, division: Division) -> bool:
        """Whether a division lies in the issuer's; beside a county that no table holds stand others."""
        beside = (
            division.level is Level.COUNTY and Level.COUNTY in self.told and len(self.code) < _COUNTY_CODE
        )
        return division.code.startswith(self.code) and not beside

    def can_tell(self, name: Name) -> bool:
        """Whether the issuer's own place of a name's rank is known, so that another one is another's."""
        if name.text.endswith(_TOWNS):
            # A county has towns that no table knows yet; one alone of its name, far away, is none of them.
            far = len(name.divisions) == 1 and not name.divisions[0].code.startswith(self.code[:2])
            return self.level is IssuerLevel.TOWN or (bool(self.code) and far)
        if not name.divisions:
            return Level.COUNTY in self.told and name.text.endswith(("县", "区", "旗"))
        ranks = {division.level for division in name.divisions}
        if self.rank and ranks == {Level.COUNTY} and name.text[-1] != self.rank:
            return True
        if self.province and all(d.code[:2] != self.province for d in name.divisions):
            return True
        return ranks <= self.told


def _is_short(bare: str, names: str) -> bool:
    """Whether a stem is what is left of one of the names: 阿日善 of 阿日善图."""
    return any(bare in own or (len(own) > 1 and own in bare) for own in names.split())


def own_place(report: Report, level: IssuerLevel, directory: Divisions, text: str) -> Own:
    """Return what a report may call its own, by what its identity and the divisions tell.

    Args:
        report: with its identity.
        level: of the issuer.
        directory: the divisions.
        text: the report's, as the grammar reads it.
    """
    issuer, title = (report.value(field) or "" for field in (Field.ISSUER, Field.TITLE))
    places = {field: value for field in _RANKS if (value := report.value(field))}
    county, code = places.get(Field.COUNTY), report.value(Field.DIVISION_CODE) or ""
    says_its_own = level is IssuerLevel.COUNTY or _COUNTY.match(issuer) is not None
    is_foreign = says_its_own and county is not None and stem(bare_division(county)) not in issuer
    rank, province = ("", "") if level is IssuerLevel.CITY or says_its_own else _bare(report, text, directory)
    if is_foreign or (county and rank not in ("", county[-1])) or (code and province not in ("", code[:2])):
        # Names elsewhere in the text, perhaps those of the fault itself, are no ground for where it lies.
        places, code = {}, ""
    lineage = directory.lineage(code) if code else ()
    town = report.value(Field.TOWN)
    told = [name for name in (issuer, title, *places.values(), town) if name]
    names = [*told, *(division.name for division in lineage)]
    ranks = {_RANKS[field] for field in places} | {d.level for d in lineage}
    if says_its_own:
        ranks.add(Level.COUNTY)
    stems = {stem(bare_division(name)) for name in names}
    duty = _duty(directory, issuer) if level is IssuerLevel.DEPARTMENT else ""
    if Level.COUNTY in ranks:
        rank = ""
    if Level.PROVINCE in ranks:
        province = ""
    return Own(level, " ".join([*names, *stems]), code, frozenset(ranks), duty, directory, rank, province)


def _bare(report: Report, text: str, directory: Divisions) -> tuple[str, str]:
    """Return the rank of its county and the code of its province, where the text alone tells of them."""
    county = report.attribute(Field.COUNTY) or report.attribute(Field.CITY)
    is_sure = county is not None and county.confidence > _MENTIONED
    return ("", "") if is_sure else (_rank(text), _province(text, directory))


def _rank(text: str) -> str:
    """Return whether a county without a name is a 县, a 区 or a 旗, where a text says so throughout."""
    told = Counter(match[0] for match in _RANKED.finditer(text))
    return next(iter(told)) if len(told) == 1 and told.total() >= _LEAST_TOLD else ""


def _province(text: str, directory: Divisions) -> str:
    """Return the code of the one province whose papers a text names, or an empty string."""
    held = {name: directory.upper(name) for name in set(_OF_PROVINCE.findall(text))}
    codes = {d.code[:2] for found in held.values() for d in found if d.level is Level.PROVINCE}
    return codes.pop() if len(codes) == 1 else ""


def _duty(directory: Divisions, issuer: str) -> str:
    """Return a department's name without its place."""
    parts = directory.split(issuer)
    return issuer.rpartition(parts[-1].name)[2] if parts else issuer
