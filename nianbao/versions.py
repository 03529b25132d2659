"""Which of several reports of one issuer and year counts, and why the others don't."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from nianbao.attached import compare, is_attached, is_whole
from nianbao.grammar.text import fold
from nianbao.issuers import groups_of_issuers
from nianbao.model import Entry, Field, SetAside, Status

_READ = (Status.COMPLETE, Status.PARTIAL)
_BLANK = re.compile(r"\s+")
# What people write into the names of files that are not, or that are, the last word.
_DRAFT = re.compile(r"草稿|初稿|征求意见|送审|修改稿|讨论稿|草案|未定稿|代拟")
_FINAL = re.compile(r"定稿|终稿|最终|正式|印发|盖章|更正|修订版")
# A report with less than this share of another's text is a summary of it, whenever it was published.
_SUMMARY = 0.5


@dataclass(frozen=True, slots=True)
class _Version:
    """A report among those of its issuer, and what its choice depends on."""

    entry: Entry
    text: str
    published: str
    name: str

    @classmethod
    def of(cls, entry: Entry) -> _Version:
        report = entry.report
        name = f"{report.file} {report.value(Field.TITLE) or ''}"
        return cls(entry, _BLANK.sub("", fold(entry.text)), report.value(Field.PUBLISHED) or "", name)

    @property
    def file(self) -> str:
        return self.entry.report.file

    @property
    def told(self) -> tuple[bool, bool, int]:
        """How much is known of it, where the text is the same."""
        return self.entry.report.status is Status.COMPLETE, bool(self.published), self.figures

    @property
    def figures(self) -> int:
        return sum(figure.value is not None for figure in self.entry.report.figures)


# Each rule gives a version's rank, the higher the better, and tells why the first is better than the second.
_Rule = tuple[Callable[[_Version, _Version], tuple[float, float] | None], Callable[[_Version, _Version], str]]


def _reading(one: _Version, other: _Version) -> tuple[float, float]:
    return float(one.entry.report.status is Status.COMPLETE), float(
        other.entry.report.status is Status.COMPLETE
    )


def _whole(one: _Version, other: _Version) -> tuple[float, float] | None:
    """Of a page and its attachment the page counts where it is whole."""
    if is_attached(one.file, other.file):
        return (1.0, 0.0) if is_whole(one.entry.text, other.entry.text) else (0.0, 1.0)
    if is_attached(other.file, one.file):
        return (0.0, 1.0) if is_whole(other.entry.text, one.entry.text) else (1.0, 0.0)
    return None


def _whole_told(chosen: _Version, other: _Version) -> str:
    is_page = is_attached(chosen.file, other.file)
    body, attachment = (chosen, other) if is_page else (other, chosen)
    differing = compare(body.entry.text, attachment.entry.text)
    why = "采用的是网页正文" if is_page else "采用的是附件，网页正文不全"
    return f"正文与附件不一致：{differing}（{why}）" if differing else f"与采用的一份一致（{why}）"


def _length(one: _Version, other: _Version) -> tuple[float, float] | None:
    shorter, longer = sorted((len(one.text), len(other.text)))
    return (len(one.text), len(other.text)) if shorter < _SUMMARY * longer else None


def _standing(one: _Version, other: _Version) -> tuple[float, float]:
    return _rank_of_name(one.name), _rank_of_name(other.name)


def _rank_of_name(name: str) -> float:
    return float(_FINAL.search(name) is not None) - float(_DRAFT.search(name) is not None)


def _day(one: _Version, other: _Version) -> tuple[float, float] | None:
    if not (one.published and other.published) or one.published == other.published:
        return None
    return float(one.published > other.published), float(other.published > one.published)


def _figures(one: _Version, other: _Version) -> tuple[float, float]:
    return one.figures, other.figures


_RULES: tuple[_Rule, ...] = (
    (_reading, lambda chosen, _: "采用的一份读得完整"),
    (_whole, _whole_told),
    (_length, lambda chosen, _: "采用的一份内容完整，这份只是摘要"),
    (_standing, lambda chosen, _: "从名称看，采用的一份是定稿"),
    (_day, lambda chosen, other: f"采用的一份公布较晚（{chosen.published}，这份为{other.published}）"),
    (_figures, lambda chosen, other: f"采用的一份数字较多（{chosen.figures}项，这份{other.figures}项）"),
)
_SAME = "与采用的一份内容相同"
_UNDECIDED = "内容不同而分不出先后，按文件名取前一份，请核实以哪份为准"


def set_aside(entries: Sequence[Entry]) -> tuple[SetAside, ...]:
    """Tell which reports of a year don't count, as another of the same issuer does.

    The chosen one is, in this order: read completely; of a page and its attachment the page, unless it is
    cut off; no summary of the other; by its name the last word;
    published later; the one with more figures; the first by its file's name. Of two with one text the one
    of which more is known counts, else the first.

    Args:
        entries: one year's reports.

    Returns:
        Those set aside, in the order of the entries.
    """
    reports = [entry for entry in entries if entry.report.status in _READ]
    groups: dict[int, list[Entry]] = {}
    for entry, group in zip(reports, groups_of_issuers([e.report for e in reports]), strict=True):
        groups.setdefault(group, []).append(entry)
    return tuple(aside for members in groups.values() if len(members) > 1 for aside in _choose(members))


def _choose(members: Iterable[Entry]) -> Iterable[SetAside]:
    versions = sorted(
        map(_Version.of, members), key=lambda each: (each.entry.report.file, each.entry.report.part)
    )
    chosen = versions[0]
    for version in versions[1:]:
        if _why(version, chosen) is not None:
            chosen = version
    for version in versions:
        if version is not chosen:
            report, kept = version.entry.report, chosen.entry.report
            yield SetAside(report.file, report.part, kept.file, kept.part, _reason(chosen, version))


def _reason(chosen: _Version, other: _Version) -> str:
    if chosen.text == other.text:
        return _SAME
    return _why(chosen, other) or _UNDECIDED


def _why(one: _Version, other: _Version) -> str | None:
    """Tell why the first of two counts rather than the second; None where it doesn't, or nothing decides."""
    if one.text == other.text:
        return _SAME if one.told > other.told else None
    for ranks, told in _RULES:
        found = ranks(one, other)
        if found is not None and found[0] != found[1]:
            return told(one, other) if found[0] > found[1] else None
    return None
