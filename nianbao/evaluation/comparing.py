"""What changed between two evaluations: figures of each indicator, mistakes that are gone or new."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from nianbao.errors import UsageError
from nianbao.evaluation.results import Evaluation, Mistake, MistakeKind, Share, Tally

_FORM = "nianbao evaluation 1"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed since an earlier run.

    Args:
        same_gold: whether both were held against the same gold.
        before: the tally of the earlier run.
        headlines: its headlines.
        changed: the tallies before and after of each indicator that changed, by its id.
        mended: mistakes that are gone.
        broken: mistakes that are new.
    """

    same_gold: bool
    before: Tally
    headlines: Share
    changed: Mapping[str, tuple[Tally, Tally]]
    mended: tuple[Mistake, ...]
    broken: tuple[Mistake, ...]


def saved(evaluation: Evaluation, held_out: Evaluation, digest: str) -> str:
    """Return an evaluation as it is saved: of what is held out, the totals alone."""
    row = {
        "form": _FORM,
        "gold": digest,
        "total": asdict(evaluation.total),
        "headlines": asdict(evaluation.headlines),
        "indicators": {name: asdict(tally) for name, tally in sorted(evaluation.indicators.items())},
        "held_out": {"total": asdict(held_out.total), "headlines": asdict(held_out.headlines)},
        "mistakes": [asdict(mistake) for mistake in evaluation.mistakes],
    }
    return json.dumps(row, ensure_ascii=False, indent=1) + "\n"


def compare(evaluation: Evaluation, digest: str, path: Path) -> Comparison:
    """Compare an evaluation with one that was saved.

    Raises:
        UsageError: the file can't be read, or holds none.
    """
    row = _read(path)
    tallies = {name: Tally(**tally) for name, tally in row["indicators"].items()}
    names = [*evaluation.indicators, *(name for name in tallies if name not in evaluation.indicators)]
    pairs = {name: (tallies.get(name, Tally()), evaluation.indicators.get(name, Tally())) for name in names}
    before = {_identity(mistake): mistake for mistake in map(_mistake, row["mistakes"])}
    after = {_identity(mistake): mistake for mistake in evaluation.mistakes}
    return Comparison(
        same_gold=row["gold"] == digest,
        before=Tally(**row["total"]),
        headlines=Share(**row["headlines"]),
        changed={name: pair for name, pair in pairs.items() if pair[0] != pair[1]},
        mended=tuple(mistake for key, mistake in before.items() if key not in after),
        broken=tuple(mistake for key, mistake in after.items() if key not in before),
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        row = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"无法读取：{error.strerror}", where=str(path)) from error
    except ValueError as error:
        raise UsageError("不是 --save 保存的文件", where=str(path)) from error
    if not isinstance(row, dict) or row.get("form") != _FORM:
        raise UsageError("不是 --save 保存的文件，或由别的版本保存", where=str(path))
    return row


def _mistake(row: Mapping[str, Any]) -> Mistake:
    known = {each.name: row[each.name] for each in fields(Mistake)}
    return Mistake(**known | {"kind": MistakeKind(row["kind"])})


def _identity(mistake: Mistake) -> tuple[str, ...]:
    return mistake.kind.value, mistake.report, mistake.name, mistake.gold, mistake.given
