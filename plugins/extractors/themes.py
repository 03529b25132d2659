"""Items: the problems that a report admits and the measures that it plans, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from nianbao import ITEMS, SECTIONS, Context, Document, Extractor, Item, Section, SectionKind, hookimpl

if TYPE_CHECKING:
    from nianbao.grammar.items import Listed

NAME = "themes"
# One heading alone below a part opens a list that goes on inside its paragraph.
_FEWEST = 2
KINDS = (SectionKind.PROBLEMS, SectionKind.PLAN)
_LACK = "(?:问题|不足|困难|短板|差距|薄弱)"
# How paragraphs open that tell problems, or plans, below no heading that says so.
_PROBLEMS_OPEN = re.compile(
    r"^[ \u3000]*(?:(?:当前|目前|工作中)?[，,]?(?:还|仍|主要)*(?:存在|面临)的?"
    rf"(?:主要|突出|一些|以下|困难和|不足和)*{_LACK}|不足之处|主要问题|问题和不足"
    rf"|(?:虽然|尽管|在取得成绩|在肯定成绩)[^。\n]{{4,80}}(?:但|同时|也)[^。\n]{{0,40}}{_LACK})",
    re.MULTILINE,
)
_PLAN_OPENS = re.compile(
    r"^[ \u3000]*(?:下一?步|下一?阶段|今后|接下来|明年|下一?年度?|(?P<year>20\d\d)年)"
    r"(?=[^。\n]{0,30}(?:将|要|继续|进一步|打算|计划|[：:]))",
    re.MULTILINE,
)


# A heading that is nothing but a part's name stands over its items and is none of them.
_NAMES = "(?:问题|不足|困难|短板|弱项|差距|原因|薄弱环节|挑战)(?:之处|分析)?"
_PART_NAME = re.compile(
    rf"(?:[^，。]{{0,8}}(?:存在|面临)的?|主要|突出|当前|工作中的?)*{_NAMES}(?:[和与及、的]+(?:主要)?{_NAMES})*$"
    r"|(?:20\d\d年度?|下一?步|下一?阶段|下一?年度?|今后|明年|来年)?的?(?:主要|重点|工作|法治政府建设|整改|改进)*"
    r"(?:打算|安排|计划|思路|举措|措施|任务|重点|对策|建议|方向|工作)+$"
)
_LOOKS_AHEAD = re.compile(r"下一?步|下一?阶段|今后|接下来|明年|来年|下一?年度?|力争|针对(?:上述|以上|存在)")


def extract(document: Document, context: Context) -> Iterator[Item]:
    """Yield the items of the problems and the plan, by headings or else by how their paragraphs open."""
    from nianbao.grammar.text import plain

    report = context.report
    sections = report.sections if report else ()
    text = plain(document.text)
    found = {kind: list(_told(text, sections, kind)) for kind in KINDS}
    year = report.year if report else None
    if not any(section.kind in KINDS for section in sections):
        found |= dict(_untold(text, sections, year))
    merged = _merged(sections)
    for kind, items in found.items():
        turned = 0
        for item in items:
            end = next((end for start, end in merged if start <= item.start < end), 0)
            # Below one heading the plans follow the problems.
            if end and _LOOKS_AHEAD.match(text, item.start):
                turned = end
            yield Item(
                SectionKind.PLAN if item.start < turned else kind,
                item.start,
                item.end,
                document.text[item.start : item.end],
                document.text[item.gist_start : item.gist_end],
                NAME,
            )


def _merged(sections: Sequence[Section]) -> list[tuple[int, int]]:
    """Return the spans of the parts whose heading names problems and plans at once."""
    from nianbao.catalogue.outline import load_outline

    outline = load_outline()
    return [
        (section.start, section.end)
        for section in sections
        if section.kind is SectionKind.PROBLEMS and set(KINDS) <= {*outline.kinds(_wording(section))}
    ]


def _told(text: str, sections: Sequence[Section], kind: SectionKind) -> Iterator[Listed]:
    """Yield the items of the parts of a kind, each part once."""
    reached = 0
    for position, section in enumerate(sections):
        if section.kind is kind and section.start >= reached:
            reached = section.end
            yield from _items_below(text, sections, position)


def _items_below(text: str, sections: Sequence[Section], position: int) -> Iterator[Listed]:
    """Yield a section's items: its own sections, or what its text lists where it has none."""
    from nianbao.grammar.items import find_items

    section = sections[position]
    body = section.start + len(section.heading)
    below = [i for i in range(position + 1, len(sections)) if sections[i].start < section.end]
    level = min((sections[i].level for i in below), default=0)
    children = [i for i in below if sections[i].level == level]
    if len(children) < _FEWEST:
        yield from find_items(text, body, section.end)
        return
    for i in children:
        child = sections[i]
        if child.kind is not section.kind:
            continue
        if _PART_NAME.match(_wording(child)):
            yield from _items_below(text, sections, i)
        else:
            yield _whole(text, child)


def _wording(section: Section) -> str:
    return section.heading[_label_end(section) :]


def _label_end(section: Section) -> int:
    from nianbao.grammar.labels import find_labels

    return next((label.end for label in find_labels(section.heading)), 0)


def _whole(text: str, section: Section) -> Listed:
    """Return a section as one item: its heading is its point."""
    from nianbao.grammar.items import Listed

    start = section.start + _label_end(section)
    end = start + len(text[start : section.end].rstrip())
    return Listed(start, end, start, section.start + len(section.heading))


def _untold(
    text: str, sections: Sequence[Section], year: int | None
) -> Iterator[tuple[SectionKind, list[Listed]]]:
    """Yield the items of the paragraphs that open with what only problems or plans open with."""
    from nianbao.grammar.items import find_items

    end = sections[-1].end if sections else len(text)
    problems = _PROBLEMS_OPEN.search(text, 0, end)
    plans = (match for match in _PLAN_OPENS.finditer(text, 0, end) if _is_ahead(match, year))
    plan = next((match for match in plans if problems is None or match.start() > problems.start()), None)
    if problems is not None:
        last = plan.start() if plan else _line_end(text, problems.end(), end)
        yield SectionKind.PROBLEMS, list(find_items(text, problems.start(), last))
    if plan is not None:
        yield SectionKind.PLAN, list(find_items(text, plan.start(), _line_end(text, plan.end(), end)))


def _is_ahead(match: re.Match[str], year: int | None) -> bool:
    return match["year"] is None or (year is not None and int(match["year"]) == year + 1)


def _line_end(text: str, start: int, end: int) -> int:
    found = text.find("\n", start, end)
    return end if found < 0 else found


@hookimpl
def nianbao_extractors() -> Iterator[Extractor]:
    """Yield the extractor of problems and plans."""
    yield Extractor(NAME, frozenset({ITEMS}), extract, needs=frozenset({SECTIONS}))
