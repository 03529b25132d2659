"""Reads the probes with or without a plugin, in a process of its own, and tells line by line what came of it.

`python -m nianbao.kit.child REQUEST ANSWERS`: both are files; a plugin may print what it likes.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from functools import partial
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any, TextIO

from nianbao.catalogue import Catalogue, load_catalogue
from nianbao.grammar.reading import read_text
from nianbao.guard import guarded
from nianbao.installed import ENTRY_POINTS
from nianbao.interface import report_to_json
from nianbao.kit.goldens import golden_reports, read_golden
from nianbao.kit.locating import Plugin, all_points
from nianbao.kit.probes import Probe, document_of, hostile, issuers, national
from nianbao.kit.watching import Watch
from nianbao.limits import limits
from nianbao.manager import Registry, build_registry
from nianbao.model import Attribute, Document, Failure, Field, Observation, Report, Status
from nianbao.records import INDICATORS, Context, Extractor, RegionProfile, Statement
from nianbao.regions import catalogue_of
from nianbao.steps import analyse_parts, context_of, make_context


@dataclass(frozen=True, slots=True)
class Request:
    """What a child is to do.

    Args:
        name: the plugin's name.
        points: its entry points: (name, module).
        folder: where its source lies; empty for none.
        search: what goes onto the module search path.
        own: whether the plugin is loaded; without it the same texts are read for comparison.
        code: of the first region that it brings; empty where it brings none, or none is known yet.
        goldens_only: whether nothing but its golden reports is read.
    """

    name: str
    points: tuple[tuple[str, str], ...]
    folder: str
    search: tuple[str, ...]
    own: bool
    code: str = ""
    goldens_only: bool = False

    @property
    def plugin(self) -> Plugin:
        """The plugin that is tested."""
        points = tuple(EntryPoint(name, value, ENTRY_POINTS) for name, value in self.points)
        return Plugin(self.name, points, Path(self.folder) if self.folder else None, self.search)


def request_for(plugin: Plugin, *, own: bool, code: str = "", goldens_only: bool = False) -> Request:
    """Return what a child is to do with a plugin."""
    points = tuple((point.name, point.value) for point in plugin.points)
    return Request(plugin.name, points, str(plugin.folder or ""), plugin.search, own, code, goldens_only)


class _Child:
    """One process's work."""

    def __init__(self, request: Request, answers: TextIO) -> None:
        self._request, self._answers = request, answers
        self._watch = Watch()
        self._own = {name for name, _ in request.points}

    def tell(self, event: str, **told: Any) -> None:
        """Write an answer; at once, so that it stands there should the process die."""
        self._answers.write(json.dumps({"event": event} | told, ensure_ascii=True) + "\n")
        self._answers.flush()

    def run(self) -> None:
        """Load the plugin and read everything."""
        plugin = self._request.plugin
        self.tell("begin", what="装载")
        self._watch.begin()
        sys.path[:0] = self._request.search
        points = all_points(plugin) if self._request.own else all_points(None, self._own)
        with self._watch.watching():
            found = build_registry(points)
        for each in found.plugins:
            if each.name in self._own:
                names = [[hook, list(given)] for hook, given in each.records]
                failures = [failure.error for failure in each.failures]
                self.tell("loaded", plugin=each.name, records=names, failures=failures)
        found = self._watch.registry(found, self._own)
        context = make_context()
        if not self._request.goldens_only:
            self._probes(found, context)
        for path in golden_reports(plugin.reports):
            self._reading("golden", path.name, partial(read_golden, found, context, path))
        for line in self._watch.incidents:
            self.tell("problem", check="pure", line=line)
        for line in self._watch.faults:
            self.tell("problem", check="evidence", line=line)
        self.tell("done")

    def _probes(self, found: Registry, context: Context) -> None:
        profiles = self._profiles(found)
        if self._request.own:
            for profile in profiles or (None,):
                self._hostile(found, context, profile)
                self._cards(found, context, profile)
        # Without the plugin the same texts are read, in no region or another's.
        for place in issuers(profiles[0].code if profiles else self._request.code):
            for probe in national(load_catalogue(), place):
                self._read("others", probe, found, context)
        for profile in profiles or (None,):
            for probe in national(load_catalogue(), "青川县临溪镇"):
                self._read("home", probe, found, replace(context, region=profile))

    def _profiles(self, found: Registry) -> tuple[RegionProfile, ...]:
        codes = self._names(found, "nianbao_regions")
        return tuple(profile for profile in found.regions if profile.code in codes)

    def _hostile(self, found: Registry, context: Context, profile: RegionProfile | None) -> None:
        whole = catalogue_in(found, context, profile)
        words = "".join(f"{each.text}。" for _, each in own_examples(whole))
        for probe in hostile(words):
            self._read("hostile", probe, found, replace(context, region=profile))
            if not probe.framed:
                self._directly(probe, found, replace(context, region=profile, catalogue=whole))

    def _directly(self, probe: Probe, found: Registry, context: Context) -> None:
        """Call the plugin's extractors for what the core would not even call a report."""
        document = document_of(probe.name, probe.text)
        context = replace(context_of(found, document, context), report=_report(document))
        for extractor in found.extractors:
            if extractor.name in self._names(found, "nianbao_extractors"):
                told = guarded(extractor.name, "extract", extractor.extract, document, context)
                if isinstance(told, Failure):
                    self.tell(
                        "problem", check="hostile", line=f"“{probe.name}”：{extractor.name} {told.error}"
                    )

    def _names(self, found: Registry, hook: str) -> set[str]:
        return {
            name
            for plugin in found.plugins
            if plugin.name in self._own
            for kind, given in plugin.records
            if kind == hook
            for name in given
        }

    def _cards(self, found: Registry, context: Context, profile: RegionProfile | None) -> None:
        """Run the examples and counter-examples of the cards that the plugin adds or adds to."""
        self.tell("begin", what="指标卡的例句")
        if profile is None:
            return
        whole = catalogue_in(found, context, profile)
        context = replace(context, region=profile, catalogue=whole)
        count = 0
        for card, example in own_examples(whole):
            count += 1
            told = found_values(found, context, card, example.text)
            wanted = sorted(Decimal(value) for value in example.values)
            if sorted(told) != wanted:
                line = f"{card}：“{example.text}”应读出 {_shown(wanted)}，却读出 {_shown(sorted(told))}"
                self.tell("problem", check="cards", line=line)
        self.tell("counted", what="cards", count=count)

    def _read(self, group: str, probe: Probe, found: Registry, context: Context) -> None:
        document = document_of(f"{probe.name}.txt", probe.text)
        self._reading(group, probe.name, lambda: analyse_parts(found, document, context), len(probe.text))

    def _reading(
        self, group: str, name: str, read: Callable[[], tuple[Report, ...]], length: int = 0
    ) -> None:
        """Read something twice, and tell what came of it."""
        self.tell("begin", what=name)
        self._watch.seconds = 0.0
        first = guarded("nianbao", "analyse", read)
        seconds = self._watch.seconds
        # What others' reports hold is compared with a process that has no plugin.
        second = first if group == "others" else guarded("nianbao", "analyse", read)
        if isinstance(first, Failure) or isinstance(second, Failure):
            told = first if isinstance(first, Failure) else second
            self.tell("problem", check="hostile", line=f"“{name}”：{told.error}")  # type: ignore[union-attr]
            return
        if first != second:
            self.tell("problem", check="repeat", line=f"“{name}”两次读出的不一样")
        for failure in (failure for report in first for failure in report.failures):
            self.tell("failure", plugin=failure.plugin, line=f"“{name}”：{failure.plugin} {failure.error}")
        rows = [report_to_json(report) for report in first]
        self.tell("reading", group=group, name=name, rows=rows, seconds=seconds, length=length)


