"""Words that tell how the parts of a list stand to each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import regex

from plugins.validators.scales import graded

# Kinds that leave nothing out between them: where a list names just these, it names all.
_PAIRS = (
    ("简易(?:程序)?", "(?:普通|一般)(?:程序)?"),
    ("口头", "书面"),
    ("新收|新受理|新增|新立|当年|本年|年内", "结转|上年|旧存"),
    ("专职", "兼职"),
    ("(?:代表|人大)[^委员提案]*", "(?:政协|委员)[^代表]*"),
    ("线上", "线下"),
    (
        "办结|审结|已结|结案|化解|办理完毕|完成|答复|办复",
        "结转(?:至|到)?(?:下|次|明|20\\d\\d)|在办|未办结|正在|尚未|未审结|未结|未化解|办理中|待",
    ),
    ("上半年", "下半年"),
    ("罚款", "没收"),
    ("男", "女"),
    ("政府", "部门"),
    ("(?:当场|现场|立即|立行立)整?改?", "限期"),
    ("首次", "多次|再次|重复"),
    ("初[信访]|^初次", "重[信访]|^重复"),
    ("城区", "农村|乡镇"),
    ("主动公开", "依申请"),
    ("国有", "集体"),
    ("集体访", "个人访|个访|单访"),
    ("即办", "承诺"),
    ("一审", "二审"),
    ("民事", "刑事"),
    ("存量|既有|历史", "新增"),
    ("事业编|在编|行政编", "聘用|编外|辅助|协管"),
    ("国内|境内", "涉外|境外"),
    ("^(?:人大)?(?:代表)?(?:议案)?(?:意见)?建议$", "^(?:政协)?(?:委员)?提案$"),
    ("转办|交办|转来", "自接|自收|自办|(?:直接|自行)(?:受理|接收|接待)"),
    ("(?:大专|本科)(?:及)?以上", "(?:高中|中专|初中|大专)(?:及)?以下"),
    ("入选|当选|获评", "落选"),
    ("查实|属实", "查否|不实|失实|查无"),
    ("成功", "未成功|不成功|未获批|终止(?:调解)?$"),
)
# Of these a plain list tells no third; of the others a few may be left unsaid (再审, 行业调委会).
_FIRM = regex.compile(
    "落选|查否|不实|失实|^重复|重[信访]|[当现]场整改|简易|口头|结转|专职|兼职|委员|政协|线上|线下|上半年|下半年|男|女"
)
# Two levels that run what is counted: others (行业性调委会) may run some, too.
_LEVELS = (
    ("^(?:乡镇?|镇街?|街道)(?:本?级|直)", "^(?:村|社区)(?:居|社区)?(?:两?级)?"),
    ("^(?:县|区|市|旗)(?:本?级|直|政府)", "^(?:乡镇|镇街|街镇|镇乡|街乡|乡街|镇级|乡级|街道|苏木)"),
    ("^(?:[局委县市区])?(?:机关|本级|本部)", "^(?:下属|所属|直属|基层|派出|大队|中队|站所)"),
)
_AT_LEVEL = regex.compile("^(?:设|共?设有|现有|配备|聘任)?(?:省|市|县|区|乡镇?|镇街?|街道|村居?|社区|组)级")
# 县级6场、乡镇28场、企业53场: who held each.
_HOLDER = re.compile(
    "(?:由)?(?:省|市|县|区|旗|乡|镇|乡镇|镇街|街道|村|村居|社区|村[(]社区[)]|部门|企业|学校|园区|县直部门|机关)(?:本?级|层面|单位|组织|自行|自主)?(?:组织|开展|举办)?的?"
)
_WAY = re.compile(
    "(?:现场|当面|窗口|上门|电话|热线|网络|网上|线上|在线|微信|书面|来信|来访|来电|视频)[\u4e00-\u9fff]{2}$"
)
_SAME_WORK = tuple(map(frozenset, ("镇村", "乡村", "县乡", "县镇", "市县")))
_LEVEL = tuple(tuple(regex.compile(side) for side in pair) for pair in _LEVELS)
_PAIR = tuple(tuple(regex.compile(side) for side in pair) for pair in _PAIRS)
_ANY_SIDE = regex.compile("|".join(side for pair in _PAIRS for side in pair))
_TWO, _THREE = 2, 3
_DENIAL = re.compile(r"(?:未予|未|不予|不|没有|没)(?P<what>[〇\u4e00-\u9fff]{2,6})$")
# What a case can't be twice.
_OUTCOME = re.compile(
    r"维持|驳回|撤销|确认违法|终止|撤回|撤诉|和解|责令|变更|不予|调解(?:结案)?$|裁决$|判决$|准予|不支持|支持|受理"
)
# A case ends in one way: 裁决结案, 调解结案, 撤诉方式结案.
_CLOSED_BY = re.compile(r"[〇\u4e00-\u9fff]{2}(?:方式)?(?:结案|审结)$(?<!已结案)(?<!成功结案)(?<!按期结案)")
# What becomes of a case that is looked into.
_DISPOSED = re.compile(r"移送|责令|处罚|不予|警告|训诫|约谈|拘留|批评教育|免罚")
# What a case can be besides: such parts overlap, so that their sum proves nothing.
_BESIDES = re.compile(
    r"复[核审查检]|[初会终]审|再次审|办结|化解|整改|完成|达成|履行|结案|答复|回复|满意|采纳|处置|解决|兑现|调解成功|成功|未|审结|开庭|出庭|胜诉|败诉|纠错|到场"
    r"|重大|疑难|复杂|重点|突出|典型|群体|涉企|涉农|涉众|涉稳|涉黑|涉诈|涉毒|跨|信访|现场|当场|通过|联合|自行|主动|首次|持证|取得|持有|资格|党员|女性|妇女"
    r"|少数民族|学历|本科|大专|硕士|研究生|以[上下]|中级|高级|骨干|退役|兼任|罚款|罚没|警告|没收|金额|移送|听证|法制审核|公示|备案"
    r"|省级|市级|县级|(?<!社)区级|国家级|示范|新增|新建|新聘|更新|修订|评为|列入|抽查|回访|上门|夜间|(?<!联)网上(?!网)|线上|覆盖"
)
# What a case is whatever its kind: such parts cross others.
_CROSSWISE = re.compile(
    r"重复|重大|疑难|复杂|重点|突出|典型|群体|涉[企农众稳黑诈毒]|跨|党员|女|少数民族|学历|本科|大专|以[上下]|骨干|农民工|老年|未成年"
)
# In these the same words tell a kind, not a circumstance: 听证会 beside 座谈会, 网上信访 beside 来信.
_KINDS = re.compile(
    r"未(?:经(?:批准|许可|审批|同意|备案|验收|检[验疫])|按[照规时要]|依法|取得|落实|佩戴|设置|建立|公示|办理(?=[〇\u4e00-\u9fff]{2}))[〇\u4e00-\u9fff]*"
    r"|夜间施工|听证会|联合(?:执法)?检查$|网上(?:征求|征集|公示)|重大(?:行政)?(?:决策|执法|事项|项目)|通过[〇\u4e00-\u9fff]{2,14}(?:公开|发布|公示|推送|受理|办理|收到)$|资格(?:认定|许可|核准)|网上(?:信访|来信|投诉|巡查|巡检|办理|受理)|示范(?:村|社区|点)|公示栏|移送(?=类)"
    r"|[〇\u4e00-\u9fff]{2,12}(?:[类型]|方面|领域|岗位)$"
)
# What was done about the figure before, not a figure of its own.
OUTCOME = re.compile(r"办结|化解|整改|成功|解决|结案|审结|答复|回复")
_CLOSED = re.compile(r"办结|结案|审结")
# What came over from the year before: a list beside it may break down both.
CARRIED = re.compile("结转|转结|上年|旧存|结存")
REST = regex.compile(r"(?<!告知)(?<!转)其他(?!途径)|其它|其余|另外|剩余|余下|剩下")
# 这些诉求中，…; 按来源分，…; 从类型看，…; 具体来看，…
ANNOUNCED = regex.compile(
    r"(?:这些|上述|以上|所有|全部)[^，,。;；:：\d]{0,10}[中里内][，,:：]?"
    r"|[^，,。;；:：\d]{2,8}的(?:案件|纠纷|事项|申请|问题|投诉|信访件)[中里内][，,:：]"
    r"|(?:若?按照?|依照?|从)[^，,。;；:：\d]{1,12}?(?:划分|区分|来分|分类?|统计|来看|上看|看|分析|归类)[，,:：]?"
    r"|按照?[^，,。;；:：\d]{2,10}(?:类别|种类|类型|领域|来源|区域|层级|主体)[，,:：]"
    r"|(?<!\p{Han})(?:具体|分类|分项|分领域|分类型|分类别|分来源)(?:来看|来说|而言|看|情况|包括|涉及|有|是|为)*[，,:：]?"
    r"|(?:即|也就是|分为|分成|分别属于|分属)"
)
# None of these is without one of these characters, which is seen far sooner.
_MAY_ANNOUNCE = re.compile("[这上所全中里内按依从具分即也]")
MAINLY = re.compile(r"主要|重点|特别|尤其|如")
ETC = re.compile(r"等|以上|余")
# No part of what stands before: a change, another year, what is left out.
CHANGE = regex.compile(
    r"[较比](?:上年|去年|同期|往年|上一年|20\d\d年)|同比|环比|去年|上年同期|(?:上年|上一年|去年|前年|往年|20\d\d年)度?(?:同期|全年)?(?:的|则|各)?(?:分别|依次|为(?!止)|是)|(?:上年|上一年|前年)度?(?:同期|全年)?$|增[加长]|减少|下降|上升|提高|目标|(?:^|[,，、;；(（]|年度?|下达的?|考核|计划|既定|分配的?|指标|目标)任务(?!类)|计划(?!类|生育|[，,])|不含|不包括|除外|历年|(?:[两三四五六七八九十]|\d)年来?(?:累计|总计|合计|共)|以来(?:累计|总计|合计|共)"
)
# Where one case may count under several heads, the parts may be more than the whole.
OVERLAP = regex.compile(
    r"重复(?:计|统计|涉及)|交叉(?!检查|执法|评查|互查|打分|评[分审议]|复核|审核|阅卷|互评)|重叠|叠加|兼(?:有|具|任|顾)|同时(?:涉及|属于|属|具有|为|是|计入)|(?:一[案件人事起单]|每[案件人单])[\p{Han}]{0,3}多|[两二多]种以上|两[项个类]以上"
    r"|多[个项种类](?:类型|诉求|事项|领域|问题|身份|部门|当事人)|既[^，。]{1,12}又|不止|可多选|两边|两[处头]都|(?:部分|有的|个别|少数)[\p{Han}]{0,6}(?:涉及|属于|既|同时|兼)"
)
# A new act, which begins another statement.
NEW = re.compile(r"此外|另外|同时|[一二三四五六七八九]是|另有|还有|并(?!列)|全年|今年|截至|力争")
ACTS = re.compile(
    r"共计|合计|累计|总计|开展|组织|举办|召开|发放|接待|受理|排查|实施|作出|下达|移送|收缴|拆除|印发|制定|发出|出动"
    r"|研究|听取|审议|解答|提供|配备|参加|化解|办结|调解成功|成功|整改|培训|走访|立案|责令|罚款|罚没|出具|发生|形成|分解|张贴|建立|创建|命名"
)
_NOT_DONE = regex.compile(r"[、，,]?(?:无法|不予|未予|未|不)")
_FOR = re.compile("(?:经费|资金|费用|费|装备|设备|补助|补贴)$")
ASIDE = re.compile(r"涉及|金额|面积|罚款|罚没")


@lru_cache(maxsize=2048)
def tells_change(gap: str) -> bool:
    """Whether the words before a figure tell that it is no part of what stands before them."""
    return CHANGE.search(gap) is not None


def announced(gap: str) -> bool:
    """Whether the words before a figure announce kinds of what stands before them: 按来源分，…."""
    return _MAY_ANNOUNCE.search(gap) is not None and ANNOUNCED.search(gap) is not None


def additive(names: Sequence[str]) -> bool:
    """Whether parts called so are kinds side by side."""
    if complementary(names) or graded(names) or ended(names) or _ways(names):
        return True
    kinds = [_KINDS.sub("", name) for name in names]
    return not any(_BESIDES.search(name) or _OUTCOME.search(name) for name in kinds)


def _ways(names: Sequence[str]) -> bool:
    """Whether parts came each in its way: 现场咨询, 电话咨询."""
    return len(set(names)) == len(names) > 1 and all(_WAY.match(name) for name in names) and parallel(names)


def crosswise(names: Sequence[str]) -> bool:
    """Whether a part is called after what a case of any kind can be: 涉企, 重复投诉, 妇女."""
    return any(_CROSSWISE.search(name) for name in names)


def disposed(names: Sequence[str]) -> bool:
    """Whether all parts are what became of cases: 移送公安机关, 行政处罚, 责令改正."""
    return all(_DISPOSED.search(name) for name in names)


def bared(names: Sequence[str]) -> list[str]:
    """Return names without what all of them end with: 城管执法罚款, 农业执法罚款."""
    shared = 0
    while all(len(name) > shared and name[-shared - 1] == names[0][-shared - 1] for name in names):
        shared += 1
    return [name[: len(name) - shared] or name for name in names] if shared > 1 else list(names)


def summable(names: Sequence[str], said: bool) -> bool:
    """Whether a sum told after a list may be of it: `said` tells that the text calls it one (合计)."""
    return additive(names) or (said and not any(OUTCOME.search(name) for name in names))


def complementary(names: Sequence[str]) -> bool:
    """Whether parts leave nothing out between them: two that do so by their names, or one and its denial."""
    denials = [name for name in names if "不" in name or "未" in name or "没" in name]
    if any(_denied(one, other) for one in names for other in denials):
        return True
    if len(names) != 2:
        return False
    one, other = names
    if _ANY_SIDE.search(one) is None or _ANY_SIDE.search(other) is None:
        return False
    return any(
        (left.search(one) and right.search(other) and not right.search(one) and not left.search(other))
        or (left.search(other) and right.search(one) and not right.search(other) and not left.search(one))
        for left, right in _PAIR
    )


def leaves_none(names: Sequence[str]) -> bool:
    """Whether parts leave nothing out, though nothing announces them: 简易程序, 普通程序."""
    # 同意公开、部分公开、不予公开
    if len(names) == _THREE and names[1].startswith("部分"):
        return _denied(names[0], names[2]) and names[1].endswith(names[2][-2:])
    if len(names) != 2 or not complementary(names):
        return False
    one, other = names
    return _denied(one, other) or _denied(other, one) or any(_FIRM.search(name) for name in names)


def leveled(names: Sequence[str]) -> bool:
    """Whether parts are of several levels, each of its own: 县级, 镇级, 村级; 县直部门, 乡镇."""
    if len(set(names)) == len(names) > 1 and all(_AT_LEVEL.match(name) for name in names):
        return True
    if len(names) != 2:
        return False
    one, other = names
    if one and other and one[1:] == other[1:] and {one[0], other[0]} in _SAME_WORK:
        return True
    return any(
        (upper.search(one) and lower.search(other)) or (upper.search(other) and lower.search(one))
        for upper, lower in _LEVEL
    )


def held_apart(names: Sequence[str]) -> bool:
    """Whether parts are called after who held them, and nothing else: 县级6场、乡镇28场、企业53场."""
    return len(set(names)) == len(names) > 1 and all(_HOLDER.fullmatch(name) for name in names)


def _denied(name: str, denial: str) -> bool:
    """Whether one says of a thing what the other denies: 采纳, 未采纳; 决定援助, 不予援助."""
    match = _DENIAL.search(denial)
    if match is None or _DENIAL.search(name):
        return False
    return len(match["what"]) > 1 and name.endswith(match["what"])


def parallel(names: Sequence[str]) -> bool:
    """Whether the parts end alike: 城市管理类, 自然资源类; 普通程序, 简易程序."""
    return len({name[-1:] for name in names}) == 1


def uniform(names: Sequence[str]) -> bool:
    """Whether all parts are of one sort beyond doubt: they end alike, or are all outcomes."""
    return parallel(names) or all(_OUTCOME.search(name) for name in names)


def decided(names: Sequence[str], whole: str) -> bool:
    """Whether parts are what cases ended in, told of those that are closed: 审结85件，其中维持41件."""
    return _CLOSED.search(whole) is not None and ended(names)


def ended(names: Sequence[str]) -> bool:
    """Whether each part is one way in which a case ends, and ends once: 维持, 驳回, 终止, 调解结案."""
    kinds = names[:-1] if len(names) > _TWO and REST.match(names[-1]) else names
    return all(_OUTCOME.search(name) or _CLOSED_BY.search(name) for name in kinds)


def strength(gap: str) -> int:
    """Rank a joint: 、 binds closer than a comma, a comma closer than a semicolon."""
    if ";" in gap or "；" in gap:
        return 2
    return 1 if "," in gap or "，" in gap else 0


def breaks(name: str, first: str) -> bool:
    """Whether a figure's name begins a new statement rather than the next part.

    Args:
        name: the text before the figure.
        first: that of the list's first part, whose own words break nothing.
    """
    if NEW.search(name):
        return True
    # 维持9件、责令履行1件: a case ends in one way, whatever was done for it.
    if _OUTCOME.search(first) and _OUTCOME.search(name):
        return False
    # 培训经费4万元 tells what for, and 无法提供2件 of an outcome, not of an act.
    if _FOR.search(name) and _FOR.search(first):
        return False
    return _NOT_DONE.match(name) is None and any(act.group() not in first for act in ACTS.finditer(name))
