"""Why a figure is none of this issuer's year: target, norm, other year, other body, change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import regex

from nianbao.grammar.clauses import Clause
from nianbao.grammar.reading import Reading
from nianbao.grammar.units import UnitClass
from nianbao.model import Field, IssuerLevel, Qualifier, Report
from plugins.extractors.indicators import reasons
from plugins.extractors.indicators.reasons import Refusal
from plugins.extractors.indicators.whereabouts import is_among_problems, is_planned

# 每年, 每季度, 每两周, 每村: a norm or a frequency, no count of the year.
_EACH = regex.compile(
    r"每(?:半|两|三|一|个|隔)?(?:个)?(?:年度?|季度?|月|周|星期|天|日|次|人|名|(?:行政|自然)?村|嘎查|居委会|社区|户|批|件|镇|街|单位|家|案|学期|网格|所|逢)"
    # 每周干部例会学法18次: what is held every week may be counted.
    r"(?![^,，。;；\d]{0,6}(?:例会|调度会|学习日|活动日|晨会|夜学|大会))"
    r"|年均|月均|日均|人均|户均|平均(?!水平|分|值|年龄)"
    r"|均(?:配|设|有|建|明确|落实|安排|聘)[^,，。;；]{0,8}$|各配|各设"
)
_NAMED_EACH = regex.compile(r"\p{Han}{2}[、和]\p{Han}{2,12}各$")
_SUMMED = regex.compile("共|全|累计|合计|总计|总数|实际")
_QUOTED = regex.compile("“[^“”\n]{0,40}”")
_AT_LEAST = regex.compile(r"至少|不少于")
_TARGET = regex.compile(
    r"力争|争取(?!到)|控制在|目标(?:任务|是|为)?|预计|到20\d\d年底?"
    r"|(?:^|[,，;；、])计划(?!生育|外|内|书|性|单列|规划|总结|类)|计划(?:开展|组织|举办|完成|于|在|到|新|培)"
    r"|拟(?:开展|组织|新|于|在|推荐|申报|培养|创建)"
    r"|不得|要求(?:各|每)|须|应(?:培养|配备|建|设立|配)(?!尽)|应当|必须|按照[^,，。]{0,12}标准"
)
# 力争化解率达98%，满意率达95%: what is aimed at goes on, until something is told as done.
_AIMED = regex.compile(
    r"力争|争取(?!到)|目标(?:任务|是|为)|(?:^|[,，;；、])计划(?!生育|外|内|书|性|单列|规划|总结|类)"
    r"|(?:(?<![按据照])\d{4}年|还|将)计划(?:开展|组织|举办|培训)"
)
_DONE = regex.compile(r"[;；]|全年|累计|共|已|实际|实现了|完成了|办理|截[至止]|达到了")
# What opens a sentence on the time to come; all that follows in it is intended.
_AHEAD = regex.compile(
    r"(?:[(]?[一二三四五六七八九十\d]+[)、.])?(?:来年|明年|下一?年度?|下一?步|下一?阶段|今后|接下来|新的一年)(?:[,，里中]|我|将|要|,)"
)
_MORE_OR_LESS = "增长|增加|上升|下降|减少|提高|提升|降低|压减|压缩|缩短|缩减|递增|多出"
_CHANGE_NEAR = regex.compile(
    rf"(?:{_MORE_OR_LESS}|增幅|降幅|涨幅|升幅|环比|同比|提速)"
    rf"(?:了|约|近|率|达|为|超过?|幅度|{_MORE_OR_LESS})*$"
)
_CHANGE_CLAUSE = regex.compile(
    r"同比|环比|较(?:上年|去年|上一年|往年|前一年|\d{4}年)|[比与](?:上年|去年|上一年|往年|\d{4}年)|相比"
)
_CHANGE_TO = regex.compile(r"(?:到|至|为|达到)$")
# 比2024年多9件 tells no year of its own.
# 对2019年底以前出台的文件: what was cleaned up is older than the year in which it was.
_YEAR = regex.compile(
    r"(?<![\d比较与同])(20\d\d)年(?!以来|起|修订|修正|版|的\d|为\d"
    r"|(?:底|末|\d{1,2}月(?:\d{1,2}日|底)?)?(?:以前|之前|前|(?:现行|仍然?)?有效))"
    r"|今年|本年|年内"
)
# 执法队成立于2019年，队员16名; 2021年底挂牌，目前13人: when a body began is no year of its figures.
_FOUNDED = regex.compile(
    r"(?:成立|组建|设立|始建|建成|挂牌|启用)于(?:20\d\d)年[^,，。;；]*|20\d\d年(?:底|末|初|\d{1,2}月)?(?:成立|组建|设立|挂牌|揭牌|建成|启用)"
)
# These hold for their own clause only: 上年为5件；加上上年结转9宗，调解成功132宗.
_LAST_YEAR = regex.compile(r"上年(?!度?末)|去年|上一年|往年|前年|(?<!含)结转(?!至?到?下)")
_THAT_YEAR = regex.compile(r"(?<!\d)(20\d\d)年度?(?:的|为|是|有|共)?$")
_SINCE = regex.compile(r"(?<!\d)(20\d\d)年(?:\d{1,2}月)?(?:以来|起)|建[成立]以来")
# 五年来，累计办理: of several years, and none of them.
_OF_YEARS = regex.compile(
    r"(?:^|[,，;；。])(?:近|过去|这)?[两三四五六七八九十几](?:个)?年(?:来|间|以来)|近[三五两几\d]年来?[,，]?(?:累计|共)|过去[两三四五]年|历年(?:来(?!制发|制定|出台|印发)|累计|共)|[任届]期内|(?:普法|规划)期间"
)
_STOCK = regex.compile(
    r"现有|共有|拥有|辖(?!区|内)|在册|存量(?!违|规范性|行政规范|文件)|常住|户籍(?:人口|居民|人数)|总人口|累计建成|已建成|保有|继续有效"
)
# 2023年共有行政复议案件2件: how many there were in the year; 截至2023年底共有 tells what there is.
_IN_ALL = regex.compile(r"共有(?!的)")
_IN_YEAR = regex.compile(r"20\d\d年(?!末|底|以来|\d)|全年|今年|本年|年内|一年来|年度")
_AS_OF = regex.compile(r"截[至止]|目前|年底|年末|现在|现有")
# 涉及8个领域, 6个方面: fields and aspects are counted by no indicator.
_FIELDS = regex.compile(
    r"^(?:重点|重要|关键|主要|行政执法|执法|县直|区直|市直|镇直|成员|内设)?"
    r"(?:领域|方面|环节|行业|类别|维度|层面|板块|部门|科室|股室|机构(?!调解)|乡镇)"
)
# 编制22名、实有19名: posts are no people.
_POSTS = regex.compile(r"(?:编制|定编)(?:总?数)?(?:为|共|共有)?$")
# 共有120人参加: those who came are no stock.
_TAKES_PART = regex.compile("参加|参与|参训|到场|接受")
# 全市首批, 全省先进, 全县率先 praise; they tell nobody else's figure.
_PRAISE = r"(?!性|首|第|先进|优|率先|排|民主法治|前\d|最|通办|域)"
_ACTS = "(?:共|累计|全年|受理|办理)"
_WIDER = {
    IssuerLevel.TOWN: regex.compile(
        rf"全(?:县|市|区|省|州|旗|盟|自治区){_PRAISE}"
        rf"|(?<![镇乡街道])(?:县|区|市)(?:人民)?(?:法院|检察院|公安局|司法局|信访局){_ACTS}"
    ),
    IssuerLevel.COUNTY: regex.compile(
        rf"全(?:省|州|自治区){_PRAISE}|市中院|(?:省|市)(?:人民)?(?:法院|检察院|司法[厅局]){_ACTS}"
    ),
    IssuerLevel.CITY: regex.compile(rf"全(?:省|自治区){_PRAISE}"),
}
# 配合县应急管理局处罚企业3家: the other body's penalties, and the fines told with them.
_FOR_OTHERS = regex.compile(
    r"(?:配合|协助)(?:省|市|州|县|区|上级)\p{Han}{2,14}(?:处罚|立案|查处|罚款)[^,，。;；]*$"
)
# 六个村全年只开展过一次: some of its villages.
_OF_SOME = regex.compile(
    r"(?:\d|[一二两三四五六七八九十])个(?:行政)?(?:村|社区|乡镇|镇|街道|部门|单位)(?:\([^()]{1,6}\))?"
    r"(?:全年|一年来?|仍|还|今年|至今)*(?:仅|只(?!要|有))[^,，。;；]*$"
)
# 500人以上企业, 规模的: a size, no count.
_SIZE = regex.compile(r"^(?:企业|单位|以上的?企业|工业企业|的)")
_OPEN_QUOTE = regex.compile(r"“[^”\n]{0,12}$")
_CLOSE_QUOTE = regex.compile(r"^[^“\n]{0,8}”")
# “一个窗口对外、一站式服务”: what is one in a slogan is counted nowhere.
_CLOSE_LATER = regex.compile(r"[^“。\n]{0,20}”")
# Told as a shortcoming: 全年只开展过一次宣传; 覆盖不到; 平均仅8.7名.
_SCANT = regex.compile(r"(?:仅仅?|只|才|不足|不到|尚有|缺口)(?!能|要|有效)[^,，。;；\d]{0,10}$")
_WANTING = regex.compile(
    r"^[^,，。;；\d]{0,10}(?:不到|不够|不足|不高|不强|不均|偏低|偏少|短缺|新招录|新入职|即将退休)"
)
_REALLY = regex.compile("^[^。；;\n]{0,30}(?:实考|实际参考|实际参加|实际参训|实到)(?:人数)?为?$")
# 五人小组, 致家长一封信: the name of a body, of a text.
_TEAM = regex.compile("小组|工作组|领导小组")
# Acts of leading that count nothing of the catalogue: 作出批示20余次.
_LEADING = regex.compile(
    r"(?:批示|提出要求|(?<!挂牌)督办|调研|通报|督导|慰问|(?<!到[省市县区京])走访)(?:共|累计|约)*$"
)
# 没有一起被提起复议: a denial, which is told as nothing elsewhere.
_DENIED = regex.compile(r"(?:未|没有|无|不)(?:[^,，。;；]{0,6})$")
_CLAUSE_STOP = regex.compile("[。；;!?\n]")
# How far a year that opens a sentence reaches.
_YEAR_REACH = 300
# How far those stand for whom a figure holds.
_NARROW_REACH = 60


def _last_stop(text: str, before: int) -> int:
    """Return where the run of clauses begins that no comma or fuller stop parts."""
    return max(text.rfind(stop, 0, before) for stop in ",，;；。:(") + 1


@dataclass(frozen=True, slots=True)
class Refuser:
    """Says why figures of one report are refused."""

    reading: Reading
    report: Report

    def refusal(self, clause: Clause) -> Refusal | None:
        """Return why this figure is none of the issuer's and the year's, or None where it may be."""
        for test, refusal in self._tests():
            if test(clause):
                return refusal
        return None

    def is_stock(self, clause: Clause) -> bool:
        """Whether the figure tells what there is, rather than what was done in the year."""
        before = self._before(clause)
        text, sentence = self.reading.shadow.text, clause.sentence[0]
        earlier = text[max(sentence, clause.quantity.start - _YEAR_REACH) : clause.quantity.start]
        if _IN_ALL.search(before) and _IN_YEAR.search(earlier) and not _AS_OF.search(earlier):
            before = _IN_ALL.sub("", before)
        stock = _STOCK.search(before) is not None
        return stock and _TAKES_PART.search(self._after(clause)) is None

    def _tests(self) -> Iterator[tuple[Callable[[Clause], bool], Refusal]]:
        yield self._is_planned, reasons.PLANNED
        yield self._is_ahead, reasons.PLANNED
        yield self._is_measure, reasons.MEASURE
        yield self._is_quoted, reasons.NAME
        yield self._is_leading, reasons.LEADING_ACT
        yield self._is_denied, reasons.DENIAL
        yield self._is_change, reasons.CHANGE
        yield self._is_norm, reasons.NORM
        yield self._is_aimed, reasons.NORM
        yield self._is_other_year, reasons.OTHER_YEAR
        yield self._is_wider, reasons.OTHER_BODY
        yield self._is_size, reasons.SIZE_ONLY
        yield self._is_posts, reasons.POSTS_ONLY
        yield self._counts_fields, reasons.FIELDS_ONLY
        yield self._is_scant, reasons.SHORTCOMING
        yield self._is_team, reasons.TEAM_NAME
        yield self._is_expected, reasons.EXPECTED

    def _before(self, clause: Clause) -> str:
        return clause.text_before(self.reading.shadow.text)

    def _after(self, clause: Clause) -> str:
        return self.reading.shadow.text[clause.quantity.end : clause.right]

    def _own(self, clause: Clause) -> str:
        """Return the text up to the figure from the last stop or figure, its carried clause included."""
        start = clause.carried[0] if clause.bare else clause.left
        return self.reading.shadow.text[start : clause.quantity.start]

    def _is_planned(self, clause: Clause) -> bool:
        return is_planned(self.report, self.reading.shadow.origins[clause.quantity.start])

    def _is_ahead(self, clause: Clause) -> bool:
        return _AHEAD.match(self.reading.shadow.text, clause.sentence[0]) is not None

    def _is_measure(self, clause: Clause) -> bool:
        return clause.quantity.kind in (UnitClass.AREA, UnitClass.LENGTH)

    def _is_quoted(self, clause: Clause) -> bool:
        return (
            clause.quantity.han
            and _OPEN_QUOTE.search(self._before(clause)) is not None
            and (
                _CLOSE_QUOTE.match(self._after(clause)) is not None
                or (clause.quantity.value == 1 and self._closes_later(clause))
            )
        )

    def _closes_later(self, clause: Clause) -> bool:
        return _CLOSE_LATER.match(self.reading.shadow.text, clause.quantity.end) is not None

    def _is_leading(self, clause: Clause) -> bool:
        return _LEADING.search(self._before(clause)) is not None

    def _is_denied(self, clause: Clause) -> bool:
        one = clause.quantity.han and clause.quantity.value == 1
        return one and _DENIED.search(self._before(clause)) is not None

    def _is_change(self, clause: Clause) -> bool:
        if clause.quantity.kind is UnitClass.POINT or clause.superseded:
            return True
        before = self._before(clause)
        if _CHANGE_TO.search(before):
            return False
        compared = _CHANGE_CLAUSE.search(self._own(clause)) is not None
        return compared or _CHANGE_NEAR.search(before) is not None

    def _is_norm(self, clause: Clause) -> bool:
        quantity = clause.quantity
        before = self._before(clause)
        # 每村4名，全镇共40名: the sum is no norm. “每周一法”: a name is none either.
        own = _QUOTED.sub("", before if _SUMMED.search(before) else self._own(clause))
        if _EACH.search(own) or _TARGET.search(own):
            return True
        one_each = quantity.han and quantity.value == 1 and own.endswith(("每", "各", "均有", "均", "都有"))
        # 听证会、座谈会各一次: each of those named, not each of many.
        if one_each and not (own.endswith("各") and _NAMED_EACH.search(own)):
            return True
        text = self.reading.shadow.text
        run = text[max(clause.list_start, _last_stop(text, quantity.start)) : quantity.start]
        # 每村建立1个调解室、配备2名法律明白人: the norm goes on with the list.
        if _EACH.search(_QUOTED.sub("", run)) and not _SUMMED.search(run):
            return True
        hedge = text[quantity.start : quantity.number_start]
        if quantity.qualifier is not Qualifier.AT_LEAST or not _AT_LEAST.search(hedge):
            return False
        return quantity.kind is not UnitClass.RATE and "每" in text[clause.sentence[0] : quantity.start]

    def _is_aimed(self, clause: Clause) -> bool:
        text, start = self.reading.shadow.text, clause.quantity.start
        ends = [aimed.end() for aimed in _AIMED.finditer(text, clause.sentence[0], start)]
        return bool(ends) and _DONE.search(text, ends[-1], start) is None

    def _is_other_year(self, clause: Clause) -> bool:
        text, start = self.reading.shadow.text, clause.quantity.start
        # 由上年的96次压减至54次: last year's figure is the one before.
        if _LAST_YEAR.search(text, max(clause.left, clause.changed_from), start):
            return True
        that = _THAT_YEAR.search(self._before(clause))
        if that is not None and self.report.year is not None:
            return int(that.group(1)) != self.report.year
        begin = max(clause.sentence[0], start - _YEAR_REACH)
        before = _CLAUSE_STOP.split(text[begin:start])[-1]
        if _OF_YEARS.search(before):
            return True
        if _SINCE.search(before):
            return False
        years = [match.group(1) for match in _YEAR.finditer(_FOUNDED.sub("", before))]
        told = years[-1] if years else None
        return told is not None and self.report.year is not None and int(told) != self.report.year

    def _is_wider(self, clause: Clause) -> bool:
        level = self.report.value(Field.ISSUER_LEVEL)
        wider = _WIDER.get(IssuerLevel(level)) if level else None
        if wider is not None and wider.search(self._own(clause)):
            return True
        text, begin = self.reading.shadow.text, max(clause.sentence[0], clause.quantity.start - _NARROW_REACH)
        before = text[begin : clause.quantity.start]
        helped = level == IssuerLevel.TOWN and _FOR_OTHERS.search(before) is not None
        return helped or _OF_SOME.search(before) is not None

    def _is_scant(self, clause: Clause) -> bool:
        """Whether the part on shortcomings tells the figure as one of them."""
        offset = self.reading.shadow.origins[clause.quantity.start]
        if not is_among_problems(self.report, offset):
            return False
        # 仅2名取得执法资格, 出庭率只有57%: how many there are, and how it went.
        counts = clause.quantity.kind not in (UnitClass.PEOPLE, UnitClass.RATE)
        if counts and (clause.quantity.qualifier is Qualifier.BELOW or _SCANT.search(self._before(clause))):
            return True
        return _WANTING.match(self._after(clause)) is not None

    def _is_team(self, clause: Clause) -> bool:
        after = self._after(clause)
        if clause.quantity.unit == "封":
            return clause.quantity.han and clause.quantity.value == 1 and after.startswith("信")
        return clause.quantity.kind is UnitClass.PEOPLE and _TEAM.match(after) is not None

    def _is_expected(self, clause: Clause) -> bool:
        """Whether it is told next how many really came: 应考69人、实考68人."""
        following = clause.index + 1
        quantities = self.reading.quantities
        if clause.quantity.kind is not UnitClass.PEOPLE or following >= len(quantities):
            return False
        text = self.reading.shadow.text
        # 应考98人，缺考1人，实考97人: who was missing may stand between.
        return any(
            came.kind is UnitClass.PEOPLE and _REALLY.search(text[clause.quantity.end : came.start])
            for came in quantities[following : following + 2]
        )

    def _is_posts(self, clause: Clause) -> bool:
        return clause.quantity.kind is UnitClass.PEOPLE and _POSTS.search(self._before(clause)) is not None

    def _counts_fields(self, clause: Clause) -> bool:
        return clause.quantity.unit in ("个", "大") and _FIELDS.match(self._after(clause)) is not None

    def _is_size(self, clause: Clause) -> bool:
        quantity = clause.quantity
        told = self.reading.shadow.text[quantity.start : quantity.end]
        return told.endswith("以上") and _SIZE.match(self._after(clause)) is not None
