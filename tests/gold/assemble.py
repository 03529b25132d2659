"""Assembles the gold files from the reports and their readings, and checks every reading against its text.

python tests/gold/assemble.py            writes gold.jsonl and held-out.jsonl
python tests/gold/assemble.py --check    says whether they are up to date, and writes nothing
python tests/gold/assemble.py --han      also prints Chinese numerals with a unit that nobody has read

A reading is a YAML file whose observations are lines of
`indicator value unit [qualifier] [role] [optional] [alt=a,b] | quote`; the qualifier is `exact` and the role
`total` where nothing is said, and the unit `-` is none. Every Arabic numeral of a report must stand in an
observation's quote, in a trap (a figure that must not become an observation) or in a date.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
REPORTS = HERE / "reports"
READINGS = HERE / "readings"
HELD_OUT = frozenset((*range(33, 49), *range(74, 89, 2), *range(135, 191)))
GOLD = {False: HERE / "gold.jsonl", True: HERE / "held-out.jsonl"}  # by whether a reading is held out

QUALIFIERS = ("exact", "at_least", "about", "below")
ROLES = ("total", "part", "repeat")
KINDS = ("achievements", "problems", "responsibility", "plan", "other")
LEVELS = ("province", "city", "county", "town", "department", "other")
PLACES = ("province", "city", "county", "town")

DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "亿": 10**8}
NUMERAL = re.compile(r"[0-9零〇一二两三四五六七八九十百千万亿][0-9零〇一二两三四五六七八九十百千万亿.,]*")
ARABIC = re.compile(r"[0-9][0-9.,]*")
DATE = re.compile(
    r"20[0-9]{2}(?:年度?|—20[0-9]{2}年)|[0-9]{1,2}月[0-9]{1,2}日|[0-9]{1,2}月(?:底|份|末)?|20[0-9]{2}-[0-9]{2}-[0-9]{2}"
)
HAN_COUNT = re.compile(
    r"[零〇一二两三四五六七八九十百千万亿数]+[余多来]?"
    r"(?:件|起|宗|例|项|条|份|册|本|次|场|期|批|人|名|户|家|处|个|栋|间|堂|节|万|元)"
)


def number(reading: Path) -> str:
    """Return the number with which a reading's name begins."""
    return reading.stem.partition("-")[0]


def wide_to_plain(text: str) -> str:
    """Return the text with full-width digits, percent signs and stops made plain; its length stays."""
    return text.translate(
        {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)} | {0xFF05: 0x25, 0xFF0E: 0x2E}
    )


