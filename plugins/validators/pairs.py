"""What is done of what, and what its rate is called: 化解 of 排查 (化解率), 出庭 of 应诉 (出庭率)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """What is done of what, and what its rate is called: patterns for the words before a figure."""

    done: Any
    of: Any
    rate: Any


def _pair(done: str, of: str, rate: str) -> Pair:
    return Pair(re.compile(done), re.compile(of), re.compile(rate))


RESOLVED = _pair(
    r"化解|调解成功|调处成功|成功调[解处]|调成|达成(?:调解)?协议|成功(?!创|申|举|劝|推)",
    r"排查|摸排|受理|调解|调处|纠纷|矛盾",
    r"化解|调解成功|调处成功|调成|成功",
)
CLOSED = _pair(
    r"办结|办复|答复(?!等)|回复|结案|审结|审理(?:完结|终结|完毕)|处结|办理完结|办理完毕|处理完毕|化解|解决|调处完毕|办成",
    r"受理|收到|接收|接到|接待|承办|办理|交办|转办|转办单|流转|登记|立案|收案|工单|诉求|信访|建议(?![省市县区]|政府|废止|修改)|(?:代表|委员)(?:书面|批评)?意见|提案|投诉|举报|复议|诉讼|应诉",
    r"办结|办复|答复|回复|结案|审结|处结|办理|解决|办成",
)
MENDED = _pair(
    r"整改(?<![应需]整改)(?<!责令整改)(?<!限期整改)(?<!(?<!按)要求整改)(?<!督促整改)(?<!责令立即整改)(?<![劝引教指]导整改)(?<!教育整改)(?!通知|意见|指令|书|建议)|整改(?:到位|完毕)|消除|销号|整治到位|(?:完成|已)整治",
    r"整改(?:通知|意见|指令)书|[应需]整改|(?:责令|限期|要求|督促|责令立即|[劝引指]导|教育)整改|排查|摸排|发现|查出|检查出|查摆|梳理|隐患(?!点)|问题",
    r"整改|销号|消除",
)
APPEARED = _pair(
    r"[出到]庭(?<!应.庭)(?<!应当.庭)(?<!应由负责人.庭)(?<!应当由负责人.庭)(?<!应由行政机关负责人.庭)"
    r"(?<!代为.庭)(?<!工作人员.庭)(?<!律师.庭)",
    r"应诉案件|诉讼案件|诉讼|涉诉|被诉|应诉|开庭审理|开庭|应当?(?:由(?:行政机关)?负责人)?[出到]庭",
    r"出庭(?:应诉)?|应诉",
)
# Who orders that all be mended has found it before.
ORDERED = _pair(
    r"(?:督促|责令|责令立即|要求|指导|现场|当场|限期|立即)(?:限期|立即)?整改$(?<!已责令整改)|立行立改$",
    r"排查|摸排|发现|查出|检查出|查摆|梳理",
    "$^",
)
LOST = _pair(r"败诉|纠错|被撤销|被确认违法", r"诉讼|应诉|复议|审结|审理(?:完结|终结|完毕)|判决", r"败诉|纠错")
PASSED = _pair(
    r"合格(?<!不合格)|及格(?<!不及格)|通过(?<!不通过)(?!率)",
    r"参考|参加|参训|应考|实考|考试|测试|考场|闭卷|笔试|答卷|机考|检测|抽检|监测|抽样|检验",
    r"(?<!不)合格|及格|通过",
)
CAME = _pair(
    r"实考|实到|实际参[加考训]|实参|(?<!应)参考|到考",
    r"报名|应考|应到|应检|应(?:当)?(?:参[加考训]|述法|出席)|在籍|在册|在校",
    r"参考|到考|参[加训学]",
)
TAKEN = _pair(r"采纳|吸纳", r"征集|收集|征求|收到|提出", r"采纳|吸纳")
LICENSED = _pair(
    r"持证(?<![应需须]持证)(?<!应当持证)|(?:取得|领取了?|领到了?|考取了?)(?:行政)?(?:执法)?(?:资格|证)|持有",
    r"执法人员",
    r"持证(?:上岗)?",
)
PLEASED = _pair(r"满意(?<!不满意)", r"办理|答复|回访|评价|承办|建议|提案", r"满意")
ACCEPTED = _pair(
    r"受理(?!申请)|(?:给予|准予|批准|决定|予以)(?<!不..)(?:援助|许可|受理|救助)|批准$(?<!不批准)(?<!不予批准)(?<!未批准)",
    r"(?<!依)申请(?!听证)(?<!听证申请)",
    r"受理|批准",
)
# Of these no rate is told that bears their name, or it is one of what is called so (公示率).
_NONE = "$^"
FILED = _pair(
    r"^(?:均|已|全部|按规定|按时|及时|依法|向[^，]{0,8})*(?:报送备案|报备|备案)$",
    r"(?:制定|制发|出台|印发)[^，,。]*文件",
    _NONE,
)
HANDLED = _pair(r"(?:处置|处理|核查|查处)完毕|核查处置", r"线索|排查|发现", _NONE)
DEMOLISHED = _pair(r"拆除", r"(?:发现|排查|查处|认定)[^，,。]*(?:违建|违法建[设筑]|违章)", _NONE)
PUBLISHED = _pair(
    r"^(?:均|已|及时|依法|全部|并)*公[示开](?:处罚决定|处罚信息|结果)?$", r"作出[^，,。]*(?:处罚|决定)", _NONE
)
REVIEWED = _pair(
    r"经(?:过)?(?:法制审核|合法性审查|集体讨论|专家论证)", r"重大[^，,。]*(?:决策|决定|事项)", _NONE
)
AGREED = _pair(r"(?:签订|制作|达成)(?:书面|口头|人民|调解)*协议", r"调解成功|成功调[解处]|调处成功", _NONE)
PASSED_ON = _pair(r"审议通过|通过审议|表决通过", r"提[请交]审议|上会", _NONE)
HEARD = _pair(
    r"(?:举行|召开|组织|开展|举办)[^，,。]{0,8}听证会?$",
    r"(?:申请|要求|提出)[^，,。]{0,6}听证|听证[^，,。]{0,4}(?:申请|要求)",
    _NONE,
)
ASSESSED = _pair(
    r"(?:出具|反馈|提交|回复)[^，,。]{0,8}评估(?:意见|报告)(?:书|函)?$",
    r"(?:接受|受理|收到|承接|接收)[^，,。]{0,12}(?:调查评估|评估委托|委托)",
    _NONE,
)
COMPLETED = _pair(r"^(?:已|均已|全部|按[时期])*完成$", r"(?:任务|事项|指标|项目|措施|清单)$", r"完成")
GRADED = _pair(r"优秀(?:案卷)?$|合格案卷", r"(?:评查|抽取|抽查)[^，,。]*案卷|案卷评查", _NONE)
PAID = _pair(
    r"(?:上?缴|缴入|收缴)[^，,。]{0,4}国库$|入库$|(?:执行|收缴|缴纳)到位$|到账$",
    r"罚没|罚款|没收",
    _NONE,
)
COVERED = _pair(r"(?:监督|检查|监管)?覆盖$", r"在册|登记|纳入监管|监管对象|应监督", r"(?:监督|监管)覆盖")
RETURNED = _pair(
    r"[收回]回(?!有效)", r"(?:发放|发出|下发)[^，,。]*(?:问卷|调查表|测评表|评议表)", r"[收回]回"
)
VALID = _pair(
    r"有效(?:问卷|票|卷|样本)?$",
    r"[收回]回|(?:发放|发出|下发)[^，,。]*(?:问卷|调查表|测评表|评议表)",
    r"有效",
)
PAIRS = (
    ACCEPTED, RESOLVED, CLOSED, MENDED, APPEARED, LOST, PASSED, CAME, TAKEN, LICENSED, PLEASED,
    FILED, HANDLED, DEMOLISHED, PUBLISHED, REVIEWED, AGREED, PASSED_ON, GRADED, COMPLETED,
    HEARD, ASSESSED, ORDERED, PAID, COVERED, RETURNED, VALID,
)  # fmt: skip


# Of these rates are told, but no order is: more may be done than was planned.
PLANNED = _pair(
    r"实际|完[成结]",
    r"计划|任务|应(?:当)?(?:监督|检查|抽查|监测)",
    r"(?:完成|完结|覆盖|监督|检查)$",
)
MEDIATED = _pair(
    r"调解|和解|调撤", r"审结|审理(?:完结|终结|完毕)|办结|结案", r"(?:调撤|调解和解|调和|和解|调解)$"
)
ONLINE = _pair(
    r"网[上络办]|线上", r"办理|受理|办件|办结|证照|事项", r"(?:网办|网上办[理件]|线上办[理件]|网上受理)$"
)
# Others than the team's own may hold a certificate of some kind, so that these two are in no order.
STAFFED = _pair(
    r"取得[^，,。]{0,6}证$|取得[^，,。]{2,6}证(?!件)",
    r"执法[大中]?队[^，,。]{0,4}(?:在岗|在编|现有|共有|实有)?$",
    r"持证(?:上岗)?$",
)
FAILED = _pair(r"不合格|发现问题", r"抽检|检测|检验|抽查|监测|检查", r"(?:不合格|问题发现|检出)$")
SETTLED = _pair(r"调处(?:完毕|结案|到位|了结)", r"受理|排查|摸排|收到|接到|登记|立案", r"调处$")
CORRECTED = _pair(r"纠错", r"办结|审结|审理(?:完结|终结|完毕)|(?<![解撤诉])结案", r"纠错$")
ATTENDED = _pair(r"参[加考训学]|到[课考会]", r"干部|人员|职工|队员|应[考到参]", r"参[加考训学]$")
ONLY_RATES = (PLANNED, MEDIATED, ONLINE, STAFFED, FAILED, SETTLED, CORRECTED, ATTENDED)


@lru_cache(maxsize=256)
def plain_pair(word: str) -> Pair:
    """Return the pair of a rate that is named after what it counts: 优秀率 of 优秀案卷."""
    # 应公示1286条，已公示1274条: what was due is not what was done.
    return _pair(rf"(?<![应需须]){word}(?<!应当{word})(?!成功)", rf"[应需]当?{word}", word)
