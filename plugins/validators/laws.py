"""Misspelt names of laws: near misses of the national acts in laws.txt. An unknown name alone is no fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from nianbao import Context, Finding, Quote, Report, Severity
from plugins.validators.outcomes import Ruling, judged, unclear

_FILE = Path(__file__).with_name("laws.txt")
_BASIS = "引用法律、行政法规应当使用其规范名称（按内置的国家法律法规名录比对）"
_STATE = "中华人民共和国"
_CITED = re.compile(r"《([^《》〈〉\n]{2,45})》")
_BLANKS = re.compile(r"[\s\u200b\u3000]+")
# 《民法典（草案）》, 《安全生产法》2021年版, 新修订的…
_TRIMMINGS = re.compile(
    r"[（(\[〔【][^）)\]〕】]*[）)\]〕】]|^(?:20\d\d年?)?(?:最新|新修订的?|新修正的?|修订后的?|新版?(?!时代)|中国(?!共产党|人民))"
)
_KIND = re.compile(r"(?<![办方做用书作宪])法$|法典$|条例$|规定$|准则$|纲要$")
# Local acts are named after their place.
_LOCAL = re.compile(
    r"[\u4e00-\u9fff]{1,9}?(?:省|(?<!城)(?<!城市)市|县|(?<![地社政族灾园])区|州|旗|盟|(?<![城乡集])镇|(?<!城)乡|街道|兵团)"
    r"|国务院(?!院|组)|最高人民|中共(?!产党)|中央|欧盟|联合国|美国"
)
_ENDINGS = frozenset({"条例", "规定", "准则", "纲要"})
_PARTICLES = frozenset("和与及的、暂行")
# 《合同法》同时废止, 原《物权法》: told as no longer in force.
_ENDED = re.compile(
    r"废止|失效|取代|替代|(?<![本高屋自平草])原(?![则因告来油野])|旧法|修改为|更名|旧(?:法|条例)|衔接|前身"
)
_SHORTEST_REGULATION = 6
_LONG = 7
_LONGER = 10
_TWO = 2
_MOST_NAMES = 20_000


@dataclass(frozen=True, slots=True)
class _Acts:
    """The file: names of acts, what they are called for short or wrongly, and look-alikes by character."""

    names: frozenset[str]
    short: dict[str, str]
    wrong: dict[str, str]
    replaced: dict[str, tuple[int, str]]
    alike: frozenset[frozenset[str]]


@cache
def acts() -> _Acts:
    """Return the names of laws.txt."""
    groups: dict[str, list[str]] = {}
    group: list[str] = []
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            group = groups.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            group.append(line)
    names = " ".join([*groups["laws"], *groups["regulations"], *groups["party"]]).split()
    pairs = {
        kind: dict(line.split(" = ", 1) for line in groups[kind]) for kind in ("short", "wrong", "replaced")
    }
    ended = {name: told.split() for name, told in pairs["replaced"].items()}
    replaced = {name: (int(year), today) for name, (year, today) in ended.items()}
    alike = (frozenset((a, b)) for word in " ".join(groups["alike"]).split() for a in word for b in word)
    return _Acts(frozenset(names), pairs["short"], pairs["wrong"], replaced, frozenset(alike))


def judge(report: Report, context: Context) -> Ruling:
    """Judge the names of laws that a report cites."""
    if context.reading is None:
        return unclear("没有正文")
    return judged(_findings(context.reading.text, report.year))


def _bare(text: str) -> Iterator[Finding]:
    """Yield the misspelt names of laws that stand without 《》."""
    from plugins.validators.barelaws import misspelt

    known = acts()
    for start, end, meant in misspelt(text, known.names, frozenset((*known.short, *known.wrong))):
        written = text[start:end]
        yield Finding(
            "typo-law",
            "laws.typo-law",
            Severity.WARNING,
            f"正文中的“{written}”不是法律的规范名称，是否应为“{meant}”？",
            (Quote(start, end, written),),
            f"请核对，如属笔误，改为“{meant}”。",
            basis=_BASIS,
        )


def _findings(text: str, year: int | None) -> Iterator[Finding]:
    seen: set[str] = set()
    for match in _CITED.finditer(text):
        cited = _BLANKS.sub("", match[1])
        if cited in seen:
            continue
        seen.add(cited)
        quote = Quote(match.start(), match.end(), match[0])
        ended, today = acts().replaced.get(cited.removeprefix(_STATE), (0, ""))
        if today and year is not None and year > ended:
            begin, end = text.rfind("。", 0, match.start()) + 1, text.find("。", match.end())
            if not _ENDED.search(text, begin, end if end >= 0 else len(text)):
                yield _former(quote, cited, today, year, ended)
        elif meant := meant_by(cited):
            yield Finding(
                "typo-law",
                "laws.typo-law",
                Severity.WARNING,
                f"正文引用的《{cited}》不是国家法律法规的规范名称，是否应为《{meant}》？",
                (quote,),
                f"请核对，如属笔误，改为《{meant}》。",
                basis=_BASIS,
            )
    yield from _bare(text)


def _former(quote: Quote, cited: str, today: str, year: int, ended: int) -> Finding:
    return Finding(
        "typo-law",
        "laws.typo-law",
        Severity.NOTE,
        f"{year}年度的报告引用《{cited}》，它至迟在{ended}年末已不再施行，由《{today}》取代。",
        (quote,),
        f"请核对，如指现行的法律法规，改为《{today}》。",
        basis=_BASIS,
    )


@lru_cache(maxsize=_MOST_NAMES)
def meant_by(cited: str) -> str:
    """Return the national act of which a cited name is a near miss, or an empty string."""
    from nianbao.grammar.text import plain

    known = acts()
    name = _TRIMMINGS.sub("", plain(cited))
    is_of_state = name.startswith(_STATE)
    name = re.sub("条例法$", "法", name.removeprefix(_STATE))
    if name in known.names or name in known.short:
        return name if cited.endswith("条例法") else ""
    if name in known.wrong or _LOCAL.match(name) or "关于" in name:
        return known.wrong.get(name, "")
    found = sorted(_near_misses(name, is_of_state=is_of_state))
    nearest = [act for distance, act in found if distance == found[0][0]]
    # 海全环境保护法 is one character from 海洋环境保护法, and holds 环境保护法.
    meant = nearest if len(nearest) == 1 else [act for act in nearest if len(act) == len(name)]
    return meant[0] if len(meant) == 1 else ""


def _near_misses(name: str, *, is_of_state: bool) -> Iterator[tuple[int, str]]:
    """Yield the acts that a name nearly is, with how far it is from each."""
    known = acts()
    kind = _KIND.search(name)
    ending = kind.group() if kind else ""
    is_law = is_of_state or ending in ("法", "法典")
    for act in known.names:
        if abs(len(act) - len(name)) > 3 or len(set(act) & set(name)) < len(set(act)) - 2:
            continue
        # 民发典, 处罚条列: a slip in the ending itself.
        if _is_slip(name, act, known.alike) or (not ending and _is_ending_slip(name, act)):
            yield 1, act
        elif ending and act.endswith(ending):
            distance = _law(name, act) if is_law else _regulation(name, act)
            # What is named as the state's is no local act, whose words may differ.
            if not distance and is_of_state and _edits(name, act) <= _TWO:
                distance = _TWO
            if distance:
                yield distance, act


def _law(name: str, act: str) -> int:
    """Return how far a name is from a law's, or 0 where it is no near miss: there are no local laws."""
    if act in name:
        return 1 if len(act) >= 5 and len(name) - len(act) <= 2 else 0
    if len(act) < 5 or _left_out(name, act) >= 2:  # shortened on purpose
        return 0
    distance = _edits(name, act)
    is_long = len(act) >= _LONG
    is_near = distance <= (2 if is_long else 1) or (distance == 3 and _common(name, act) >= len(act) - 1)
    return distance if is_near and (is_long or distance == 1) else 0


