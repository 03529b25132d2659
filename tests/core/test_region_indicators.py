"""An indicator of a region's own is its alone: a second plugin that gives its id is refused whole."""

from __future__ import annotations

from broken import Writer, registry_with, report_of
from broken_beside import HEAD
from own_cards import own_card

ADDS = """
disputes_resolved:
  cues:
    - head: [解开心结]
  examples:
    - [解开心结6件, 6]
"""


def region(*codes: str, cards: str) -> str:
    yields = "\n".join(
        f"    yield RegionProfile('{code}', '某地{code}', cards=({cards!r},))" for code in codes
    )
    return f"{HEAD}@hookimpl\ndef nianbao_regions():\n{yields}\n"


def test_the_later_of_two_plugins_with_one_indicator_is_refused_alone(write: Writer) -> None:
    first, second = (
        region("52", cards=own_card("jia.meetings")),
        region("53", cards=own_card("jia.meetings")),
    )
    third = region("54", cards=own_card("yi.meetings"))
    found = registry_with(write, first, second, third)
    [failure] = found.failures
    assert (failure.plugin, failure.stage) == ("broken2", "register")
    told = "broken2 在 nianbao_regions 的指标卡 中给出的名称 jia.meetings 已由插件 broken 使用"
    assert failure.error == told
    assert [each.code for each in found.regions] == ["52", "54"]
    assert report_of(found) == report_of(registry_with(write))


def test_one_plugin_gives_an_indicator_to_one_of_its_regions(write: Writer) -> None:
    found = registry_with(write, region("52", "5203", cards=own_card("jia.meetings")))
    [failure] = found.failures
    assert failure.error.endswith("jia.meetings 已由插件 broken 使用")
    assert found.regions == ()


def test_what_adds_to_the_nations_cards_or_is_no_yaml_collides_with_nothing(write: Writer) -> None:
    found = registry_with(
        write, *(region(code, cards=ADDS) for code in ("52", "53")), region("54", cards="[“")
    )
    assert found.failures == ()
    assert [each.code for each in found.regions] == ["52", "53", "54"]
