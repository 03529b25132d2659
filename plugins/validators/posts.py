"""Posts against those that hold them: 核定编制16名，在编13名, so that 3 stand empty and not 5."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from nianbao import Severity
from plugins.validators.checks import Check, Ledger, Rule
from plugins.validators.relations import Total
from plugins.validators.sentences import Sentence, Spot

POSTS = Rule("arithmetic.posts", "sum", Severity.ERROR, "编制数应等于在编（在岗）人数加空编（缺编）数")
_POSTS = regex.compile(r"(?:编制|编制数|编制总数|定编|核编)(?:为|共|有|数)*$")
_POSTS_BEHIND = regex.compile(r"^个?(?:行政|事业|政法专项|执法)*编制")
_HELD = regex.compile(
    r"(?:在编|在编在岗|实有|实际在编|实有在编|现有在编|在岗|现有|实际在岗|到岗)(?:在岗)?(?:人员|人数|干部|执法人员|工作人员|队员)?(?:为|共|有|仅|只)*$"
)
_EMPTY = regex.compile(
    r"(?:空编|缺编|空缺编制|编制空缺|缺额|空岗)(?:人员|人数|数)?(?:为|共|有|达|仍|还|尚|约|了)*$"
)
_EMPTY_BEHIND = regex.compile(r"^个?(?:编制)?(?:空缺|空编|缺编)")


def check_posts(ledger: Ledger, sentences: Sequence[Sentence]) -> None:
    """Enter the posts of the one body of which a report tells how many there are, are held and stand empty.

    Args:
        ledger: where checks are entered.
        sentences: the report's sentences.
    """
    if "编" not in ledger.reading.shadow.text:
        return
    spots = [(number, spot) for number, sentence in enumerate(sentences) for spot in sentence.spots]
    posts = [
        each for each in spots if _is(each[1], _POSTS, _POSTS_BEHIND) and not _EMPTY.search(each[1].name)
    ]
    empty = [spot for _, spot in spots if _is(spot, _EMPTY, _EMPTY_BEHIND)]
    if len(posts) != 1 or len({spot.quantity.value for spot in empty}) != 1:
        return
    number, all_posts = posts[0]
    near = [spot for each in sentences[number : number + 2] for spot in each.spots]
    held = [
        spot
        for spot in near
        if spot is not all_posts and _is_people(spot) and _HELD.search(spot.name) and spot not in empty
    ]
    if len(held) == 1 and held[0].quantity.value <= all_posts.quantity.value:
        parts = (ledger.spot(held[0]), ledger.spot(empty[0]))
        ledger.checks.append(Check(POSTS, Total(ledger.spot(all_posts), parts)))


def _is(spot: Spot, before: regex.Pattern[str], behind: regex.Pattern[str]) -> bool:
    return _is_people(spot) and bool(before.search(spot.name) or behind.match(spot.after))


def _is_people(spot: Spot) -> bool:
    return spot.quantity.unit in ("人", "名", "个") and spot.quantity.low == spot.quantity.high