def _regulation(name: str, act: str) -> int:
    """Return 1 where a regulation's name lost or doubled a character: local ones differ by words."""
    from plugins.validators.placewords import has_word

    if len(act) == len(name) and name[1:] == act[1:]:
        # 监国共产党纪律处分条例: what a local act begins with is a word.
        return int(len(act) >= _SHORTEST_REGULATION and not has_word(name[:2]))
    if len(act) == len(name) and len(act) >= 8:
        other = [at for at, (a, b) in enumerate(zip(name, act, strict=True)) if a != b]
        # 城市 and 城乡 lead local acts; 重公行政 is no word; 保护农民工… is no local act's.
        is_mistaken = len(other) == 1 and 0 < other[0] < len(act) - 2
        named = is_mistaken and (other[0] > 1 or (len(act) > _LONGER and name[0] != "城"))
        return int(is_mistaken and ((named and len(act) >= 9) or _makes_no_word(name, other[0])))
    if abs(len(act) - len(name)) != 1 or len(act) < _SHORTEST_REGULATION:
        return 0
    longer, shorter = (act, name) if len(act) > len(name) else (name, act)
    pairs = zip(longer, shorter, strict=False)
    at = next((i for i, (a, b) in enumerate(pairs) if a != b), len(shorter))
    if longer[:at] + longer[at + 1 :] != shorter:
        return 0
    if longer is name:
        return int(at > 0 and longer[at] in (longer[at - 1], longer[at + 1 : at + 2]))
    # 暂行 may be left out, not 行政.
    particle = longer[at] in _PARTICLES and (longer[at] != "行" or longer[at - 1 : at] == "暂")
    return int(not particle and (len(act) >= 8 or (at > 0 and _makes_no_word(name, at))))


