"""The programs that check deployments/, run on a file; where one is lacking, `lacking` decides."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from needs import lacking

ROOT = Path(__file__).resolve().parents[2]
DEPLOYMENTS = ROOT / "deployments"


def program(name: str, where: str) -> str:
    """Return the path of a program: beside this Python, or on the path.

    Args:
        name: of the program.
        where: it comes from, for who lacks it.
    """
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        lacking(f"needs {name} ({where})")
    return found


def told_by(command: list[str], cwd: Path | None = None, **environment: str) -> tuple[int, str]:
    """Run a program to its end; return its exit status and all that it printed."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=300,
    )
    return done.returncode, done.stdout


def broken(original: Path, old: str, new: str, folder: Path) -> Path:
    """Return a copy of a file in which one thing is otherwise."""
    text = original.read_text("utf-8")
    assert old in text, f"{original.name} has no {old!r} to break"
    copy = folder / original.name
    copy.write_text(text.replace(old, new), "utf-8")
    return copy
