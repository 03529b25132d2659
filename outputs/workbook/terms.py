"""What the workbook calls things: the Chinese of every code that a cell may show."""

from __future__ import annotations

from typing import Final

from nianbao import (
    AcceptanceState,
    CorrectionState,
    FigureStatus,
    IssuerLevel,
    Qualifier,
    RegionBy,
    Role,
    SectionKind,
    Severity,
    Status,
)

OVERVIEW: Final = "总览"
SUMMARY: Final = "指标汇总"
DETAILS: Final = "指标明细"
FINDINGS: Final = "校验问题"
TOPICS: Final = "问题与打算"
COPIES: Final = "文本雷同"
ROSTER: Final = "未报名单"
CORRECTIONS: Final = "更正"
DICTIONARY: Final = "数据字典"
COVER: Final = "封面"
YEARS: Final = "同比"
REGIONS: Final = "区域汇总"
STRUCTURE: Final = "结构合规"
CHARTS: Final = "图表"
RUN: Final = "运行记录"

STATUSES: Final = {
    Status.COMPLETE: "完整",
    Status.PARTIAL: "部分完成",
    Status.UNREADABLE: "无法读取",
    Status.NOT_A_REPORT: "非年度报告",
}
LEVELS: Final = {
    IssuerLevel.PROVINCE: "省级",
    IssuerLevel.CITY: "市级",
    IssuerLevel.COUNTY: "县级",
    IssuerLevel.TOWN: "乡镇",
    IssuerLevel.DEPARTMENT: "部门",
    IssuerLevel.OTHER: "其他",
}
PARTS: Final = {
    SectionKind.ACHIEVEMENTS: "举措\n成效",
    SectionKind.PROBLEMS: "不足\n原因",
    SectionKind.RESPONSIBILITY: "第一\n责任人",
    SectionKind.PLAN: "下年\n安排",
}
PART_PRESENT: Final = "有"
PART_BELOW: Final = "未单列"
PART_MISSING: Final = "缺"
PART_UNDIVIDED: Final = "未分列"
PART_UNKNOWN: Final = "未判断"

REGION: Final = "地区配置"
REGION_BY: Final = {
    RegionBy.REQUEST: "指定",
    RegionBy.CODE: "按区划代码",
    RegionBy.HOST: "按网站",
    RegionBy.WORDING: "按标题和单位",
}

ROLES: Final = {Role.TOTAL: "合计", Role.PART: "其中", Role.REPEAT: "重复"}
QUALIFIERS: Final = {
    Qualifier.EXACT: "",
    Qualifier.AT_LEAST: "≥",
    Qualifier.ABOUT: "约",
    Qualifier.BELOW: "<",
}
QUALIFIER_NAMES: Final = {
    Qualifier.EXACT: "",
    Qualifier.AT_LEAST: "≥（以上）",
    Qualifier.ABOUT: "约",
    Qualifier.BELOW: "<（不足）",
}
HEDGES: Final = {
    Qualifier.EXACT: "",
    Qualifier.AT_LEAST: "不少于此数",
    Qualifier.ABOUT: "约数",
    Qualifier.BELOW: "不到此数",
}
FIGURE_STATUSES: Final = {
    FigureStatus.STATED: "已写明",
    FigureStatus.ZERO: "写明没有",
    FigureStatus.DISPUTED: "有异议",
    FigureStatus.FAILED: "提取失败",
    FigureStatus.WITHDRAWN: "更正为未提及",
}
DISPUTED_MARK: Final = "※"
REVIEW_MARK: Final = "？"
CORRECTED_MARK: Final = "改"
MARKS: Final = {"": "", DISPUTED_MARK: "前后不一", REVIEW_MARK: "待复核", CORRECTED_MARK: "已更正"}
ADOPTED: Final = "采用"
ADOPTED_AS_PART: Final = "采用（相加）"
ADOPTED_DISPUTED: Final = "采用（存疑）"
NOT_ADOPTED: Final = "已更正"
ACCEPTED: Final = "已核对"
CORRECTION_STATES: Final = {
    CorrectionState.APPLIED: "已采用",
    CorrectionState.NEEDLESS: "不再需要",
    CorrectionState.STALE: "已失效",
    CorrectionState.ABSENT: "没有报告",
}
ACCEPTANCE_STATES: Final = {
    AcceptanceState.HELD: "有效",
    AcceptanceState.NEEDLESS: "不再需要",
    AcceptanceState.STALE: "已失效",
    AcceptanceState.ABSENT: "没有报告",
}

SEVERITIES: Final = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}
# A plugin may bring kinds of its own; they are shown as they are named.
KINDS: Final = {
    "sum": "合计不符",
    "ratio": "比率不符",
    "order": "数量关系不合理",
    "repeat-conflict": "前后数字不一",
    "year": "年份有误",
    "foreign-name": "误留他地名称",
    "missing-part": "缺少法定内容",
    "late": "逾期公布",
    "numbering": "标题序号有误",
    "part-order": "各部分次序有误",
    "typo": "用字有误",
    "stale-name": "机构使用旧称",
    "placeholder": "留有占位符",
    "typo-law": "法律名称有误",
    "coverage": "数据未满全年",
    "unit": "计量单位有误",
    "jump": "较上年变化异常",
    "outlier": "明显偏离同级",
    "copied": "与他文雷同",
    "authenticity": "来源可疑",
    "crashed": "规则未能完成",
    "unreported": "没有报告",
    "unreadable": "文件无法读取",
    "doubled": "同一年度不止一份",
    "attachment": "正文与附件不一致",
    "repeated-text": "语句重复",
    "carried-over": "沿用上年数字",
}
WHOLE_YEAR: Final = "全年汇总"
WAIVED: Final = "已豁免"

STAGES: Final = {
    "import": "加载",
    "register": "登记",
    "bid": "识别",
    "read": "读取",
    "extract": "提取",
    "settle": "取数",
    "validate": "校验",
    "publish": "输出",
}

NOT_MENTIONED: Final = "未提及"
UNREADABLE: Final = "无法读取"
NOT_REPORTED: Final = "未报"
REPORTED: Final = "已报"
LATE: Final = "逾期公布"
TWICE: Final = "不止一份"
RECEIVED: Final = "已收到"
RECEIVED_UNREADABLE: Final = "已收到，无法读取"
RECEIVED_OTHER: Final = "已收到，非年度报告"
UNLISTED: Final = "名单外"
UNLISTED_UNREADABLE: Final = "名单外（无法读取，请核对单位）"
