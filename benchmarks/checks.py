"""Times the rules that look at one report: `python benchmarks/checks.py [FOLDER]`.

Prints, for all of them together and for each, the milliseconds of a core that a report takes on average and
at worst: the least of several rounds for every report, so that what else the machine does counts little.
"""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

from nianbao import Context, Document, Report, SourceConfig, steps
from nianbao.checking import validate_report
from nianbao.manager import Registry, registry

ROUNDS = 7
ALL = "all rules"
SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "reports"

Row = tuple[Report, Document, Context]


def reports(folder: Path) -> list[Row]:
    found = []
    context = steps.make_context()
    for filing in steps.list_filings(registry(), SourceConfig(str(folder))):
        done = steps.process(registry(), filing, context)
        # A file of several reports has no document of its own for each.
        if done.document is not None and len(done.reports) == 1 and done.reports[0].figures:
            own = steps.context_of(registry(), done.document, context)
            found.append((replace(done.reports[0], findings=()), done.document, own))
    return found


def least(rules: Registry, rows: list[Row], times: list[float]) -> list[float]:
    took = []
    for report, document, context in rows:
        begun = time.process_time()
        validate_report(rules, report, document, context)
        took.append((time.process_time() - begun) * 1000)
    return [min(pair) for pair in zip(times, took, strict=True)]


def main() -> None:
    rows = reports(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES)
    found = registry()
    rules = [rule for rule in found.validators if rule.scope == "report"]
    sets = {ALL: found} | {rule.name: replace(found, validators=(rule,)) for rule in rules}
    times = {name: [float("inf")] * len(rows) for name in sets}
    for _ in range(ROUNDS):
        for name, each in sets.items():
            times[name] = least(each, rows, times[name])
    characters = sum(len(document.text) for _, document, _ in rows) // len(rows)
    print(f"{len(rows)} reports of {characters} characters on average, the least of {ROUNDS} rounds")
    for name, values in sorted(times.items(), key=lambda item: -sum(item[1])):
        print(f"{name:20} {statistics.mean(values):7.3f} ms on average {max(values):7.2f} ms at worst")


if __name__ == "__main__":
    main()
