"""LibreOffice as the tests start it, with a profile of their own."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

_SECONDS = 300


@dataclass(frozen=True)
class LibreOffice:
    """An installed LibreOffice.

    Attributes:
        program: its `soffice`.
        profile: the folder of its settings, which it makes itself; one start at a time may use it.
    """

    program: str
    profile: Path

    def start(self, *arguments: str) -> None:
        """Start it without a window, and wait until it ends.

        Raises:
            subprocess.SubprocessError: it fails, or is not done within five minutes.
        """
        command = [self.program, f"-env:UserInstallation={self.profile.as_uri()}", "--headless", *arguments]
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)

    def convert(self, form: str, folder: Path, *files: Path) -> None:
        """Convert files in one start.

        Args:
            form: what to make of them, as `--convert-to` takes it: a suffix, and a filter where one is named.
            folder: where the made files come, by the names of the given ones.
            files: what is converted.
        """
        self.start("--convert-to", form, "--outdir", str(folder), *map(str, files))
