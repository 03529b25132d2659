"""Places that a report names with good reason: neighbours, hosts, partners, parties, examples."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nianbao.grammar.reading import Reading
from plugins.validators.ownplace import Own
from plugins.validators.placenames import Name

# Right before the name, in its clause, right behind it, or anywhere in the sentence.
_BESIDE = re.compile(
    r"(?:[与同跟赴往向对到]|(?<![县区旗市]委)、|前往|联合|会同|对接|借鉴|学习|参考|考察|帮助|支援|来自|毗邻|邻近|周边|相邻|友邻|兄弟|原|并入|划归|移交|协助|配合"
    r"|观摩|如|例如|像|给|至|比|向)的?(?:市|县|区|乡镇|镇|街道)?$"
)
_IN_CLAUSE = re.compile(
    r"(?:[与跟]|和(?!谐)(?![^，,。;；\n]{0,12}[在由])|会同|联合|赴|前往|对口|结对|邀请|来自|毗邻|相邻|邻近|周边|移交|抄告|函告|商请|牵手|携手)[^，,。;；\n]{0,12}$"
)
# 我镇务工人员在某镇发生的纠纷
_OURS_IN = re.compile(r"[我本](?:镇|乡|街道|县|区)[^，,。;；\n]{1,16}在$")
_HAPPENED = re.compile(r"(?:境内|辖区)?(?:发生|务工|打工|施工|经商|居住|投资)")
_AFTER = re.compile(
    r"(?:等(?!级)|、[\u4e00-\u9fff]{1,6}(?:镇|乡|街道|县|区)|[与和同](?!谐)[\u4e00-\u9fff]{1,6}(?:镇|乡|街道|县|区)|联合|[与同和跟至到][我本](?:镇|乡|街道|县|区|市|局)"
    r"|[^，,。;；\n]{0,16}(?:调任|调入|来函|致函|发函|函请|商请|致信|来信致谢|移送|抄送)"
    r"|[^，,。;；\n]{0,16}(?:到|来|赴)[我本](?:镇|乡|街道|县|市|区|局|委))"
)
_ELSEWHERE = re.compile(
    r"考察(?:学习|交流|调研|取经|团)|学习考察|(?:赴|前往|外出|到)[^，。]{0,14}考察|毗邻|交界|接壤|边界|省际|市际|县际|对口|东西部|[与和同跟、][^，。]{2,20}签[订署]|签[订署][^，。]{0,16}(?:合作|协作|共建|框架|联[动防调])[^，。]{0,8}(?:协议|备忘录|公约)|(?:学习|借鉴|推广|交流|吸[取收]|参考|复制|先进|成功|有益|典型|[镇乡县区市]的?)[^，。；;]{0,12}经验|经验(?:做法|交流|介绍|分享|推广)|案例|一案|典型案|挂职"
    r"|[受应][^，。]{2,16}(?:邀请|委托|之邀|请求)"
    r"|友邻|兄弟|邻[镇乡县区市]|友好|撤[乡镇县市]|合并|区划调整|代管|托管|揭牌|转载|异地|跨[区省市县域]|交流学习|学习交流|观摩|中级人民法院"
    r"|协作|共建协议|联防联[调治控]|互派|[两三四][地镇乡县区省市]|结对(?:共建|帮扶)(?:单位|乡镇|村|镇)|帮扶单位|反面|警示教育"
)
# Whose case it is, or who comes from there, in the clause of a name; 以县政府为被告: one's own case.
_PARTIES = re.compile(
    r"原告|(?<![为作])被告(?!人?或第三人)|第三人(?<!或第三人)|籍|嫌疑人|当事人|(?<!被)申请人|老家|生于"
)
_CLAUSE_STOPS = "，,。;；\n"


# Who is reported to is a superior, and so the issuer's own.
_REPORTED_TO = re.compile(
    r"[县市区州旗盟]?[\u4e00-\u9fff]{0,16}?(?:报送|报备|汇报|述法|述职|备案|报告工作|(?:专题|专项)报告|提交[^，。]{0,8}报告)"
)
_TO = re.compile(r"(?<!面)向$|(?:上?报|报送|呈报)(?:[^，,。;；\n]{1,12}[、和])?$")
# 2024年，某镇坚持以…为指导: whom the sentence is about, whatever else it names further on.
_IS_ITSELF = re.compile(
    r"(?:党委|党工委|人民政府|政府|办事处|、|和)*(?:始终)?(?:坚持|深入|全面|认真|紧紧|高度重视|紧扣|立足|围绕|严格|扎实"
    r"|将(?![与同和跟联])|传达(?:学习)?|定期|专题|地处|位于|下辖|理论学习)"
)
# 对某区18个派出所开展考评: whose offices are looked after.
ITS_OFFICES = re.compile(
    r"[^，,。;；\n]{0,2}?\d{1,3}个(?:派出所|司法所|乡镇|镇街|镇乡|乡|镇|街道|行政村|村|社区|基层所|中队|大队|部门|县直)"
)
_TREATED = re.compile(r"[对在]$")
_BEGINS = re.compile(r"(?:^|[。;；\n]|20\d\d年度?[，,]?|来[，,]|[一二三四五六七八九]是)$")


@dataclass(slots=True)
class Elsewhere:
    """Judges which of a report's names are another place's; a partner's may stand anywhere.

    Args:
        reading: of the report.
        own: what the report may call its own.
    """

    reading: Reading
    own: Own
    _partners: dict[str, bool] = field(default_factory=dict)

    def is_strange(self, name: Name) -> bool:
        """Whether a name is another place's, and nothing in the report gives a reason for it."""
        if self.own.holds(name) or not self.own.can_tell(name):
            return False
        text = self.reading.shadow.text
        begin, _ = self.reading.sentence(name.start)
        if text.rfind("《", begin, name.start) > text.rfind("》", begin, name.start):
            return False
        return not self.is_excused(name)

    def is_excused(self, name: Name) -> bool:
        """Whether the sentence of a name, or another one that names it, gives a reason for it."""
        return self._is_excused(name.lead, name.end) or self._is_partner(name.text)

    def _is_partner(self, name: str) -> bool:
        if name not in self._partners:
            text = self.reading.shadow.text
            self._partners[name] = any(
                self._is_excused(match.start(), match.end()) for match in re.finditer(re.escape(name), text)
            )
        return self._partners[name]

    def _is_excused(self, start: int, end: int) -> bool:
        text = self.reading.shadow.text
        begin, stop = self.reading.sentence(start)
        if _IS_ITSELF.match(text, end) and _BEGINS.search(text, max(0, start - 8), start):
            stop = end
        if _TO.search(text, max(begin, start - 18), start) and _REPORTED_TO.match(text, end):
            return False
        treated = ITS_OFFICES.match(text, end) is not None and _TREATED.search(text, start - 1, start)
        return any(
            (
                not treated and _BESIDE.search(text, max(begin, start - 12), start),
                _IN_CLAUSE.search(text, max(begin, start - 24), start),
                _AFTER.match(text, end),
                _ELSEWHERE.search(text, begin, stop),
                self._is_of_a_party(start, end),
                _OURS_IN.search(text, begin, start) and _HAPPENED.match(text, end),
            )
        )

    def _is_of_a_party(self, start: int, end: int) -> bool:
        text = self.reading.shadow.text
        begin = max(text.rfind(stop, 0, start) for stop in _CLAUSE_STOPS) + 1
        stops = [at for stop in _CLAUSE_STOPS if (at := text.find(stop, end)) >= 0]
        return _PARTIES.search(text, begin, min(stops, default=len(text))) is not None
