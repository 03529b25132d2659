"""Damages files as transfers, programs and people damage them: anywhere, or inside their structure."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable
from copy import deepcopy

from lxml import etree

Mutation = Callable[[bytes, random.Random], bytes]

_TAG = re.compile(rb"<[^<>]{1,300}>")
_NUMBER = re.compile(rb"\d+")
_STREAM = re.compile(
    rb"<<(?:(?!stream\b).)*?/Length\s+\d+(?:(?!stream\b).)*?>>\s*stream\r?\n(.*?)\r?\nendstream", re.S
)
_OPERATOR = re.compile(rb"\b(?:Td|Tm|TJ|Tj|Tf|re|cm|BT|ET|q|Q|Do|l|m|S)\b")
_ODD_TAGS = [
    b"<table>", b"</table>", b"<tr>", b"<td rowspan=99999 colspan=0>", b"<td colspan=-3>", b"<ruby><rt>",
    b"<ol start=99999999999>", b"<li value=x>", b"<select>", b"<template>", b"<svg>", b"<!--", b"<![CDATA[",
    b"<plaintext>", b"<script>", b"<style>", b"<meta charset=hex>", b"<meta charset=utf-7>", b"<frameset>",
    b"<base href=//[>", b'<a href="http://[::1/x.doc">', b"<div id=zoom>", b"&#x110000;", b"&#0;",
]  # fmt: skip
_ODD_NUMBERS = [b"0", b"-1", b"1", b"99999", b"2147483648", b"18446744073709551616", b"1e400", b"NaN", b""]


def anywhere(data: bytes, chance: random.Random) -> bytes:
    """A byte changed, a run lost, doubled or inserted, the end cut off: once to four times."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(max(len(made), 1))
        run = chance.randint(1, 200)
        kind = chance.randrange(10)
        if kind < 3:
            made[place : place + 1] = bytes([chance.randrange(256)])
        elif kind < 5:
            del made[place : place + run]
        elif kind < 7:
            made[place:place] = chance.randbytes(run // 10 + 1)
        elif kind < 9:
            made[place:place] = made[chance.randrange(len(made) + 1) :][:run]
        else:
            del made[place:]
    return bytes(made)


def in_tags(data: bytes, chance: random.Random) -> bytes:
    """Tags dropped, doubled, swapped, made odd; numbers in them beyond all bounds."""
    tags = list(_TAG.finditer(data))
    if not tags:
        return anywhere(data, chance)
    edits = []
    for tag in chance.sample(tags, min(len(tags), chance.randint(1, 5))):
        other = chance.choice(tags)[0]
        number = chance.choice(_ODD_NUMBERS)
        edits.append(
            chance.choice(
                [b"", tag[0] * 2, other, tag[0] + other, tag[0][:-1], tag[0] + chance.choice(_ODD_TAGS)]
                + [_NUMBER.sub(lambda _, number=number: number, tag[0])] * 2  # type: ignore[misc]
            )
        )
    chosen = sorted(
        zip(chance.sample(tags, len(edits)), edits, strict=True), key=lambda each: -each[0].start()
    )
    for tag, edit in chosen:
        data = data[: tag.start()] + edit + data[tag.end() :]
    return data


def in_elements(data: bytes, chance: random.Random) -> bytes:
    """Sound XML still: elements dropped, doubled, moved and swapped, values beyond all bounds."""
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return anywhere(data, chance)
    for _ in range(chance.randint(1, 5)):
        found = [each for each in root.iter(etree.Element) if each is not root]
        if not found:
            break
        one, other = chance.choice(found), chance.choice(found)
        kind = chance.randrange(6)
        if kind == 0 and one.getparent() is not None:
            one.getparent().remove(one)
        elif kind == 1:
            other.append(deepcopy(one))
        elif kind == 2:
            one.tag = other.tag
        elif kind == 3:
            one.text = chance.choice([None, "", "\u2028", "\U0001f600\ufffd", "9" * 50, " \t\n"])
        elif one.attrib:
            name = chance.choice(list(one.attrib))
            one.set(
                name,
                chance.choice(
                    [value.decode() for value in _ODD_NUMBERS] + ["", "x", "%1%9", *other.attrib.values()]
                ),
            )
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def in_parts(data: bytes, chance: random.Random) -> bytes:
    """The packages stay sound zips; one part in them is damaged, lost, doubled or taken for another."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist() if not name.endswith("/")}
    except zipfile.BadZipFile:
        return anywhere(data, chance)
    texts = [name for name in parts if name.endswith((".xml", ".rels"))] or list(parts)
    name = chance.choice(texts if chance.random() < 0.9 else list(parts))
    kind = chance.randrange(10)
    if kind == 0:
        del parts[name]
    elif kind == 1:
        parts[name] = parts[chance.choice(texts)]
    else:
        parts[name] = (in_elements if kind < 8 else in_tags)(parts[name], chance)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", chance.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as package:
        for part, content in parts.items():
            package.writestr(part, content)
    return buffer.getvalue()


def in_streams(data: bytes, chance: random.Random) -> bytes:
    """A stream of a PDF unpacked and damaged: operators swapped, numbers beyond all bounds, bytes lost."""
    streams = list(_STREAM.finditer(data))
    if not streams:
        return anywhere(data, chance)
    stream = chance.choice(streams)
    try:
        content = zlib.decompress(stream[1])
        is_packed = True
    except zlib.error:
        content, is_packed = stream[1], False
    made = _damaged_content(content, chance)
    packed = zlib.compress(made) if is_packed else made
    head = data[stream.start() : stream.start(1)]
    head = re.sub(rb"/Length\s+\d+(?!\s+\d+\s+R)", b"/Length %d" % len(packed), head)
    return data[: stream.start()] + head + packed + data[stream.end(1) :]


def _damaged_content(content: bytes, chance: random.Random) -> bytes:
    pattern = chance.choice([_NUMBER, _OPERATOR])
    found = list(pattern.finditer(content))
    if not found or chance.random() < 0.3:
        return anywhere(content, chance)
    for match in sorted(chance.sample(found, min(len(found), 5)), key=lambda each: -each.start()):
        new = chance.choice(_ODD_NUMBERS) if pattern is _NUMBER else chance.choice(found)[0]
        content = content[: match.start()] + new + content[match.end() :]
    return content


def in_objects(data: bytes, chance: random.Random) -> bytes:
    """The dictionaries of a PDF, whose numbers lead elsewhere."""
    places = list(re.finditer(rb"\b\d+ 0 R\b|/[A-Z][A-Za-z]+ \d+|\[[\d .-]+\]", data))
    for match in sorted(chance.sample(places, min(len(places), 3)), key=lambda each: -each.start()):
        new = _NUMBER.sub(lambda _: chance.choice([*_ODD_NUMBERS, b"2", b"5"]), match[0], count=1)
        data = data[: match.start()] + new + data[match.end() :]
    return data


KINDS: dict[str, tuple[Mutation, ...]] = {
    "docx": (anywhere, in_parts, in_parts),
    "ofd": (anywhere, in_parts, in_parts),
    "html": (anywhere, in_tags, in_tags),
    "pdf": (anywhere, in_streams, in_objects),
    "text": (anywhere,),
    "zip": (anywhere, anywhere, in_parts),
}


def mutated(kind: str, data: bytes, chance: random.Random) -> bytes:
    return chance.choice(KINDS[kind])(data, chance)
