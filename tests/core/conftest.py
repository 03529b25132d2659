from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from broken import Writer, writer


@pytest.fixture
def write(tmp_path: Path) -> Iterator[Writer]:
    yield from writer(tmp_path)
