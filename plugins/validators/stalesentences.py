"""Sentences that tell last year's work: what was left of the report before.

A report tells its own year. In 240 clean ones the year before stands some sixty times among the work: as what
is compared with, carried over, judged or made public by others, as when a thing began, beside its own year.
Where it begins a clause, or follows one's own name, and nothing of that kind is said, it is stale.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from nianbao import Finding, Severity
from plugins.validators.beginnings import RANGE
from plugins.validators.passages import Passage
from plugins.validators.yearspans import finding, quoted

_OWN_BODY = (
    r"(?:[我本全该](?:[镇乡县市区局州旗委院]|街道|单位)|[县市区镇乡](?:人民)?政府(?:本级)?|街道|[镇乡县市区]本级"
    r"|[\p{Han}]{2,12}?(?:中心|[大中]队|[司派法]所|调委会|委员会|办公室|本级|执法[局队]|(?:常委|党委|党组|办公|常务|联席)会议?)|对外|其中|另外?|故|因此|同时|此外|并且?)"
)
# Before a year that begins a clause, or follows who the clause is about.
_BEGINS = regex.compile(
    rf"(?:(?:^|[,，;；:：、。)）])\s*(?:{_OWN_BODY})?|[一二三四五六七八九十]是|[(]?注[:：]?|[(][一二三四五六七八九十]{{1,2}}[)])$"
)
_TOLD = regex.compile(
    r"20\d\d年度?(?P<months>(?:1|一)月?[-—~至到](?:\d{1,2}|十[一二]?|[二三四五六七八九])月(?:份|底)?)?"
    r"(?!以?来|\d{1,2}(?:月|年|[-—~至]\d{1,2}月)|年[底末初]|[底末初春夏秋冬起前后版至到-]|上半年|下半年|[一二三四]季度|[^,，。]{0,6}(?:月|季度|届))"
)
# 2019年12月4日第六个“国家宪法日”，组织宣传: an occasion of then, told as what was done.
_OCCASION = regex.compile(
    r"20\d\d年(?P<months>\d{1,2}月)(?:份|\d{1,2}日)?(?:第[\d一二三四五六七八九十]{1,3}个)?[“\"]?(?:国家宪法日|宪法宣传周|全民国家安全教育日|国家安全教育日|民法典宣传月|安全生产月)?[”\"]?"
    r"(?:前后|期间|当[天日]|上午|下午)?[，,]?(?:[我本全](?:镇|乡|街道|县|区|市|局))?(?:集中|联合|牵头|精心)?(?:开展|组织|举办|召开|举行)了?"
)
# 完成2022年度法治政府建设任务: the year's work by its name.
_NAMING = regex.compile(
    r"(?:完成|做好|推进|总结|公布|编制|制定|印发|发布|参加|按照|根据|对照|落实|围绕)了?(?:《[^》]*》[和及、])?[^,，。《》\d]{0,8}$"
)
_NAMED = regex.compile(
    r"20\d\d年度?[^,，。《》\d]{0,8}(?:法治(?:政府|\p{Han}{2})?建设(?!(?:工作)?(?:年度)?(?:工作)?(?:情况)?(?:的)?报告|督察|考核|示范|评)|重大行政决策|行政检查计划"
    r"|学法(?:用法)?(?:考试|测试)|普法(?:依法治理)?(?:工作)?(?:要点|计划))"
)
# 制定2023年度监督检查计划 in a report of 2025
_MADE_FOR = regex.compile(
    r"(?:制定|编制|印发|出台|公布|发布|细化)了?(?P<year>20\d\d)年度?(?![-~至到、]|(?:[三五]年))[^，,。;；《》\d]{0,16}(?:计划|要点|方案|目录)(?!完成|执行|实施情况)"
)
# Other years that say nothing of when the clause's own work was done.
_ANY_YEAR = regex.compile(r"(?<!\d)(20\d\d)年?(?=年|度|[)])(?!年(?:以?来|版|起|之?前|底|末|\d{1,2}月))")
# What the year before is, or is had, beside this one.
_CONTRAST = regex.compile(r"今年|本年|同期|近[两三四五]年|[两三四五]年(?:来|间|均|平均|累计)")
_IS_BASE = regex.compile(
    r"^(?:分别|同期|仍?为|[仅只]?有?\d[\d,.]*\p{Han}{1,3}(?:[，,;。)]|$)|仅|只|即|已|的(?!\p{Han}{0,6}全部)|及|和|与|以[及上内]|、|开始|是\d)"
)
# 2022年结转的5件, 2022年立案、本年办结的4件: cases that came a year before.
_CARRIED = regex.compile(
    r"^[^,，。;]{0,8}?(?:结转|转入|转来|遗留|跨年|延续|剩余|滚存|移交|未(?:办结|审结|结案|完成|处理|结)|(?:收到|立案|受理|收案|启动|签订|申请|发生|下达|交办|下发|制发|收回|排查)的?(?:、|[^,，。;\d]{0,6}系列))"
)
# 2022年招录的3名执法人员, 2022年扣分的3项: what came of it a year before; what one did oneself is told anew.
_ATTRIBUTE = regex.compile(
    r"^(?:(?!以[^,，。;]{1,12}为被|签订|办理|受理|审查|审核|作出|制定|调解|排查|查处|开展|组织)[^,，。;\d]){1,14}的(?!(?:领导|指导|部署|关心|支持))"
)
# What others judged, or what was begun, made or won then and is told as history.
_HISTORY = regex.compile(
    r"考核|测评|考评|评估|评议|[^\p{Han}]排[名位]|位[列居]|第\d+[位名]|(?<![抓查缴捕截])获(?!取|得感)|评为|评选|认定|荣|命名|反馈|巡[视察]|督[察查]|通报"
    r"|启动(?!应急)|开[工馆业]|成立|设立|组建|挂牌|揭牌|竣工|投(?:入使)?用|建成|落成|新修订|(?<!实)施行|起实?施|颁布|(?<!未|没有|未有)(?:印发|出台|公布|发布)(?!.{0,12}\d)|被(?!告|申请|复议|诉|投诉|维持|撤销|纠|确认|驳回|变更)"
    r"|检查出|查出|发现的|原(?![则因告本有料件创])|曾|历史(?!文化|遗留|建筑|街区|最|新[低高]|同期)|现有|现已|至今|目前|延续|持续到|(?:[五届任]|规划)期间|截[至止]|划转|改制|换届|合并|确定[^，,。;]{0,10}为|列为|授予|年[多以]?来|为此|对此|鉴于|补[办开考]"
)
_COMPARED = regex.compile(
    r"同比|相比|对比|较(?![高好大多强为低少快慢长小远轻重])|(?<!率)[下上]降|上升|增[长加]|减少|净增"
)
# The year told has a year before it and one after it, so that it is the report's: 新收76件，上年结转4件.
_ITS_LAST = regex.compile(
    r"(?:较|比|与|同|加上?|含|连同)(?:上年|去年|上一?年度)|(?:上年|去年)(?:结转|未[办审]?结|遗留|转[入来])"
)
_NEXT = regex.compile(r"(?:结转|转入|顺延|延期|列入|转至)(?:至|到)?(?:下一?年度?|明年|(?P<year>20\d\d)年)")
_NEW = regex.compile(
    r"^(?:\d+个)?[^,，。;\d]{0,16}?(?:新(?:收|增|办|立|受|排|签|制|建|取得)|共(?:收到|受理|办理|排查|查处|立案)|累计|目录共)"
)
_DONE = regex.compile(
    r"\d|(?:没有|未|无)(?!前例)|取得了?[^,，。;；]{0,10}(?:成效|成绩|进步|进展)|^[,，]?是[^,，。;；]{1,20}(?:一年|之年|元年)|坚持|围绕|全面|深入|认真|严格|紧[紧扣盯]|(?:领导|指导|部署|关心|支持|统筹)下|(?:数据|情况|统计)(?:见|如)下|(?:任务|目标|工作|建设)[^,，。;；]{0,8}(?:如期|全面|圆满|顺利|全部)(?:完成|落实|实现)|以[^,，。]{2,20}为(?:目标|抓手|主线|重点|契机|引领)"
)
# 2022年纳入“…”台账的28起案件，已全部整改, 2022年签订的7份到期合同: what was left of then.
_LEFT_OVER = regex.compile(
    r"^(?:纳入|列入|列为|进入|登记|录入|移送|挂牌|确定)[^,，。;；\d]{1,30}的\d|^[^,，。;；\d]{1,14}的\d*\p{Han}{0,2}(?:到期|届满|逾期|遗留|存量|跨年|未结)"
)
# 2022年排查的9处隐患已全部销号: what was found then is made good now.
_MADE_GOOD = regex.compile(
    r"^[^,，。;；\d]{1,14}的\d+\p{Han}{1,10}[,，]?(?:现|均|都|已|全部|在?今年)+(?:完成)?(?:整改|销号|清零|复垦|拆除|修复|化解|治理)"
)
# 2022年卫片执法下发图斑: named after the year before, done in this one.
_NAMED_AFTER = regex.compile(
    r"^度?(?:土地|森林|耕地|矿产|自然资源)?(?:卫片|变更调查|例行督察|森林督查|耕地保护|耕地流出|环保督察|生态环境保护督察|预算执行|财政决算|高标准农田|汇算清缴)"
)
# 2022年的同一项测评为91.8%: what this year's figure is compared with.
_SAME_FACT = regex.compile(
    r"^度?的?(?:同一|这一|这项|同项|此项|该项|上述)\p{Han}{0,3}(?:数据|数字|指标|测评|比例|比率|结果|数|率)"
)
_REASONS = (_SAME_FACT, _IS_BASE, _CARRIED, _ATTRIBUTE, _LEFT_OVER, _MADE_GOOD, _NAMED_AFTER)
# 2020年检查38家、立案3起。 right behind the same of this year.
_SHORT = 40
_LAST_SENTENCE = regex.compile(r"[^。\n]*。$")
_COUNTS = regex.compile(r"(\p{Han}{2})(?:了|各类|共)?\d")
_STOPS = ";；。\n"
_LONGEST_BEFORE = 60
_BASIS_OF = "报告应当写本报告年度的工作"


def stale(passage: Passage, year: int) -> Iterator[Finding]:
    """Yield the year before where a clause begins with it, or names the year's work by it.

    Args:
        passage: of the work or of the problems.
        year: the report's.
    """
    text = passage.text
    yield from _made_for(passage, year)
    before = f"{year - 1}年"
    if before not in text or f"{year}年" in text.replace(f"{year}年以来", ""):
        return
    if _is_beside(passage, before) or _is_compared(passage, year):
        return
    for found in regex.finditer(before, text):
        at = found.start()
        if quoted(text, at) or not (end := _end_of(text, at, year)):
            continue
        yield finding(
            passage,
            found.span(),
            f"这一句写的是{year - 1}年的工作（“{text[at : end + 12].strip()}…”），而报告年度是{year}年。",
            f"请核对年份，如属笔误，把{year - 1}改为{year}。",
            Severity.WARNING,
            basis=_BASIS_OF,
        )
        return


def _made_for(passage: Passage, year: int) -> Iterator[Finding]:
    """Yield plans that the work made for a year long over."""
    match = _MADE_FOR.search(passage.text) if "计划" in passage.text or "20" in passage.text else None
    if match is None or int(match["year"]) >= year - 1 or quoted(passage.text, match.start()):
        return
    if len(set(_ANY_YEAR.findall(passage.text))) > 1 or _CONTRAST.search(passage.text):
        return
    yield finding(
        passage,
        match.span(),
        f"正文写“{match[0]}”，而报告年度是{year}年，疑为沿用旧稿。",
        f"请核对年份，如属笔误，把{match['year']}改为{year}。",
        Severity.WARNING,
        basis=_BASIS_OF,
    )


def _is_compared(passage: Passage, year: int) -> bool:
    """Whether a sentence that begins with last year's figures is what the next ones compare with."""
    if not passage.text.lstrip().startswith(f"{year - 1}年"):
        return False
    shadow = passage.reading.shadow.text
    end = shadow.find("\n", passage.end)
    behind = shadow[passage.end : min(end if end >= 0 else len(shadow), passage.end + 3 * _LONGEST_BEFORE)]
    return regex.search(rf"[较比与同](?:于)?(?:{year - 1}年|上年|去年|上一年)", behind) is not None


