"""Measures what is found of faults planted in clean reports: `python benchmarks/mutations.py [FOLDER…]`.

Into each report faults of every kind are planted, one at a time, at places that chance draws: a figure of
a list, a table, a rate or an order is changed, a fact is told again with another figure, another place
stands for its own, a year is another, a part is left out or moved, a heading's number, a law's name or a
figure is wrong or open. The texts were written by people who thought of no rule, so that their wordings are
nobody's choice.
What adds up by chance is no list, so that all can't be found.

`--seed N` draws others (odd ones to learn from, even ones to report), `--show` prints what is not found,
`--list` all that is planted, `--kind NAME` plants one sort alone, `--only REGEX` takes the files of such
names alone.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from planting import dated, figures, outlines, words
from planting.changes import Change, Source, alarms, is_found, sources

PLANTERS: tuple[Callable[[Source], Iterator[Change]], ...] = (
    figures.lists,
    figures.tables,
    figures.rates,
    figures.orders,
    figures.told_again,
    words.names,
    dated.years,
    dated.part_of_the_year,
    outlines.parts,
    outlines.numbers,
    words.laws,
    words.placeholders,
)
SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "reports"
_AROUND = 36


def changes(source: Source) -> Iterator[Change]:
    """Yield the faults that are planted in a text, each alone."""
    for planter in PLANTERS:
        yield from planter(source.drawn_for(planter.__name__))


def shown(source: Source, change: Change) -> str:
    """Return one line that tells what was changed, and where."""
    before = source.text[max(change.start - _AROUND, 0) : change.start]
    after = source.text[change.end : change.end + _AROUND]
    old = source.text[change.start : change.end]
    told = f"{change.name} | {source.name} | {before}[{old[:60]} → {change.new[:60]}]{after}"
    return told.replace("\n", "⏎")


def main() -> None:
    """Print, for each sort of fault, how many are found, and how many clean texts are alarmed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", default=[str(SAMPLES)])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", default="")
    parser.add_argument("--only", default="")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--list", action="store_true")
    asked = parser.parse_args()
    made: Counter[str] = Counter()
    found: Counter[str] = Counter()
    texts = alarmed = 0
    for folder in asked.folders:
        for source in sources(folder, asked.seed):
            if not re.search(asked.only, source.name):
                continue
            texts += 1
            alarmed += bool(alarms(source))
            for change in changes(source):
                if asked.kind not in change.name:
                    continue
                made[change.name] += 1
                is_told = is_found(source, change)
                found[change.name] += is_told
                if asked.list or (asked.show and not is_told):
                    print(shown(source, change))
    for name in sorted(made):
        print(f"{name:32} {found[name]:4} of {made[name]:4} found ({found[name] / made[name]:.0%})")
    total = f"{sum(found.values()):4} of {sum(made.values()):4} found"
    print(f"{'all':32} {total}; {alarmed} of {texts} clean texts alarmed")


if __name__ == "__main__":
    main()
