"""A region's profile with its files, written into a folder for the tests."""

from __future__ import annotations

from pathlib import Path

from own_cards import own_card

_ADDED = """\
disputes_resolved:
  cues:
    - head: [甲解纷]
  without: [甲不算]
  units: [趟]
  examples:
    - [甲解纷26件, 26]
"""
CARDS = _ADDED + own_card("jia.courtyard_meetings")
PROFILE = """\
code: "52"
name: 甲省
hosts: [www.jia.gov.cn, "*.yi.gov.cn"]
town_deadline: 3月31日
mandated:
  - kinds: [achievements, plan]
    since: 2021
    until: 2022
    basis: 《甲省法治政府建设报告办法》第五条
cards: [cards.yml]
sites: sites.yml
units:
  case: [宗, 摊]
  money: {贯: "7.7"}
"""
SITES = """\
region: "5203"
name: 乙市
sites:
  - name: 乙市政府
    family: generic
    start: https://www.yi.gov.cn/list.html
"""


def write_profile(folder: Path, profile: str = PROFILE, cards: str = CARDS, sites: str = SITES) -> Path:
    """Write the files and return the profile's path."""
    for name, text in (("profile.yml", profile), ("cards.yml", cards), ("sites.yml", sites)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "profile.yml"
