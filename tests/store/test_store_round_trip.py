"""What is saved comes back exactly, whatever a report may hold."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from any_reports import decimals, processed_strategy
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from nianbao.model import (
    Attribute,
    Block,
    BlockKind,
    Document,
    Failure,
    Field,
    Figure,
    Filing,
    Finding,
    Item,
    Numeral,
    NumeralReason,
    Observation,
    Place,
    Quote,
    Report,
    Rival,
    RunRecord,
    Section,
    Severity,
    Status,
)
from nianbao.steps import Processed
from nianbao.store import Store, columns, document_rows, rows, schema
from nianbao.store.reads import of_run, read_reports

RUN = RunRecord("r1", datetime(2024, 3, 1, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai")), "0.1.0")

moments = st.datetimes(
    datetime.fromisoformat("1970-01-02"), datetime.fromisoformat("2200-01-01"), timezones=st.timezones()
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def kept_store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """One store for all examples: making its tables takes longer than an example."""
    location = "sqlite://" if request.param == "sqlite" else request.getfixturevalue("server").new_database()
    with Store.open(location) as opened:
        yield opened


def empty(store: Store) -> Store:
    with store._writing() as connection:
        connection.execute(delete(schema.files))
        connection.execute(delete(schema.runs))
    return store


@given(batch=st.lists(processed_strategy(), max_size=3, unique_by=lambda done: done.filing.uri))
@settings(max_examples=40, deadline=None)
def test_everything_comes_back_digit_for_digit(kept_store: Store, batch: list[Processed]) -> None:
    store = empty(kept_store)
    store.begin_run(RUN, "annual")
    ids = store.add_filings("r1", [done.filing for done in batch])
    store.save("r1", zip(ids, batch, strict=True))
    store.save("r1", zip(ids, batch, strict=True))
    with store._reading() as connection:
        loaded = list(read_reports(connection, of_run("r1")))
    expected = [
        (report, done.document)
        for _, done in sorted(zip(ids, batch, strict=True), key=lambda pair: (pair[1].filing.name, pair[0]))
        for report in done.reports
    ]
    assert loaded == expected
    if store._engine.dialect.name == "sqlite":
        # PostgreSQL keeps a figure's value; SQLite its digits as they were written, too.
        assert repr(loaded) == repr(expected)
    assert store.filings(ids) == tuple(done.filing for done in batch)


@given(decimals)
def test_a_decimal_keeps_its_digits_as_text_and_is_numeric_on_postgresql(value: Decimal) -> None:
    exact = columns.Exact()
    text = exact.process_bind_param(value, sqlite.dialect())
    assert repr(exact.process_result_value(text, sqlite.dialect())) == repr(value)
    assert exact.process_result_value(text, postgresql.dialect()) == value


@given(moments)
def test_a_moment_is_the_same_moment_and_sorts_as_text(moment: datetime) -> None:
    kept = columns.Moment()
    text = kept.process_bind_param(moment, sqlite.dialect())
    assert text is not None
    assert text.endswith("+00:00")
    assert kept.process_result_value(text, sqlite.dialect()) == moment.astimezone(UTC)
    later = kept.process_bind_param(moment.astimezone(UTC) + timedelta(microseconds=1), sqlite.dialect())
    assert later is not None
    assert later > text


# What a yearbook adds to a finding or figure is made anew with it, and never saved.
OF_A_YEARBOOK = ("subject", "waiver", "correction", "acceptance")


@pytest.mark.parametrize(
    ("table", "record"),
    [
        (schema.sections, Section),
        (schema.items, Item),
        (schema.observations, Observation),
        (schema.numerals, Numeral),
        (schema.figures, Figure),
        (schema.findings, Finding),
        (schema.failures, Failure),
    ],
)
def test_every_field_of_a_record_has_its_column(table: Any, record: type) -> None:
    columns = [column.name for column in table.columns]
    fields = [field.name for field in dataclasses.fields(record) if field.name not in OF_A_YEARBOOK]
    assert columns == ["report_id", "position", *fields]


def test_every_field_of_an_attribute_and_a_place_is_written() -> None:
    rival = Rival("丁", "落款单位", 3, 4)
    attribute = Attribute(Field.ISSUER, "甲", "乙", "丙", 1, 2, True, Decimal("0.5"), (rival,))
    values = rows._attribute_list(attribute)
    assert len(values) == len(dataclasses.fields(Attribute))
    assert len(values[-1][0]) == len(dataclasses.fields(Rival))
    assert rows._attribute(*json.loads(document_rows.to_json(values))) == attribute
    # A store of version 1 kept the values alone.
    assert rows._attribute(*values[:-1], ["丁"]).rivals == (Rival("丁", ""),)
    block = Block(0, 1, BlockKind.CELL, Place(1, 2, 3, 4, 5, "p", (1.0, 2.0, 3.5, 4.0)), 1, ((0, 1),))
    assert len(document_rows._block_list(block)) == len(Block._fields) - 1 + len(dataclasses.fields(Place))


def test_the_run_comes_back_in_shanghai_time(store_url: str) -> None:
    record = replace(
        RUN, catalogue="c0ffee", plugins=(("jieba", "0.42"), ("甲", "1")), settings=(("year", "2023"),)
    )
    with Store.open(store_url) as store:
        store.begin_run(record, "annual 报告/")
        assert store.run("r1") == record
        assert str(store.run("r1").started) == "2024-03-01 08:30:00+08:00"


@pytest.mark.parametrize(
    ("careless", "kept"), [("罚\ud83d款8300元", "罚?款8300元"), ("罚\x00款8300元", "罚\ufffd款8300元")]
)
def test_what_no_database_keeps_costs_one_sign_and_moves_nothing(
    store_url: str, careless: str, kept: str
) -> None:
    document = Document("a.txt", "ab", "text", careless, (Block(0, 8, BlockKind.PARAGRAPH, Place(1)),))
    quote = Quote(0, 7, careless[:7])
    report = Report(
        "a.txt",
        "ab",
        Status.COMPLETE,
        attributes=(Attribute(Field.TITLE, careless, careless, "identity"),),
        numerals=(Numeral(0, 7, careless[:7], NumeralReason.MONEY),),
        findings=(Finding("sum", "arithmetic.sum", Severity.ERROR, careless, (quote,)),),
    )
    done = Processed(Filing("folder", "a.txt", "a.txt"), "ab", document, (report,))
    with Store.open(store_url) as store:
        store.begin_run(RUN, "annual")
        store.save("r1", [(store.add_filings("r1", [done.filing])[0], done)])
        [entry] = store.load_entries("r1")
        assert entry.report.numerals[0].quote == kept[:7]
        assert entry.report.findings[0].quotes == (Quote(0, 7, kept[:7]),)
        assert entry.report.value(Field.TITLE) == kept
        assert store.verify() == ()
