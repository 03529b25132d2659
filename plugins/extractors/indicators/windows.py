"""Where around a figure the words may stand that claim it, govern it or refuse it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from nianbao.grammar.clauses import Clause
from nianbao.grammar.reading import Reading
from nianbao.grammar.units import UnitClass
from plugins.extractors.indicators.claim import Side

# How far behind its figure a head may stand.
RIGHT_REACH = 26
# 7处面积共900平方米的搭建物: an area between a figure and its noun only measures it.
_MEASURES = regex.compile(r"[,，(]?(?:总|占地|建筑|涉及|违建|用地)*面积[^,，。;；\d]{0,4}")
# 20个乡镇: the measure word has its noun behind it; 20个均已建成 has it before.
_NOUN = regex.compile(r"[\p{Han}](?<![均已全都皆在于为是由被共并和与及或以比较])")
# 35名调解员、18个调解室: what stands before the joint is the name of the figure before.
JOINED = regex.compile("[、和与及]$")
# 9个工作站全年接待来访: what follows the sum word is told by a figure of its own.
_SUMS_ANEW = regex.compile(
    r"全年|累计|共计|合计|总计|共(?=受理|接|开展|办|调|排|化|发|提|举|审|出|组织|培|解)"
)
# 12名班子成员接待来访45批: what the staff do is told by a figure of its own.
_ACTS = regex.compile(rf"接待|包案|走访|调解|化解|办理|下沉|深入|{_SUMS_ANEW.pattern}")
_CLAUSE_END = regex.compile("[,，;；。:!?\n]")
# 对合同26份、文件14份进行审查: the verb behind the list is for all of its items.
_GOVERNED = regex.compile(r"(?:.*[^\p{Han}])?.{0,4}(?:对|将|把).*[、和及与]$")
_NAME_BEFORE = regex.compile(r"\p{Han}{2,10}、")
# 悬挂横幅标语、发放宣传单: a new act has its own words against it.
_NEW_ACT = regex.compile(
    r".*[、和及](?=发放|派发|散发|印发|张贴|悬挂|举办|开展|组织|召开|下达|查处|拆除|受理|办理|解答|接待|出动|制作|播放|推送)"
)
# 12名班子成员接待群众: those who do it are named behind the measure word.
_COUNTED_FOR = frozenset({UnitClass.PEOPLE, UnitClass.PLACE, UnitClass.ITEM})
# 为860名农民工追回工资: for whom something is done.
_FOR = regex.compile("(?:[为给帮向对]|帮助|协助|惠及|救助|护送)(?:辖区|全镇|全县|全区|近)?$")
# 实考135人，2人因病缓考: who is left out is none of those before; 66人参加，65人合格: nor is how they did.
_EXCEPTED = regex.compile(
    "因|缺考|缓考|未参加|请假|(?:均|全部)?(?:一次性|一次|首次|顺利)?(?:考试)?(?:合格|及格|通过|达标|补考|优秀)(?!率)|未(?:合格|通过)"
)
_STAFF = regex.compile(
    r"(?:党政|党委|政府|镇|街道|县级?|局|科级)*(?:班子成员|领导|干部|工作人员|职工|公职人员|党员|网格员|志愿者|代表)"
)
# 召开党委会5次，专题研究法治政府建设: what an event was for may be told behind its figure.
_PURPOSE = regex.compile(
    r"[,，](?:专题|专门|认真|集中|及时|分别|先后|重点|共同)*(?:研究|部署|听取|审议|讨论|研判|传达|学习)[^,，、。;；:()\d\n]{2,20}+(?!、)"
)
# 限期整改15处，均已整改到位: so may what became of it.
_OUTCOME = regex.compile(r"[,，;；](?:目前|现|截至目前)?(?:均|都|全部|皆|已)[^,，、。;；:()\d\n]{2,16}")
# 15个村都请了法律顾问、配了调解员: what follows tells another thing of the same subject.
_ALSO_DID = regex.compile("[、和并](?=(?:配|聘|请|建|设|培|选|组|成立|建立)[了备有请立建养育聘])")
_JOINS = regex.compile(r"^[、和与或]|^以及|^及(?!时)|^并(?!列)")


@dataclass(frozen=True, slots=True)
class Window:
    """Where a head may stand (`start`, `end`), its other words (`scope`), those that refuse it (`own`).

    Words in `besides` count with those of the scope, for and against.
    """

    side: Side
    start: int
    end: int
    scope_start: int
    scope_end: int
    own_start: int
    own_end: int
    besides: tuple[int, int] = (0, 0)


def window_of_name(clause: Clause, name: tuple[int, int]) -> Window:
    """Return the window of a figure that the text deals out to a name."""
    scope = min(name[0], clause.left), max(name[1], clause.quantity.start)
    return Window(Side.LEFT, *name, *scope, *name)


def windows(reading: Reading, clause: Clause) -> Iterator[Window]:
    """Yield the windows of a figure: before it, behind it, and in the clause before where its own is bare."""
    quantity = clause.quantity
    text = reading.shadow.text
    # What stands before the next figure of the same clause is that figure's own.
    own_end = quantity.end if clause.right == _next_start(reading, clause) else clause.right
    follows = _follows_a_name(reading, clause)
    if not follows:
        start = _after_name(reading, clause)
        act = _NEW_ACT.match(text, start, quantity.start)
        own = act.end() if act else start
        scope_end = clause.stop if _GOVERNED.match(text, clause.list_start, own_end + 1) else own_end
        yield Window(Side.LEFT, start, quantity.start, clause.list_start, scope_end, own, own_end)
    if not _JOINS.match(text[quantity.end : quantity.end + 2]):
        beyond = _past_area(reading, clause)
        reach = min(beyond or clause.right, quantity.end + (2 if beyond else 1) * RIGHT_REACH)
        acts = quantity.kind is UnitClass.PEOPLE and _STAFF.match(text, quantity.end)
        anew = (_ACTS if acts else _SUMS_ANEW).search(text, quantity.end, reach)
        reach = anew.start() if anew else reach
        own = quantity.start if follows else clause.left
        also = _ALSO_DID.search(text, quantity.end, clause.right)
        end = also.start() if also and quantity.kind in _COUNTED_FOR else clause.right
        yield Window(Side.RIGHT, quantity.end, reach, clause.list_start, clause.stop, own, end)
    counts_what_follows = (quantity.unit == "个" and _NOUN.match(text, quantity.end)) or (
        quantity.kind in _COUNTED_FOR and (_STAFF.match(text, quantity.end) or _serves(text, clause))
    )
    counts_what_follows = counts_what_follows or _EXCEPTED.match(text, quantity.end)
    if clause.bare and clause.carried[0] < clause.carried[1] and not counts_what_follows:
        start, end = clause.carried
        yield Window(Side.CARRIED, start, end, start, own_end, start, own_end)


def afterword_end(text: str, clause: Clause) -> int:
    """Return where the clause ends that tells what for an event was or how it ended, or the figure's own."""
    afterword = _PURPOSE if clause.quantity.kind is UnitClass.EVENT else _OUTCOME
    found = afterword.match(text, clause.right)
    return found.end() if found is not None else clause.right


