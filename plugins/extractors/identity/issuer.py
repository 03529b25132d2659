"""The body whose work is reported, in the longest form that the document prints."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from nianbao import FactName, IssuerLevel, Rival
from nianbao.divisions import Divisions
from plugins.extractors.identity.bodies import Anchor, Form, level_of
from plugins.extractors.identity.naming import LEVEL_OF_SELF, SIGNED, named_bodies, read_self
from plugins.extractors.identity.page import Page, flat
from plugins.extractors.identity.phrases import Named

_MOST_RIVALS = 4
_LONGEST = 40
_ABBREVIATED = 6
# Nobody else says 我局 or 我镇 even once; 我区 is said by its towns and bureaus, too.
_UNMISTAKABLE = frozenset(("镇", "乡", "街道", "街", "局", "分局", "厅"))
# What stands for a name that was left out.
_LEFT_OUT = re.compile(r"(?:某+|[Xx×*○]{2,})(?P<what>镇|乡|街道|县|区|市|局|厅)")


@dataclass(frozen=True, slots=True)
class Issuer:
    """The issuer, its rank, and other bodies that were weighed."""

    value: str
    level: IssuerLevel
    start: int | None
    end: int | None
    reason: str
    confidence: Decimal
    rivals: tuple[Rival, ...] = ()


def find_issuer(page: Page, titles: Sequence[str], directory: Divisions) -> Issuer | None:
    """Return the body whose work is reported.

    Args:
        page: the document.
        titles: its own title first, then other titles of the page.
        directory: the divisions.
    """
    own = read_self(page)
    named = list(named_bodies(page, titles, own, directory))
    if not named:
        return None
    first = named[0]
    anchor = Anchor(first.name, directory)
    best, start = _longest(page, first, named, anchor, directory)
    value, end = best, start
    if start is not None:
        end = start + len(best)
        value = page.document.text[start:end]
    elif spaced := re.search(r"\s*".join(map(re.escape, best)), page.folded):
        start, end = spaced.span()
    rivals: dict[str, Rival] = {}
    for other in named:
        if not _is_form(anchor, first, other, directory) and other.name != best:
            rivals.setdefault(other.name, _rival(page, other))
    level = level_of(first.name, directory)
    told = tuple(rivals.values())[:_MOST_RIVALS]
    return Issuer(value, level, start, end, first.reason, first.confidence, told)


def level_by_self(page: Page) -> tuple[IssuerLevel, str] | None:
    """Return the rank of a body that is not named but called 我镇 or 我局, and how it is called."""
    own = read_self(page)
    least = 1 if own.word in _UNMISTAKABLE else 2
    return (own.level, f"文中自称“我{own.word}”") if own.level and own.times >= least else None


def level_by_title(titles: Sequence[str]) -> tuple[IssuerLevel, str] | None:
    """Return the rank that a title tells where its name was left out: XX镇, 某街道."""
    for title in titles:
        if (match := _LEFT_OUT.search(flat(title))) and (level := LEVEL_OF_SELF.get(match["what"])):
            return level, f"标题写作“{match.group()}”"
    return None


def _longest(
    page: Page, first: Named, named: Sequence[Named], anchor: Anchor, directory: Divisions
) -> tuple[str, int | None]:
    """Return the longest printed form of the first name, and where it stands in the text."""
    forms = [Form(first.name, _find(page.folded, first.name))] if page.states(first.name) else []
    forms += anchor.forms(page.folded)
    forms += [
        Form(other.name, _find(page.folded, other.name))
        for other in named
        if _is_form(anchor, first, other, directory)
    ]
    forms += [Form(form.text, None) for text in _fact_texts(page) for form in anchor.forms(text)]
    forms = [form for form in forms if len(form.text) <= _LONGEST] or [Form(first.name, None)]
    best = max(
        forms, key=lambda form: (_worth(form.text, first.name), len(form.text), form.start is not None)
    )
    start = next((form.start for form in forms if form.text == best.text and form.start is not None), None)
    return best.text, start


def _is_form(anchor: Anchor, first: Named, other: Named, directory: Divisions) -> bool:
    """Tell whether another name is the first's: a form of it, or that which it is short for."""
    if _same(anchor, other.name):
        return True
    level = level_of(first.name, directory)
    if level not in (IssuerLevel.DEPARTMENT, IssuerLevel.OTHER):
        return False
    # A bureau called in full is short for nothing; what resembles it has its old name.
    short = (
        len(anchor.core.removeprefix(anchor.parts[-1].name) if anchor.parts else first.name) <= _ABBREVIATED
    )
    return short and _is_short_for(first.name, other.name) and level_of(other.name, directory) is level


def _is_short_for(short: str, name: str) -> bool:
    """县人社局 is 某县人力资源和社会保障局: its characters come in this order, the first and the last too."""
    rest = iter(name)
    return len(short) < len(name) and all(character in rest for character in short)


def _rival(page: Page, named: Named) -> Rival:
    """Return a body that is not taken; one that signs stands last in the text."""
    find = page.folded.rfind if named.reason == SIGNED else page.folded.find
    start = find(named.name)
    return Rival(named.name, named.reason, *((start, start + len(named.name)) if start >= 0 else ()))


def _worth(text: str, first: str) -> bool:
    """某镇政府 is no fuller than 某镇 unless the title says so."""
    return text == first or not (text.endswith("政府") and not text.endswith("人民政府"))


def _same(anchor: Anchor, name: str) -> bool:
    """Tell whether a whole name is a form of the anchor's."""
    return anchor.ends(name)


def _find(text: str, name: str) -> int | None:
    at = text.find(name)
    return at if at >= 0 else None


def _fact_texts(page: Page) -> list[str]:
    names = (FactName.ISSUER, FactName.PUBLISHER, FactName.TITLE, FactName.BREADCRUMB)
    return [flat(fact.value) for fact in page.document.facts if fact.name in names]
