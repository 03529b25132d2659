"""One year told where two must stand: compared with itself, carried over into itself, listed twice."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from nianbao import Finding, Severity
from plugins.validators.passages import Passage
from plugins.validators.yearspans import finding, quoted

_BASIS = "比较、结转、分年列举的两个年份不会相同"
_YEAR = r"(?<!\d)(?P<year>20\d\d)年度?"
_AGAIN = r"(?P<again>(?P=year)年)(?!度?(?:以来|[底末初]|\d{1,2}月|上半年|下半年))"
_NO_BASE = r"(?<![较比由从自与和同及于对过][^,，。;；]{0,1})"
# 2023年办理12件，较2023年减少; 2023年由2023年的6件降为3件; 2023年78件，2023年为103件，同比下降.
_COMPARED = regex.compile(
    rf"{_NO_BASE}{_YEAR}(?!\d{{1,2}}月|以来|[底末初])[^。;；\n]{{1,60}}?"
    rf"(?:(?:相?较于?|相?比于?|由|从|低于|高于|少于|多于)(?:同期)?{_AGAIN}"
    rf"|[，,]{_AGAIN}(?:同期)?(?:仅|只)?为[^。;；\n]{{1,16}}[，,][^。;；\n]{{0,8}}(?:同比|下降|上升|增[加长]|减少))"
)
# 2022年结转6件均在2022年审结.
_CARRIED = regex.compile(
    rf"{_YEAR}(?:结转|遗留|转来|未[办审]?结)[^。;；\n]{{0,20}}?[在于]{_AGAIN}[^,，。;；\n]{{0,4}}(?:[办审]?结|完成|化解|处理)"
)
# 2021年3个、2022年5个、2022年4个; 2021年立案、2021年开庭.
_LISTED = regex.compile(
    rf"{_YEAR}(?P<did>[^\d,，、。;；:：()]{{0,8}})\d[\d,.]*\p{{Han}}{{1,2}}、{_AGAIN}(?!度)[^\d,，、。;；:：()]{{0,8}}\d"
    rf"|{_YEAR}\p{{Han}}{{2,3}}、{_AGAIN}\p{{Han}}{{2,3}}(?=[，,。;；)]|的)"
)
# 2021年下放的事项已于2022年收回，案件量比2021年少: the year compared is that of the clause between.
_BETWEEN = regex.compile(r"^(20\d\d)年度?[^,，。;；\d]{1,16}的[^。;；]*?(?<!\d)(?!\1)20\d\d年[^。;；]*\1年$")

# 2021年96件、2022年81件、2023年69件，…，比2021年: told year by year.
_IN_TURN = regex.compile(r"^(20\d\d)年\d+\p{Han}{1,2}[、，,](?!\1)20\d\d年\d+\p{Han}{1,2}[、，,]")


def same(passage: Passage) -> Iterator[Finding]:
    """Yield what a passage tells of one year twice, where its words mean two.

    Args:
        passage: of any part.
    """
    text = passage.text
    if text.count("20") < 2:
        return
    for pattern, what in ((_COMPARED, "与自身相比"), (_CARRIED, "结转到当年"), (_LISTED, "重复列举")):
        match = pattern.search(text)
        if match is None or _BETWEEN.search(match[0]) or _IN_TURN.search(match[0]):
            continue
        if not quoted(text, match.start()) and not quoted(text, match.start("again")):
            yield finding(
                passage,
                match.span(),
                f"“{match[0][:40]}”把{match['year']}年{what}，两处年份必有一处不对。",
                "请核对两处年份，改正其中一处。",
                Severity.ERROR,
                basis=_BASIS,
            )
            return
