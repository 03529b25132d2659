"""When a law was passed and came into force, when a congress met: against its own words and a small table.

The days of the laws are those of 国家法律法规数据库 (each law's 施行日期), the months of the congresses and
plenary sessions those of their communiqués. A law that isn't listed is judged by its own words alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import regex

from nianbao import Finding, Severity
from plugins.validators.passages import Passage
from plugins.validators.yearspans import finding

_LAW_BASIS = "法律法规的施行日期以正式公布的为准，不会早于通过、修订之日"
_MET_BASIS = "党的历次代表大会和中央全会的召开时间以公报为准"
# The day on which each came into force in the version that reports speak of.
_IN_FORCE = {
    "民法典": date(2021, 1, 1), "行政处罚法": date(2021, 7, 15), "行政复议法": date(2024, 1, 1),
    "安全生产法": date(2021, 9, 1), "噪声污染防治法": date(2022, 6, 5), "个人信息保护法": date(2021, 11, 1),
    "数据安全法": date(2021, 9, 1), "乡村振兴促进法": date(2021, 6, 1), "家庭教育促进法": date(2022, 1, 1),
    "法律援助法": date(2022, 1, 1), "反有组织犯罪法": date(2022, 5, 1), "反电信网络诈骗法": date(2022, 12, 1),
    "黄河保护法": date(2023, 4, 1), "长江保护法": date(2021, 3, 1), "黑土地保护法": date(2022, 8, 1),
    "妇女权益保障法": date(2023, 1, 1), "农产品质量安全法": date(2023, 1, 1),
    "爱国主义教育法": date(2024, 1, 1), "无障碍环境建设法": date(2023, 9, 1),
    "粮食安全保障法": date(2024, 6, 1), "农村集体经济组织法": date(2025, 5, 1),
    "突发事件应对法": date(2024, 11, 1), "退役军人保障法": date(2021, 1, 1), "社区矫正法": date(2020, 7, 1),
    "湿地保护法": date(2022, 6, 1), "民营经济促进法": date(2025, 5, 20), "信访工作条例": date(2022, 5, 1),
    "重大行政决策程序暂行条例": date(2019, 9, 1), "优化营商环境条例": date(2020, 1, 1),
    "保障农民工工资支付条例": date(2020, 5, 1), "政府信息公开条例": date(2019, 5, 15),
}  # fmt: skip
# Those that had earlier versions: only a slip of the listed day is told of them.
_REVISED = {
    "行政处罚法", "行政复议法", "安全生产法", "妇女权益保障法", "农产品质量安全法", "突发事件应对法",
    "政府信息公开条例",
}  # fmt: skip
_DAY = r"(?P<{0}y>20\d\d)年(?P<{0}m>\d{{1,2}})月(?P<{0}d>\d{{1,2}})日"
_NAME = rf"《(?:中华人民共和国)?(?P<law>{'|'.join(_IN_FORCE)})》"
_CITED = regex.compile(_NAME)
_LAST_FORESEEN = max(day.year for day in _IN_FORCE.values()) - 1
_DRAFT = regex.compile("草案|征求|意见稿|立法|起草|将要?(?:出台|颁布|公布)|审议")
_FORCE = r"起?(?:正式|全面|开始)?(?:施行|实施|生效)"
_BEFORE_NAME = regex.compile(rf"{_DAY.format('')}{_FORCE}的?(?:新?修[订正]的?|新的?)?{_NAME}")
_AFTER_NAME = regex.compile(
    rf"{_NAME}(?:已|将|已经|经?新?修[订正]后)?(?:[,，]?[自于从]|[(]自?)?{_DAY.format('')}{_FORCE}"
)
_PASSED = (
    rf"{_DAY.format('a')}(?:[^,，。;；\d]{{0,12}})?"
    r"(?:审议通过|表决通过|通过|修[订正]|公布|颁布|发布|印发|批准)"
)
_FORCED = rf"{_DAY.format('b')}{_FORCE}"
_PASSED_AND_FORCED = regex.compile(
    rf"{_PASSED}[、,，并且]*(?:将|已)?[自于从]?{_FORCED}|{_FORCED}[、,，][自于]?{_PASSED}"
)
# The month in which each met.
_SESSIONS = {
    "十八大": (2012, 11), "十八届三中全会": (2013, 11), "十八届四中全会": (2014, 10),
    "十八届五中全会": (2015, 10), "十八届六中全会": (2016, 10),
    "十九大": (2017, 10), "十九届二中全会": (2018, 1), "十九届三中全会": (2018, 2),
    "十九届四中全会": (2019, 10), "十九届五中全会": (2020, 10), "十九届六中全会": (2021, 11),
    "二十大": (2022, 10), "二十届二中全会": (2023, 2), "二十届三中全会": (2024, 7),
    "二十届四中全会": (2025, 10),
}  # fmt: skip
_SESSION = rf"(?:党的|中共|中国共产党)?(?P<session>{'|'.join(sorted(_SESSIONS, key=len, reverse=True))})"
_WHEN = r"(?<!\d)(?P<y>20\d\d)年(?:(?P<m>\d{1,2})月(?:份|\d{1,2}日)?)?"
# 2022年7月召开的党的二十届三中全会精神宣讲会: what was held then was the lecture.
_NOT_ITSELF = (
    r"(?!代表|筹备|选举|前|精神?(?:的)?(?:学习|宣讲|专题|宣传|传达|研讨|轮训|培训|读书|集中|主题|报告))"
)
_MET = (
    regex.compile(rf"{_WHEN}[^,，。;；《》\d]{{0,4}}召开的{_SESSION}{_NOT_ITSELF}"),
    regex.compile(rf"{_WHEN}{_SESSION}(?:胜利|顺利|隆重)?召开"),
    regex.compile(rf"{_SESSION}[于在]{_WHEN}[^,，。;；\d]{{0,6}}(?:召开|举行|闭幕|开幕)"),
)


def in_force(passage: Passage) -> Iterator[Finding]:
    """Yield a law in force before it was passed, or from another day than its own; a session of another time.

    Args:
        passage: of any part.
    """
    text = passage.text
    if "20" not in text:
        return
    if "日" in text and ("施行" in text or "实施" in text or "生效" in text):
        told = tuple(_too_early(passage))
        yield from told or _other_day(passage)
    if "中全会" in text or "中央全面" in text or ("大" in text and "召开" in text):
        yield from _met(passage)


def foreseen(passage: Passage, year: int) -> Iterator[Finding]:
    """Yield a law that was in force only years after a report: 学习《民法典》 in the report of 2019.

    Args:
        passage: of any part.
        year: the report's.
    """
    for match in _CITED.finditer(passage.text) if "《" in passage.text and year < _LAST_FORESEEN else ():
        forced = _IN_FORCE[match["law"]]
        if match["law"] not in _REVISED and forced.year > year + 1 and not _DRAFT.search(passage.text):
            day = f"{forced.year}年{forced.month}月{forced.day}日"
            message = f"{year}年度的报告引用{match[0]}，而它{day}才施行。"
            repair = "请核对报告年度和法律法规的名称。"
            yield finding(passage, match.span(), message, repair, Severity.ERROR, basis=_LAW_BASIS)


def _too_early(passage: Passage) -> Iterator[Finding]:
    for match in _PASSED_AND_FORCED.finditer(passage.text):
        passed, forced = _date(match, "a"), _date(match, "b")
        if passed is not None and forced is not None and forced < passed:
            yield finding(
                passage,
                match.span(),
                f"“{match[0]}”写的施行日期早于通过、修订或公布的日期。",
                "请核对两个日期，改正其中一个。",
                Severity.ERROR,
                basis=_LAW_BASIS,
            )


def _other_day(passage: Passage) -> Iterator[Finding]:
    for pattern in (_BEFORE_NAME, _AFTER_NAME):
        for match in pattern.finditer(passage.text):
            told, known = _date(match, ""), _IN_FORCE[match["law"]]
            if told is None or told == known:
                continue
            slipped = (told.month, told.day) == (known.month, known.day) or told.year == known.year
            if match["law"] in _REVISED and not slipped:
                continue
            day = f"{known.year}年{known.month}月{known.day}日"
            yield finding(
                passage,
                match.span(),
                f"《{match['law']}》的施行日期写为{told.year}年{told.month}月{told.day}日，应为{day}。",
                f"请核对，如属笔误，改为{day}。",
                Severity.ERROR,
                basis=_LAW_BASIS,
            )


def _met(passage: Passage) -> Iterator[Finding]:
    for pattern in _MET:
        for match in pattern.finditer(passage.text):
            year, month = _SESSIONS[match["session"]]
            if int(match["y"]) == year and int(match["m"] or month) == month:
                continue
            yield finding(
                passage,
                match.span(),
                f"“{match[0]}”的时间不对，{match['session']}是{year}年{month}月召开的。",
                f"请核对年月，改为{year}年{month}月。",
                Severity.ERROR,
                basis=_MET_BASIS,
            )


def _date(match: regex.Match[str], name: str) -> date | None:
    """Return the day told; None where the calendar has none such."""
    groups = match.groupdict()
    try:
        return date(*(int(groups[name + part]) for part in "ymd"))
    except (TypeError, ValueError):
        return None
