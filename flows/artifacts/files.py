"""Where what was published is found: by an address, where the operator has named one, else by its path."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

_DIGITS = 8
# Stands in the setting for the name of the folder of the results, so that one server serves many.
FOLDER = "{out}"


@dataclass(frozen=True, slots=True)
class Folders:
    """Where a run's reports come from and where its results go.

    Args:
        source: the folder, file or address of the reports.
        out: the folder of the results.
        base: the address under which it is served (setting `results_url`); empty where it is not.
    """

    source: str
    out: Path
    base: str = ""

    def told(self, file: str) -> str:
        """Return what a report's file is called: its place below the folder of the reports."""
        return file.removeprefix(f"{self.source.rstrip('/')}/")

    def address(self, path: Path) -> str:
        """Return a file's address; empty where it has none."""
        inside = self._inside(path)
        if not self.base or inside is None:
            return ""
        base = self.base.replace(FOLDER, quote(self.out.expanduser().resolve().name, safe=""))
        return f"{base.rstrip('/')}/{'/'.join(quote(part, safe='') for part in inside.parts)}"

    def name(self, path: Path) -> str:
        """Return what a file is called: its place below the folder, where it is there."""
        inside = self._inside(path)
        return path.name if inside is None else inside.as_posix()

    def digest(self, path: Path) -> str:
        """Return what a file is known by from run to run."""
        return digest_of(self.name(path))

    def _inside(self, path: Path) -> Path | None:
        own, out = path.expanduser().resolve(), self.out.expanduser().resolve()
        return own.relative_to(out) if own.is_relative_to(out) else None


def digest_of(*told: str) -> str:
    """Return eight letters and digits that tell names apart and that a key may hold."""
    return hashlib.sha256("\n".join(told).encode(errors="replace")).hexdigest()[:_DIGITS]
