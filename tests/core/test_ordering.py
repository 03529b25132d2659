"""Extractors run after what they need."""

from __future__ import annotations

import pytest

from nianbao.ordering import in_order
from nianbao.records import Extractor


def extractor(name: str, yields: str = "", needs: str = "") -> Extractor:
    return Extractor(name, frozenset(yields.split()), lambda document, given: (), frozenset(needs.split()))


@pytest.mark.parametrize(
    ("extractors", "order", "left_out"),
    [
        ([extractor("b"), extractor("a")], "a b", ""),
        ([extractor("a", "x", "y"), extractor("b", "y")], "b a", ""),
        ([extractor("a", "x", "y"), extractor("b", "y"), extractor("c", "y")], "b c a", ""),
        ([extractor("a", "x", "x")], "a", ""),
        ([extractor("a", "x", "nobody")], "a", ""),
        ([extractor("a", "x", "y"), extractor("b", "y", "x")], "a", "b"),
        ([extractor("b", "x", "y"), extractor("a", "y", "x")], "b", "a"),
        ([extractor("a", "x", "z"), extractor("b", "y", "x"), extractor("c", "z", "y")], "a b", "c"),
        ([extractor("a", "x", "y"), extractor("b", "y", "x z"), extractor("c", "z", "x")], "a c", "b"),
    ],
)
def test_extractors_run_after_what_they_need(extractors: list[Extractor], order: str, left_out: str) -> None:
    standing = {each.name: rank for rank, each in enumerate(extractors)}
    ordered, failures = in_order(extractors, standing)
    assert " ".join(failure.plugin for failure in failures) == left_out
    assert " ".join(each.name for each in ordered) == order
