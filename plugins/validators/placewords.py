"""Whether what looks like a place's name is made of everyday words: 虽然街道, 培训镇村干部."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import rjieba

# What no name begins with: conjunctions, adverbs, verbs, prepositions, pronouns, times, particles, sides.
_NO_NAME = frozenset({"c", "d", "v", "vn", "vd", "p", "r", "t", "u", "f", "ad"})
# Names of persons, places, bodies and others.
_NAMES = frozenset({"nr", "nrt", "nrfg", "ns", "nt", "nz"})


def is_word(stem: str, *, thing: bool = False) -> bool:
    """Tell whether a stem that no table of places holds is a word, or begins as no name does.

    Args:
        stem: of a name, without its ending.
        thing: whether a town may be called after a thing (榆钱街道), for an organ of it follows.
    """
    tagged = _tagger().tag(stem)
    if len(tagged) == 1:
        if thing and tagged[0][1] == "n":
            return False
        return tagged[0][1] not in _NAMES and _tagger().has_word(stem)
    word, part = tagged[0]
    return len(word) > 1 and part in _NO_NAME


def is_apart(stem: str, joint: str) -> bool:
    """Tell whether a stem may be a name by its words, and what follows makes no word with its ending (乡情).

    Args:
        stem: of a name, without its ending.
        joint: the last character of its ending with the one behind it.
    """
    plain = all(part not in _NO_NAME for word, part in _tagger().tag(stem) if len(word) > 1)
    return plain and not _tagger().has_word(joint)


def has_word(text: str) -> bool:
    """Tell whether a text is a word of the dictionary."""
    return _tagger().has_word(text)


@cache
def _tagger() -> rjieba.Jieba:
    """Return the segmenter; its dictionary loads when a first name is doubtful, not with the rules."""
    import rjieba

    return rjieba.Jieba()
