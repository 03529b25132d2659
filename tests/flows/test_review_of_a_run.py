"""What a run writes of a review: originals, from the archive too, and links from the workbook."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from stepping import run

from flows.request import Request

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "reports"
PAGE = "望海礁街道办事处2023年法治政府建设年度报告.html"
PDF = "青弋县人民政府2023年度法治政府建设工作情况报告.pdf"


def contents(folder: Path) -> list[str]:
    """Return the kinds of the originals that a site shows."""
    return sorted(path.suffix for path in (folder / "o").iterdir())


@pytest.mark.filterwarnings("ignore:Sparkline")
def test_originals_and_links_of_a_run(tmp_path: Path) -> None:
    source, out = tmp_path / "报告", tmp_path / "共享盘 1#"
    source.mkdir()
    shutil.copy2(SAMPLES / PAGE, source)
    with zipfile.ZipFile(source / "全县.zip", "w") as packed:
        packed.write(SAMPLES / PDF, PDF)
    request = Request(str(source), out, year=2023, publish=("review", "workbook"), workers=1)
    run(request)
    site = out / "2023年度核对"
    # What lies in a zip comes from the archive.
    assert contents(site) == [".html", ".webp", ".webp", ".webp", ".webp"]
    [book] = out.glob("*.xlsx")
    links = [
        cell.hyperlink
        for row in openpyxl.load_workbook(book)["指标明细"].iter_rows()
        for cell in row
        if cell.hyperlink and cell.hyperlink.target
    ]
    pages = {(out / unquote(link.target)).name for link in links}
    assert pages == {path.name for path in (site / "r").iterdir()}
    assert len(links) > 50
