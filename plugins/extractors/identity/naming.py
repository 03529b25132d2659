"""Which bodies a document names where its issuer is told: title, signature, page, opening, file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nianbao import FactName, IssuerLevel
from nianbao.divisions import Divisions
from nianbao.divisions.hosts import spelled_by
from nianbao.divisions.names import HAN
from nianbao.grammar.bodynames import TOWNS, UPPERS
from plugins.extractors.identity.bodies import is_body, level_of, master, split_joint
from plugins.extractors.identity.opening import SUBJECT_VERBS, first_actor, openings
from plugins.extractors.identity.outside import file_name
from plugins.extractors.identity.page import CRUMBS, FURNITURE, SUBJECT, Page, flat
from plugins.extractors.identity.papers import own_papers
from plugins.extractors.identity.phrases import Named, body_of_title, squeeze

SIGNED = "落款单位"
_ALL_HAN = re.compile(f"[{HAN}]+")
_SELF = re.compile(
    r"(?P<who>[我全本])(?P<what>镇|乡|街道|街|办事处|苏木|县|区|市|旗|州|盟|省|分?局|委|院|厅|办|管委会)(?!人民法院|人民检察院)"
)
# Only a bureau's own report says 局党组 without saying whose.
# A class at the head of an expression lets it skip what can't match.
_BUREAU = re.compile(r"[局厅](?<![一-鿿].)(?:党[组委]|机关|系统)", re.S)
# 县委、县政府坚持…: who leads acts; in 在县委、县政府的领导下 he does not.
_ACTING = re.compile(
    rf"(?:^|[。,;:)\n])\s*(?P<what>[{UPPERS}])(?:委|政府|人民政府)(?:[、和]?(?P=what)?(?:政府|人民政府))?(?:{SUBJECT_VERBS})"
)
_BUREAU_WORDS = frozenset(("局", "分局", "厅"))
# 现将县人民政府2022年…情况报告如下
_REPORTED = re.compile(rf"现[将就](?P<what>[{UPPERS}])(?:人民)?政府(?!办)")
# 街道按照…, 镇党委、政府高度重视: once, it may be anybody's town.
_TOWN_ACTING = re.compile(
    rf"(?:[。,;:)\n](?:一是|二是|三是)?|[^一-鿿]年来,)\s*(?P<what>{TOWNS})(?:党委|党工委|政府|办事处|人民政府|[、和及])*"
    rf"(?:主要负责人|主要领导)?(?:{SUBJECT_VERBS}|建立|组织|开展|探索|调整)"
)
_OPENING = 1500
_TOWN_END = re.compile(TOWNS)
_NO_NAME_ENDS = frozenset(("", *"乡城集村各我本全该区县市和及对向在的为进属由与给到某"))
_NO_NAMES = ("小城", "建制", "重点")
_REGION = "自治区"
_REGION_LEADS = re.compile(r"自治区(?:党委|人民政府|政府|主席)")
_DISTRICT_LEADS = re.compile(r"(?<!治)区(?:委(?!员)|政府|人民政府|司法局)|市委(?!员)|县委(?!员)")
_STEP = re.compile(r"[>»→]")
_CLAUSE_STOP = re.compile(r"[。,;:]")
_SIGN_END = re.compile(r"(?:\(.*?\)|[一-鿿]?20\d\d年.*|[一二][〇零○O].{2}年.*)$")
LEVEL_OF_SELF = {
    **dict.fromkeys(("镇", "乡", "街道", "街", "办事处", "苏木"), IssuerLevel.TOWN),
    **dict.fromkeys(("县", "区", "旗"), IssuerLevel.COUNTY),
    **dict.fromkeys(("州", "盟"), IssuerLevel.CITY),
    **dict.fromkeys(("省", _REGION), IssuerLevel.PROVINCE),
    **dict.fromkeys(("局", "分局", "委", "院", "厅", "办"), IssuerLevel.DEPARTMENT),
    "管委会": IssuerLevel.OTHER,
}
_MANY = 3


@dataclass(frozen=True, slots=True)
class Self:
    """How the text calls its own body (我镇, 本局), and how often; `word` is empty where it doesn't."""

    word: str
    times: int

    @property
    def level(self) -> IssuerLevel | None:
        """Return the rank of a body called so; None where it is open (我市, 我单位)."""
        return LEVEL_OF_SELF.get(self.word)

    def fits(self, level: IssuerLevel) -> bool:
        """Tell whether a body of this rank may call itself so."""
        if self.word == "市":
            return level in (IssuerLevel.CITY, IssuerLevel.COUNTY, IssuerLevel.PROVINCE)
        if self.word == "区":  # of a zone as well
            return level in (IssuerLevel.COUNTY, IssuerLevel.OTHER, IssuerLevel.PROVINCE)
        return self.level is None or self.level is level


