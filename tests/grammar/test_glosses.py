from __future__ import annotations

from nianbao.grammar.glosses import without_glosses

GLOSSED = "2022年，百善鎮(zhèn)推進(jìn)法治建設(shè)，現(xiàn)將情況(見附件)報告如下"


def test_takes_the_sounds_out_and_leaves_what_else_stands_in_brackets() -> None:
    found = without_glosses(GLOSSED)
    assert found is not None
    assert found.text == "2022年，百善鎮推進法治建設，現將情況(見附件)報告如下"


def test_points_back_to_the_glossed_text() -> None:
    found = without_glosses(GLOSSED)
    assert found is not None
    start = found.text.index("法治建設")
    first, last = found.span(start, start + 4)
    assert GLOSSED[first:last] == "法治建設"
    assert found.span(len(found.text), len(found.text)) == (len(GLOSSED), len(GLOSSED))


def test_a_text_with_a_bracket_or_two_is_left_as_it_is() -> None:
    assert without_glosses("推广应用(app)，使用系统(oa)") is None
