"""A fictional county's year, with everything in it that a workbook must show."""

# ruff: noqa: E501  tables stay on one line
from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from nianbao import (
    Attribute,
    Entry,
    Failure,
    Field,
    Figure,
    FigureStatus,
    Finding,
    IndicatorInfo,
    Numeral,
    NumeralReason,
    Observation,
    Qualifier,
    Quote,
    Report,
    Role,
    RosterEntry,
    RosterOutcome,
    RunRecord,
    Section,
    SectionKind,
    Severity,
    Status,
    Yearbook,
)

PARTS = (SectionKind.ACHIEVEMENTS, SectionKind.PROBLEMS, SectionKind.RESPONSIBILITY, SectionKind.PLAN)
INDICATORS = tuple(
    IndicatorInfo(*row)
    for row in (
        ("leadership_meetings", "法治建设专题会议次数", "leadership", "组织领导", "count", "次", "党委、政府研究部署法治建设的专题会议次数"),
        ("center_group_study", "中心组学法次数", "leadership", "组织领导", "count", "次", "党委（党组）理论学习中心组学法的次数"),
        ("law_exam_participants", "学法考试参加人数", "leadership", "组织领导", "people", "人", "国家工作人员参加学法用法考试人数"),
        ("law_exam_pass_rate", "学法考试合格率", "leadership", "组织领导", "rate", "%", "学法考试的合格率"),
        ("staff_training_sessions", "法治培训场次", "leadership", "组织领导", "count", "场", "面向干部、执法人员的法治培训次数"),
        ("services_handled", "办理政务服务件数", "functions", "政府职能", "count", "件", "一年内办理的服务、审批事项件数"),
        ("licensing_cases", "行政许可件数", "functions", "政府职能", "count", "件", "一年内作出行政许可件数"),
        ("normative_docs_issued", "制发规范性文件件数", "rules", "制度建设", "count", "件", "一年内制定行政规范性文件件数；明确“没有制定”记0"),
        ("legality_reviews", "合法性审查件数", "rules", "制度建设", "count", "件", "规范性文件、重大决策、执法决定等合法性审核件数（不含合同）"),
        ("contracts_reviewed", "合同文书审查件数", "rules", "制度建设", "count", "件", "审查政府、村级合同、协议、法律文书件数"),
        ("major_decisions", "重大行政决策件数", "decisions", "行政决策", "count", "件", "作出或列入目录的重大行政决策事项数"),
        ("legal_opinions", "法律意见件数", "decisions", "行政决策", "count", "件", "法律顾问出具法律意见件数"),
        ("legal_consultations", "法律咨询人次", "decisions", "行政决策", "people", "人次", "解答、提供法律咨询的次数或人次"),
        ("enforcement_cases", "行政执法案件总数", "enforcement", "行政执法", "count", "件", "各类行政执法案件合计"),
        ("penalty_cases", "行政处罚案件数", "enforcement", "行政执法", "count", "件", "作出行政处罚决定件数"),
        ("penalty_amount", "罚没金额", "enforcement", "行政执法", "amount", "元", "行政处罚罚没金额，折算为元"),
        ("inspections", "行政检查次数", "enforcement", "行政执法", "count", "次", "行政检查、巡查次数"),
        ("enforcement_officers", "行政执法人员数", "enforcement", "行政执法", "people", "人", "执法人员人数（含持证人数，若只给出持证人数）"),
        ("certification_rate", "持证上岗率", "enforcement", "行政执法", "rate", "%", "执法人员持证率"),
        ("illegal_structures", "查处违建处数", "enforcement", "行政执法", "count", "处", "查处、拆除违法建设处数（面积不计入）"),
        ("hazards_found", "排查隐患数", "emergency", "应急处置", "count", "处", "安全生产等检查发现隐患数"),
        ("disputes_mediated", "受理调解纠纷件数", "disputes", "矛盾纠纷", "count", "件", "受理、调解矛盾纠纷件数"),
        ("disputes_resolved", "化解纠纷件数", "disputes", "矛盾纠纷", "count", "件", "调解成功的纠纷件数"),
        ("dispute_resolution_rate", "纠纷化解率", "disputes", "矛盾纠纷", "rate", "%", "调解成功率"),
        ("reconsideration_cases", "行政复议案件数", "disputes", "矛盾纠纷", "count", "件", "被申请的行政复议案件数；“未发生”记0"),
        ("litigation_cases", "行政诉讼案件数", "oversight", "权力监督", "count", "件", "作为被告的行政诉讼案件数；“未发生”记0"),
        ("appearance_rate", "负责人出庭应诉率", "oversight", "权力监督", "rate", "%", "行政机关负责人出庭应诉率"),
        ("proposals_handled", "建议提案办理件数", "oversight", "权力监督", "count", "件", "人大代表建议、政协提案办理件数"),
        ("publicity_events", "普法宣传活动场次", "publicity", "法治宣传", "count", "场", "普法、法治宣传活动场次"),
        ("publicity_materials", "发放宣传资料份数", "publicity", "法治宣传", "count", "份", "发放宣传手册、传单、资料份数"),
    )
)  # fmt: skip
EXACT, AT_LEAST, ABOUT = Qualifier.EXACT, Qualifier.AT_LEAST, Qualifier.ABOUT
TOWNS = [
    "白云",
    "青石",
    "柳河",
    "大桥",
    "东关",
    "南关",
    "龙泉",
    "双塔",
    "新安",
    "太平",
    "红旗",
    "石门",
    "长岭",
    "清水",
    "金沙",
    "望江",
    "古城",
    "兴隆",
]


