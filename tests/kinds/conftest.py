"""Puts the example plugin, and what makes its reports, on the path."""

from __future__ import annotations

import sys

from kindbench import EXAMPLE

sys.path[:0] = [str(EXAMPLE), str(EXAMPLE / "tests")]
