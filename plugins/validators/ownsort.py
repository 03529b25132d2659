"""What an issuer calls itself: 我镇, 我街道, 我局; another sort's word is left of another's text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao import IssuerLevel
from nianbao.grammar.reading import Reading

_SORTS = {"镇": "镇", "乡": "乡", "街道": "街道", "苏木": "苏木", "局": "局"}
# 我局, 本街道; not 我镇街, 本乡本土, 我乡镇, 本局部.
_ITSELF = re.compile(
    r"[我本](?<![自大你].)(?P<sort>镇(?![街乡])|乡(?![镇土村亲音贤])|街道(?!办事处以外)|苏木|局(?![部限势面中外]))"
)
# 镇党委书记、镇长; not 各镇党委, 乡镇党委, 县镇两级, 原乡政府.
_BODIES = "党工?委|人民政府|政府|办事处|纪工?委|人大|长(?=[^\u4e00-\u9fff效])"
_ORGANS = re.compile(
    rf"[镇乡街全](?:(?<=[镇乡])(?<![\u4e00-\u9fff].)(?<![镇乡道][、和].)(?:{_BODIES})"
    rf"|(?<=街)道(?<![\u4e00-\u9fff]..)(?<![镇乡道][、和]..)(?:{_BODIES})"
    r"|(?<=[，。；、\n：由经对为向在以请]全)(?:[镇乡]|街道)(?![乡镇街村域国])(?=[\u4e00-\u9fff\d]))"
)
# 全县 in the report of a 区, which lies in no county.
_COUNTY_OFFICE = re.compile(
    "(?P<sort>[县区])(?:人民政府|(?:(?![县区市])[\u4e00-\u9fff]){2,14}(?:局|委员会|办公室))(?:党组|党委)?$"
)
_WHOLE = {"区": "全县", "县": "全区"}
# 全区 may be of 自治区, 园区, 灌区.
_OF_REGION = re.compile("自治区|开发区|园区|新区|示范区|灌区|景区|保护区|林区|库区|矿区")
_A_FEW = 2
# A town of today may have been another sort at the year's beginning.
_BECAME = re.compile("撤[乡镇并]|[乡镇]改[镇设街]|改设|设[镇立][^，。]{0,6}街道|合并")
_TOWN = re.compile(r"(?P<sort>镇|乡|街道|苏木)(?:人民政府|政府|办事处|党工?委)?$")
_OFFICE = re.compile(r"局(?:党组|党委)?$")
_QUOTED = re.compile(r"[“‘《][^”’》\n]{0,60}$")
_REACH = 64


def other_sorts(
    issuer: str, level: str, reading: Reading, *, regional: bool
) -> Iterator[tuple[list[tuple[int, int]], str]]:
    """Yield where a report calls its issuer what another sort is called, and what sort that is of.

    Nothing is said of a report that calls itself so more often than what it is: it may be known wrongly.

    Args:
        issuer: its name.
        level: of the issuer.
        reading: of the report.
        regional: whether it lies in an autonomous region, of which 全区 may be said.
    """
    text = reading.shadow.text
    if not regional:
        yield from _other_wholes(issuer, level, text)
    own = _sort_of(issuer, level)
    if not own:
        return
    told: dict[str, list[tuple[int, int]]] = {}
    for match in _ITSELF.finditer(text):
        if not _QUOTED.search(text, max(0, match.start() - _REACH), match.start()):
            told.setdefault(_SORTS[match["sort"]], []).append(match.span())
    if own == "街道" and (found := re.search("街道[镇乡]长", text)):
        yield [found.span()], issuer
    if level == IssuerLevel.TOWN and not _BECAME.search(text):
        for match in _ORGANS.finditer(text):
            if not _QUOTED.search(text, max(0, match.start() - _REACH), match.start()):
                sort = match[0].removeprefix("全")
                told.setdefault("街道" if sort.startswith("街") else sort[0], []).append(match.span())
    for sort, spans in told.items():
        own_times = max(len(told.get(own, ())), _called(text, own))
        if sort != own and 0 < len(spans) <= own_times:
            yield spans, issuer
            return


def _other_wholes(issuer: str, level: str, text: str) -> Iterator[tuple[list[tuple[int, int]], str]]:
    """Yield where a county or its department calls all of it what it is not: 全县 of a 区."""
    match = _COUNTY_OFFICE.search(issuer) if level in (IssuerLevel.COUNTY, IssuerLevel.DEPARTMENT) else None
    if match is None:
        return
    sort = match["sort"]
    other = _WHOLE[sort]
    if other not in text or (sort == "县" and _OF_REGION.search(text)) or _BECAME.search(text):
        return
    spans = [found.span() for found in re.finditer(rf"{other}(?![域情级委])", text)]
    spans = [span for span in spans if not _QUOTED.search(text, max(0, span[0] - _REACH), span[0])]
    most = text.count(f"全{sort}") // _A_FEW
    if 0 < len(spans) <= (max(most, 1) if sort == "区" else most):
        yield spans, issuer


def _sort_of(issuer: str, level: str) -> str:
    if level == IssuerLevel.TOWN:
        match = _TOWN.search(issuer)
        return match["sort"] if match else ""
    if level == IssuerLevel.DEPARTMENT:
        return "局" if _OFFICE.search(issuer) else ""
    return ""


def _called(text: str, own: str) -> int:
    """Return how often a text speaks of the issuer by its sort: 全镇, 镇党委."""
    return len(re.findall(rf"全{own}(?![乡镇街])|{own}(?:党工?委|党组|人民政府|政府|办事处|机关)", text))