def attributes(**values: object) -> tuple[Attribute, ...]:
    """Return a report's identity; a value of None is left out."""
    return tuple(
        Attribute(Field(name), str(value), "测试", "identity")
        for name, value in values.items()
        if value is not None
    )


def observation(
    indicator: str, value: str, *, unit: str = "件", qualifier: Qualifier = EXACT, role: Role = Role.TOTAL,
    quote: str = "", start: int = 0,
) -> Observation:  # fmt: skip
    """Return a statement whose numbers are as told; its span is only as good as a publisher needs."""
    quote = quote or f"全年共办理{value}{unit}"
    end = start + len(quote)
    return Observation(
        indicator, Decimal(value), unit, qualifier, role, start, end, quote, Decimal(value),
        Decimal(value) if qualifier is EXACT else None, start, end, Decimal("0.9"), "indicators", "线索“普法”",
    )  # fmt: skip


def sections(*kinds: SectionKind, level: int = 1) -> tuple[Section, ...]:
    """Return headings of these kinds."""
    return tuple(Section(f"{n}、标题", kind, n, n + 1, level, "outline") for n, kind in enumerate(kinds, 1))


def town_report(index: int, name: str) -> Entry:
    """Return a town's report: plausible figures, with one oddity or another."""
    place = {"province": "河东省", "city": "安平市", "county": "清源县"}
    kind = "街道" if index in {4, 5} else "镇"
    observations: list[Observation] = []
    figures: list[Figure] = []
    for number, info in enumerate(INDICATORS):
        if (index * 7 + number * 5) % 3 == 0:
            continue
        _tell(info, index, number, observations, figures)
    office = "办事处" if kind == "街道" else "人民政府"
    report = Report(
        file=f"清源县/2024/{name}{kind}2024年度法治政府建设年度报告.docx",
        sha256=f"{index:064x}",
        status=Status.PARTIAL if index == 7 else Status.COMPLETE,
        attributes=attributes(
            title=f"{name}{kind}2024年度法治政府建设情况报告", year=2024, issuer=f"清源县{name}{kind}{office}",
            issuer_level="town", **place, town=f"{name}{kind}", division_code=f"990123{index:03d}",
            published="2025-04-11" if index == 3 else f"2025-03-{index + 1:02d}",
        ),
        sections=sections(*PARTS[: 3 if index % 6 == 5 else 4])
        + (sections(SectionKind.PLAN, level=2) if index == 11 else ()),
        observations=tuple(observations),
        figures=tuple(figures),
        numerals=tuple(Numeral(n, n + 2, "12", NumeralReason.UNCLAIMED) for n in range(index % 4)),
        findings=town_findings(index, name + kind),
        failures=(Failure("plausibility", "validate", "ZeroDivisionError: division by zero"),) if index == 7 else (),
    )  # fmt: skip
    return Entry(report, tuple(f"第{4 + o.start // 40}段" for o in observations), "docx")


