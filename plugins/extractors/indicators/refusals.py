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
from plugins.extractors.indicators.intended import is_ahead, is_aimed, is_norm
from plugins.extractors.indicators.reasons import Refusal
from plugins.extractors.indicators.whereabouts import is_among_problems, is_planned
from plugins.extractors.indicators.years import YEAR_REACH, is_of_another_year

_MORE_OR_LESS = "增长|增加|上升|下降|减少|提高|提升|降低|压减|压缩|缩短|缩减|递增|多出"
_CHANGE_NEAR = regex.compile(
    rf"(?:{_MORE_OR_LESS}|增幅|降幅|涨幅|升幅|环比|同比|提速)"
    rf"(?:了|约|近|率|达|为|超过?|幅度|{_MORE_OR_LESS})*$"
)
_CHANGE_CLAUSE = regex.compile(
    r"同比|环比|较(?:上年|去年|上一年|往年|前一年|\d{4}年)|[比与](?:上年|去年|上一年|往年|\d{4}年)|相比"
)
_CHANGE_TO = regex.compile(r"(?:到|至|为|达到)$")
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
# 解决信访问题的12条措施: what was laid down is counted nowhere.
_STEPS = regex.compile(
    r"^(?:具体|重点|务实|创新|硬核|工作|改革|惠企|便民|管理|内部|刚性){0,2}(?:措施|举措|办法|机制|制度|规定|禁令|纪律|硬任务)"
)
_STEP_UNITS = frozenset({"条", "项"})
# 编制22名、实有19名: posts are no people.
_POSTS = regex.compile(r"(?:编制|定编)(?:总?数)?(?:为|共|共有)?$")
# 共有120人参加: those who came are no stock.
_TAKES_PART = regex.compile("参加|参与|参训|到场|接受")
# 全市首批, 全省先进, 全县率先 praise; they tell nobody else's figure.
_PRAISE = r"(?!性|首|第|先进|优|率先|排|民主法治|前\d|最|通办|域)"
_ACTS = "(?:共|累计|全年|受理|办理|办了|接了|收了)"
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
# How far those stand for whom a figure holds.
_NARROW_REACH = 60


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
        earlier = text[max(sentence, clause.quantity.start - YEAR_REACH) : clause.quantity.start]
        if _IN_ALL.search(before) and _IN_YEAR.search(earlier) and not _AS_OF.search(earlier):
            before = _IN_ALL.sub("", before)
        stock = _STOCK.search(before) is not None
        return stock and _TAKES_PART.search(self._after(clause)) is None

    def _tests(self) -> Iterator[tuple[Callable[[Clause], bool], Refusal]]:
        text, year = self.reading.shadow.text, self.report.year
        yield self._is_planned, reasons.PLANNED
        yield lambda clause: is_ahead(text, clause.sentence), reasons.PLANNED
        yield self._is_measure, reasons.MEASURE
        yield self._is_quoted, reasons.NAME
        yield self._is_leading, reasons.LEADING_ACT
        yield self._is_denied, reasons.DENIAL
        yield self._is_change, reasons.CHANGE
        yield lambda clause: is_norm(text, clause, self._own(clause)), reasons.NORM
        yield lambda clause: is_aimed(text, clause), reasons.NORM
        yield lambda clause: is_of_another_year(text, clause, year), reasons.OTHER_YEAR
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
        after, unit = self._after(clause), clause.quantity.unit
        if unit in _STEP_UNITS:
            return _STEPS.match(after) is not None
        return unit in ("个", "大") and _FIELDS.match(after) is not None

    def _is_size(self, clause: Clause) -> bool:
        quantity = clause.quantity
        told = self.reading.shadow.text[quantity.start : quantity.end]
        return told.endswith("以上") and _SIZE.match(self._after(clause)) is not None
