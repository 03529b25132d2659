"""Plugin packages for the tests of the authoring kit, written out as an author's would lie."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HEAD = """from __future__ import annotations

import os
from decimal import Decimal

from nianbao import Extractor, Observation, Qualifier, Role, hookimpl

ID = "publicity_events"


def told(value, start, end, quote, indicator=ID):
    return Observation(
        indicator, value, "场", Qualifier.EXACT, Role.TOTAL, start, end, quote, None, None,
        start, end, Decimal(1), "odd",
    )


"""
TAIL = """

@hookimpl
def nianbao_extractors():
    yield Extractor(name="odd", yields=frozenset({ID}), extract=extract)
"""


def package(folder: Path, body: str) -> Path:
    """Write a package whose one extractor has this body; return its folder."""
    home = folder / "nianbao-odd"
    home.mkdir()
    (home / "odd_plugin.py").write_text(f"{HEAD}{body}{TAIL}", "utf-8")
    project = '[project]\nname = "nianbao-odd"\n\n[project.entry-points.nianbao]\nodd = "odd_plugin"\n'
    (home / "pyproject.toml").write_text(project, "utf-8")
    return home


def nianbao(folder: Path, *arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the program in a folder; without a terminal."""
    environment = os.environ | {"PYTHONUTF8": "1", "COLUMNS": "100", "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-m", "flows.cli", *arguments],
        cwd=folder,
        env=environment,
        input=stdin or "",
        capture_output=True,
        text=True,
        check=False,
    )
