"""The reasons for which a figure is none of this issuer's year, as they are told."""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.model import NumeralReason


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a figure is none of the issuer's and the year's.

    Args:
        reason: as it is accounted for.
        told: one Chinese clause for whoever asks.
    """

    reason: NumeralReason
    told: str


PLANNED = Refusal(NumeralReason.TARGET, "说的是以后的打算，不是已经做的")
MEASURE = Refusal(NumeralReason.AREA, "是面积或长度")
NAME = Refusal(NumeralReason.SLOGAN, "在引号内，是名称或口号的一部分")
LEADING_ACT = Refusal(NumeralReason.UNCLAIMED, "说的是批示、督办、调研等，不在指标之列")
DENIAL = Refusal(NumeralReason.UNCLAIMED, "是“没有一件”一类的否定，另按零计")
CHANGE = Refusal(NumeralReason.CHANGE, "说的是增减幅度，或与上年的比较")
NORM = Refusal(NumeralReason.TARGET, "说的是要求、目标或频次，不是全年实际")
OTHER_YEAR = Refusal(NumeralReason.OTHER_YEAR, "说的是别的年度")
OTHER_BODY = Refusal(NumeralReason.OTHER_BODY, "说的是上级或别的单位")
FIELDS_ONLY = Refusal(NumeralReason.UNCLAIMED, "数的是领域、方面、措施，不在指标之列")
POSTS_ONLY = Refusal(NumeralReason.UNCLAIMED, "说的是编制数，不是实有人数")
SHORTCOMING = Refusal(NumeralReason.UNCLAIMED, "说的是不足之处，不是全年所做")
TEAM_NAME = Refusal(NumeralReason.PART_OF_NAME, "是名称的一部分")
EXPECTED = Refusal(NumeralReason.UNCLAIMED, "是应到的人数，后面说了实到的")
SIZE_ONLY = Refusal(NumeralReason.UNCLAIMED, "说的是规模大小")
STOCK = Refusal(NumeralReason.STOCK, "说的是现有的存量，不是全年办的")
