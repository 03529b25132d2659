"""The texts that a plugin is shown: hostile ones, and reports made of the national cards' own examples."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from nianbao.catalogue import AREAS, Catalogue
from nianbao.model import Block, BlockKind, Document, Place

# How long the huge texts are, in characters: some twenty times a long report where the plugin reads alone,
# twice one where the whole of nianbao reads it.
HUGE, HUGE_REPORT = 300_000, 30_000
_DEPTH = 2_000
# Of a plugin's own words so many characters go into each text, and into each of its many headings.
_WORDS, _HEADING = 10_000, 100
_FRAME = """{title}

一、2023年度法治政府建设主要举措和成效
{body}

二、存在的不足和原因
队伍力量不足。

三、党政主要负责人履行推进法治建设第一责任人职责情况
主要负责人带头学法2次。

四、2024年度法治政府建设主要安排
继续推进。
"""
_ODD = (
    "\ufeff\u200b\u200d\u202e调解纠纷１２件\u2066\u2069",
    "\U0001f600\U00020000𠮷\ud7ff件\ue000\uffff",
    "e\u0301\u0300" * 50,
    "٣٤٥件，१२३件，Ⅻ件，㊿件，½件，²件",
    "\u2028\u2029\x0b\x0c\x1c\x85件",
    "9" * 400 + "件",
    "亿" * 200 + "件",
    "0.000000000000000000000000000001%",
)


@dataclass(frozen=True, slots=True)
class Probe:
    """A text that a plugin is shown.

    Args:
        name: what it is, in Chinese.
        text: the canonical text.
        framed: whether it is a report.
        is_long: whether it is so long that reading it takes a while.
    """

    name: str
    text: str
    framed: bool = True
    is_long: bool = False


def hostile(words: str) -> Iterator[Probe]:
    """Yield what no report should be, and some file will be: each alone, and in the frame of a report.

    Args:
        words: what the plugin knows of, so that its own rules are put to it too.
    """
    plain = (words or "全年调解各类矛盾纠纷31件。")[:_WORDS]
    bodies = {
        "空文本": "",
        "超长文本": (plain + "\n") * (HUGE // (len(plain) + 1)),
        "一段到底的长文本": plain.replace("\n", "") * (HUGE // 10 // len(plain)),
        "怪异的字符": "\n".join(_ODD) + plain,
        "空字符": f"\0{plain[: len(plain) // 2]}\0{plain}\0",
        "层层嵌套": "（“《" * _DEPTH + plain + "》”）" * _DEPTH,
        "层层标题": "\n".join(f"{'（一）' * 20}1.1.1.1.1.1.1{plain[:_HEADING]}" for _ in range(200)),
        "只有换行和制表符": "\n\t\r\n" * 2_000,
        "字词拦腰截断": "\n".join(plain[at : at + 7] for at in range(0, min(len(plain), 3_000), 5)),
    }
    for name, body in bodies.items():
        is_long = len(body) >= HUGE // 10 // 2
        yield Probe(name, body, framed=False, is_long=is_long)
        shorter = framed("青川县临溪镇2023年法治政府建设年度报告", body[:HUGE_REPORT])
        yield Probe(f"{name}（报告中）", shorter, is_long=is_long)


def framed(title: str, body: str) -> str:
    """Return a report of four mandated parts with this body in its first."""
    return _FRAME.format(title=title, body=body)


def national(catalogue: Catalogue, issuer: str) -> Iterator[Probe]:
    """Yield a report for each area of work, made of the examples and counter-examples of its cards.

    Args:
        catalogue: the national one.
        issuer: in whose name they are written.
    """
    for area, called in AREAS.items():
        cards = [card for card in catalogue.indicators.values() if card.area == area]
        rows = [each.text for card in cards for each in (*card.examples, *card.counterexamples)]
        body = "\n".join(f"{row}。" for row in rows)
        yield Probe(f"{issuer}·{called}", framed(f"{issuer}2023年法治政府建设年度报告", body))


def issuers(codes: Iterable[str], most: int = 2) -> tuple[str, ...]:
    """Return counties of other provinces than those of some codes, spread over the table.

    Where a code is a city's or a county's, a neighbour in its province is the first of them.
    """
    from nianbao.divisions import divisions

    table = divisions()
    codes = tuple(codes)
    own = {code[:2] for code in codes}
    others = [each.code for each in table.provinces if each.code[:2] not in own]
    chosen = [*sorted(own - {*codes}), *others[:: max(1, len(others) // most)]]
    return tuple(islice((name for each in chosen if (name := _county(each, codes))), most))


def _county(province: str, but: tuple[str, ...]) -> str:
    """Return the full name of a province's first county that is in none of some divisions."""
    from nianbao.divisions import divisions

    table = divisions()
    for city in table.children(province):
        for county in table.children(city.code):
            if not county.code.startswith(but):
                return "".join(each.name for each in table.lineage_of(county))
    return ""


def document_of(name: str, text: str) -> Document:
    """Return a text as a reader of plain text would give it: one block a line."""
    blocks: list[Block] = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line:
            blocks.append(Block(start, start + len(line), BlockKind.PARAGRAPH, Place(paragraph=number)))
        start += len(line) + 1
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(name, digest, "conformance", text, tuple(blocks))
