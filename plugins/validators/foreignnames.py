"""Another place's name where a report speaks of its own work: what is left of a text that was copied."""

from __future__ import annotations

from nianbao import Context, Field, Finding, IssuerLevel, Quote, Report, Severity
from nianbao.divisions.names import bare_division
from nianbao.grammar.reading import Reading
from plugins.validators.extent import extent, is_label
from plugins.validators.outcomes import Ruling, judged, unclear
from plugins.validators.ownplace import own_place
from plugins.validators.ownsort import other_sorts
from plugins.validators.placenames import Name, stem
from plugins.validators.strangers import strangers

_BASIS = "报告写本单位的工作，不应当把其他地方写成自己"
_LEVELS = frozenset({IssuerLevel.TOWN, IssuerLevel.COUNTY, IssuerLevel.CITY, IssuerLevel.DEPARTMENT})
_MOST_QUOTES = 10
# 内蒙古, 广西, 西藏, 宁夏, 新疆
_REGIONS = frozenset({"15", "45", "54", "64", "65"})


def judge(report: Report, context: Context) -> Ruling:
    """Judge whether a report speaks of its own work under another place's name."""
    reading = context.reading
    level = report.value(Field.ISSUER_LEVEL)
    issuer = report.value(Field.ISSUER)
    if reading is None or issuer is None or level not in _LEVELS:
        return unclear("不知道是哪一级单位的报告")
    own = own_place(report, IssuerLevel(level), context.divisions, reading.shadow.text)
    if not _is_told(report, reading):
        return unclear("正文和标题都没有写本单位的名称，无法与其他名称比较")
    first, last = (reading.shadow.locate(at) for at in extent(report, reading.text))
    found: dict[str, list[Name]] = {}
    for name in strangers(reading, own):
        if first <= name.start < last and not is_label(_line(reading, name)):
            found.setdefault(name.text, []).append(name)
    others = [_finding(names, report, reading) for names in found.values()]
    return judged(
        (
            *others,
            *(
                _of_another_sort(*each, reading)
                for each in other_sorts(issuer, level, reading, regional=own.code[:2] in _REGIONS)
            ),
        )
    )


def _of_another_sort(spans: list[tuple[int, int]], sort: str, reading: Reading) -> Finding:
    quotes = tuple(Quote(*reading.quote(*span)) for span in spans[:_MOST_QUOTES])
    times = f"（{len(spans)}处）" if len(spans) > 1 else ""
    return Finding(
        "foreign-name",
        "foreignnames.foreign-name",
        Severity.ERROR,
        f"正文自称“{quotes[0].quote}”{times}，而本报告是{sort}的，疑为套用其他单位的文稿时漏改。",
        quotes,
        "请核对，如属漏改，改为本单位的自称。",
        basis=_BASIS,
    )


def _is_told(report: Report, reading: Reading) -> bool:
    """Whether title or text name the issuer, so that its identity is no guess from elsewhere."""
    words = (report.value(Field.TITLE) or "") + reading.shadow.text
    names = (report.value(Field.TOWN), report.value(Field.COUNTY), report.value(Field.ISSUER))
    return any(stem(bare_division(name)) in words for name in names if name)


def _line(reading: Reading, name: Name) -> str:
    text = reading.shadow.text
    end = text.find("\n", name.end)
    return text[text.rfind("\n", 0, name.start) + 1 : end if end >= 0 else len(text)]


def _finding(names: list[Name], report: Report, reading: Reading) -> Finding:
    name = names[0]
    shown = reading.shadow.text[name.start : name.end + 8].split("\n")[0].split("。")[0]
    issuer = report.value(Field.ISSUER)
    times = f"等{len(names)}处" if len(names) > 1 else ""
    return Finding(
        "foreign-name",
        "foreignnames.foreign-name",
        Severity.ERROR,
        f"正文把“{name.text}”写成了本单位（“{shown}…”{times}），而本报告是{issuer}的，疑为套用其他地方的文稿时漏改。",
        tuple(Quote(*reading.quote(each.start, each.end)) for each in names[:_MOST_QUOTES]),
        f"请核对，如属漏改，把“{name.text}”改为本单位的名称。",
        basis=_BASIS,
    )
