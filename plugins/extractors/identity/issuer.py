"""The body whose work is reported, in the longest form that the document prints."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nianbao import FactName, IssuerLevel
from nianbao.divisions import Divisions
from plugins.extractors.identity.bodies import (
    Anchor,
    Form,
    is_body,
    level_of,
    master,
    split_joint,
)
from plugins.extractors.identity.page import FURNITURE, Page, flat

_BLANKS = re.compile(r"\s+")
_LEAD = re.compile(
    r"^(?:《|关于|报送|上报|呈报|呈送|印发|公布|公开|转发|[\[(].{0,8}[\])]|(?:19|20)\d\d\s*年?(?:度(?!假))?|[一二][〇零九O○].{2}年度?|年度?)+"
)
_CUT = re.compile(
    r"关于|(?:19|20)\d\d|[一二][〇零九O○].{2}年|年度|全面|深入|推进|加强|落实|履行|党政主要|主要负责|党委主要|依法|法治|述法|[上下]半年|书记|[镇乡县区市局旗州]长|主任|主要领导|领导班子|20\d\s*年|XX|××|\*"
)
_OPENING = re.compile(
    r"(?:现将|现就|现对)(?P<what>[^。\n]{0,80}?)(?:报告|汇报|总结|通报|公布|公示|小结)?如下"
)
_OPENING_SUBJECT = re.compile(
    r"(?:^|[。,;:\n]|以来,|年,|年度,)\s*(?P<body>[一-鿿]{2,25}?(?:人民政府|街道办事处|镇|乡|街道|县|区|市|局|委员会|厅))"
    r"(?=(?:党委|党工委|人民政府|政府|县委|区委|市委|党组)?(?:[、和]?(?:党委|政府|县政府|区政府|市政府))?(?:始终|坚持|深入|认真|在|以|全面|严格|紧紧|高度|持续|切实|围绕|按照|根据|积极|把|将|牢固|贯彻|扎实|大力|聚焦|立足))"
)
_SELF = re.compile(r"[我全本](镇|乡|街道|办事处|苏木|县|区|市|旗|州|盟|省|局|委|院|厅|办|管委会)")
_TOWN_END = re.compile(r"镇|乡|街道|苏木")
_NO_NAME = re.compile(r".*(?:乡|城|集|村|小城|建制|重点|各|我|本|全|该|区|县|市|和|及|对|向|在|的|为|进|属)$")
LEVEL_OF_SELF = {
    **dict.fromkeys(("镇", "乡", "街道", "办事处", "苏木"), IssuerLevel.TOWN),
    **dict.fromkeys(("县", "区", "旗"), IssuerLevel.COUNTY),
    **dict.fromkeys(("州", "盟"), IssuerLevel.CITY),
    "省": IssuerLevel.PROVINCE,
    **dict.fromkeys(("局", "委", "院", "厅", "办"), IssuerLevel.DEPARTMENT),
    "管委会": IssuerLevel.OTHER,
}


@dataclass(frozen=True, slots=True)
class Issuer:
    """The issuer, its rank, and other bodies that were weighed."""

    value: str
    level: IssuerLevel
    start: int | None
    reason: str
    confidence: Decimal
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Named:
    """A body that a place of the document names as the issuer."""

    name: str
    reason: str
    confidence: Decimal


def find_issuer(page: Page, titles: Sequence[str], directory: Divisions) -> Issuer | None:
    """Return the body whose work is reported.

    Args:
        page: the document.
        titles: its own title first, then other titles of the page.
        directory: the divisions.
    """
    named = list(_named(page, titles, directory))
    if not named:
        return None
    first = named[0]
    anchor = Anchor(first.name, directory)
    forms = [Form(first.name, _find(page.folded, first.name))] if page.states(first.name) else []
    forms += anchor.forms(page.folded)
    forms += [
        Form(other.name, _find(page.folded, other.name)) for other in named if _same(anchor, other.name)
    ]
    forms += [Form(form.text, None) for text in _fact_texts(page) for form in anchor.forms(text)]
    forms = [form for form in forms if len(form.text) <= 40] or [Form(first.name, None)]
    best = max(
        forms, key=lambda form: (_worth(form.text, first.name), len(form.text), form.start is not None)
    )
    start = next((form.start for form in forms if form.text == best.text and form.start is not None), None)
    rivals = tuple(dict.fromkeys(o.name for o in named if not _same(anchor, o.name) and o.name != best.text))
    level = level_of(first.name, directory)
    return Issuer(best.text, level, start, first.reason, first.confidence, rivals[:4])


def _worth(text: str, first: str) -> bool:
    """某镇政府 is no fuller than 某镇 unless the title says so."""
    return text == first or not (text.endswith("政府") and not text.endswith("人民政府"))


def _same(anchor: Anchor, name: str) -> bool:
    """Tell whether a whole name is a form of the anchor's."""
    match = anchor.pattern.search(name)
    return match is not None and match.end() == len(name)