def _makes_no_word(name: str, at: int) -> bool:
    """Whether the character at a place makes no word with those beside it."""
    from plugins.validators.placewords import has_word

    # 重公行政: the first word is that of the first two.
    return not (has_word(name[at - 1 : at + 1]) or (at > 1 and has_word(name[at : at + 2])))


def _is_slip(name: str, act: str, alike: frozenset[frozenset[str]]) -> bool:
    """Whether a name is an act's with a character or a word mistaken, moved or lost by a slip."""
    ways = (_is_swapped, _is_reordered, _is_cut)
    return _is_mistaken(name, act, alike) or any(way(name, act) for way in ways)


def _is_mistaken(name: str, act: str, alike: frozenset[frozenset[str]]) -> bool:
    """Whether one character stands for one that looks or sounds like it."""
    pairs = _differing(name, act)
    return len(pairs) == 1 and len(act) > 2 and frozenset(pairs[0]) in alike


def _is_cut(name: str, act: str) -> bool:
    """Whether a name lacks an act's first character alone, with which nobody shortens one (访工作条例)."""
    return len(act) >= _SHORTEST_REGULATION and name == act[1:]


def _is_ending_slip(name: str, act: str) -> bool:
    """Whether a name is an act's but for one character of its 条例, 规定 or 办法 (信访工作例)."""
    if len(act) < _SHORTEST_REGULATION or act[-2:] not in _ENDINGS:
        return False
    stem = act[:-2]
    return name.startswith(stem) and _edits(name[len(stem) :], act[-2:]) == 1


def _is_swapped(name: str, act: str) -> bool:
    """Whether two neighbours changed places."""
    pairs = _differing(name, act)
    return len(pairs) == 2 and len(act) >= 4 and pairs[0] == pairs[1][::-1]


def _is_reordered(name: str, act: str) -> bool:
    """Whether the words of an act changed places: 治安处罚管理法."""
    return len(name) == len(act) >= _LONG and name[0] == act[0] and sorted(name) == sorted(act)


def _left_out(name: str, act: str) -> int:
    """Return how many characters a name leaves out of an act's; 0 where it holds others, too."""
    rest = iter(act)
    return len(act) - len(name) if all(character in rest for character in name) else 0


def _differing(name: str, act: str) -> list[tuple[str, str]]:
    """Return the pairs of characters in which two names of one length differ."""
    if len(name) != len(act):
        return []
    return [(a, b) for a, b in zip(name, act, strict=True) if a != b]


def _edits(one: str, other: str) -> int:
    """Return the edit distance of two names."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


def _common(one: str, other: str) -> int:
    """Return the length of the longest common subsequence."""
    row = [0] * (len(other) + 1)
    for a in one:
        before = 0
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], before + 1 if a == b else max(row[j], row[j - 1])
    return row[-1]
