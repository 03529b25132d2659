"""What is one report stays one: samples, seeds, evaluation reports; one behind another is cut."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from bound_reports import document

from nianbao.intake import list_filings, try_fetch, try_read
from nianbao.manager import intake_registry
from nianbao.model import Document, Download, SourceConfig
from nianbao.parting import find_parts

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"


def real_documents(folder: Path) -> list[Document]:
    found = intake_registry()
    documents = []
    for filing in list_filings(found, SourceConfig(str(folder))):
        download, _ = try_fetch(found, filing)
        if isinstance(download, Download):
            result, _ = try_read(found, download, slow=False)
            documents += [result] if isinstance(result, Document) else []
    return documents


def test_no_sample_is_cut() -> None:
    documents = real_documents(ROOT / "samples" / "reports")
    assert len(documents) > 20
    assert [each.name for each in documents if len(find_parts(each)) > 1] == []


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the seeds are not here")
def test_no_seed_is_cut() -> None:
    documents = real_documents(SHARED / "seeds")
    assert len(documents) == 3
    assert [each.name for each in documents if len(find_parts(each)) > 1] == []


def test_evaluation_reports_are_cut_where_one_is_put_behind_another() -> None:
    folder = ROOT / "tests" / "gold" / "reports"
    texts = [path.read_text("utf-8").strip() for path in sorted(folder.glob("*.txt")) if _is_open(path)]
    for text in texts:
        assert len(find_parts(document(text))) == 1
    cut = [len(find_parts(document(f"{one}\n{other}"))) for one, other in pairwise(texts)]
    assert cut.count(2) >= len(cut) - 2
    assert max(cut) == 2


def _is_open(path: Path) -> bool:
    """33 to 48 are held out."""
    return not 33 <= int(path.name[:2]) <= 48
