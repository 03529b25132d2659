"""The names that one issuer goes by: in its report, in a roster, with and without what it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from nianbao.divisions.names import bare_division, short_names, shortest_code
from nianbao.grammar.bodynames import TOWNS, UPPERS
from nianbao.grammar.text import fold
from nianbao.model import PLACE_FIELDS, Field, IssuerLevel, Report

_ORDINAL = re.compile(r"^(?:\(\d{1,3}\)|\d{1,3}[.、])")
_REMARK = re.compile(r"(?<=.)\([^()]*\)$|\*+$")
_BLANK = re.compile(r"\s+")
_PARTY = re.compile(r"^(?:中国共产党|中共)")
_PARTY_AND_OFFICE = re.compile(
    r"(?:党工委|党委|工委|委员会)[、和与及/]?(?=(?:人民政府|政府|街道办事处|办事处|管委会|管理委员会)$)"
)
_COMMITTEE = re.compile(rf"(?<=[{UPPERS}镇乡])委$|(?<=[镇乡道区])工委$")
_BETWEEN_BODIES = re.compile(r"[\s、,/]+")
_SUPERIOR_END = re.compile(f"[{UPPERS}]")
_UNIT = re.compile(rf"(?:民族乡|{TOWNS}|地区|新区|[{UPPERS}])$")
_TOWN = re.compile(rf"(?:{TOWNS})$")
_OFFICE = re.compile(r"(?:局|委|厅|办|办公室|院|队|中心|处|所|站|公司|银行|协会|联合会|卫生健康)$")
_OFFICE_LEVELS = (IssuerLevel.DEPARTMENT, IssuerLevel.OTHER)
_ABOVE = {IssuerLevel.TOWN: Field.COUNTY, IssuerLevel.COUNTY: Field.CITY, IssuerLevel.CITY: Field.PROVINCE}
SHORTEST = 2


def plain_name(name: str) -> str:
    """Return a body's name without number, remark, blanks, party and office.

    中共青石县白水镇委员会, 青石县白水镇人民政府 and 白水镇党委、政府 come to 青石县白水镇 and 白水镇.
    """
    folded = _REMARK.sub("", _ORDINAL.sub("", fold(name).strip()))
    last = _BETWEEN_BODIES.split(folded)[-1]
    if len(_UNIT.sub("", _division(last))) >= SHORTEST and _division(last) != last:
        folded = last
    return _division(_BLANK.sub("", folded))


def _division(name: str) -> str:
    name = _PARTY_AND_OFFICE.sub("", _PARTY.sub("", name))
    return _COMMITTEE.sub("", bare_division(name))


def division_code(code: str | None) -> str | None:
    """Return a code in its shortest form, or None where there is none."""
    return shortest_code(code) if code else None


def is_town(plain: str) -> bool:
    """Tell whether a plain name is a town's or street's."""
    return _TOWN.search(plain) is not None


def is_office(plain: str) -> bool:
    """Tell whether a plain name is a bureau's, not a division's."""
    return _OFFICE.search(plain) is not None


def speaks_for_division(report: Report) -> bool:
    """Tell whether the issuer is the government of its division, not one of its bureaus."""
    return report.value(Field.ISSUER_LEVEL) not in _OFFICE_LEVELS


def issuer_names(report: Report) -> frozenset[str]:
    """Return all plain names that a report's issuer may stand under in a roster.

    白水镇 of 某市 and 青石县 may be 某市青石县白水镇, 青石县白水镇, 某市白水镇, 青石白水镇, 白水镇 or 白水.
    """
    whole, superiors, local = name_parts(report)
    names = {whole, *_tails(whole)}
    shorter = (local, *short_names(local), _UNIT.sub("", local))
    locals_ = [name for name in shorter if len(name) >= SHORTEST]
    for forms in product(*map(_forms, superiors)):
        # A city's bureau is another body than that of a county in it, a city's town is not.
        if speaks_for_division(report) or _nearest_is_told(forms):
            names.update("".join(forms) + name for name in locals_)
    return frozenset(name for name in names if len(name) >= SHORTEST)


def shorter_names(name: str) -> frozenset[str]:
    """Return the plain name of a roster's entry, and it without what it belongs to."""
    plain = plain_name(name)
    tails = (tail for tail in _tails(plain) if _SUPERIOR_END.match(tail[:1]) is None)
    return frozenset(each for each in (plain, *tails) if len(each) > SHORTEST)


def fullest_name(report: Report) -> str:
    """Return the name with its next superior: an entry that tells more than the report ends with it.

    Where the report doesn't tell that superior, it is the name alone; empty where there is no name at all.
    """
    _, superiors, local = name_parts(report)
    level = report.value(Field.ISSUER_LEVEL)
    above = _ABOVE.get(IssuerLevel(level)) if level else None
    nearest = report.value(above) if above else next(reversed(superiors), None)
    return (nearest or "") + local


def ends_with(name: str, ending: str) -> bool:
    """Tell whether a name is this one with superiors before it."""
    before = name.removesuffix(ending)
    return before != name and _SUPERIOR_END.match(before[-1:]) is not None


def name_parts(report: Report) -> tuple[str, tuple[str, ...], str]:
    """Return the issuer's plain name, its known superiors from the top, and the name without them."""
    places = [value for field in PLACE_FIELDS if (value := report.value(field))]
    whole = plain_name(report.value(Field.ISSUER) or "") or (places[-1] if places else "")
    superiors = tuple(
        value for field in PLACE_FIELDS[:-1] if (value := report.value(field)) and not whole.endswith(value)
    )
    local = whole
    for superior in superiors:
        for form in (superior, *short_names(superior)):
            local = local.removeprefix(form) or local
    return whole, superiors, local


def _forms(superior: str) -> tuple[str, ...]:
    """Return how a superior may be told before a name: 青石县, 青石, 县, or not at all."""
    without_unit = _UNIT.sub("", superior)
    short = (without_unit,) if len(without_unit) >= SHORTEST else ()
    return (superior, *short_names(superior), *short, superior[-1], "")


def _nearest_is_told(forms: Sequence[str]) -> bool:
    """Tell whether no superior is left out below one that is told."""
    told = [bool(form) for form in forms]
    return told == sorted(told)


def _tails(whole: str) -> Iterator[str]:
    """Yield what may be the name itself, where superiors that no field tells stand before it."""
    for end in _SUPERIOR_END.finditer(whole):
        tail = whole[end.end() :]
        if len(_UNIT.sub("", tail)) >= SHORTEST:
            yield tail
            yield whole[end.start() :]
