"""What the reports of a year share with each other, word for word but for figures and own names."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from nianbao.model.figures import Quote
from nianbao.model.report import SectionKind


@dataclass(frozen=True, slots=True)
class Side:
    """One of two reports that share sentences.

    Args:
        file, part: of the report, as `Report` has them.
        year: that it is about.
        issuer: as a user knows it.
        share: of its own prose, between 0 and 1; what everybody says is not counted.
        passage: the longest passage that both have.
    """

    file: str
    part: int
    year: int
    issuer: str
    share: Decimal
    passage: Quote


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two reports share.

    Args:
        sides: the two, in the order of their files.
        sentences: how many sentences.
        same_figures: how many of them have the same figures too (all that tell none among them).
        parts: the parts of the report that are the same in the main, in their order.
        passage_sentences: how many sentences the longest shared passage has.
    """

    sides: tuple[Side, Side]
    sentences: int
    same_figures: int
    parts: tuple[SectionKind, ...]
    passage_sentences: int


@dataclass(frozen=True, slots=True)
class Stock:
    """Sentences of which many reports are made, so that nobody can tell who had them from whom.

    Args:
        sides: the reports, the one that takes most of it first; `share` counts all of a report's prose, and
            `passage` is its longest passage of such sentences.
        sentences: how many different sentences.
        counts: how many of them each report has, in the order of the sides.
        place: the county or city that all reports belong to; empty where they belong to several.
    """

    sides: tuple[Side, ...]
    sentences: int
    counts: tuple[int, ...]
    place: str
