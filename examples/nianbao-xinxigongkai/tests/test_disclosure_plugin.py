"""What an author's own test of this plugin is: the conformance suite, and figures of an invented report."""

from __future__ import annotations

from decimal import Decimal

from nianbao.kit.testing import Conformance, Kit


def test_conformance(nianbao_conformance: Conformance) -> None:
    """Hostile texts, purity, evidence, determinism, speed, golden reports."""
    nianbao_conformance.check()


def test_own_figures(nianbao_kit: Kit) -> None:
    """Some figures of the county's report."""
    figures = nianbao_kit.figures("云岫县人民政府2023年政府信息公开工作年度报告.docx")
    assert figures["disclosure.disclosed_licences_decisions"] == 12846
    assert figures["disclosure.disclosed_charges_fees"] == Decimal("1362.47")
    assert figures["disclosure.requests_handled_total"] == 17
    assert figures["disclosure.suits_review_pending"] == 1
