from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import App, report_lines, running, summarise, write_docx


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of a run over two reports, one of which contradicts itself."""
    folder = tmp_path_factory.mktemp("办公室")
    write_docx(folder / "报告" / "旺草镇.docx", report_lines(ordinary=17, again=32))
    write_docx(folder / "报告" / "风华镇.docx", report_lines("风华镇"))
    return summarise(folder / "报告", folder / "结果")


@pytest.fixture(scope="module")
def app(results: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app over these results, for the tests of a file."""
    with running(tmp_path_factory.mktemp("本机"), results, NIANBAO_FILE_MEGABYTES="1") as started:
        yield started
