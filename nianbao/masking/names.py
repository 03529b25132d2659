"""Finds the names of persons in a folded text by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

Found = tuple[int, int, int]

_HAN = "一-鿿"
_CHIEFS = "[镇乡县区市州局所站队科处院村社股厅部庭组校会]长"
# What is called after a person, or only sounds like one.
_BRANDED = re.compile(
    "(?:同志)?(?:法治思想|思想|精神|理论|式|杯|纪念|公司|商店|工作室|调解室|广场|小区|[镇乡村街路县市区店厂屯寨组桥站庙])"
)
# What no given name ends in, and what none holds.
_NO_GIVEN_END = "镇乡村县市区局所站组委会部厅院处队室店厂社路街道办员长记席任案法书"
_NO_GIVEN = frozenset("某等的了是在为将把被由对与及于和副各该本全其这那每第百千万亿")
_COMRADE = re.compile("(?:同志|律师(?!事务所|团|队|所|协会)|先生|女士|法官|检察官|警官|教授)")
_NUMBERED = r"身份证|居民身份证|公民身份号码|电话|手机|联系电话|1[3-9]\d{9}|\d{17}"
_BESIDE = re.compile(
    rf"\((?=男|女|{_NUMBERED})|[,，、](?:男|女)[,，、。;)]|(?<=[{_HAN}])[,，:]?(?=1[3-9]\d{{9}}(?!\d))"
)
_LINKED = re.compile("[、和与及诉]")
_AFTER_LABEL = re.compile(f"(?![{_HAN}])|同志|电话|联系|等")
_EDGE = re.compile(
    f"(?![{_HAN}])|同志|带队|带头|主持|主讲|表示|介绍|参加|出席|出庭|率|作|到|在|等|和|与|及|因|诉|亲自|担任|任|组织|"
    "深入|说|签|讲|为|的|对|向|不服|申请|反映|来访"
)
_DOTTED = re.compile(f"[{_HAN}]{{1,8}}(?:·[{_HAN}]{{1,8}})+(?=同志)")
# What ends the names of hamlets.
_PLACE = (
    "溪湾岭坪河塘沟山庄集店营堡渡港洲岛湖泉坝寨屯铺关口门桥家浦垭坳岩峪峡滩墩圩埠坎台川原洼崖坡场源畈汊垸梁"
)
_HAN_RUN = re.compile(f"[{_HAN}]+")
_LIST = re.compile(f"([{_HAN}]{{2,4}}(?:、[{_HAN}]{{2,4}}?)+)等?[0-9两三四五六七八九十]+(?:人|名|位)")
# What a name is followed by, and the segmentation takes for its end.
_NOT_LAST = "因与和在到于由被将把向对为的诉等及说提作不时带来去均也"
_AHEAD = 8
_BEHIND = 6
_NOTHING = (("", ""), ("", ""))
_LONGEST = 3


@cache
def _lists() -> Mapping[str, tuple[str, ...]]:
    lines = files(__package__).joinpath("persons.txt").read_text("utf-8").splitlines()
    told = (line.partition(":") for line in lines if not line.startswith("#"))
    return {name: tuple(words.split()) for name, _, words in told}


@dataclass(frozen=True, slots=True)
class _Contexts:
    """What stands around names.

    Args:
        label: before a name, with a colon.
        titled: before a name, as a duty or a part in a case.
        before: what may stand before a name that something behind it tells; to be searched up to its start.
        three: what may be a name of three characters, and sounds like no place.
    """

    label: re.Pattern[str]
    titled: re.Pattern[str]
    before: re.Pattern[str]
    three: re.Pattern[str]


@cache
def _contexts() -> _Contexts:
    lists = _lists()
    holders = sorted((*lists["office"], *lists["person"]), key=len, reverse=True)
    holder = f"(?:{_CHIEFS}|{'|'.join(holders)})"
    verbs = "由|向|经|请|邀请|聘请|任命|授予|推荐|表彰|慰问|及|和|与|为|将|给|对|、"
    return _Contexts(
        re.compile(f"(?:{holder}|{'|'.join(lists['label'])}):"),
        re.compile(rf"{holder}\(?"),
        re.compile(f"(?:(?<![{_HAN}])|{holder}|{verbs})$"),
        re.compile(f"[{''.join(lists['plain'])}](?:(?![{_PLACE}])[{_HAN}]){{2}}"),
    )


def find_names(text: str) -> Iterator[Found]:
    """Yield where a folded text names persons: start, end, and how many characters the surname has."""
    found: dict[int, Found] = {}
    for each in (
        *_labelled(text),
        *_comrades(text),
        *_beside(text),
        *_titled(text),
        *_listed(text),
        *_unknown(text),
    ):
        found.setdefault(each[0], each)
    for _, end, _ in tuple(found.values()):
        for each in _linked(text, end):
            found.setdefault(each[0], each)
    yield from found.values()
    yield from ((match.start(), match.end(), 1) for match in _DOTTED.finditer(text))
    yield from _again(text, found)


def _labelled(text: str) -> Iterator[Found]:
    """联系人：王建国."""
    for match in _contexts().label.finditer(text):
        yield from _longest(text, match.end(), _AFTER_LABEL, wordy=True)


def _comrades(text: str) -> Iterator[Found]:
    """李明华同志, 王建国律师: back from what follows to what stands before."""
    for match in _COMRADE.finditer(text):
        for start in range(max(0, match.start() - _LONGEST - 1), match.start() - 1):
            shown = _is_name(text[start : match.start()], wordy=True)
            if shown and _contexts().before.search(text, max(0, start - 5), start):
                yield start, match.start(), shown
                break


def _beside(text: str) -> Iterator[Found]:
    """张建国（男，…）, 张建国(身份证号…)."""
    for match in _BESIDE.finditer(text):
        for length in (_LONGEST + 1, _LONGEST, 2):
            start = match.start() - length
            shown = _is_name(text[max(0, start) : match.start()], wordy=True) if start >= 0 else 0
            if shown and _contexts().before.search(text, max(0, start - 5), start):
                yield start, match.start(), shown
                break


def _titled(text: str) -> Iterator[Found]:
    """镇长王伟带队, 村民张建国与周丽: only of surnames that begin no ordinary word."""
    for match in _contexts().titled.finditer(text):
        found = next(_longest(text, match.end(), _EDGE, wordy=False), None) or _segmented(text, match.end())
        if found:
            yield found


def _segmented(text: str, start: int) -> Found | None:
    """Return the name that a dictionary's segmentation finds at an offset: 镇长唐海涛牵头."""
    import rjieba

    lists = _lists()
    if text[start : start + 1] not in lists["plain"] and text[start : start + 1] not in lists["wordy"]:
        return None
    ahead = _HAN_RUN.match(text, start, start + _AHEAD)
    (told, tag), (following, its) = (
        (*rjieba.tag(ahead[0], True), ("", ""), ("", ""))[:2] if ahead else _NOTHING
    )
    if not tag.startswith("nr"):
        return None
    if len(told) == 1 and its.startswith("nr"):
        told += following
    name = told[:2] + told[2:].rstrip(_NOT_LAST)
    # What begins like an ordinary word is a name only where the dictionary does not have it.
    shown = _is_name(name, wordy=len(name) == _LONGEST and not rjieba.has_word(name))
    end = start + len(name)
    return (start, end, shown) if shown and not _BRANDED.match(text, end) else None