def read_self(page: Page) -> Self:
    """Tell how the text calls its own body: 我 and 本 mean it, 全 mostly the place around it."""
    own: Counter[str] = Counter()
    around: Counter[str] = Counter()
    for match in _SELF.finditer(page.folded):
        (around if match["who"] == "全" else own)[match["what"]] += 1
    if not own and (bureaus := len(_BUREAU.findall(page.folded))):
        return Self("局", bureaus)
    if not own:
        acting = _ACTING.finditer(page.folded, page.body, page.body + _OPENING)
        around.update(match["what"] for match in acting)
        if reported := _REPORTED.search(page.folded, page.body, page.body + _OPENING):
            around[reported["what"]] += 2
        towns = Counter(
            m["what"] for m in _TOWN_ACTING.finditer(page.folded, page.body, page.body + _OPENING)
        )
        around.update({what: times for what, times in towns.items() if times > 1})
    best = next(iter((own or around).most_common(1)), ("", 0))
    if best[0] == "区" and _is_region(page.folded):
        return Self(_REGION, best[1])
    # A bureau speaks of 我县 and 我局 both; a county never speaks of 我局.
    bureau = next(
        (told for told in own.most_common() if LEVEL_OF_SELF.get(told[0]) is IssuerLevel.DEPARTMENT), None
    )
    if bureau and (bureau[1] > 1 or bureau[0] in _BUREAU_WORDS) and bureau[1] * _MANY >= best[1]:
        best = bureau
    return Self(best[0], best[1] + (around[best[0]] if own else 0))


def _is_region(text: str) -> bool:
    """Tell whether 我区 is an autonomous region: its own leaders act, and no district's or city's do."""
    return len(_REGION_LEADS.findall(text)) > 1 and _DISTRICT_LEADS.search(text) is None


def named_bodies(page: Page, titles: Sequence[str], own: Self, directory: Divisions) -> Iterator[Named]:
    """Yield the bodies that may be the issuer, the surest first."""
    for title in titles:
        if name := body_of_title(title):
            yield Named(name, "标题中的单位", Decimal("0.95"))
    yield from _below_title(page, own, directory)
    # 某镇人民政府办公室 signs for its town.
    serves = own.level is IssuerLevel.TOWN
    names = (master(name) if serves else name for name in _signatures(page))
    signed = [Named(name, SIGNED, Decimal("0.9")) for name in names]
    yield from (body for body in signed if own.fits(level_of(body.name, directory)))
    for fact in page.document.facts:
        body = split_joint(squeeze(flat(fact.value))) if fact.name is FactName.ISSUER else ""
        if body and is_body(body):
            where = "名录" if fact.origin == "manifest" else "页面"
            yield Named(body, f"{where}注明的单位", Decimal("0.85"))
    acting = first_actor(page, directory)
    yield from (body for body in acting if own.fits(level_of(body.name, directory)))
    yield from _publishers(page, own, directory, fits=True)
    yield from openings(page, directory)
    yield from own_papers(page, own.word)
    yield from _mentions(page, own)
    yield from _of_file(page)
    yield from _around(page, own, directory)
    yield from _on_trail(page, own, directory)
    # Whoever signs or publishes may do so for another; where the text says 我镇, a county is not its issuer.
    if own.times < _MANY or own.level is None:
        yield from signed
        yield from _publishers(page, own, directory, fits=False)


def _signatures(page: Page) -> Iterator[str]:
    """Bodies that sign: alone on one of the last lines, before a date or at the very end."""
    for line in reversed(page.tail):
        if _CLAUSE_STOP.search(line.text) or FURNITURE.search(line.text):
            continue
        text = _SIGN_END.sub("", line.squeezed)
        if len(text) <= 35 and is_body(name := split_joint(text)):
            yield name


