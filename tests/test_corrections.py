"""Corrections: how they are bound to what was seen, and what becomes of them when the reports change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from nianbao.catalogue import load_catalogue
from nianbao.corrections import (
    Entered,
    Reports,
    Told,
    apply_corrections,
    bind,
    evidence_of,
    read_corrections,
    write_corrections,
)
from nianbao.model import (
    Attribute,
    Correction,
    CorrectionState,
    Entry,
    Field,
    Figure,
    FigureStatus,
    Observation,
    Qualifier,
    Report,
    Role,
    Status,
)

CASES = "enforcement_cases"
FINE = "penalty_amount"
ORDER = {name: place for place, name in enumerate(load_catalogue().indicators)}
TODAY = date(2024, 5, 6)


def entry(
    value: int | None = 672, quote: str = "办理行政执法案件672件", town: str = "白水镇", *, file: str = ""
) -> Entry:
    told = {
        "year": "2023",
        "issuer": f"青石县{town}人民政府",
        "issuer_level": "town",
        "county": "青石县",
        "town": town,
    }
    attributes = tuple(Attribute(Field(name), text, "", "identity") for name, text in told.items())
    text = f"一年来，{quote}。"
    observations: tuple[Observation, ...] = ()
    figures: tuple[Figure, ...] = ()
    if value is not None:
        number = Decimal(value)
        start = text.index(quote)
        observations = (
            Observation(
                CASES,
                number,
                "件",
                Qualifier.EXACT,
                Role.TOTAL,
                start,
                start + len(quote),
                quote,
                number,
                number,
                start,
                start + 1,
                Decimal(1),
                "indicators",
            ),
        )
        figures = (Figure(CASES, number, FigureStatus.STATED, False, (0,)),)
    report = Report(
        file or f"{town}.docx",
        "00",
        Status.COMPLETE,
        attributes,
        observations=observations,
        figures=figures,
    )
    return Entry(report, ("第1段",) * len(observations), "docx", text)


def entered(**changes: object) -> Entered:
    plain = Entered(2, "白水镇", 2023, CASES, Decimal(702), "三类相加为702", "王敏", TODAY)
    return replace(plain, **changes)  # type: ignore[arg-type]


def correction(before: Entry, **changes: object) -> Correction:
    return replace(bind(entered(), Reports([before])), **changes)  # type: ignore[arg-type]


def test_a_correction_takes_the_place_of_what_was_read() -> None:
    seen = entry()
    (after,), (outcome,) = apply_corrections([seen], [correction(seen)], ORDER)
    figure = after.report.figure(CASES)
    assert figure is not None
    assert (figure.value, figure.status, figure.sources) == (Decimal(702), FigureStatus.STATED, (0,))
    assert figure.correction is not None
    assert (figure.correction.old, figure.correction.reason) == (Decimal(672), "三类相加为702")
    assert (outcome.state, outcome.told) == (CorrectionState.APPLIED, "已采用")


def test_the_report_itself_keeps_what_was_read() -> None:
    seen = entry()
    (after,), _ = apply_corrections([seen], [correction(seen)], ORDER)
    assert after.report.observations == seen.report.observations
    assert after.text == seen.text


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (entry(680, "办理行政执法案件680件"), "更正时读出的是672，现在是680"),
        (entry(672, "全镇办理行政执法案件672件"), "读出的仍是672，但所依据的原文已变"),
        (entry(None, "办理行政执法案件若干"), "更正时读出的是672，现在是未提及"),
    ],
    ids=["value", "sentence", "silent"],
)
def test_a_correction_goes_stale_when_the_source_changes(now: Entry, told: str) -> None:
    (after,), (outcome,) = apply_corrections([now], [correction(entry())], ORDER)
    assert after == now
    assert outcome.state is CorrectionState.STALE
    assert told in outcome.told


def test_blanks_and_widths_are_no_change() -> None:
    now = entry(672, "办理 行政执法案件６７２件")
    _, (outcome,) = apply_corrections([now], [correction(entry())], ORDER)
    assert outcome.state is CorrectionState.APPLIED


def test_a_report_that_was_mended_needs_no_correction() -> None:
    now = entry(702, "办理行政执法案件702件")
    (after,), (outcome,) = apply_corrections([now], [correction(entry())], ORDER)
    assert after == now
    assert outcome.state is CorrectionState.NEEDLESS


def test_a_figure_that_was_not_read_is_entered() -> None:
    seen = entry(None, "案件办了七百零二件之多")
    (after,), (outcome,) = apply_corrections([seen], [correction(seen)], ORDER)
    figure = after.report.figure(CASES)
    assert figure is not None
    assert (figure.value, figure.sources) == (Decimal(702), ())
    assert outcome.state is CorrectionState.APPLIED
    _, (later,) = apply_corrections([entry(None, "别的文字")], [correction(seen)], ORDER)
    assert later.state is CorrectionState.STALE


def test_a_figure_that_is_none_is_withdrawn() -> None:
    seen = entry()
    (after,), _ = apply_corrections([seen], [correction(seen, value=None)], ORDER)
    figure = after.report.figure(CASES)
    assert figure is not None
    assert (figure.value, figure.status) == (None, FigureStatus.WITHDRAWN)


def test_a_correction_finds_the_version_that_it_saw() -> None:
    seen, other = entry(file="甲.docx"), entry(680, "办理行政执法案件680件", file="乙.docx")
    after, (outcome,) = apply_corrections([other, seen], [correction(seen)], ORDER)
    assert [figure.value for each in after for figure in each.report.figures] == [680, 702]
    assert (outcome.state, outcome.file) == (CorrectionState.APPLIED, "甲.docx")


def test_of_two_corrections_the_later_holds_and_the_absent_are_told_first() -> None:
    seen = entry()
    ledger = [
        correction(seen),
        correction(seen, value=Decimal(700)),
        correction(seen, issuer="青石县黑水镇"),
    ]
    (after,), outcomes = apply_corrections([seen], ledger, ORDER)
    assert [figure.value for figure in after.report.figures] == [700]
    assert [outcome.state for outcome in outcomes] == [CorrectionState.ABSENT, CorrectionState.APPLIED]


def test_binding_enters_what_is_seen() -> None:
    seen = entry()
    bound = bind(entered(issuer="白水镇政府"), Reports([seen]))
    assert (bound.issuer, bound.old, bound.evidence) == (
        "青石县白水镇",
        Decimal(672),
        evidence_of(seen, CASES),
    )


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"issuer": "黑水镇"}, "没有“黑水镇”2023年度的报告"),
        ({"old": Decimal(600)}, "原值写为600，现在读出的是672"),
        ({"old": Told.UNSAID}, "原值写为未提及，现在读出的是672"),
    ],
)
def test_what_fits_no_report_is_refused(changes: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        bind(entered(**changes), Reports([entry()]))


def test_a_name_that_several_issuers_bear_is_refused() -> None:
    far = entry()
    attributes = tuple(
        replace(each, value=each.value.replace("青石县", "赤石县")) for each in far.report.attributes
    )
    far = replace(far, report=replace(far.report, attributes=attributes))
    reports = Reports([entry(), far])
    with pytest.raises(ValueError, match="有2个单位都叫“白水镇”"):
        bind(entered(), reports)
    assert bind(entered(issuer="赤石县白水镇"), reports).issuer == "赤石县白水镇"


def test_the_ledger_comes_back_from_yaml(tmp_path: Path) -> None:
    infos = load_catalogue().infos()
    ledger = [correction(entry()), correction(entry(), indicator=FINE, old=None, value=Decimal("30000.5"))]
    path = tmp_path / "更正.yml"
    path.write_text(write_corrections(ledger, {info.id: info.name for info in infos}), encoding="utf-8")
    found = read_corrections(path, infos, date(2030, 1, 1))
    assert found.faults == ()
    bound = [bind(read, Reports([])) for read in found.entries]
    assert bound == sorted(ledger, key=lambda each: each.key)
