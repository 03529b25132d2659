"""What a report may call its own: its place, what holds it, and what lies in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nianbao import Field, IssuerLevel, Report
from nianbao.divisions import Divisions, Level
from nianbao.divisions.names import bare_division
from plugins.validators.placenames import Name, stem, successors

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
    """

    level: IssuerLevel
    names: str
    code: str
    told: frozenset[Level]
    duty: str
    directory: Divisions

    def holds(self, name: Name) -> bool:
        """Whether a name is the issuer's, its superior's, or of a place below it."""
        bare = stem(name.text)
        if name.text in self.names or (len(bare) > 1 and (bare in self.names or _is_short(bare, self.names))):
            return True
        if any(other in self.names for other in successors(name.text)):
            return True
        if self.level is IssuerLevel.TOWN and name.text.endswith(_TOWNS):
            return False  # a town holds no other
        return any(
            self.code and (d.code.startswith(self.code) or self.code.startswith(d.code))
            for d in name.divisions
        )

    def can_tell(self, name: Name) -> bool:
        """Whether the issuer's own place of a name's rank is known, so that another one is another's."""
        if name.text.endswith(_TOWNS):
            # A county has towns that no table knows yet; one alone of its name, far away, is none of them.
            far = len(name.divisions) == 1 and not name.divisions[0].code.startswith(self.code[:2])
            return self.level is IssuerLevel.TOWN or (bool(self.code) and far)
        if not name.divisions:
            return Level.COUNTY in self.told and name.text.endswith(("县", "区", "旗"))
        ranks = {division.level for division in name.divisions}
        return ranks <= self.told


def _is_short(bare: str, names: str) -> bool:
    """Whether a stem is what is left of one of the names: 阿日善 of 阿日善图."""
    return any(bare in own or (len(own) > 1 and own in bare) for own in names.split())


def own_place(report: Report, level: IssuerLevel, directory: Divisions) -> Own:
    """Return what a report may call its own, by what its identity and the divisions tell."""
    fields = (Field.ISSUER, Field.TITLE, Field.PROVINCE, Field.CITY, Field.COUNTY, Field.TOWN)
    told = [value for field in fields if (value := report.value(field))]
    code = report.value(Field.DIVISION_CODE) or ""
    county = report.value(Field.COUNTY)
    issuer = report.value(Field.ISSUER) or ""
    says_its_own = level is IssuerLevel.COUNTY or _COUNTY.match(issuer) is not None
    if says_its_own and county and stem(bare_division(county)) not in issuer + told[0]:
        # A county that no table holds: what another name in the text says of where it lies is no ground.
        told, code = [value for value in (issuer, report.value(Field.TITLE)) if value], ""
    lineage = directory.lineage(code) if code else ()
    names = [*told, *(division.name for division in lineage)]
    places = {Field.PROVINCE: Level.PROVINCE, Field.CITY: Level.CITY, Field.COUNTY: Level.COUNTY}
    ranks = {rank for field, rank in places.items() if report.value(field)} | {d.level for d in lineage}
    if says_its_own:
        ranks.add(Level.COUNTY)
    stems = {stem(bare_division(name)) for name in names}
    duty = _duty(directory, report.value(Field.ISSUER) or "") if level is IssuerLevel.DEPARTMENT else ""
    return Own(level, " ".join([*names, *stems]), code, frozenset(ranks), duty, directory)


def _duty(directory: Divisions, issuer: str) -> str:
    """Return a department's name without its place."""
    parts = directory.split(issuer)
    return issuer.rpartition(parts[-1].name)[2] if parts else issuer