def _tell(
    info: IndicatorInfo, index: int, number: int, observations: list[Observation], figures: list[Figure]
) -> None:
    value, first = _value(info, index, number), len(observations)
    start = 100 + number * 40
    unit = info.unit
    if info.id == "litigation_cases" and index % 2:
        observations.append(observation(info.id, "0", quote="未发生行政诉讼案件", start=start))
        figures.append(Figure(info.id, Decimal(0), FigureStatus.ZERO, False, (first,)))
    elif (index + number) % 11 == 0 and info.dimension == "count":
        observations.append(
            observation(info.id, value, unit=unit, quote=f"{info.name[:-2]}{value}{unit}", start=start)
        )
        other = observation(info.id, f"{int(value) + 3}", unit=unit, role=Role.REPEAT, start=start + 900,
                            quote=f"累计{info.name[:-2]}{int(value) + 3}{unit}")  # fmt: skip
        observations.append(other)
        figures.append(Figure(info.id, Decimal(value), FigureStatus.DISPUTED, False, (first,)))
    elif (index + number) % 13 == 0 and info.dimension == "count":
        for part, kind in ((value, "安全生产类"), ("2", "城市管理类")):
            observations.append(
                observation(
                    info.id, part, unit=unit, role=Role.PART, quote=f"{kind}{part}{unit}", start=start
                )
            )
        figures.append(Figure(info.id, Decimal(value) + 2, FigureStatus.STATED, True, (first, first + 1)))
    else:
        hedge = AT_LEAST if (index + number) % 5 == 0 and info.dimension != "rate" else EXACT
        hedge = ABOUT if info.id == "legal_consultations" and index % 4 == 1 else hedge
        quote = f"全年{info.name.rstrip('数次件人场率')}{value}{'余' if hedge is AT_LEAST else ''}{unit}，较好完成了年度任务"
        observations.append(observation(info.id, value, unit=unit, qualifier=hedge, quote=quote, start=start))
        review = "数字与同级单位相差很大，请核对原文。" if info.id == "penalty_amount" and index == 2 else ""
        figures.append(
            Figure(info.id, Decimal(value), FigureStatus.STATED, False, (first,), hedge, review=review)
        )


def _value(info: IndicatorInfo, index: int, number: int) -> str:
    if info.dimension == "rate":
        return "100" if (index + number) % 3 else f"{90 + index % 9}.{number % 9 + 1}"
    if info.id == "penalty_amount":
        return "146000000" if index == 2 else f"{(index + 1) * 8300}"
    if info.id == "publicity_materials":
        return f"{(index + 2) * 1500}"
    return f"{(index * 13 + number * 17) % 90 + 1}"


def town_findings(index: int, name: str) -> tuple[Finding, ...]:
    """Return what an auditor would say of this town."""
    findings = []
    if index % 4 == 1:
        quote = "全年受理矛盾纠纷672件，其中婚姻家庭269件、邻里172件、土地261件"
        findings.append(Finding(
            "sum", "arithmetic.sum", Severity.ERROR, "矛盾纠纷三类分项相加为702件，与合计672件不符，相差30件。",
            (Quote(10, 10 + len(quote), quote),), "请核对土地纠纷是否应为231件。", ("disputes_mediated",), "分项之和应等于合计",
        ))  # fmt: skip
    if index % 6 == 5:
        findings.append(Finding(
            "missing-part", "outline.missing", Severity.WARNING, "没有找到“下年度主要安排”部分。", (), "请补充该部分，或确认原文是否完整。",
            (), "《法治政府建设与责任落实督察工作规定》关于年度报告内容的要求",
        ))  # fmt: skip
    if index == 3:
        findings.append(Finding(
            "late", "timeliness.late", Severity.WARNING, "公布日期为2025年4月11日，晚于4月1日。", basis="每年4月1日前公开上年度报告",
        ))  # fmt: skip
    if index % 5 == 0:
        findings.append(Finding(
            "numbering", "outline.numbering", Severity.NOTE, f"{name}报告第二部分的序号由（三）跳到（五）。",
            (Quote(50, 56, "（五）加强监督"),), "请核对是否缺少（四）。",
        ))  # fmt: skip
    return tuple(findings)


