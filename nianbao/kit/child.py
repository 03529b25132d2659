"""Reads the probes with or without a plugin, in a process of its own, and tells line by line what came of it.

`python -m nianbao.kit.child REQUEST ANSWERS`: both are files; a plugin may print what it likes. The process
ends when its standard input does.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from nianbao.catalogue import load_catalogue
from nianbao.guard import guarded
from nianbao.kit.examples import example_faults, listed, own_examples, town_report
from nianbao.kit.goldens import golden_reports, read_golden, readings
from nianbao.kit.locating import all_points
from nianbao.kit.probes import Probe, document_of, hostile, issuers, national
from nianbao.kit.request import Request, Task, read_request
from nianbao.kit.watching import Watch
from nianbao.limits import limits
from nianbao.manager import Registry, build_registry
from nianbao.model import Document, Failure, Report
from nianbao.records import Context, Extractor, RegionProfile
from nianbao.regions import catalogue_of
from nianbao.steps import analyse_parts, context_of, make_context

_Rows = list[Any]
_Told = tuple[_Rows, tuple[Failure, ...], int]


@dataclass(frozen=True, slots=True)
class _Job:
    """Something to read.

    Args:
        group: what for: `hostile`, `direct`, `others`, `home`, `golden`.
        name: of the text.
        read: reads it; gives back what is compared, what failed, and the text's length in characters.
        region: the name of the profile that reads it, where the plugin brings several.
    """

    group: str
    name: str
    read: Callable[[], _Told]
    region: str = ""


class _Child:
    """One process's work."""

    def __init__(self, request: Request, answers: TextIO) -> None:
        self._request, self._answers = request, answers
        self._watch = Watch()
        self._own = {name for name, _ in request.points}
        self._context = make_context()

    def tell(self, event: str, **told: Any) -> None:
        """Write an answer; at once, so that it stands there should the process die."""
        self._answers.write(json.dumps({"event": event} | told, ensure_ascii=True) + "\n")
        self._answers.flush()

    def run(self) -> None:
        """Load the plugin and read everything."""
        task = self._request.task
        found = self._loaded()
        if task is Task.WHOLE:
            self._cards(found)
        jobs = list(self._jobs(found))
        for job in reversed(jobs) if task is Task.AGAIN else jobs:
            self._do(job)
        for line in self._watch.incidents:
            self.tell("problem", check="pure", line=line)
        for line in self._watch.faults:
            self.tell("problem", check="evidence", line=line)
        self.tell("done")

    def _loaded(self) -> Registry:
        self.tell("begin", what="装载")
        self._watch.begin()
        plugin = self._request.plugin
        points = all_points(plugin, is_there=False)
        # The others are there first: what they do is not the plugin's, and nothing in its folder hides them.
        for point in points:
            guarded(point.name, "import", point.load)
        if self._request.task is not Task.WITHOUT:
            sys.path[:0] = self._request.search
            points = all_points(plugin, is_there=True)
        with self._watch.watching():
            found = build_registry(points)
        for each in found.plugins:
            if each.name in self._own:
                names = [[hook, list(given)] for hook, given in each.records]
                failures = [failure.error for failure in each.failures]
                self.tell("loaded", plugin=each.name, records=names, failures=failures)
        # What the built-in checks say follows from what was read; it is none of the plugin's, and takes long.
        checks = self._names(found, "nianbao_validators")
        own = tuple(each for each in found.validators if each.name in checks)
        if any(each.scope == "yearbook" for each in own):
            self.tell("unwatched", what="年度校验")
        return self._watch.registry(replace(found, validators=own), self._own)

    def _jobs(self, found: Registry) -> Iterator[_Job]:
        """Yield what this process is to read; a text that two processes compare has one name in both."""
        task, profiles = self._request.task, self._profiles(found)
        if task in (Task.WHOLE, Task.AGAIN):
            for profile in profiles or (None,):
                several = profile.name if profile and len(profiles) > 1 else ""
                yield from (replace(job, region=several) for job in self._hostile(found, profile))
                yield from (replace(job, region=several) for job in self._home(found, profile))
        codes = tuple(profile.code for profile in profiles) or self._request.codes
        if codes and task in (Task.WHOLE, Task.WITHOUT):
            yield from self._others(found, codes)
        if task is Task.WITHOUT and codes:
            yield from self._home(found, None)
        for path in golden_reports(self._request.plugin.reports):
            yield _Job("golden", path.name, partial(_golden, found, self._context, path))

    def _profiles(self, found: Registry) -> tuple[RegionProfile, ...]:
        codes = self._names(found, "nianbao_regions")
        return tuple(profile for profile in found.regions if profile.code in codes)

    def _names(self, found: Registry, hook: str) -> set[str]:
        return {
            name
            for plugin in found.plugins
            if plugin.name in self._own
            for kind, given in plugin.records
            if kind == hook
            for name in given
        }

    def _hostile(self, found: Registry, profile: RegionProfile | None) -> Iterator[_Job]:
        context = self._in_region(found, profile)
        words = "".join(f"{each.text}。" for _, each in own_examples(context.catalogue))
        extractors = self._names(found, "nianbao_extractors")
        own = [each for each in found.extractors if each.name in extractors]
        for probe in hostile(words):
            # What is long repeats itself: it asks for patience, and tells nothing new of order.
            if probe.is_long and self._request.task is Task.AGAIN:
                continue
            if probe.framed:
                yield self._job("hostile", probe, found, replace(self._context, region=profile))
            elif own:
                # No report, so that the core would not even ask for its figures.
                read = partial(_direct, found, own, probe, context)
                yield _Job("direct", probe.name, read)

    def _home(self, found: Registry, profile: RegionProfile | None) -> Iterator[_Job]:
        for probe in national(load_catalogue(), "青川县临溪镇"):
            yield self._job("home", probe, found, replace(self._context, region=profile))

    def _others(self, found: Registry, codes: tuple[str, ...]) -> Iterator[_Job]:
        for place in issuers(codes):
            for probe in national(load_catalogue(), place):
                yield self._job("others", probe, found, self._context)

    def _job(self, group: str, probe: Probe, found: Registry, context: Context) -> _Job:
        document = document_of(f"{probe.name}.txt", probe.text)
        return _Job(group, probe.name, partial(_analysed, found, document, context))

    def _cards(self, found: Registry) -> None:
        """Run the examples and counter-examples of the cards that the plugin adds or adds to."""
        self.tell("begin", what="指标卡的例句")
        count = 0
        for profile in self._profiles(found):
            context = self._in_region(found, profile)
            count += sum(1 for _ in own_examples(context.catalogue))
            for line in example_faults(found, context):
                self.tell("problem", check="cards", line=line)
        self.tell("counted", what="cards", count=count)

    def _in_region(self, found: Registry, profile: RegionProfile | None) -> Context:
        """Return the context in which a region's profile reads."""
        if profile is None:
            return self._context
        catalogue = catalogue_of(self._context.catalogue, found.regions, profile)
        return replace(self._context, region=profile, catalogue=catalogue)

    def _do(self, job: _Job) -> None:
        """Read something, and tell what came of it."""
        self.tell("begin", what=job.name)
        self._watch.seconds = 0.0
        told = guarded("nianbao", "analyse", job.read)
        seconds = self._watch.seconds
        if isinstance(told, Failure):
            self.tell("problem", check="hostile", line=f"“{job.name}”：{told.error}")
            return
        rows, failures, length = told
        for failure in failures:
            line = f"“{job.name}”：{failure.plugin} {failure.error}"
            self.tell("failure", plugin=failure.plugin, line=line)
        what = {"group": job.group, "name": job.name, "region": job.region}
        self.tell("reading", **what, rows=rows, seconds=seconds, length=length)


