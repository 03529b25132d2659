"""Readings held against a gold reading: how many figures are found, and what was missed or invented."""

from nianbao.evaluation.comparing import Comparison, compare, saved
from nianbao.evaluation.exhibits import Exhibit, ExhibitKind, exhibit
from nianbao.evaluation.gold import Gold, read_gold, stem_of
from nianbao.evaluation.results import Evaluation, Mistake, MistakeKind, Share, Tally
from nianbao.evaluation.scoring import FIELDS, score

__all__ = [
    "FIELDS",
    "Comparison",
    "Evaluation",
    "Exhibit",
    "ExhibitKind",
    "Gold",
    "Mistake",
    "MistakeKind",
    "Share",
    "Tally",
    "compare",
    "exhibit",
    "read_gold",
    "saved",
    "score",
    "stem_of",
]
