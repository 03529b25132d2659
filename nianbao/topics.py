"""What a year's problems and plans are about, by topic, with examples that lead back to their text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from nianbao.catalogue.topics import Lexicon, TopicCard, load_topics
from nianbao.grammar.text import fold
from nianbao.model import Entry, Item, Report, SectionKind, Topic, TopicExample

# An item that no word places.
UNPLACED = TopicCard("other", "其他问题", "其他打算")
_ENOUGH = 2
_MOST_TOPICS = 2
_EXAMPLES = 3
# Far above any word of the segmenter's own dictionary.
_FREQUENCY = 10_000_000


def find_topics(entries: Iterable[Entry]) -> tuple[Topic, ...]:
    """Count the topics of a year's reports: problems first, then plans, the most widespread first.

    A report counts once for a topic, however many of its items tell it.
    """
    cards = (*load_topics().topics, UNPLACED)
    told: dict[tuple[SectionKind, int], list[tuple[Report, Item]]] = {}
    for entry in entries:
        for item in entry.report.items:
            for place in topics_of(item) or (len(cards) - 1,):
                told.setdefault((item.kind, place), []).append((entry.report, item))
    found = [_topic(kind, cards[place], rows) for (kind, place), rows in told.items()]
    order = {card.id: place for place, card in enumerate(cards)}
    return tuple(
        sorted(
            found,
            key=lambda topic: (
                topic.kind is SectionKind.PLAN,
                topic.id == UNPLACED.id,
                -topic.reports,
                -topic.items,
                order[topic.id],
            ),
        )
    )


def topics_of(item: Item) -> tuple[int, ...]:
    """Return the places in the lexicon of the topics that an item is about: its gist decides, if it can."""
    for passage, most in ((item.gist, _MOST_TOPICS), (item.quote, 1)):
        scores = _scores(passage)
        best = sorted(scores, key=lambda place: (-scores[place], place))
        placed = tuple(place for place in best if scores[place] >= _ENOUGH)
        if placed:
            return placed[:most]
    return ()


def _scores(passage: str) -> dict[int, int]:
    weights = load_topics().weights
    scores: dict[int, int] = {}
    for word in set(_segmenter()(fold(passage))):
        for place, weight in weights.get(word, ()):
            scores[place] = scores.get(place, 0) + weight
    return scores


@cache
def _segmenter() -> Callable[[str], Sequence[str]]:
    """Return the segmenter; what it knows beside the lexicon comes with its pinned wheel."""
    return make_segmenter(load_topics())


def make_segmenter(lexicon: Lexicon) -> Callable[[str], Sequence[str]]:
    """Return a function that parts a text into words, the lexicon's words kept whole.

    Args:
        lexicon: whose words are never cut.
    """
    import rjieba

    segmenter = rjieba.Jieba()
    for word in lexicon.weights:
        segmenter.add_word(word, _FREQUENCY, None)
    return lambda text: segmenter.cut(text, hmm=False)


def _topic(kind: SectionKind, card: TopicCard, rows: Sequence[tuple[Report, Item]]) -> Topic:
    # The shortest gists tell a topic most plainly; one example a report.
    first: dict[tuple[str, int], tuple[Report, Item]] = {}
    for report, item in sorted(rows, key=lambda row: (len(row[1].gist), row[0].file, row[1].start)):
        first.setdefault((report.file, report.part), (report, item))
    examples = tuple(TopicExample(r.file, r.part, i.start, i.end, i.gist) for r, i in first.values())
    name = card.problem if kind is SectionKind.PROBLEMS else card.plan
    return Topic(card.id, name, kind, len(first), len(rows), examples[:_EXAMPLES])