def county_entries() -> list[Entry]:
    """Return the county's own report and a department's: they must not be added to the towns'."""
    place = {"province": "河东省", "city": "安平市", "county": "清源县"}
    told = (
        observation("penalty_cases", "1260", quote="全县共办理行政处罚案件1260件", start=300),
        observation(
            "publicity_events", "420", unit="场", qualifier=AT_LEAST, quote="开展普法活动420余场", start=700
        ),
    )
    figures = (
        Figure("penalty_cases", Decimal(1260), FigureStatus.STATED, False, (0,)),
        Figure("publicity_events", Decimal(420), FigureStatus.STATED, False, (1,), AT_LEAST),
    )
    county = Report(
        "清源县/2024/清源县人民政府2024年法治政府建设年度报告.pdf", "c" * 64, Status.COMPLETE,
        attributes(title="清源县人民政府2024年法治政府建设年度报告", year=2024, issuer="清源县人民政府",
                   issuer_level="county", **place, division_code="990123", published="2025-03-28"),
        sections(*PARTS), told, (), figures,
    )  # fmt: skip
    failed = Figure("penalty_cases", None, FigureStatus.FAILED, False, ())
    bureau = Report(
        "清源县/2024/县城市管理局.pdf", "d" * 64, Status.PARTIAL,
        attributes(title="清源县城市管理局2024年度法治政府建设工作报告", year=2024, issuer="清源县城市管理局",
                   issuer_level="department", **place, division_code="990123", published="2025-02-19"),
        sections(*PARTS), (), (), (failed,), failures=(Failure("indicators", "extract", "KeyError: '件'"),),
    )  # fmt: skip
    return [Entry(county, ("第2页第9段", "第5页第31段"), "pdf"), Entry(bureau, (), "pdf")]


def broken_entries() -> list[Entry]:
    """Return a file that can't be read, and one that is no annual report."""
    broken = Report(
        "清源县/2024/西岭乡报告.pdf", "e" * 64, Status.UNREADABLE, error="文件已加密（请提供未加密的文件）"
    )
    other = Report(
        "清源县/2024/政府信息公开年报.docx", "f" * 64, Status.NOT_A_REPORT,
        attributes(title="清源县2024年政府信息公开工作年度报告", document_kind="disclosure-report"),
        reason="标题和正文都是政府信息公开工作年度报告",
    )  # fmt: skip
    return [Entry(broken, (), ""), Entry(other, (), "docx")]


def sample_yearbook(towns: int = len(TOWNS), *, roster: bool = True) -> Yearbook:
    """Return the county's year."""
    entries = [town_report(index, name) for index, name in enumerate(TOWNS[:towns])]
    entries += [*county_entries(), *broken_entries()]
    listed = [(entry.report.value(Field.ISSUER) or "", entry.report.value(Field.DIVISION_CODE), entry.report.file)
              for entry in entries[: towns - 1]]  # fmt: skip
    outcomes = [
        RosterOutcome(RosterEntry(name, code, row), (file,))
        for row, (name, code, file) in enumerate(listed, 2)
    ]
    for name in ("清源县西岭乡人民政府", "清源县马头镇人民政府"):
        outcomes.append(RosterOutcome(RosterEntry(name, None, len(outcomes) + 2), ()))
    return Yearbook(
        year=2024,
        title="2024年法治政府建设年度报告汇总",
        entries=tuple(entries),
        indicators=INDICATORS,
        findings=(
            Finding("copied", "copying.shared", Severity.NOTE, "白云镇与青石镇的“存在的不足”部分有7句完全相同。",
                    (Quote(0, 5, "执法力量不足"),), "请提醒两镇结合本地实际修改。"),
            Finding("outlier", "plausibility.peers", Severity.WARNING, "柳河镇罚没金额146,000,000元，是其他乡镇中位数的1,900多倍。",
                    (), "请核对是否误将元写作万元。", ("penalty_amount",)),
        ),
        roster=tuple(outcomes) if roster else None,
        run=RunRecord(
            "run-20250409", datetime(2025, 4, 9, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai")), "0.1.0", "sha256:4be1c0ffee",
            (("indicators", "1"), ("outline", "1"), ("workbook", "1")), (("文件夹", "D:\\年报\\清源县"), ("年度", "2024")),
        ),
    )  # fmt: skip
