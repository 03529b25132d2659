"""Characters glossed with their sound, as mirrors print them: 區(qū), 法治建設(shè)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_GLOSS = re.compile(r"\((?<=[㐀-鿿]\()[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹɡ]{1,6}\)")
# One or two may be the text's own.
_FEWEST = 4


@dataclass(frozen=True, slots=True)
class Unglossed:
    """A text without its glosses, and for each of its characters the offset in the text with them."""

    text: str
    origins: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the glossed text's span of `text[start:end]`."""
        first = self.origins[start] if start < len(self.origins) else self.origins[-1] + 1
        return first, self.origins[end - 1] + 1 if end > start else first


def without_glosses(text: str) -> Unglossed | None:
    """Return the text without its glosses; None where it has none."""
    found = list(_GLOSS.finditer(text))
    if len(found) < _FEWEST:
        return None
    kept: list[str] = []
    origins: list[int] = []
    reached = 0
    for gloss in found:
        kept.append(text[reached : gloss.start()])
        origins.extend(range(reached, gloss.start()))
        reached = gloss.end()
    kept.append(text[reached:])
    origins.extend(range(reached, len(text)))
    return Unglossed("".join(kept), tuple(origins))