def _listed(text: str) -> Iterator[Found]:
    """马晓燕、石磊等8人: of a list that counts persons, what looks like names, where one surely does."""
    for match in _LIST.finditer(text):
        found = []
        first, *others = match[1].split("、")
        # What stands before the first name may be taken for its beginning.
        first = next((first[-n:] for n in (_LONGEST, 2) if _is_name(first[-n:], wordy=False)), "")
        start = match.end(1) - len("、".join((first, *others)))
        for name in (first, *others):
            if shown := _is_name(name, wordy=True):
                found.append((start, start + len(name), shown))
            start += len(name) + 1
        if any(text[each[0]] in _lists()["plain"] for each in found):
            yield from found


def _unknown(text: str) -> Iterator[Found]:
    """Yield what no dictionary has and segmentation takes for a name of three, whatever stands around it."""
    import rjieba

    for match in _contexts().three.finditer(text):
        start, name = match.start(), match[0]
        if name[-1] in _NOT_LAST or not _is_name(name, wordy=False) or _BRANDED.match(text, match.end()):
            continue
        at = max(0, start - _BEHIND)
        tokens = rjieba.tag(text[at : start + _AHEAD], True)
        for (told, tag), (following, its) in pairwise((*tokens, ("", ""))):
            if at == start:
                is_whole = told == name and tag.startswith("nr") and not rjieba.has_word(name)
                if is_whole or (told + following == name and len(told) == 1 and its.startswith("nr")):
                    yield start, match.end(), 1
            at += len(told)


def _linked(text: str, end: int) -> Iterator[Found]:
    """Yield the names that a name leads to: 王建国、李强和周丽."""
    while match := _LINKED.match(text, end):
        following = next(_longest(text, match.end(), _EDGE, wordy=False), None)
        if following is None:
            return
        yield following
        end = following[1]


def _again(text: str, found: dict[int, Found]) -> Iterator[Found]:
    """Yield where names that were found stand again; one of two characters only where it is no word."""
    names = {text[start:end]: shown for start, end, shown in found.values()}
    for name, shown in names.items():
        if len(name) == 2 and _is_word(name):
            continue
        for match in re.finditer(re.escape(name), text):
            if match.start() not in found and not _BRANDED.match(text, match.end()):
                yield match.start(), match.end(), shown


def _longest(text: str, start: int, edge: re.Pattern[str], *, wordy: bool) -> Iterator[Found]:
    """Yield the name that begins at an offset and ends before an edge."""
    for length in (2, 3, 4):
        end = start + length
        shown = _is_name(text[start:end], wordy=wordy) if end <= len(text) else 0
        if shown and edge.match(text, end) and not _BRANDED.match(text, end):
            yield start, end, shown
            return


def _is_name(told: str, *, wordy: bool) -> int:
    """Return how long the surname is of what may be a name; 0 where it is none."""
    lists = _lists()
    shown = 2 if told[:2] in lists["double"] and len(told) > 2 else 1
    known = shown == 2 or told[:1] in lists["plain"] or (wordy and told[:1] in lists["wordy"])
    given = told[shown:]
    if not known or not 1 <= len(given) <= 2 or told in lists["known"]:
        return 0
    if given[-1] in _NO_GIVEN_END or _NO_GIVEN.intersection(given) or not re.fullmatch(f"[{_HAN}]+", told):
        return 0
    return 0 if _is_word(told) else shown


def _is_word(told: str) -> bool:
    """Tell whether it is an ordinary word, as 方面 and 高度 are."""
    import rjieba

    if told in _lists()["words"]:
        return True
    ((first, tag), *more) = rjieba.tag(told, False)
    return not more and first == told and not tag.startswith("nr")
