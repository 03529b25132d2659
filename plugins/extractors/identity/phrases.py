"""Which body a title, or a phrase built like one, names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from nianbao.grammar.bodynames import TOWNS
from plugins.extractors.identity.bodies import is_body, is_department, split_joint
from plugins.extractors.identity.page import flat

_BLANKS = re.compile(r"\s+")
LEAD = re.compile(
    r"^(?:《|关于|报送|上报|呈报|呈送|印发|公布|公开|转发|[\[(].{0,8}[\])]|(?:19|20)\d\d\s*年?(?:度(?!假))?|"
    r"[一二][〇零九O○].{2}年度?|年度?|下面|我[就将对]|现[就将对]|兹将)+"
)
_CUT = re.compile(
    r"关于|(?:19|20)\d\d|[一二][〇零九O○].{2}年|年度|全面|深入|推进|加强|落实|履行|党政主要|主要负责|党委主要|依法|法治|述法|"
    rf"[上下]半年|书记|[镇乡县区市局旗州]长(?![一-鿿]{{1,6}}?(?:{TOWNS}|区|县|市))|主任|主要领导|领导班子|20\d\s*年|XX|××|\*|:|“"
)
# 扬帆正当时--某镇2023年度…: the slogan before a dash names nobody.
_DASH = re.compile(r"-{1,4}|[|:]|\s{1,4}")
_SECOND_NAME = re.compile(r"(?<=[局委厅会办心])\([^()]{2,20}\)")
_ABOUT = re.compile(r"关于(?P<what>.+)")
_PLACEHOLDER = re.compile(r"某+(?:[镇乡县区市局]|街道)(?:人民政府|办事处)?")


@dataclass(frozen=True, slots=True)
class Named:
    """A body that a place of the document names as the issuer."""

    name: str
    reason: str
    confidence: Decimal


def body_of_title(title: str) -> str | None:
    """Return the issuer that a title names, or None."""
    folded = flat(title).strip("《》 ")
    pieces = (folded, *reversed(_DASH.split(folded)))
    name = next((name for piece in pieces if (name := _body_of_phrase(squeeze(piece)))), None)
    if name and is_department(name) and (about := _ABOUT.search(squeeze(folded))):
        # An office that reports on its county speaks for the county.
        place = _body_of_phrase(about["what"])
        return place if place and not is_department(place) else name
    return name


def _body_of_phrase(phrase: str) -> str | None:
    # 某局(综合行政执法局) is one body with two names.
    rest = LEAD.sub("", phrase)
    rest = _SECOND_NAME.sub("", rest)
    cut = _CUT.search(rest)
    name = split_joint((rest[: cut.start()] if cut else rest).strip("的、,《》:-").removesuffix("度"))
    return name if is_body(name) and not _PLACEHOLDER.fullmatch(name) else None


def squeeze(text: str) -> str:
    """Return a text without any blank."""
    return _BLANKS.sub("", text)
