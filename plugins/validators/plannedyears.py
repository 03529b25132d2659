"""The years of a plan: it looks to the year after the report's, and sets no day that is over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao import Finding, Severity
from plugins.validators.beginnings import STARTS, YEAR
from plugins.validators.passages import Passage
from plugins.validators.yearspans import finding, quoted

# 争取2023年底前达到80%; 2023年是收官之年，我们将….
_WANTED = re.compile(
    rf"(?:争取|力争|计划|确保|预计|拟)(?:在|于|到)?{YEAR}年|{STARTS}{YEAR}年度?是[^。]{{2,40}}年"
)
# 建立台账，2023年争取答复率达到98%.
_WANTED_FURTHER_ON = re.compile(
    rf"[，,]{YEAR}年(?!以?来|度?的|\d)[^，,。;；]{{0,16}}?(?:力争|争取|计划|目标|确保|不少于|不低于)"
)
_DONE = re.compile(r"了|已|累计|全年共|针对|原")
_PLANNED = re.compile(
    rf"{STARTS}{YEAR}年度?[，,]?(?:[\u4e00-\u9fff]{{0,10}}[镇乡道县区市局院委办厅州旗府团们])?[，,]?"
    r"(?:将(?:继续|进一步|以|坚持|深入|严格|持续|紧紧|重点|着力|不断|按照|围绕|加强|加大|强化|认真|切实|从|做好|抓好|贯彻|推进|推动|组织|开展|聚焦)"
    r"|拟|计划(?=[^，,。;；]{1,14}不[少低]于|开展|组织|完成|推进|在|从|实施|召开|建设|新增|通过|对|举办)|要(?!求)"
    r"|继续(?:坚持|深入|加|推|强|抓|做|完善|严|以|把)|(?:重点|着力|突出)(?:抓好|做好|从|在|推进)(?![^。]*了))"
)
# 2023年，全面推行合同备案，举办培训2期: what is begun so, and tells nothing of what came of it.
_DEEDS = re.compile(
    rf"{STARTS}{YEAR}年度?[，,](?:全面|深入|持续|大力|切实|扎实|着力|不断)?(?:推行|推进|推动|加强|加大|强化|完善|健全|举办|建设|组织|开展|抓好|做好|深化|落实|提升|聚焦|围绕|坚持)"
)
_CAME_OF_IT = re.compile(
    r"了|已|累计|共|取得|达到?|同比|较|虽|但|先后|荣获|获评|成功|有效|明显|受到|得到|赢得|针对|原"
)
# 2023年6月底前完成接入, 参加2023年5月的考试, 完成转入2023年的5件.
_OVER = re.compile(
    rf"(?:(?<=[，,;；:：、。)])|(?<=[于在到至是])|^){YEAR}年(?:年?[底末]|\d{{1,2}}月(?:份|[底末]|\d{{1,2}}日)?)(?:之?前|以前)"
    r"[，,]?[^，,。;；的]{0,12}?(?:完成|实现|达到|建成|出台|印发|全面|基本|确保|做到)"
    rf"|(?:(?<=[，,;；:：、。)])|^){YEAR}年(?:年?[底末]|\d{{1,2}}月(?:份|[底末]|\d{{1,2}}日)?)(?:之?前|以前)[，,]?"
    r"(?:让|使|把|将|对(?!外)|组织|开展|启动|推动|推进|做到|制定|修订|建立|建好|补齐|配齐|培训|举办|选派|整合|新建|新增)"
    r"(?!.?的|[^，,。;；]{0,20}(?:未|尚|没))"
    rf"|(?:参加|备考){YEAR}年度?(?:\d{{1,2}}月)?(?:的|份)?[^，,。;；]{{0,12}}(?:考试|竞赛|比武|培训)"
    rf"|(?:转入|结转至?|顺延至|推迟至){YEAR}年的?[^，,。;；]{{0,4}}\d"
    rf"|[，,]{YEAR}年度?完成[^，,。;；]{{0,20}}(?:目标|任务|计划)"
)
# 三、2023年重点工作: of the part behind the problems.
_HEADED = re.compile(
    rf"{STARTS}{YEAR}年度?(?:全?[镇乡县区市局])?(?:法治(?:政府)?建设)?(?:的)?(?:重点工作|工作重点|工作要点)$"
)


def planned(passage: Passage, year: int) -> Iterator[Finding]:
    """Yield what a plan sets for another year than the next.

    Args:
        passage: of the plan.
        year: the report's.
    """
    text = passage.text
    match = _HEADED.search(text.rstrip()) if passage.is_heading else None
    match = match or _PLANNED.search(text)
    if match is None and _CAME_OF_IT.search(text) is None:
        match = _DEEDS.search(text)
    # 到2025年底: who looks further ahead says so; 2025年，将… is said of the year that is planned.
    wrong = match is not None and int(match[1]) != year + 1
    over = False
    if match is None and _DONE.search(text) is None:
        match = _WANTED.search(text) or _WANTED_FURTHER_ON.search(text) or _over(text, year)
        wrong = match is not None and _told(match) <= year
        # 力争2022年底前 of 2023's report is over whatever else the sentence sets for the next year.
        over = match is not None and _told(match) < year
    if match is not None and wrong and (over or f"{year + 1}年" not in text):
        told = _told(match)
        yield finding(
            passage,
            match.span(),
            f"下一年度的安排写成了{told}年（“{match[0]}”），而{year}年度报告的下一年度是{year + 1}年。",
            f"请核对年份，如属笔误，把{told}改为{year + 1}。",
            Severity.ERROR,
        )


def _over(text: str, year: int) -> re.Match[str] | None:
    """Return the first day or year for which something is set that was over before the plan began."""
    return next(
        (m for m in _OVER.finditer(text) if _told(m) <= year and not quoted(text, m.start())),
        None,
    )


def _told(match: re.Match[str]) -> int:
    return int(next(group for group in match.groups() if group))