def _below_title(page: Page, own: Self, directory: Divisions) -> Iterator[Named]:
    """The body that signs below the title; what stands above it may be the site's own banner."""
    titled = max((index for index, line in enumerate(page.head) if SUBJECT.search(line.text)), default=None)
    if titled is None:
        return
    for line in page.head[titled + 1 :]:
        name = split_joint(line.squeezed.strip("()"))
        if not FURNITURE.search(line.text) and is_body(name) and own.fits(level_of(name, directory)):
            yield Named(name, "标题下的单位", Decimal("0.85"))


def _publishers(page: Page, own: Self, directory: Divisions, *, fits: bool) -> Iterator[Named]:
    """Publishers: the issuer where their rank is that of which the text says 我."""
    values = [
        label.value
        for label in page.labels
        if label.label.endswith(("来源", "机构", "机关", "单位", "部门", "名称"))
    ]
    for value in dict.fromkeys(squeeze(flat(value)) for value in (*page.facts(FactName.PUBLISHER), *values)):
        name = split_joint(master(value))
        if is_body(name) and own.fits(level_of(name, directory)) is fits:
            reason = "发布机构" if fits else "发布机构（文中未见其他单位）"
            yield Named(name, reason, Decimal("0.8" if fits else "0.5"))


def _mentions(page: Page, own: Self) -> Iterator[Named]:
    """The town that the text names most often, where it speaks of 我镇 or of nobody."""
    if own.word and own.level is not IssuerLevel.TOWN:
        return
    text = page.folded
    spans = (match.span() for match in _TOWN_END.finditer(text))
    called = Counter((text[max(0, start - 3) : start], text[start:end]) for start, end in spans)
    counts: Counter[str] = Counter()
    for (before, ending), times in called.items():
        if before[-1:] in _NO_NAME_ENDS:
            continue
        for length in (2, 3):
            if len(before) >= length and _may_name(before[-length:]):
                counts[before[-length:] + ending] += times
    if not counts:
        return
    name, times = max(counts.items(), key=lambda item: (item[1], len(item[0])))
    if times > 2:
        yield Named(name, f"文中提到 {times} 次", Decimal("0.5"))


def _may_name(before: str) -> bool:
    return _ALL_HAN.fullmatch(before) is not None and not before.endswith(_NO_NAMES)


def _around(page: Page, own: Self, directory: Divisions) -> Iterator[Named]:
    """The county or city that the text names most often, where it speaks of 我县 or 我市 and has no title."""
    if own.word not in ("县", "区", "市", "旗", "州") or own.times < 2:
        return
    names = Counter(
        mention.name
        for mention in directory.mentions(page.folded)
        if mention.name.endswith(own.word) and len(mention.name) > 2
    )
    # One that is named once, or as often as another, may be anybody's neighbour.
    (name, times), (_, next_times) = (*names.most_common(2), ("", 0), ("", 0))[:2]
    # 《某县2023年…要点》 is no neighbour's, where no other county is named.
    if times > max(next_times, 1) or (name and not next_times and f"《{name}" in page.folded):
        yield Named(name, f"文中称“我{own.word}”，提到{name} {times} 次", Decimal("0.5"))
        return
    # Named in passing alone, on a site that spells its name.
    for host in page.facts(FactName.HOST) if names else ():
        spelled = {division.name for division in spelled_by(host, directory)}
        for own_name in sorted(spelled & names.keys()):
            yield Named(own_name, f"文中称“我{own.word}”并提到{own_name}，网址也是它的拼写", Decimal("0.5"))


def _on_trail(page: Page, own: Self, directory: Divisions) -> Iterator[Named]:
    """The body whose column it is, where it is of the rank of which the text says 我; columns get copied."""
    above = (trail for trail in page.trails if CRUMBS.fullmatch(trail.strip()))
    trails = (*map(flat, page.facts(FactName.BREADCRUMB)), *above)
    steps = [step.strip() for trail in trails for step in _STEP.split(trail)]
    for step in reversed(steps):
        if own.word and is_body(step) and own.fits(level_of(step, directory)):
            yield Named(step, "位置导航中的单位", Decimal("0.4"))


def _of_file(page: Page) -> Iterator[Named]:
    """The body for which the file is named, where people hand in their reports as files."""
    if name := body_of_title(file_name(page)):
        yield Named(name, "文件名中的单位", Decimal("0.5"))
