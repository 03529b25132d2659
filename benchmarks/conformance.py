"""Processor time that testing a region's plugin takes: `python benchmarks/conformance.py [PLUGIN]`.

Without an argument the plugin is the scaffold of a province.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from nianbao.kit.asking import ask
from nianbao.kit.locating import Plugin, locate
from nianbao.kit.request import Task, request_for
from nianbao.kit.scaffold import names_of, scaffold

TOLD = {
    Task.WHOLE: "all texts and examples",
    Task.AGAIN: "again, by another hash seed",
    Task.WITHOUT: "without the plugin",
    Task.GOLDENS: "golden reports alone",
}


def measured(plugin: Plugin) -> None:
    codes: tuple[str, ...] = ()
    for task, told in TOLD.items():
        before, began = used(), time.perf_counter()
        answers = ask(request_for(plugin, task, codes), seed=1)
        took = time.perf_counter() - began
        if answers.ended:
            sys.exit(answers.ended)
        codes = codes or tuple(
            name
            for each in answers.of("loaded")
            for hook, names in each["records"]
            if hook == "nianbao_regions"
            for name in names
        )
        texts = len(answers.of("reading"))
        print(f"{told:28} {texts:3} texts  {used() - before:5.1f} s of a core, {took:5.1f} s by the clock")


def used() -> float:
    """Return the processor time of all processes that have ended, in seconds."""
    told = resource.getrusage(resource.RUSAGE_CHILDREN)
    return told.ru_utime + told.ru_stime


def main() -> None:
    if len(sys.argv) > 1:
        measured(locate(sys.argv[1]))
        return
    with TemporaryDirectory() as folder:
        names = names_of("浙江")
        scaffold(names, Path(folder))
        measured(locate(str(Path(folder) / names.package)))


if __name__ == "__main__":
    main()
