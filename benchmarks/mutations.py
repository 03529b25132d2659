"""Measures what is found of changes to clean reports: `python benchmarks/mutations.py FOLDER [--show]`.

In each report one digit of a list that adds up is changed (or two are turned over), or a year is told as
the one before. The texts were written by people who thought of no rule, so that their wordings are nobody's
choice. What adds up by chance is no list, so that all can't be found. The changes are drawn by each file's
name, and are the same in every run.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from nianbao import Context, Document, Report, SourceConfig, steps
from nianbao.manager import registry
from plugins.validators.exactruns import exact_runs
from plugins.validators.sentences import Sentence, Spot, sentences

FIGURES = frozenset({"sum", "order", "ratio", "repeat-conflict", "unit"})
YEARS = frozenset({"year", "coverage"})
LEAST = 20
MOST_YEARS = 2
DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Change:
    """A text with one thing changed: from `start` on, `old` is `new`; `kinds` of findings tell of it."""

    name: str
    text: str
    start: int
    old: str
    new: str
    kinds: frozenset[str]


def changes(report: Report, document: Document, context: Context) -> Iterator[Change]:
    """Yield the changes of one report."""
    draw = random.Random(Path(report.file).name)
    reading, text = context.reading, document.text
    if reading is None:
        return
    told = sentences(reading)
    spots = {spot.quantity.start: spot for sentence in told for spot in sentence.spots}
    for whole, parts in sorted(exact_runs(reading.shadow.text, told).runs):
        if _is_list(spots[whole], [spots[part] for part in parts], told):
            spot = spots[draw.choice((whole, whole, *parts))]
            start, end, _ = reading.quote(spot.quantity.number_start, spot.quantity.end)
            match = DIGITS.match(text, start, end)
            new = _slip(draw, match.group()) if match else None
            if match and new:
                yield Change(
                    "a figure of a list", _with(text, start, match[0], new), start, match[0], new, FIGURES
                )
    if report.year is not None:
        year = str(report.year)
        places = [at.start() for at in re.finditer(rf"(?<![\d（〔《—-]){year}(?=年(?![—至-]))", text)]
        body = [
            at for at in places if at > text.find("\n") and text.rfind("《", 0, at) <= text.rfind("》", 0, at)
        ]
        for start in draw.sample(body, min(MOST_YEARS, len(body))):
            new = str(report.year - 1)
            yield Change("a year", _with(text, start, year, new), start, year, new, YEARS)


def _is_list(whole: Spot, parts: list[Spot], told: tuple[Sentence, ...]) -> bool:
    """Whether what adds up is near together and large enough to be hardly so by chance."""
    start = min(whole.quantity.start, parts[0].quantity.start)
    end = max(whole.quantity.end, parts[-1].quantity.end)
    spread = sum(start < sentence.start < end for sentence in told)
    enough = len(parts) > 2 or min(part.quantity.value for part in parts) > 3
    return whole.quantity.value >= LEAST and enough and spread < len(parts)


def _slip(draw: random.Random, digits: str) -> str | None:
    """Return figures with one digit changed, or two neighbours turned over."""
    places = [at for at, character in enumerate(digits) if character.isdigit()]
    for _ in range(50):
        new = list(digits)
        if len(places) > 1 and draw.random() < 0.3:
            at = draw.randrange(len(places) - 1)
            one, other = places[at], places[at + 1]
            new[one], new[other] = new[other], new[one]
        else:
            new[draw.choice(places)] = str(draw.randrange(10))
        if new[0] != "0" and "".join(new) != digits:
            return "".join(new)
    return None


def _with(text: str, start: int, old: str, new: str) -> str:
    return text[:start] + new + text[start + len(old) :]


def is_found(change: Change, document: Document) -> bool:
    """Whether a finding of its kinds rests on what was changed; of a year, any does."""
    rules = registry()
    report = steps.analyse(rules, replace(document, text=change.text, blocks=()), steps.make_context())
    return any(
        finding.kind in change.kinds
        and (
            change.kinds is YEARS or any(quote.start <= change.start < quote.end for quote in finding.quotes)
        )
        for finding in report.findings
    )


def main() -> None:
    """Print, for each thing changed, how many of the changes are found."""
    folder, show = sys.argv[1], "--show" in sys.argv
    context = steps.make_context()
    made: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for filing in steps.list_filings(registry(), SourceConfig(folder)):
        done = steps.process(registry(), filing, context)
        if done.document is None or len(done.reports) != 1:
            continue
        own = steps.context_of(registry(), done.document, context)
        for change in changes(done.reports[0], done.document, own):
            made[change.name] += 1
            if is_found(change, done.document):
                found[change.name] += 1
            elif show:
                near = change.text[max(change.start - 30, 0) : change.start + 30].replace("\n", " ")
                print(f"{Path(filing.name).name}: {change.old} → {change.new}: {near}")
    for name in made:
        print(f"{name}: {found[name]} of {made[name]} found")


if __name__ == "__main__":
    main()
