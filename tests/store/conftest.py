from __future__ import annotations

from pathlib import Path

import pytest
from store_packages import exported, filled

from nianbao.archive import Archive


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A store of three reports and two contents, in its file."""
    archive = Archive(tmp_path / "from")
    filled(str(tmp_path / "from.db"), archive)
    return exported(str(tmp_path / "from.db"), archive, tmp_path / "备份.zip")
