"""Times the review pages of a large year: writing them, their size, the list in Chromium; originals apart.

Run it with `python benchmarks/review.py [REPORTS]`. A report is four of the samples one after the other: some
6,000 characters with 160 statements and 90 other numerals, more than most have.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from nianbao import Attribute, Entry, Field, Filing, RunRecord, Status, Yearbook
from nianbao.manager import registry
from nianbao.parting import shifted
from nianbao.steps import entry_of, make_context, process

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "reports"
TOGETHER = 4
ROUNDS = 5
# A report of each of these is an original that is shown beside the text; drawn pages are measured by fewer.
PAGES, PDFS = 1_000, 100
READY = "() => !document.getElementById('start').hidden"


def samples() -> list[Entry]:
    """Return the samples as a run reads them."""
    found = []
    for path in sorted(SAMPLES.iterdir()):
        done = process(registry(), Filing("folder", str(path), path.name), make_context())
        for report in done.reports:
            if report.status in (Status.COMPLETE, Status.PARTIAL):
                found.append(replace(entry_of(report, done.document), original=str(path)))
    return found


def joined(entries: Sequence[Entry]) -> Entry:
    """Return one long report made of several: the first one's figures, the statements and doubts of all."""
    reports, text = [], ""
    for entry in entries:
        reports.append(shifted(entry.report, len(text)))
        text += entry.text + "\n"
    report = replace(
        reports[0],
        observations=tuple(each for report in reports for each in report.observations),
        numerals=tuple(each for report in reports for each in report.numerals),
        findings=tuple(each for report in reports for each in report.findings),
        sections=tuple(each for report in reports for each in report.sections),
    )
    places = tuple("第1段" for _ in report.observations)
    return Entry(report, places, entries[0].reader, text)


def named(entry: Entry, number: int) -> Entry:
    """Return an entry as another town's report."""
    town, county = f"第{number}镇", f"第{number // 20}县"
    own = {Field.ISSUER: f"{county}{town}人民政府", Field.TOWN: town, Field.COUNTY: county}
    others = [each for each in entry.report.attributes if each.field not in own]
    told = [Attribute(field, value, "", "benchmark") for field, value in own.items()]
    file = f"报告/{number:05d}{Path(entry.report.file).suffix}"
    return replace(entry, report=replace(entry.report, file=file, attributes=(*told, *others)))


def yearbook_of(entries: Sequence[Entry]) -> Yearbook:
    """Return a year of these reports."""
    run = RunRecord("benchmark", datetime(2025, 4, 1, tzinfo=UTC), "0")
    infos = make_context().catalogue.infos()
    return Yearbook(2024, "2024年度法治政府建设报告汇总", tuple(entries), infos, (), None, run)


def long_reports(found: Sequence[Entry], count: int) -> Iterator[Entry]:
    """Yield so many long reports, without originals."""
    turns = cycle(found)
    kinds = [joined(list(islice(turns, TOGETHER))) for _ in found]
    for number, entry in enumerate(islice(cycle(kinds), count)):
        yield named(entry, number)


def with_originals(found: Sequence[Entry], suffix: str, count: int, folder: Path) -> Iterator[Entry]:
    """Yield so many reports whose originals lie in a folder, each with bytes of its own."""
    kinds = [entry for entry in found if entry.original.endswith(suffix)]
    for number, entry in enumerate(islice(cycle(kinds), count)):
        end = f"\n%{number}\n" if suffix == ".pdf" else f"<!--{number}-->"
        data = Path(entry.original).read_bytes() + end.encode()
        path = folder / f"{number}{suffix}"
        path.write_bytes(data)
        report = replace(entry.report, sha256=sha256(data).hexdigest())
        yield named(replace(entry, report=report, original=str(path)), number)


def written(yearbook: Yearbook, folder: Path) -> tuple[float, float, Path]:
    """Write the pages; return the seconds, the processor's seconds of this process, and the site."""
    from outputs.review import publish

    started, used = time.perf_counter(), time.process_time()
    [index] = publish(yearbook, folder)
    return time.perf_counter() - started, time.process_time() - used, index.parent


def megabytes(site: Path, pattern: str = "**/*") -> float:
    """Return what files of a site take."""
    return sum(path.stat().st_size for path in site.glob(pattern) if path.is_file()) / 2**20


def list_in_chromium(index: Path) -> tuple[float, float]:
    """Return the seconds until the list answers, and from a filter's key to the filtered list; medians."""
    from playwright.sync_api import sync_playwright

    opened, filtered = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for _ in range(ROUNDS):
            page = browser.new_page()
            page.goto(index.as_uri(), wait_until="load")
            page.wait_for_function(READY)
            timing = "() => performance.getEntriesByType('navigation')[0].loadEventEnd"
            opened.append(page.evaluate(timing) / 1000)
            filtered.append(page.evaluate(FILTER) / 1000)
            page.close()
        browser.close()
    return statistics.median(opened), statistics.median(filtered)


# Types a word, and waits until the list is painted anew.
FILTER = """() => new Promise((done) => {
  const field = document.getElementById('find'), begun = performance.now();
  field.value = '第77镇';
  field.dispatchEvent(new Event('input', { bubbles: true }));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
})"""


def main() -> None:
    """Print what the pages took."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    found = samples()
    with TemporaryDirectory() as name:
        folder = Path(name)
        seconds, cpu, site = written(yearbook_of(list(long_reports(found, count))), folder / "text")
        print(
            f"pages      {count} reports: {seconds:.1f} s ({cpu:.1f} s of processor), "
            f"{megabytes(site):.1f} MB, the list {megabytes(site, 'index.html'):.2f} MB, "
            f"data {megabytes(site, 'data/*'):.2f} MB"
        )
        opened, filtered = list_in_chromium(site / "index.html")
        print(f"list       answers after {opened:.2f} s in Chromium, filters in {1000 * filtered:.0f} ms")
        for suffix, many in ((".html", min(PAGES, count)), (".pdf", min(PDFS, count))):
            originals = folder / f"originals{suffix}"
            originals.mkdir()
            yearbook = yearbook_of(list(with_originals(found, suffix, many, originals)))
            bare = yearbook_of([replace(each, original="") for each in yearbook.entries])
            plain, _, _ = written(bare, folder / f"plain{suffix}")
            seconds, _, site = written(yearbook, folder / suffix[1:])
            shown = len(list((site / "o").iterdir()))
            again, _, _ = written(yearbook, folder / suffix[1:])
            print(
                f"{suffix[1:]:10} {many} originals, {shown} files: {seconds - plain:.1f} s more, "
                f"{again - plain:.1f} s in the next run, {megabytes(site, 'o/*'):.1f} MB"
            )


if __name__ == "__main__":
    main()