def _serves(text: str, clause: Clause) -> bool:
    """Whether a figure counts those for whom something is done, who are named behind it."""
    before = clause.text_before(text)
    return _FOR.search(before) is not None and _NOUN.match(text, clause.quantity.end) is not None


def _past_area(reading: Reading, clause: Clause) -> int | None:
    """Return where a figure's clause ends past the area that measures it, or None where none does."""
    if clause.index + 1 >= len(reading.quantities):
        return None
    area = reading.quantities[clause.index + 1]
    text = reading.shadow.text
    if area.kind is not UnitClass.AREA or text[area.end : area.end + 1] != "的":
        return None
    if not _MEASURES.fullmatch(text, clause.quantity.end, area.start):
        return None
    stop = _CLAUSE_END.search(text, area.end)
    return stop.start() if stop else len(text)


def _after_name(reading: Reading, clause: Clause) -> int:
    """Return where a figure's own words begin, past the name of the one before: 8个部门、设置窗口9个."""
    before = reading.quantities[clause.index - 1].end if clause.index else -1
    own = _NAME_BEFORE.match(reading.shadow.text, clause.left, clause.quantity.start)
    return own.end() if own is not None and clause.left == before else clause.left


def _follows_a_name(reading: Reading, clause: Clause) -> bool:
    """Whether what stands before a figure is the name of the one before: 8件文件、26份合同."""
    before = reading.quantities[clause.index - 1].end if clause.index else -1
    between = reading.shadow.text[clause.left : clause.quantity.start]
    return clause.left == before and len(between) > 1 and JOINED.search(between) is not None


def _next_start(reading: Reading, clause: Clause) -> int | None:
    """Return where the next figure starts, or None after the last."""
    following = clause.index + 1
    return reading.quantities[following].start if following < len(reading.quantities) else None
