"""Readings held against a gold reading: how many figures are found, and what was missed or invented."""

from nianbao.evaluation.gold import Gold, read_gold
from nianbao.evaluation.results import Evaluation, Mistake, MistakeKind, Share, Tally
from nianbao.evaluation.scoring import FIELDS, score

__all__ = ["FIELDS", "Evaluation", "Gold", "Mistake", "MistakeKind", "Share", "Tally", "read_gold", "score"]
