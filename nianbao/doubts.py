"""What a reader was not sure of stays doubtful: figures that were recognised from a picture."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from nianbao.model import Document, Observation, Report

# Below what settling asks a person to look at.
DOUBTFUL = Decimal("0.5")
REVIEW = "扫描件上的这个数字识别得不确定，请核对原件"


def lower_doubtful(report: Report, document: Document) -> Report:
    """Lower the confidence of observations whose figure overlaps a doubtful span of the document."""
    doubts = document.doubts
    if not doubts:
        return report
    return replace(report, observations=tuple(_lowered(each, doubts) for each in report.observations))


def ask_for_review(report: Report, document: Document) -> Report:
    """Mark for review the settled figures that rest on a doubtful observation."""
    doubts = document.doubts
    if not doubts:
        return report
    unsure = {index for index, each in enumerate(report.observations) if is_doubtful(each, doubts)}
    return replace(
        report,
        figures=tuple(
            replace(figure, review=REVIEW if not figure.review else f"{REVIEW}；{figure.review}")
            if unsure.intersection(figure.sources)
            else figure
            for figure in report.figures
        ),
    )


def is_doubtful(observation: Observation, doubts: Sequence[tuple[int, int]]) -> bool:
    """Whether an observation's figure overlaps one of the spans, which are in order."""
    index = bisect_left(doubts, observation.figure_start, key=lambda span: span[1])
    while index < len(doubts) and doubts[index][0] < observation.figure_end:
        if doubts[index][1] > observation.figure_start:
            return True
        index += 1
    return False


def _lowered(observation: Observation, doubts: Sequence[tuple[int, int]]) -> Observation:
    if not is_doubtful(observation, doubts):
        return observation
    return replace(
        observation,
        confidence=min(observation.confidence, DOUBTFUL),
        reason="；".join(filter(None, (observation.reason, "扫描识别不确定"))),
    )
