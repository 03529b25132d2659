"""What problems and plans are about, loaded from `topics.yml` and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from nianbao.errors import CatalogueError

_FILE = Path(__file__).with_name("topics.yml")
_KEYS = {"id", "problem", "plan", "words", "hints"}
# A word tells a topic alone, hints do by twos.
WORD, HINT = 2, 1


@dataclass(frozen=True, slots=True)
class TopicCard:
    """A topic, as it is called among problems and among plans."""

    id: str
    problem: str
    plan: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The topics and their words.

    Args:
        topics: in the file's order.
        weights: for each word, how much it speaks for which topics (by their place).
    """

    topics: tuple[TopicCard, ...]
    weights: Mapping[str, tuple[tuple[int, int], ...]] = field(repr=False)


@cache
def load_topics() -> Lexicon:
    """Return the lexicon that `topics.yml` holds.

    Raises:
        CatalogueError: the file breaks its own rules; says where.
    """
    import yaml

    with _FILE.open("rb") as stream:
        return read_topics(yaml.load(stream, Loader=yaml.CSafeLoader))


def read_topics(rows: Any) -> Lexicon:
    """Check topics as they stand in YAML.

    Raises:
        CatalogueError: a key is wrong, an id comes twice, or a word stands in two topics or twice in one.
    """
    weights: dict[str, list[tuple[int, int]]] = {}
    for place, row in enumerate(rows):
        if not isinstance(row, dict) or set(row) != _KEYS:
            raise CatalogueError(
                "键不对", where=f"topics.yml 第{place + 1}项", hint=f"应当是 {'、'.join(sorted(_KEYS))}"
            )
        for weight, words in ((WORD, row["words"]), (HINT, row["hints"])):
            for word in words:
                weights.setdefault(word, []).append((place, weight))
    _check_once(rows, weights)
    topics = tuple(TopicCard(row["id"], row["problem"], row["plan"]) for row in rows)
    return Lexicon(topics, {word: tuple(told) for word, told in weights.items()})


def _check_once(rows: Any, weights: Mapping[str, list[tuple[int, int]]]) -> None:
    names = [row[key] for row in rows for key in ("id", "problem", "plan")]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise CatalogueError(f"{twice} 出现了两次", where="topics.yml")
    for word, told in weights.items():
        places = [place for place, _ in told]
        if len(set(places)) < len(places) or sum(weight == WORD for _, weight in told) > 1:
            raise CatalogueError(f"“{word}”出现了两次", where="topics.yml", hint="一个词只归一个主题")
