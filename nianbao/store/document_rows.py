"""Documents and filings as rows of their tables, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from nianbao.model import Block, BlockKind, Document, Fact, FactName, Filing, Place

# What a row is on its way into the database, in the order of its table's columns.
Row = tuple[Any, ...]


# One character for one, so that offsets stay; the replacement character.
NUL_STANDS_AS = "\ufffd"
# An escape that is not itself escaped: an even number of backslashes before it.
_NUL_IN_JSON = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


def to_json(value: object) -> str:
    """Write JSON compactly, Chinese as it is, without NULs, which PostgreSQL does not keep."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _NUL_IN_JSON.sub(rf"\1{NUL_STANDS_AS}", text) if "\\u0000" in text else text


def facts_list(facts: Iterable[Fact]) -> list[list[str]]:
    """Return facts as they stand in JSON."""
    return [[fact.name, fact.value, fact.origin] for fact in facts]


def facts(found: Iterable[Sequence[str]]) -> tuple[Fact, ...]:
    """Make facts from JSON."""
    return tuple(Fact(FactName(name), value, origin) for name, value, origin in found)


def filing(row: Any) -> Filing:
    """Make a filing from its row."""
    return Filing(row.source, row.uri, row.name, facts(row.facts))


def document_row(file_id: int, sha256: str, document: Document) -> Row:
    """Return a document's row."""
    return (
        file_id,
        sha256,
        document.name,
        document.reader,
        document.text,
        to_json([_block_list(block) for block in document.blocks]),
        to_json(facts_list(document.facts)),
        to_json(document.notes),
    )


def document(row: Any) -> Document:
    """Make a document from its row."""
    blocks = tuple(_block(*block) for block in row.blocks)
    return Document(row.name, row.sha256, row.reader, row.text, blocks, facts(row.facts), tuple(row.notes))


# A block's level, six values of its place, its box and its doubts; what is missing at the end is None.
_BLOCK_VALUES = 9


def _block_list(block: Block) -> list[Any]:
    place = block.place
    values: list[Any] = [block.start, block.end, block.kind, block.level]
    values += [place.paragraph, place.page, place.table, place.row, place.column, place.path, place.box]
    values.append(block.doubts or None)
    while values[-1] is None:
        values.pop()
    return values


def _block(start: int, end: int, kind: str, *rest: Any) -> Block:
    values: list[Any] = [*rest, *[None] * (_BLOCK_VALUES - len(rest))]
    level, paragraph, page, table, row, column, path, box, doubts = values
    place = Place(paragraph, page, table, row, column, path, tuple(box) if box else None)
    spans = tuple((first, last) for first, last in doubts or ())
    return Block(start, end, BlockKind(kind), place, level, spans)