def catalogue_in(found: Registry, context: Context, profile: RegionProfile | None) -> Catalogue:
    """Return the catalogue in force where a region's profile reads."""
    return catalogue_of(context.catalogue, found.regions, profile) if profile else context.catalogue


def own_examples(whole: Catalogue) -> Iterator[tuple[str, Any]]:
    """Yield (id, example) of what a catalogue adds to the national one, counter-examples included."""
    base = load_catalogue().indicators
    for card in whole.indicators.values():
        known = base.get(card.id)
        old = {*known.examples, *known.counterexamples} if known else set()
        yield from ((card.id, each) for each in (*card.examples, *card.counterexamples) if each not in old)


def found_values(found: Registry, context: Context, indicator: str, sentence: str) -> set[Decimal]:
    """Return the values that all extractors find of an indicator in one sentence of a town's report.

    Args:
        found: the plugins.
        context: with the region and its catalogue.
        indicator: its id.
        sentence: the text.
    """
    document = document_of("例.txt", sentence)
    context = replace(context_of(found, document, context), report=_report(document))
    context = replace(context, reading=read_text(sentence, context.catalogue.units))
    values: set[Decimal] = set()
    for extractor in found.extractors:
        if indicator in extractor.yields or INDICATORS in extractor.yields:
            told = guarded(extractor.name, "extract", _listed, extractor, document, context)
            if not isinstance(told, Failure):
                values |= {s.value for s in told if isinstance(s, Observation) and s.indicator == indicator}
    return values


def _listed(extractor: Extractor, document: Document, context: Context) -> list[Statement]:
    return list(extractor.extract(document, context))


def _report(document: Document) -> Report:
    told = (Attribute(Field.YEAR, "2023", "例", "kit"), Attribute(Field.ISSUER_LEVEL, "town", "例", "kit"))
    return Report(document.name, document.sha256, Status.COMPLETE, told)


def _shown(values: list[Decimal]) -> str:
    return "、".join(map(str, values)) or "不出数字"


def _bounded() -> None:
    """Hold the process to as much memory as a worker may take, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        most = limits().worker_megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def main() -> int:
    """Do what the request says."""
    asked, answers = map(Path, sys.argv[1:3])
    sys.dont_write_bytecode = True
    told = json.loads(asked.read_text("utf-8"))
    told |= {"points": tuple(map(tuple, told["points"])), "search": tuple(told["search"])}
    _bounded()
    with answers.open("a", encoding="utf-8") as stream:
        _Child(Request(**told), stream).run()
    return 0


def written(request: Request) -> str:
    """Return a request as a file holds it."""
    return json.dumps(asdict(request), ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
