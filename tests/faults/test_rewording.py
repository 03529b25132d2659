"""Reports reworded truthfully: nothing is raised of them that was not raised before."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

from planting.changes import Source, sources  # noqa: E402
from planting.rewordings import REWORDINGS  # noqa: E402
from rewording import new_ones  # noqa: E402

if TYPE_CHECKING:
    from nianbao import Finding


@pytest.fixture(scope="module")
def samples() -> list[Source]:
    return list(sources(str(ROOT / "samples" / "reports"), 1))


def told(source: Source, text: str) -> list[str]:
    found: list[Finding] = new_ones(source.document, text)
    return [f"{source.name}: {finding.message}" for finding in found]


@pytest.mark.parametrize("reword", REWORDINGS, ids=lambda each: each.__name__)
def test_what_stays_true_is_raised_no_more(reword: Callable[[str], str], samples: list[Source]) -> None:
    texts = [(source, reword(source.text)) for source in samples]
    assert any(text != source.text for source, text in texts)
    assert [each for source, text in texts for each in told(source, text)] == []


def test_what_becomes_untrue_is_raised(samples: list[Source]) -> None:
    changed = [source.text.replace("化解率97.8", "化解率87.9") for source in samples]
    assert any(told(source, text) for source, text in zip(samples, changed, strict=True))