def _find(text: str, name: str) -> int | None:
    at = text.find(name)
    return at if at >= 0 else None


def _fact_texts(page: Page) -> list[str]:
    names = (FactName.ISSUER, FactName.PUBLISHER, FactName.TITLE, FactName.BREADCRUMB)
    return [flat(fact.value) for fact in page.document.facts if fact.name in names]


def _named(page: Page, titles: Sequence[str], directory: Divisions) -> Iterator[_Named]:
    """The bodies that may be the issuer, the surest first."""
    selves = _selves(page)
    for title in titles:
        if name := body_of_title(title):
            yield _Named(name, "标题中的单位", Decimal("0.95"))
    signed = [_Named(name, "落款单位", Decimal("0.9")) for name in _signatures(page)]
    yield from (body for body in signed if _fits(level_of(body.name, directory), selves))
    for value in page.facts(FactName.ISSUER):
        if is_body(name := split_joint(_squeeze(value))):
            yield _Named(name, "页面注明的单位", Decimal("0.85"))
    yield from _publishers(page, selves, directory, fits=True)
    yield from _openings(page)
    yield from _mentions(page, selves)
    yield from signed
    yield from _publishers(page, selves, directory, fits=False)


def body_of_title(title: str) -> str | None:
    """Return the issuer that a title names, or None."""
    squeezed = _squeeze(flat(title))
    rest = _LEAD.sub("", squeezed)
    cut = _CUT.search(rest)
    phrase = rest[: cut.start()] if cut else rest
    name = split_joint(phrase.strip("的、,《》:").removesuffix("度"))
    return name if is_body(name) else None


def _squeeze(text: str) -> str:
    return _BLANKS.sub("", text)


def _signatures(page: Page) -> Iterator[str]:
    """Bodies that sign: alone on one of the last lines, before a date or at the very end."""
    for line in reversed(page.tail):
        if FURNITURE.search(line.text):
            continue
        text = re.sub(r"(?:\(.*?\)|[一-鿿]?20\d\d年.*|[一二][〇零○O].{2}年.*)$", "", line.squeezed)
        if len(text) <= 35 and is_body(name := split_joint(text)) and not re.search(r"[。,;:]", line.text):
            yield name


def _publishers(page: Page, selves: Counter[str], directory: Divisions, *, fits: bool) -> Iterator[_Named]:
    """Publishers: the issuer where their rank is that of which the text says 我."""
    values = [
        label.value
        for label in page.labels
        if label.label.endswith(("来源", "机构", "机关", "单位", "部门", "名称"))
    ]
    for value in dict.fromkeys(_squeeze(flat(value)) for value in (*page.facts(FactName.PUBLISHER), *values)):
        name = split_joint(master(value))
        if is_body(name) and _fits(level_of(name, directory), selves) is fits:
            yield _Named(
                name,
                "发布机构" if fits else "发布机构（文中未见其他单位）",
                Decimal("0.8" if fits else "0.5"),
            )


def _fits(level: IssuerLevel, selves: Counter[str]) -> bool:
    if not selves:
        return True
    said = selves.most_common(1)[0][0]
    if said == "市":
        return level in (IssuerLevel.CITY, IssuerLevel.COUNTY, IssuerLevel.PROVINCE)
    return LEVEL_OF_SELF[said] is level


def _selves(page: Page) -> Counter[str]:
    """Count how the text calls its own body: 我镇, 全县, 本局."""
    return Counter(match[1] for match in _SELF.finditer(page.folded))


def _openings(page: Page) -> Iterator[_Named]:
    """Bodies that the opening names: 现将某镇情况报告如下, or 某镇坚持."""
    opening = page.folded[page.body : page.body + 1500]
    for match in _OPENING.finditer(opening):
        if name := body_of_title(match["what"]):
            yield _Named(name, "开头写明的单位", Decimal("0.85"))
    for match in _OPENING_SUBJECT.finditer(opening):
        name = split_joint(re.sub(r"^.*(?:以来|年度?|月)", "", match["body"]))
        if is_body(name):
            yield _Named(name, "开头的主语", Decimal("0.7"))


def _mentions(page: Page, selves: Counter[str]) -> Iterator[_Named]:
    """The town that the text names most often, where it speaks of 我镇 or of nobody."""
    if selves and LEVEL_OF_SELF.get(selves.most_common(1)[0][0]) is not IssuerLevel.TOWN:
        return
    text = page.folded
    counts: Counter[str] = Counter()
    for match in _TOWN_END.finditer(text):
        for length in (2, 3):
            before = text[max(0, match.start() - length) : match.start()]
            if len(before) == length and re.fullmatch(r"[一-鿿]+", before) and not _NO_NAME.match(before):
                counts[before + match.group()] += 1
    if not counts:
        return
    name, times = max(counts.items(), key=lambda item: (item[1], len(item[0])))
    if times > 2:
        yield _Named(name, f"文中提到 {times} 次", Decimal("0.5"))