def value_of(numeral: str) -> Decimal:
    """Return what a numeral says: 1.2万, 2万5千, 三百二十, 4,120, 两."""
    total, section, pending = Decimal(0), Decimal(0), None
    for token in re.findall(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?|[^0-9.,]", numeral):
        if token[0].isdigit() and token[0].isascii():
            pending = Decimal(token.replace(",", ""))
        elif token in DIGITS:
            pending = Decimal(DIGITS[token]) if pending is None else pending * 10 + DIGITS[token]
        elif token in SMALL:
            section += (Decimal(1) if pending is None else pending) * SMALL[token]
            pending = None
        elif token in LARGE:
            section += pending or 0
            total, section, pending = total + (section or 1) * LARGE[token], Decimal(0), None
    return total + section + (pending or 0)


def values_in(quote: str) -> set[Decimal]:
    """Return what the numerals of the quote say, hedges inside a numeral (320余万) passed over."""
    plain = re.sub(r"(?<=[0-9一二两三四五六七八九十百千])[余多](?=[百千万亿])", "", wide_to_plain(quote))
    plain = re.sub(r"(?<=[0-9]) (?=[0-9万亿])", "", plain)
    return {value_of(match.group()) for match in NUMERAL.finditer(plain)}


def parse_observation(line: str, indicators: set[str]) -> dict[str, Any]:
    """Return the observation that a line tells; raise ValueError where a word of it is unknown."""
    head, quote = line.split(" | ", 1)
    indicator, value, unit, *words = head.split()
    observation: dict[str, Any] = {
        "indicator": indicator,
        "value": float(value) if "." in value else int(value),
        "unit": "" if unit == "-" else unit,
        "qualifier": "exact",
        "quote": quote,
        "role": "total",
    }
    for word in words:
        if word in QUALIFIERS:
            observation["qualifier"] = word
        elif word in ROLES:
            observation["role"] = word
        elif word == "optional":
            observation["optional"] = True
        elif word.startswith("alt="):
            observation["alt"] = word[4:].split(",")
        else:
            raise ValueError(f"unknown word {word}")
    for name in [indicator, *observation.get("alt", [])]:
        if name not in indicators:
            raise ValueError(f"unknown indicator {name}")
    return observation


def observation_faults(observation: dict[str, Any], text: str) -> Iterator[str]:
    """Yield what is wrong with an observation: its quote is not in the text, its value not in the quote."""
    quote, value = observation["quote"], Decimal(str(observation["value"]))
    if quote not in text:
        yield f"quote not in text: {quote}"
    if (
        observation["unit"] not in {"", "%"}
        and not quote.startswith("|")
        and observation["unit"] not in quote
    ):
        yield f"unit {observation['unit']} not in quote: {quote}"
    told = values_in(quote)
    if quote.startswith("|") and observation["unit"] == "万元":
        # The unit of a table's column stands at its head.
        told |= {value * 10_000 for value in told}
    if value not in told and not (value == 0 and re.search(r"[未无没零]|不存在|胜诉", quote)):
        yield f"value {value} not in quote: {quote}"


def covered(text: str, runs: list[str]) -> list[bool]:
    """Return, for every character, whether one of the runs (or a date) stands on it."""
    mask = [False] * len(text)
    spans = [match.span() for run in runs for match in re.finditer(re.escape(run), text)]
    spans += [match.span() for match in DATE.finditer(wide_to_plain(text))]
    for start, end in spans:
        mask[start:end] = [True] * (end - start)
    return mask


def unread(text: str, runs: list[str], pattern: re.Pattern[str]) -> list[str]:
    """Return the numerals that no run covers, with their surroundings."""
    mask = covered(text, runs)
    return [
        text[max(0, match.start() - 12) : match.end() + 8].replace("\n", "⏎")
        for match in pattern.finditer(wide_to_plain(text))
        if not mask[match.start()]
    ]


def read_report(reading: Path, indicators: set[str], *, han: bool) -> tuple[dict[str, Any], list[str]]:
    """Return the gold object of one reading, and its faults."""
    source: dict[str, Any] = yaml.safe_load(reading.read_text(encoding="utf-8"))
    report = REPORTS / f"{reading.stem}.txt"
    text = report.read_text(encoding="utf-8")
    faults: list[str] = []
    observations: list[dict[str, Any]] = []
    for line in source["observations"]:
        try:
            observations.append(parse_observation(str(line), indicators))
        except ValueError as error:
            faults.append(f"{error}: {line}")
    for observation in observations:
        faults += observation_faults(observation, text)
    sections = [
        dict(zip(("kind", "heading"), line.split(" | ", 1), strict=True)) for line in source["sections"]
    ]
    faults += [f"heading not in text: {s['heading']}" for s in sections if s["heading"] not in text]
    faults += [f"unknown kind: {s['kind']}" for s in sections if s["kind"] not in KINDS]
    traps = [str(trap) for trap in source["traps"]]
    faults += [f"trap not in text: {trap}" for trap in traps if trap not in text]
    runs = [*(o["quote"] for o in observations), *traps]
    faults += [f"numeral nobody read: {around}" for around in unread(text, runs, ARABIC)]
    if han:
        faults += [f"(look) {around}" for around in unread(text, runs, HAN_COUNT)]
    title = source["title"]
    if re.sub(r"\s", "", title) not in re.sub(r"\s", "", text):
        faults.append(f"title not in text: {title}")
    if source["level"] not in LEVELS:
        faults.append(f"unknown level {source['level']}")
    gold: dict[str, Any] = {
        "id": f"g{number(reading)}",
        "file": report.name,
        "title": title,
        "year": source["year"],
        "issuer": source["issuer"],
        "issuer_level": source["level"],
        **{place: source.get(place) for place in PLACES},
        "published": str(source["published"]) if source.get("published") else None,
        "inferred_fields": source.get("inferred", []),
        "sections": [{"heading": s["heading"], "kind": s["kind"]} for s in sections],
        "observations": observations,
        "held_out": int(number(reading)) in HELD_OUT,
    }
    return gold, faults


def indicator_ids() -> set[str]:
    """Return the ids of the project's indicators, as its specification names them."""
    names = (HERE / "indicators.txt").read_text(encoding="utf-8").split()
    return set(names)


def main() -> int:
    """Assemble, or check; return 1 where a reading has faults or a gold file is stale."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--han", action="store_true")
    arguments = parser.parse_args()
    indicators = indicator_ids()
    failed = False
    lines: dict[bool, list[str]] = {False: [], True: []}
    for reading in sorted(READINGS.glob("*.yml"), key=lambda path: int(number(path))):
        gold, faults = read_report(reading, indicators, han=arguments.han)
        for fault in faults:
            print(f"{reading.stem}: {fault}", file=sys.stderr)
        failed = failed or any(not fault.startswith("(look)") for fault in faults)
        lines[gold["held_out"]].append(json.dumps(gold, ensure_ascii=False) + "\n")
    if failed:
        return 1
    assembled = {path: "".join(lines[held_out]) for held_out, path in GOLD.items()}
    if arguments.check:
        return int(any(not p.exists() or p.read_text(encoding="utf-8") != t for p, t in assembled.items()))
    for path, text in assembled.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
