"""Whatever stands in a file, it is a profile or one line that tells what is wrong."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nianbao import UsageError
from nianbao.sites import read_sites

KEYS = (
    "region",
    "name",
    "sites",
    "family",
    "start",
    "hosts",
    "rows",
    "titles",
    "wanted",
    "issuers",
    "allow_private",
)
WORDS = (
    "岚溪",
    "4312",
    "trs",
    "http://a.example.cn/",
    "true",
    "[",
    "{2023: http://a.example.cn/}",
    "- x",
    "*a",
    "&a [*a]",
)
LINES = st.lists(
    st.tuples(st.sampled_from(("", "  ", "    ", "  - ")), st.sampled_from(KEYS), st.sampled_from(WORDS)),
    max_size=12,
)


def one_line_or_a_profile(raw: bytes | str) -> None:
    try:
        read_sites(raw, "甲.yml")
    except UsageError as error:
        told = str(error)
        assert told.startswith("甲.yml")
        assert "\n" not in told


@given(LINES)
@settings(max_examples=150, deadline=None)
def test_lines_of_profiles_in_any_order(lines: list[tuple[str, str, str]]) -> None:
    one_line_or_a_profile("\n".join(f"{indent}{key}: {word}" for indent, key, word in lines))


@given(st.binary(max_size=80))
@example(b"? [a]\n: b\n")
@example(b"a: &a [*a]\n")
@example(b"<<: {region: 1}\n")
@example(b"--- 1\n--- 2\n")
@example("region: \u202e4312\nname: x\nsites: [\u0000]".encode())
@settings(max_examples=150, deadline=None)
def test_any_bytes(raw: bytes) -> None:
    one_line_or_a_profile(raw)


@pytest.mark.parametrize("opening", [b"[", b"{a: ", b"- "])
def test_deeply_nested_lists(opening: bytes) -> None:
    one_line_or_a_profile(opening * 100_000)
