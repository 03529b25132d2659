"""An indicator of a region's own, as a card in YAML."""

from __future__ import annotations

_CARD = """\
{id}:
  name: 院落会场次
  area: disputes
  dimension: count
  unit: 场
  definition: 召开院落会的场次
  takes: [event]
  cues:
    - head: [院落会]
  examples:
    - [召开院落会40场, 40]
"""


def own_card(identifier: str) -> str:
    """Return a card that counts meetings in courtyards, under an id with its region's prefix."""
    return _CARD.format(id=identifier)
