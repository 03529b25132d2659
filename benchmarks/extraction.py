"""Times the way from a text to its figures: `python benchmarks/extraction.py [FOLDER]`.

Prints, for every stage, the median milliseconds of a core for a report and the ratio to one pass of the
numeral pattern alone, all in one run, round robin; then the report that takes identity and outline longest.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from nianbao import SECTIONS, Context, Document, Field, ReadError, SourceConfig, steps
from nianbao.grammar.quantity import find_numerals
from nianbao.grammar.reading import read_text
from nianbao.grammar.text import shadow
from nianbao.manager import registry

ROUNDS = 9
WHO_AND_WHERE = "identity and outline"
SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "reports"


def documents(folder: Path) -> list[Document]:
    found = []
    for filing in steps.list_filings(registry(), SourceConfig(str(folder))):
        try:
            found.append(steps.read(registry(), steps.fetch(registry(), filing))[0])
        except ReadError:
            continue
    return found


def stages(documents: list[Document], context: Context) -> dict[str, Callable[[int], object]]:
    units = context.catalogue.units
    folded = [shadow(document.text).text for document in documents]
    contexts = [
        replace(context, reading=read_text(document.text, units, document.blocks)) for document in documents
    ]

    found = registry()
    told = {*Field, SECTIONS}
    first = replace(found, extractors=tuple(each for each in found.extractors if each.yields & told))

    ours: dict[str, Callable[[int], object]] = {
        "numeral pattern alone": lambda n: list(find_numerals(folded[n], units)),
        "reading (fold, numerals, sentences, tables)": lambda n: read_text(
            documents[n].text, units, documents[n].blocks
        ),
        WHO_AND_WHERE: lambda n: steps.extract(first, documents[n], contexts[n], ()),
        "all extractors (identity, outline, indicators)": lambda n: steps.extract(
            found, documents[n], contexts[n], ()
        ),
        "whole analysis (with settling and checks)": lambda n: steps.analyse(found, documents[n], context),
    }
    return ours | others([document.text for document in documents])


def others(texts: list[str]) -> dict[str, Callable[[int], object]]:
    """What another library reads out of the same texts: sums of money and times, no counts."""
    if find_spec("jionlp") is None:
        print("JioNLP is not installed: pip install nianbao[bench]", file=sys.stderr)
        return {}
    import jionlp

    return {
        "JioNLP's sums of money": lambda n: jionlp.ner.extract_money(texts[n]),
        "JioNLP's times": lambda n: jionlp.ner.extract_time(texts[n]),
    }


def slowest(documents: list[Document], function: Callable[[int], object]) -> tuple[float, Document]:
    """Return the report that takes a stage longest, and its milliseconds: the least of many rounds."""
    least = [float("inf")] * len(documents)
    for _ in range(5 * ROUNDS):
        for number in range(len(documents)):
            begun = time.process_time()
            function(number)
            least[number] = min(least[number], (time.process_time() - begun) * 1000)
    return max(zip(least, documents, strict=True), key=lambda row: row[0])


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES
    found = documents(folder)
    functions = stages(found, steps.make_context())
    times: dict[str, list[float]] = {name: [] for name in functions}
    for _ in range(ROUNDS + 1):
        for name, function in functions.items():
            begun = time.process_time()
            for number in range(len(found)):
                function(number)
            times[name].append((time.process_time() - begun) * 1000 / len(found))
    characters = sum(len(document.text) for document in found) // len(found)
    print(f"{len(found)} reports of {characters} characters on average, medians of {ROUNDS} rounds")
    base = statistics.median(next(iter(times.values()))[1:])
    for name, values in times.items():
        median = statistics.median(values[1:])
        print(f"{name:50} {median:8.2f} ms  {median / base:6.1f} x")
    longest, document = slowest(found, functions[WHO_AND_WHERE])
    print(f"slowest in {WHO_AND_WHERE}: {longest:.2f} ms, {document.name}, {len(document.text)} characters")


if __name__ == "__main__":
    main()
