from __future__ import annotations

import json
import random
import re
import time
import timeit
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from connectors.readers.text import read_text_file
from nianbao import Context, Document, DocumentKind, Download, Fact, FactName, Field, Filing
from nianbao.catalogue import load_catalogue
from nianbao.divisions import divisions
from nianbao.evidence import check_statement
from plugins.extractors.identity import extract, nianbao_extractors

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"
HEADS = [
    head
    for name in ("identity_heads.yml", "identity_pages.yml", "identity_more.yml")
    for head in yaml.load(Path(__file__).with_name(name).read_text(encoding="utf-8"), yaml.BaseLoader)
]
TODAY = date(2026, 11, 21)
BODY = """一、主要举措和成效
（一）强化组织领导。我{self}坚持党的领导，全{self}召开专题会议研究法治政府建设，落实行政执法三项制度。
（二）推进依法行政。我{self}办理行政处罚案件12起，开展法治宣传30余场次。
二、存在的不足和原因
（一）法治意识有待增强。个别干部依法行政能力不足。
三、主要负责人履行推进法治建设第一责任人职责情况
我{self}主要负责人坚持带头学法用法。
四、下一年度主要安排
（一）加强学习。（二）加强执法监督。
"""


def document_of(head: dict[str, Any]) -> Document:
    body = "" if "plain" in head else BODY.format(self=head["self"])
    text = (head["head"] + body + head.get("tail", "")).rstrip("\n")
    facts = tuple(Fact(FactName(name), value, "test") for name, value in head.get("facts", {}).items())
    return Document(head.get("name", "report.txt"), "0" * 64, head.get("reader", "text"), text, facts=facts)


@pytest.fixture(scope="module")
def context() -> Context:
    return Context(load_catalogue(), divisions(), TODAY)


def identity_of(document: Document, context: Context) -> dict[str, str]:
    extractor = next(iter(nianbao_extractors()))
    found = {}
    for attribute in extract(document, context):
        check_statement(attribute, extractor, document, set(Field))
        found[str(attribute.field)] = attribute.value
    return found


def wrong(found: dict[str, str], want: dict[str, str]) -> dict[str, tuple[str | None, str]]:
    names = {"kind": "document_kind"}
    told = {key: found.get(names.get(key, key)) for key in want}
    return {
        key: (told[key], value)
        for key, value in want.items()
        if told[key] != (None if value == "null" else value)
    }


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head["head"].split("\n", 1)[0][:30])
def test_heads(head: dict[str, Any], context: Context) -> None:
    want = {key: value for key, value in head["want"].items() if key != "rivals"}
    assert wrong(identity_of(document_of(head), context), want) == {}


@pytest.mark.parametrize(
    "head", [head for head in HEADS if "rivals" in head["want"]], ids=lambda head: head["head"][:20]
)
def test_another_body_that_signs_is_kept_as_a_rival(head: dict[str, Any], context: Context) -> None:
    issuer = next(a for a in extract(document_of(head), context) if a.field is Field.ISSUER)
    assert head["want"]["rivals"] in {rival.value for rival in issuer.rivals}


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head["head"].split("\n", 1)[0][:30])
def test_every_statement_has_a_reason_in_chinese(head: dict[str, Any], context: Context) -> None:
    reasons = {a.reason for a in extract(document_of(head), context) if a.field is not Field.DIVISION_CODE}
    assert [reason for reason in reasons if not re.search("[一-鿿]", reason)] == []


def test_damaged_pages_get_an_answer_or_none(context: Context) -> None:
    """Lines lost, doubled, cut and run together: what is said has true evidence and its field's form."""
    chance = random.Random(4)
    for head in HEADS:
        document = document_of(head)
        lines = document.text.split("\n")
        chance.shuffle(lines)
        cut = chance.randrange(len(document.text) + 1)
        for text in ("\n".join(lines), document.text[cut:], document.text[:cut], "".join(lines[:9]) * 3):
            found = identity_of(replace(document, text=text), context)
            assert set(DocumentKind) >= {found["document_kind"]}


def test_a_long_report_takes_milliseconds(context: Context) -> None:
    head = next(head for head in HEADS if head["head"].startswith("观胜镇"))
    document = document_of(head | {"tail": BODY.format(self="镇") * 50 + head["tail"]})
    assert len(document.text) > 9000
    timer = timeit.Timer(lambda: list(extract(document, context)), timer=time.process_time)
    best = min(timer.repeat(repeat=9, number=1))
    # Two milliseconds on a free core; ten leave room for a busy machine.
    assert best < 0.010


def _seeds() -> Iterator[dict[str, Any]]:
    gold = SHARED / "gold" / "dev.jsonl"
    if gold.exists():
        for line in gold.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


@pytest.mark.skipif(not (SHARED / "gold").exists(), reason="没有 shared 文件夹")
@pytest.mark.parametrize("gold", list(_seeds()), ids=lambda gold: gold["id"])
def test_seeds(gold: dict[str, Any], context: Context) -> None:
    data = (SHARED / "seeds" / gold["file"]).read_bytes()
    document = read_text_file(Download(Filing("folder", gold["file"], gold["file"]), data, "0" * 64))
    found = identity_of(document, context)
    fields = ("title", "year", "issuer", "issuer_level", "province", "city", "county", "town", "published")
    assert {name: found.get(name) for name in fields} == {
        name: str(gold[name]) if gold.get(name) is not None else None for name in fields
    }
    attributes = {a.field: a for a in extract(document, context)}
    inferred = {str(name) for name, a in attributes.items() if a.inferred}
    assert inferred == set(gold["inferred_fields"])
