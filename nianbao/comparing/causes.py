"""Why a figure of one report is another one now: what was entered, the card, the file, or the program."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from nianbao.comparing.pairing import Pair
from nianbao.comparing.snapshot import Cell, Named
from nianbao.model import Correction, CorrectionState, FigureStatus


class Cause(StrEnum):
    """What changed a figure; of several the first."""

    CORRECTION = "correction"
    MAPPING = "mapping"
    SOURCE = "source"
    EXTRACTOR = "extractor"
    OTHER = "other"


_IDLE = {
    CorrectionState.STALE: "更正已失效",
    CorrectionState.NEEDLESS: "更正不再需要",
    CorrectionState.ABSENT: "更正没有采用",
}


def cause_of(
    pair: Pair, before: Cell | None, after: Cell | None, cards: tuple[Named | None, Named | None]
) -> tuple[Cause, str]:
    """Return why a figure changed, and tell it in a Chinese clause.

    Args:
        pair: the report.
        before, after: the figure, None where there was none.
        cards: its indicator before and after, None where it was not looked for.
    """
    entered = _by_correction(pair, before, after, cards[1])
    if entered:
        return Cause.CORRECTION, entered
    old, new = cards
    if old and new and old.unit != new.unit:
        return Cause.MAPPING, f"指标的单位由“{old.unit}”改为“{new.unit}”"
    if old is None:
        return Cause.EXTRACTOR, "新设的指标"
    if new is None:
        return Cause.EXTRACTOR, "不再设这个指标"
    return _by_reading(pair, before, after)


def _by_correction(pair: Pair, before: Cell | None, after: Cell | None, card: Named | None) -> str:
    old, new = (each.correction if each else None for each in (before, after))
    if new is not None:
        what = "改了更正" if old else "更正"
        return f"{what}：{_signed(new)}" if _differ(old, new) else ""
    if old is None:
        return ""
    indicator = card.id if card else old.indicator
    idle = next((each for each in pair.after.row.idle if each.indicator == indicator), None)
    return f"{_IDLE[idle.state]}：{idle.told}" if idle else f"更正已取消（原为{_signed(old)}）"


def _differ(old: Correction | None, new: Correction) -> bool:
    return old is None or (old.value, old.old) != (new.value, new.old)


def _signed(entry: Correction) -> str:
    return f"{entry.person}，{entry.day.isoformat()}，{entry.reason}"


def _by_reading(pair: Pair, before: Cell | None, after: Cell | None) -> tuple[Cause, str]:
    """Tell the file from the program: the same text, or the same sentences, were read otherwise."""
    old, new = pair.before, pair.after
    same_bytes = old.row.content == new.row.content and bool(new.row.sha256)
    same_text = bool(new.row.text) and old.row.text == new.row.text
    same_evidence = before is not None and after is not None and before.evidence == after.evidence
    rereads = old.snapshot.reading != new.snapshot.reading
    extracts = old.snapshot.extraction != new.snapshot.extraction
    if extracts and (same_text or same_evidence):
        return Cause.EXTRACTOR, "同样的文字，提取的规则变了"
    if same_bytes and rereads:
        return Cause.EXTRACTOR, "同样的文件，读取的程序变了"
    if same_bytes and extracts:
        return Cause.EXTRACTOR, "同样的文件，提取的规则变了"
    if not same_bytes:
        return Cause.SOURCE, source_told(pair)
    failed = FigureStatus.FAILED in [each.status for each in (before, after) if each]
    return Cause.OTHER, "提取时出错" if failed else "文件和程序都没有变，原因不明"


def source_told(pair: Pair) -> str:
    """Tell what became of a report's file."""
    old, new = pair.before.row, pair.after.row
    if (old.file, old.part) == (new.file, new.part):
        return "文件重新保存过，文字没有变" if old.text == new.text else "文件内容变了"
    return f"改用“{new.file}”（原为“{old.file}”）"


def renamed(before: Mapping[str, Named], after: Mapping[str, Named]) -> dict[str, str]:
    """Return each indicator's id after, by its id before: the same, else that of the same name."""
    by_name = {each.name: each.id for each in after.values() if each.id not in before}
    found = {name: name for name in before if name in after}
    lost = (each for each in before.values() if each.id not in after)
    return found | {each.id: by_name[each.name] for each in lost if each.name in by_name}
