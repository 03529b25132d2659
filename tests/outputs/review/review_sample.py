"""A small fictional county whose reports hold something of everything that a reviewer meets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from nianbao.corrections import evidence_of
from nianbao.manager import registry
from nianbao.model import Acceptance, Correction, Entry, Field, RunRecord, SourceConfig, Yearbook
from nianbao.review import points_of
from nianbao.steps import entry_of, list_filings, make_context, process
from nianbao.yearbook import make_yearbook

LONG_LINE = 200_000
# A sum that does not come out, a figure told twice and otherwise, parts that add up, a numeral of nobody's.
DOUBTFUL = """云溪县白鹭镇人民政府2024年度法治政府建设工作报告

一、2024年度推进法治政府建设的主要举措和成效
（一）化解矛盾纠纷。全年受理矛盾纠纷672件，其中婚姻家庭纠纷269件、邻里纠纷172件、土地纠纷261件，调解成功660件。
（二）规范行政执法。全年办理行政处罚案件35件，罚没金额12.6万元，开展行政检查420余次。
（三）开展普法宣传。举办普法宣传活动46场次，发放宣传资料1.2万余份，建成展板27块。
（四）自觉接受监督。办理人大代表建议6件、政协委员提案3件，未发生行政诉讼案件。

二、存在的不足和原因
一是执法力量不足。全年共作出行政处罚决定38件，人手偏紧。二是普法形式单一。

三、主要负责人履行推进法治建设第一责任人职责情况
镇党委、政府召开法治建设专题会议4次，党委理论学习中心组学法12次。

四、下一步工作安排
一是加强法治培训。二是补充执法人员。
"""
CLEAN = """云溪县青松镇人民政府2024年度法治政府建设工作报告

一、2024年度推进法治政府建设的主要举措和成效
全年受理矛盾纠纷120件，调解成功118件。举办普法宣传活动20场。

二、存在的不足和原因
一是执法力量不足。

三、主要负责人履行推进法治建设第一责任人职责情况
召开法治建设专题会议3次。

四、下一步工作安排
一是加强法治培训。
"""
# What a page must show as text: markup, script, controls, marks of direction, characters that count as two.
HOSTILE = """云溪县黑石镇人民政府2024年度法治政府建设工作报告

一、2024年度推进法治政府建设的主要举措和成效
</script><script>document.title="坏了"</script><img src=x onerror="document.title='坏了'">
&lt;b&gt;𠮷𠮷𠮷全年受理矛盾纠纷88件，调解成功80件。
<!-- </article> --><style>body{{display:none}}</style>
\u202e倒过来\u202c\x1b[31m红\u200b\ufeff色\u2028\U000e0041𠮷举办普法宣传活动31场次，建成展板9块。
{line}

二、存在的不足和原因
一是<a href="javascript:alert(1)">执法</a>力量不足。

三、主要负责人履行推进法治建设第一责任人职责情况
召开法治建设专题会议5次。

四、下一步工作安排
一是加强法治培训。
"""
REPORTS = {
    "白鹭镇2024.txt": DOUBTFUL,
    "青松镇2024.txt": CLEAN,
    "黑石镇2024.txt": HOSTILE.format(line="长" * LONG_LINE),
}


def entries_of(folder: Path) -> list[Entry]:
    """Return the reports of a folder, read as a run reads them."""
    context = make_context()
    done = [
        process(registry(), filing, context) for filing in list_filings(registry(), SourceConfig(str(folder)))
    ]
    return [entry_of(report, each.document) for each in done for report in each.reports]


def county(folder: Path) -> list[Entry]:
    """Write the county's reports into a folder, a broken file among them; return what is read."""
    for name, text in REPORTS.items():
        (folder / name).write_text(text, "utf-8", newline="\n")
    (folder / "红土镇2024.docx").write_bytes(b"PK\x03\x04 broken")
    return entries_of(folder)


def yearbook_of(
    entries: Sequence[Entry], *, year: int = 2024, run: str = "run-1", corrections: Sequence[Correction] = ()
) -> Yearbook:
    """Return the year's reports put together, the ledger applied."""
    record = RunRecord(run, datetime(2025, 4, 9, 0, 30, tzinfo=UTC), "0.1.0")
    return make_yearbook(
        registry(),
        make_context(),
        year,
        entries,
        roster=None,
        run=record,
        corrections=corrections,
        acceptances=[each for entry in entries for each in _accepted(entry)],
    )


def _accepted(entry: Entry) -> list[Acceptance]:
    """Return that somebody has taken note of the markup in a report; the rest is to be looked at."""
    issuer, year = entry.report.value(Field.ISSUER), entry.report.year
    return [
        Acceptance(issuer, year, each.kind, each.key, each.seen, "李强", date(2025, 4, 1))
        for each in points_of(entry)
        if each.key == "authenticity.markup" and issuer is not None and year is not None
    ]


def corrections_of(entries: Sequence[Entry], issuer: str) -> list[Correction]:
    """Return two corrections of an issuer's report: one that holds, one whose evidence is another now."""
    entry = next(each for each in entries if issuer in each.report.file)
    told = (("publicity_events", evidence_of(entry, "publicity_events")), ("penalty_amount", "0" * 16))
    return [
        Correction(
            f"云溪县{issuer}人民政府", 2024, indicator, figure.value, evidence, figure.value + 1, "经核对",
            "王敏", date(2025, 4, 1),
        )
        for indicator, evidence in told
        if (figure := entry.report.figure(indicator)) is not None and figure.value is not None
    ]  # fmt: skip
