"""Reports with whatever they may hold, for Hypothesis."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from nianbao.model import (
    Attribute,
    Block,
    BlockKind,
    Document,
    Fact,
    FactName,
    Failure,
    Field,
    Figure,
    FigureStatus,
    Filing,
    Finding,
    Item,
    Numeral,
    NumeralReason,
    Observation,
    Place,
    Qualifier,
    Quote,
    RegionBy,
    RegionUse,
    Report,
    Rival,
    Role,
    Section,
    SectionKind,
    Severity,
    Status,
)
from nianbao.steps import Processed

words = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30),
    st.sampled_from(
        [
            "罚款8300元",
            "𠮷野家👨‍👩‍👧",
            "'; DROP TABLE reports; --",
            "\\u0000\\",
            "\u2028\r\n\t",
            "null",
            "1e3",
        ]
    ),
)
quotes = st.one_of(words, st.sampled_from(["长" * 5_000, "🐉" * 900]))
offsets = st.integers(0, 2**31 - 1)
# Beyond ten thousand digits PostgreSQL keeps no number; a report's have a dozen.
decimals = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False).filter(lambda value: abs(value.adjusted()) < 10_000),
    st.sampled_from(
        ["1.50", "1E+5", "-0", "0.1", "8300", "1234567890" * 9 + "." + "0123456789" * 9, "1E-400"]
    ).map(Decimal),
)
maybe_decimals = st.none() | decimals
facts = st.lists(st.builds(Fact, st.sampled_from(FactName), words, words), max_size=3).map(tuple)
counts = st.none() | st.integers(1, 10**6)
places = st.builds(Place, counts, counts, counts, counts, counts, st.none() | words)
blocks = st.builds(Block, offsets, offsets, st.sampled_from(BlockKind), places, st.none() | st.integers(1, 9))


def some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


def attribute_of(field: Field) -> st.SearchStrategy[Attribute]:
    value = st.integers(1949, 2099).map(str) if field is Field.YEAR else words
    spans = st.none() | offsets
    rivals = st.builds(Rival, words, words, spans, spans)
    return st.builds(
        Attribute, st.just(field), value, words, words, spans, spans, st.booleans(), decimals, some(rivals)
    )


observations = st.builds(
    Observation,
    words,
    decimals,
    words,
    st.sampled_from(Qualifier),
    st.sampled_from(Role),
    offsets,
    offsets,
    quotes,
    maybe_decimals,
    maybe_decimals,
    offsets,
    offsets,
    decimals,
    words,
    words,
)
sections = st.builds(
    Section,
    words,
    st.sampled_from(SectionKind),
    offsets,
    offsets,
    st.integers(1, 9),
    words,
    st.none() | st.integers(0, 99),
    words,
)
items = st.builds(Item, st.sampled_from(SectionKind), offsets, offsets, quotes, words, words)
figures = st.builds(
    Figure,
    words,
    maybe_decimals,
    st.sampled_from(FigureStatus),
    st.booleans(),
    some(st.integers(0, 999)),
    st.sampled_from(Qualifier),
    maybe_decimals,
    maybe_decimals,
    words,
)
findings = st.builds(
    Finding,
    words,
    words,
    st.sampled_from(Severity),
    words,
    some(st.builds(Quote, offsets, offsets, quotes)),
    words,
    some(words),
    words,
)


@st.composite
def report_strategy(draw: st.DrawFn, file: str, sha256: str, part: int) -> Report:
    fields = draw(st.lists(st.sampled_from(Field), unique=True, max_size=len(Field)))
    return Report(
        file=file,
        sha256=sha256,
        status=draw(st.sampled_from(Status)),
        attributes=tuple(draw(attribute_of(field)) for field in fields),
        sections=draw(some(sections)),
        items=draw(some(items)),
        observations=draw(some(observations)),
        numerals=draw(some(st.builds(Numeral, offsets, offsets, quotes, st.sampled_from(NumeralReason)))),
        figures=draw(some(figures)),
        findings=draw(some(findings)),
        failures=draw(some(st.builds(Failure, words, words, words))),
        error=draw(words),
        reason=draw(words),
        part=part,
        region=draw(st.none() | st.builds(RegionUse, words, st.sampled_from(RegionBy))),
    )


@st.composite
def processed_strategy(draw: st.DrawFn) -> Processed:
    name = draw(words)
    sha256 = draw(st.sampled_from(["", "ab" * 32]))
    document = Document(
        name, sha256, draw(words), draw(quotes), draw(some(blocks)), draw(facts), draw(some(words))
    )
    reports = tuple(
        draw(report_strategy(name, sha256, part)) for part in range(1, draw(st.integers(1, 2)) + 1)
    )
    filing = Filing("folder", draw(words), name, draw(facts))
    return Processed(filing, sha256, draw(st.sampled_from([document, None])), reports)