def _analysed(found: Registry, document: Document, context: Context) -> _Told:
    return _told(analyse_parts(found, document, context), len(document.text))


def _golden(found: Registry, context: Context, path: Path) -> _Told:
    return _told(*read_golden(found, context, path))


def _told(reports: tuple[Report, ...], length: int) -> _Told:
    failures = tuple(failure for report in reports for failure in report.failures)
    return list(readings(reports)), failures, length


def _direct(found: Registry, own: list[Extractor], probe: Probe, context: Context) -> _Told:
    """Call the plugin's extractors for what is no report; give back a digest of what they state."""
    document = document_of(probe.name, probe.text)
    context = replace(context_of(found, document, context), report=town_report(document))
    rows: _Rows = []
    failures: list[Failure] = []
    for extractor in own:
        told = guarded(extractor.name, "extract", listed, extractor, document, context)
        if isinstance(told, Failure):
            failures.append(told)
        else:
            rows.append(hashlib.sha256("\n".join(map(repr, told)).encode(errors="replace")).hexdigest())
    return rows, tuple(failures), len(probe.text)


def _bounded() -> None:
    """Hold the process to as much memory as a worker may take, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        most = limits().worker_megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _end_with_parent() -> None:
    """Have this process end where the one that started it does: what hangs would stay for ever."""
    line = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)

    def wait() -> None:
        os.read(line, 1)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def main() -> int:
    """Do what the request says."""
    asked, answers = map(Path, sys.argv[1:3])
    sys.dont_write_bytecode = True
    request = read_request(asked.read_text("utf-8"))
    _end_with_parent()
    _bounded()
    with answers.open("a", encoding="utf-8") as stream:
        _Child(request, stream).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
