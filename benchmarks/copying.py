"""Time and memory that comparing a year's reports takes: `python benchmarks/copying.py [REPORTS]`."""

from __future__ import annotations

import random
import resource
import sys
import time

from nianbao.copying import find_shared
from nianbao.model import Attribute, Entry, Field, Report, Section, SectionKind, Status

HAN = (
    "法治政府建设工作推进落实依据学习宣传执法监督调解纠纷服务群众决策审查合同制度责任考核培训案件处罚检查整改"
)
SENTENCES, WORDS, GENRE, TEMPLATE = 150, 52, 60, 40
TOWNS_OF_COUNTY, COPIER, TAKEN = 15, 20, 60


def sentence(dice: random.Random) -> str:
    said = "".join(dice.choices(HAN, k=WORDS))
    return f"{said[:20]}{dice.randint(1, 900)}件，{said[20:]}。"


def made(number: int, sentences: list[str], year: int) -> Entry:
    county, town = f"{number // TOWNS_OF_COUNTY:04d}", f"{number % TOWNS_OF_COUNTY:03d}"
    text = "\n".join(sentences)
    quarter = len(text) // 4
    kinds = [kind for kind in SectionKind if kind is not SectionKind.OTHER]
    sections = tuple(
        Section("", kind, place * quarter, (place + 1) * quarter, 1, "outline")
        for place, kind in enumerate(kinds)
    )
    told = {Field.YEAR: str(year), Field.DIVISION_CODE: f"11{county}{town}", Field.COUNTY: f"县{county}",
            Field.ISSUER: f"县{county}镇{number}人民政府"}  # fmt: skip
    attributes = tuple(Attribute(field, value, "", "identity") for field, value in told.items())
    report = Report(f"{number:05d}.docx", "", Status.COMPLETE, attributes, sections)
    return Entry(report, (), "docx", text)


def generated(reports: int, year: int, seed: int) -> list[Entry]:
    """Return reports with the genre's phrases; some counties have a template, and each 20th report copies."""
    dice = random.Random(seed)
    genre = [sentence(dice) for _ in range(GENRE)]
    template: list[str] = []
    before: list[str] = []
    found = []
    for number in range(reports):
        if number % TOWNS_OF_COUNTY == 0:
            template = [sentence(dice) for _ in range(TEMPLATE)]
        said = [sentence(dice) for _ in range(SENTENCES)]
        said[:15] = dice.sample(genre, 15)
        if number // TOWNS_OF_COUNTY % 4 == 0:
            said[20:60] = template
        if number % COPIER == COPIER - 1:
            said[70 : 70 + TAKEN] = before[70 : 70 + TAKEN]
        found.append(made(number, said, year))
        before = said
    return found


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    entries = generated(reports, 2024, 1)
    size = sum(len(entry.text) for entry in entries) // reports
    print(f"{reports} reports of {size} characters; {peak():.0f} MB with their texts")
    last_year = entries[: reports // 2]
    for label, before in (("with each other", []), ("and half of them with last year's", last_year)):
        began, worked = time.perf_counter(), time.process_time()
        shared = find_shared(entries, before)
        seconds, cpu = time.perf_counter() - began, time.process_time() - worked
        print(f"{label}: {seconds:.1f} s ({cpu:.1f} s of one core), {len(shared.overlaps)} overlaps, "
              f"{len(shared.stocks)} stocks, {len(shared.reused)} reused; {peak():.0f} MB")  # fmt: skip


if __name__ == "__main__":
    main()
