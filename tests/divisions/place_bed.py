"""Runs the settings over towns and counties drawn from the table, and tells right, open and wrong apart.

`python tests/divisions/place_bed.py [--held] [--cases N]` prints a line a setting.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from place_settings import SETTINGS, Case, Setting, document_of

from nianbao import Context, Field, RegionProfile
from nianbao.catalogue import load_catalogue
from nianbao.divisions import Division, Divisions, Level, divisions
from plugins.extractors.identity import extract

SEED = 20261122
TODAY = date(2026, 11, 21)
FIELD = {
    Level.PROVINCE: Field.PROVINCE,
    Level.CITY: Field.CITY,
    Level.COUNTY: Field.COUNTY,
    Level.TOWN: Field.TOWN,
}
UNDIVIDED = ("4419", "4420", "4604", "6202")
DIRECT = ("4290", "4190", "4690", "6590", "1101", "1201", "3101", "5001", "5002")
SHOWN = ("province", "city", "county", "town", "division_code", "issuer")
SELF = ("街道", "苏木", "乡", "镇")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case in one setting."""

    setting: Setting
    case: Case
    verdict: str
    told: dict[str, str]


@cache
def context() -> Context:
    """The context of all cases."""
    return Context(load_catalogue(), divisions(), TODAY)


def all_towns(table: Divisions) -> list[Division]:
    """All towns that end like one, in the order of their codes."""
    found = []
    for county in counties(table):
        found += [d for d in table.children(county.code) if d.name.endswith(SELF)]
    return found


@cache
def _counties() -> tuple[Division, ...]:
    table = divisions()
    codes = [f"{p:02}{c:02}{n:02}" for p in range(11, 66) for c in range(91) for n in range(1, 90)]
    found = [d for code in codes if (d := table.by_code(code)) and d.name[-1] in "县区市旗"]
    return tuple(d for d in found if d.code[:4] in UNDIVIDED or (table.ancestors(d) and "2026" in d.editions))


def counties(table: Divisions) -> tuple[Division, ...]:
    """All counties."""
    return _counties()


def cases(number: int, seed: int = SEED) -> Iterator[Case]:
    """Draw towns, every fifth with a twin, every seventh below an odd county."""
    table = divisions()
    chance = random.Random(seed)
    upper = counties(table)
    towns = [d for c in upper for d in table.children(c.code) if d.name.endswith(SELF)]
    names = Counter(town.name for town in towns)
    twins = [town for town in towns if names[town.name] > 1]
    many = [town for town in towns if names[town.name] > 8]
    odd = [t for t in towns if t.code[:4] in (*UNDIVIDED, *DIRECT)]
    for index in range(number):
        place = chance.choice((towns, towns, twins, many, odd)[index % 5])
        yield _case(table, place, upper, chance)


def county_cases(number: int, seed: int = SEED) -> Iterator[Case]:
    """Draw counties, every second with a twin or the bare name of its city."""
    table = divisions()
    chance = random.Random(seed)
    upper = [d for d in counties(table) if len(table.ancestors(d)) > 1]
    names = Counter(d.name[:-1] for d in upper)
    twins = [d for d in upper if names[d.name[:-1]] > 1 or table.ancestors(d)[-1].name[:-1] == d.name[:-1]]
    for index in range(number):
        yield _case(table, chance.choice((upper, twins)[index % 2]), tuple(upper), chance)


def _case(table: Divisions, place: Division, upper: tuple[Division, ...], chance: random.Random) -> Case:
    above = table.ancestors(place)
    sisters = [d for d in table.children(place.parent or "") if d.name != place.name] or [place]
    stranger = chance.choice([d for d in upper if d.code[:2] != place.code[:2] and len(d.name) > 2])
    twins = [d for d in table.by_name(place.name) if d.parent != place.parent and d.parent]
    twin = table.ancestors(twins[0])[-1] if twins and table.ancestors(twins[0]) else None
    if twin and twin.name == above[-1].name:
        twin = None
    return Case(place, above, chance.choice(sisters), stranger, table.ancestors(stranger), twin)


def run(setting: Setting, case: Case) -> Outcome:
    """Read one case in one setting."""
    head = setting.make(case)
    self_word = next((word for word in SELF if case.name.endswith(word)), case.name[-1])
    region = RegionProfile(head.region, "测试", ("www.region.gov.cn",)) if head.region else None
    given = replace(context(), region=region)
    told = {str(a.field): a.value for a in extract(document_of(head, self_word), given)}
    return Outcome(setting, case, _verdict(case, told), told)


def _verdict(case: Case, told: dict[str, str]) -> str:
    want = {str(FIELD[d.level]): d.name for d in (*case.above, case.place)}
    if case.above[-1].level is Level.CITY and case.above[-1].code == case.place.parent:
        want.setdefault("county", "")
    code = told.get("division_code")
    if code != case.place.code and _is_twin_row(case.place, code):
        return "right"
    fields = [str(field) for field in FIELD.values()]
    for name in fields:
        value = told.get(name)
        if value and value != want.get(name) and not _same(value, want.get(name, "")):
            return "wrong"
    if any(want.get(name) and name not in told for name in fields):
        return "open"
    if code != case.place.code and not _is_twin_row(case.place, code):
        return "wrong code" if code and len(code) == len(case.place.code) else "open"
    return "right"


def _same(value: str, want: str) -> bool:
    return value.removesuffix("街道") == want.removesuffix("街道办事处").removesuffix("街道") and bool(want)


def _is_twin_row(place: Division, code: str | None) -> bool:
    """The same town in another edition, below another parent of the city."""
    others = divisions().bearers(code, place.name) if code else ()
    return any(o.code[:4] == place.code[:4] and not set(o.editions) & set(place.editions) for o in others)


def table_of(outcomes: list[Outcome]) -> dict[str, Counter[str]]:
    """Count the verdicts of each setting."""
    counts: dict[str, Counter[str]] = {}
    for outcome in outcomes:
        counts.setdefault(outcome.setting.name, Counter())[outcome.verdict] += 1
    return counts


def main() -> None:
    """Print how each setting fares."""
    held = "--held" in sys.argv
    number = int(sys.argv[sys.argv.index("--cases") + 1]) if "--cases" in sys.argv else 2000
    chosen = [setting for setting in SETTINGS if setting.held is held]
    for label, drawn in (("towns", list(cases(number))), ("counties", list(county_cases(number // 4)))):
        outcomes = [run(chosen[i // 5 % len(chosen)], case) for i, case in enumerate(drawn)]
        print(label)
        for name, counts in table_of(outcomes).items():
            told = next(s.told for s in chosen if s.name == name)
            print(f"  {name:34} {'told' if told else '-':5} {dict(counts)}")
        print("  all", dict(Counter(o.verdict for o in outcomes)))
        shown: Counter[str] = Counter()
        for o in outcomes:
            if o.verdict.startswith("wrong") or (o.verdict == "open" and o.setting.told):
                shown[o.setting.name] += 1
                if shown[o.setting.name] <= 3 and "-v" in sys.argv:
                    lineage = "".join(d.name for d in o.case.above) + o.case.name
                    places = {k: v for k, v in o.told.items() if k in SHOWN}
                    print("   ", o.verdict, "|", o.setting.name, "|", lineage, o.case.place.code, "|", places)


if __name__ == "__main__":
    main()
