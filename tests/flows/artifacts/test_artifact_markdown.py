"""What a file or an issuer is called stays text in Prefect's pages, whatever it is called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from flows.artifacts.markdown import as_code, plain_cell, plain_markdown

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HOSTILE = (
    "甲|乙 | 丙",
    "<script>alert(1)</script>",
    "<b>粗</b> &lt; &amp;",
    "[点我](http://evil.example)",
    "![图](x.png)",
    "**粗** _斜_ ~~删~~ `码`",
    "# 标题",
    "- 条目",
    "+ 条目",
    "12. 条目",
    "12) 条目",
    "> 引文",
    "=== ---",
    "\\",
    "a\\|b",
    "一行\n二行\r\n\n# 三行",
    "<!-- 注 -->",
    "www.evil.example 和 a@evil.example",
)
NAMES = st.text(st.sampled_from("\\`*_{}[]()<>|~&$!#+-=.:/@ \n1a甲w"), max_size=30) | st.text(max_size=30)


def inline(tokens: list[Token]) -> str:
    """Return the text of tokens, which must be nothing but text and the empty comments."""
    told = ""
    for token in tokens:
        if token.type == "html_inline":
            assert token.content == "<!-- -->"
        else:
            assert token.type in ("text", "text_special"), token.type
            told += token.content
    return told


def cells(page: str) -> list[str]:
    found = PARSER.parse(page)
    assert found[0].type == "table_open"
    return [inline(token.children or []) for token in found if token.type == "inline"]


def shown(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_stay_text(name: str) -> None:
    assert cells(f"| 甲 | 乙 |\n|---|---|\n| {plain_markdown(name)} | 丁 |") == [
        "甲",
        "乙",
        shown(name),
        "丁",
    ]
    item = PARSER.parse(f"- {plain_markdown(name)}")
    assert [token.type for token in item][:3] == ["bullet_list_open", "list_item_open", "paragraph_open"]
    assert inline(item[3].children or []) == shown(name)


@given(NAMES.filter(lambda text: "\x00" not in text))
def test_any_name_stays_text(name: str) -> None:
    assert cells(f"| 甲 | 乙 |\n|---|---|\n| {plain_markdown(name)} | 丁 |") == [
        "甲",
        "乙",
        shown(name),
        "丁",
    ]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_cell_reads_the_same_as_markdown_and_as_text(name: str) -> None:
    told = plain_cell(name)
    (block,) = (token for token in PARSER.parse(told) if token.type == "inline")
    assert inline(block.children or []) == told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("甲_2023_v1.docx", "甲_2023_v1.docx"),
        ("_甲_*乙*", "＿甲＿＊乙＊"),
        ("http://a.cn/甲 www.b.cn c@d.cn", "http:／／a.cn/甲 www．b.cn c＠d.cn"),
        ("C:\\报告\\甲.doc", "C:\\报告\\甲.doc"),
        ("行政处罚12件 & 31 + 27 = 58", "行政处罚12件 & 31 + 27 = 58"),
        ("# 12", "＃ 12"),
        ("3. 甲", "3． 甲"),
    ],
)
def test_a_cell_changes_no_more_than_it_must(name: str, told: str) -> None:
    assert plain_cell(name) == told


def test_addresses_do_not_become_links_by_themselves() -> None:
    """Prefect's renderer makes links of these unless something stands inside them."""
    told = plain_markdown("http://a.example www.b.example c@d.example")
    for address in ("http://", "www.", "c@"):
        assert address not in told


@pytest.mark.parametrize("path", ["/结果/甲.xlsx", "/a`b``c/甲*乙*.xlsx", "`", "/甲|乙<b>.xlsx"])
def test_a_path_can_be_copied_as_it_stands(path: str) -> None:
    (line,) = (token for token in PARSER.parse(f"- {as_code(path)}") if token.type == "inline")
    assert [(token.type, token.content) for token in line.children or []] == [("code_inline", path)]
