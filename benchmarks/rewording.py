"""Measures what is raised anew of reports reworded truthfully: `python benchmarks/rewording.py [FOLDER…]`.

What a report says stays the same where paragraphs are joined, sentences end earlier, figures are written
otherwise or a sentence is left out; a finding that was not there before is a false alarm, mostly one that
a certain mark or neighbour had kept off by luck. `--show` prints them.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import replace
from pathlib import Path

from planting.changes import findings, sources
from planting.rewordings import REWORDINGS

from nianbao import Document, Finding, Severity

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "reports"
# Half a report misses parts, and a report without some sentences, some numbers.
_OUTLINE = frozenset({"missing-part", "numbering"})


def raised(document: Document, text: str) -> list[Finding]:
    """Return what is raised of a text, beyond notes and the outline."""
    found = findings(replace(document, text=text, blocks=()))
    return [each for each in found if each.severity is not Severity.NOTE and each.kind not in _OUTLINE]


def new_ones(document: Document, text: str) -> list[Finding]:
    """Return what is raised of a reworded text by rules that raised less of the text as it was."""
    left = Counter(each.rule for each in raised(document, document.text))
    new = []
    for each in raised(document, text):
        left[each.rule] -= 1
        if left[each.rule] < 0:
            new.append(each)
    return new


def main() -> None:
    """Print, for each rewording, how many texts it changed and how many of them are alarmed anew."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", default=[str(SAMPLES)])
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    texts = [source for folder in asked.folders for source in sources(folder, 1)]
    for rewording in REWORDINGS:
        made = alarmed = 0
        for source in texts:
            text = rewording(source.text)
            if text == source.text:
                continue
            made += 1
            new = new_ones(source.document, text)
            alarmed += bool(new)
            for finding in new if asked.show else ():
                print(f"{rewording.__name__} | {source.name} | {finding.rule} | {finding.message}")
        print(f"{rewording.__name__:16} {made:4} texts changed, {alarmed:3} alarmed anew")


if __name__ == "__main__":
    main()
