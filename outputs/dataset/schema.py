"""The tables of the dataset: every column once, with its type, its Chinese label and what it means."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from nianbao import FigureStatus, IssuerLevel, Qualifier, Role, Status


class Kind(StrEnum):
    """What a column holds, by the names of the Table Schema standard."""

    TEXT = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Args:
        name: in all formats but Stata's, where it may be shorter.
        kind: what it holds.
        label: in Chinese, at most 80 characters.
        told: what it means, in Chinese, where the label does not say it all.
        codes: what it may hold, with the Chinese of each; all else is refused.
        required: whether it is never empty.
        stata: its name there; empty where it is the same.
    """

    name: str
    kind: Kind
    label: str
    told: str = ""
    codes: tuple[tuple[str, str], ...] = ()
    required: bool = False
    stata: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Args:
        name: of its files.
        title: in Chinese.
        told: one Chinese sentence.
        columns: in order.
        key: the columns that tell its rows apart.
        refers: (column, table, its column) where a column's values stand in another table.
    """

    name: str
    title: str
    told: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    refers: tuple[tuple[str, str, str], ...] = field(default=())


NOT_MENTIONED: Final = "not_mentioned"
UNREADABLE: Final = "unreadable"
STATUSES: Final = (
    (FigureStatus.STATED.value, "已写明"),
    (FigureStatus.ZERO.value, "写明没有"),
    (NOT_MENTIONED, "未提及"),
    (FigureStatus.DISPUTED.value, "前后不一"),
    (FigureStatus.FAILED.value, "提取失败"),
    (UNREADABLE, "文件无法读取"),
    (FigureStatus.WITHDRAWN.value, "更正为未提及"),
)
QUALIFIERS: Final = (
    (Qualifier.EXACT.value, "确数"),
    (Qualifier.AT_LEAST.value, "不少于"),
    (Qualifier.ABOUT.value, "约"),
    (Qualifier.BELOW.value, "不足"),
)
LEVELS: Final = (
    (IssuerLevel.PROVINCE.value, "省级"),
    (IssuerLevel.CITY.value, "市级"),
    (IssuerLevel.COUNTY.value, "县级"),
    (IssuerLevel.TOWN.value, "乡镇"),
    (IssuerLevel.DEPARTMENT.value, "部门"),
    (IssuerLevel.OTHER.value, "其他"),
)
READINGS: Final = (
    (Status.COMPLETE.value, "完整"),
    (Status.PARTIAL.value, "部分完成"),
    (Status.UNREADABLE.value, "无法读取"),
    (Status.NOT_A_REPORT.value, "非年度报告"),
)
DIMENSIONS: Final = (("count", "数量"), ("people", "人数"), ("amount", "金额"), ("rate", "百分率"))
ROLES: Final = ((Role.TOTAL.value, "合计"), (Role.PART.value, "其中"), (Role.REPEAT.value, "重复"))
_TEXT, _INTEGER, _NUMBER, _BOOLEAN, _DATE = Kind.TEXT, Kind.INTEGER, Kind.NUMBER, Kind.BOOLEAN, Kind.DATE

UNIT: Final = (
    Column("report_id", _TEXT, "报告编号", "文件名；一个文件里有几份报告的，后面是 # 和序号", required=True),
    Column("unit_id", _TEXT, "单位标识", "区划代码、单位名称、区划表版本，用冒号隔开；代码不知道的不填"),
    Column("unit_code", _TEXT, "区划代码", "2 至 9 位；部门的是它所在行政区的代码"),
    Column("unit_name", _TEXT, "单位名称", "政府的为区划表里的名称，部门的为本名；不带上级的名称"),
    Column("unit_edition", _TEXT, "区划表版本", "这个代码和名称所在的最新一版区划表的年份"),
    Column("level", _TEXT, "单位级别", codes=LEVELS),
    Column("year", _INTEGER, "报告年度", required=True),
    Column("counted", _BOOLEAN, "是否计入", "同一单位同一年度有几份报告的，只有一份计入", required=True),
)
VALUE: Final = (
    Column("value", _NUMBER, "数值", "以指标的计量单位计，CSV 和 Parquet 里为精确的十进制数"),
    Column("status", _TEXT, "取值状态", "没有数值的为什么没有", STATUSES, required=True),
    Column("qualifier", _TEXT, "确数或约数", "原文怎样说", QUALIFIERS),
    Column("low", _NUMBER, "下限", "含；约数（320余件）的下限，确数的与数值相同，没有下限的不填"),
    Column("high", _NUMBER, "上限", "含；约数的上限，没有上限的不填"),
)
EVIDENCE: Final = (
    Column(
        "quote",
        _TEXT,
        "原句",
        "报告全文里的文字，只有个人信息可能遮盖了",
    ),
    Column("quote_start", _INTEGER, "原句起点", "在报告全文里的位置，按字符计，从 0 开始"),
    Column("quote_end", _INTEGER, "原句终点", "最后一个字符之后的位置"),
    Column("figure_start", _INTEGER, "数字起点", "数字（及单位）在全文里的位置"),
    Column("figure_end", _INTEGER, "数字终点"),
    Column("place", _TEXT, "在原件中的位置", "页、段、表的行列"),
    Column("confidence", _NUMBER, "把握程度", "0 到 1"),
)
REPORTS: Final = Table(
    "reports",
    "报告",
    "每行一份报告或一个没有读成的文件。",
    (
        *UNIT,
        Column("file", _TEXT, "文件", required=True),
        Column("part", _INTEGER, "文件中的第几份", required=True),
        Column("sha256", _TEXT, "文件的 SHA-256"),
        Column("reading", _TEXT, "读取结果", codes=READINGS, required=True),
        Column("reason", _TEXT, "原因", "没有读成、没有计入或不完整的原因"),
        Column("issuer", _TEXT, "发布单位", "照报告的写法"),
        Column("province", _TEXT, "省级"),
        Column("city", _TEXT, "市级"),
        Column("county", _TEXT, "县级"),
        Column("town", _TEXT, "乡级"),
        Column("title", _TEXT, "标题"),
        Column("published", _DATE, "公布日期"),
        Column("errors", _INTEGER, "校验错误数"),
        Column("warnings", _INTEGER, "校验警告数"),
        Column("unclaimed", _INTEGER, "未归类数字数", "没有归入任何指标、也说不出原因的数字"),
    ),
    ("report_id",),
)
LONG: Final = Table(
    "figures_long",
    "数值（长表）",
    "每行一份报告的一个指标；报告没有提及的也各有一行。",
    (
        *UNIT,
        Column("indicator", _TEXT, "指标", "代号，见 indicators 表", required=True),
        *VALUE,
        Column("derived", _BOOLEAN, "是否由分项相加"),
        Column("review", _TEXT, "请人工复核的原因"),
        Column("corrected", _BOOLEAN, "是否经人更正", required=True),
        Column("value_read", _NUMBER, "更正前的数值", "没有更正的不填；更正前没有读出的也不填"),
        Column("correction_reason", _TEXT, "更正理由"),
        Column("correction_day", _DATE, "更正日期"),
        Column("sources", _INTEGER, "依据的句数", "由分项相加的不止一句；全部句子见 statements 表"),
        *EVIDENCE,
    ),
    ("report_id", "indicator"),
    (("report_id", "reports", "report_id"), ("indicator", "indicators", "indicator")),
)
STATEMENTS: Final = Table(
    "statements",
    "原句",
    "每行报告里的一处说法，采用的和没有采用的都有。",
    (
        *UNIT[:1],
        Column("statement", _INTEGER, "说法序号", "在这份报告里的序号，从 1 开始", required=True),
        Column("indicator", _TEXT, "指标", "代号，见 indicators 表", required=True),
        Column("value", _NUMBER, "数值", "以指标的计量单位计", required=True),
        Column("unit", _TEXT, "原文的计量单位"),
        *VALUE[2:],
        Column("role", _TEXT, "合计、其中或重复", codes=ROLES, required=True),
        Column("adopted", _BOOLEAN, "是否采用", required=True),
        *EVIDENCE,
    ),
    ("report_id", "statement"),
    (("report_id", "reports", "report_id"), ("indicator", "indicators", "indicator")),
)
INDICATORS: Final = Table(
    "indicators",
    "指标",
    "每行一个指标。",
    (
        Column("indicator", _TEXT, "指标代号", required=True),
        Column("name", _TEXT, "指标名称", required=True),
        Column("area", _TEXT, "领域", required=True),
        Column("dimension", _TEXT, "量纲", codes=DIMENSIONS, required=True),
        Column("unit", _TEXT, "计量单位"),
        Column("definition", _TEXT, "口径"),
        Column(
            "stata_name",
            _TEXT,
            "在 Stata 里的变量名",
            "宽表里的数值；状态、下限、上限加 _s、_lo、_hi",
            required=True,
        ),
    ),
    ("indicator",),
)