def _is_beside(passage: Passage, before: str) -> bool:
    """Whether a short sentence tells last year's figures of what the one before it counted."""
    text = passage.text.strip()
    if len(text) > _SHORT or not text.startswith(before):
        return False
    shadow = passage.reading.shadow.text
    last = _LAST_SENTENCE.search(shadow, max(0, passage.start - 3 * _LONGEST_BEFORE), passage.start)
    counted = _COUNTS.findall(text[len(before) :])
    return (
        last is not None
        and bool(counted)
        and before not in last[0]
        and all(each in last[0] for each in counted)
    )


def _end_of(text: str, at: int, year: int) -> int:
    """Return where the words end that tell last year's work at a place; 0 where none do."""
    begin, end = max(0, at - _LONGEST_BEFORE), 0
    told, named = _TOLD.match(text, at) or _OCCASION.match(text, at), _NAMED.match(text, at)
    if told is not None and _BEGINS.search(text[begin:at]) and _tells_work(text, told, year):
        end = told.end()
    elif named is not None and _NAMING.search(text[begin:at]):
        end = named.end()
    return end


def _tells_work(text: str, told: regex.Match[str], year: int) -> bool:
    """Whether what follows the year before is told as the report's own work, with no reason to tell it."""
    start = max(text.rfind(stop, 0, told.start()) for stop in _STOPS) + 1
    ends = [end for stop in _STOPS if (end := text.find(stop, told.end())) >= 0]
    segment = text[start : min(ends, default=len(text))]
    before, after = segment[: told.start() - start], segment[told.end() - start :]
    if RANGE.search(segment) or any(reason.search(after) for reason in _REASONS):
        return False
    in_brackets = text.rfind("(", 0, told.start()) > text.rfind(")", 0, told.start())
    if _NEW.match(after) and _is_between(text if in_brackets else segment, year):
        return True
    if in_brackets or _others(segment, year) or _CONTRAST.search(text) or _COMPARED.search(segment):
        return False
    if _HISTORY.search(before.rpartition("，")[2] + after):
        return False
    return _DONE.search(after) is not None or told["months"] is not None


def _others(words: str, year: int) -> set[int]:
    return {int(each) for each in _ANY_YEAR.findall(words)} - {year - 1}


def _is_between(words: str, year: int) -> bool:
    """Whether the year told has one before it and one after it by the same words, and so is the report's."""
    following = _NEXT.search(words)
    if following is not None and following["year"]:
        return int(following["year"]) == year + 1
    return not _others(words, year) and (following is not None or _ITS_LAST.search(words) is not None)
