"""How the markup within a body becomes lines and tables."""

from __future__ import annotations

import pytest
from built_files import lines
from test_html_reader import REPORT, page, paragraphs, read

from nianbao import BlockKind


def body(markup: str) -> list[str]:
    return lines(read(f"<html><body>{markup}</body></html>"))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        # Paragraphs of every make.
        ("<p>甲</p><p>乙</p>", ["甲", "乙"]),
        ("甲<br><br>乙<BR/>丙", ["甲", "乙", "丙"]),
        ("甲<p>乙</p>丙<div>丁</div>戊", ["甲", "乙", "丙", "丁", "戊"]),
        ("<P>甲<P>乙<DIV>丙", ["甲", "乙", "丙"]),
        ("<p>　　甲&nbsp;&nbsp;&nbsp;&nbsp;乙&emsp;</p>", ["甲 乙"]),
        ("<p>2<wbr>024&shy;年\u200b度&#65279;</p>", ["2024年度"]),
        ("<p>法治\r\n    政府\n建设 2024\n年</p>", ["法治政府建设 2024 年"]),
        ("<p>罚款&lt;3万元&gt;&amp;&#20214;&yen;5</p>", ["罚款<3万元>&件¥5"]),
        ("<pre>甲\n乙</pre>", ["甲", "乙"]),
        ("<section><article>甲</article><center>乙</center></section>", ["甲", "乙"]),
        ("<dl><dt>甲</dt><dd>乙</dd></dl>", ["甲", "乙"]),
        ("<p>甲<table><tr><td>乙</table>丙", ["甲", "乙", "丙"]),
        # Small text: a note's number is no part of a figure, a unit's is.
        ("<p>办理269<sup>1</sup>件</p>", ["办理269件"]),
        ("<p>办理269<sup>[1]</sup>件、复议<sup>2</sup>3件</p>", ["办理269件、复议3件"]),
        ("<p>绿地100m<sup>2</sup>，CO<sub>2</sub></p>", ["绿地100m2，CO2"]),
        ("<p>面积3.2×10<sup>4</sup>亩</p>", ["面积3.2×10⁴亩"]),
        ("<p><sup>1</sup>含移送案件</p>", ["1 含移送案件"]),
        ("<p>第1<sup>st</sup>名</p>", ["第1st名"]),
        ("<p><ruby>區<rp>(</rp><rt>qū</rt><rp>)</rp></ruby>政府</p>", ["區政府"]),
        # What is not shown.
        ("<p>看<span style='DISPLAY: none'>不见</span>见</p>", ["看见"]),
        ("<p>看<span style='font-size:0px'>不见</span>见<i style='visibility:hidden'>x</i></p>", ["看见"]),
        ("<p>甲</p><p hidden>藏</p><p style='mso-hide:all'>藏</p>", ["甲"]),
        ("<p style='display:block;font-size:0.9em'>甲</p>", ["甲"]),
        (
            "<p>甲</p><script>var a='脚本'</script><style>p{}</style><!-- 注 --><noscript>无</noscript>",
            ["甲"],
        ),
        ("<p>甲</p><select><option>省市网站</select><textarea>x</textarea><button>提交</button>", ["甲"]),
        # Lists.
        ("<ol start='2'><li>甲</li><li><p>乙</p><p>续</p></li></ol>", ["2.甲", "3.乙", "续"]),
        ("<ol><li value='7'>甲<li>乙</ol>", ["7.甲", "8.乙"]),
        ("<ol><li>甲<ol type='a'><li>子</ol><li>乙</ol>", ["1.甲", "a.子", "2.乙"]),
        ("<ol reversed><li>甲<li>乙</ol>", ["2.甲", "1.乙"]),
        ("<ol style='list-style-type:upper-roman'><li>甲</ol>", ["I.甲"]),
        ("<ol style='list-style-type: simp-chinese-informal'><li>丁</ol>", ["一、丁"]),
        ("<ol style='list-style: none outside'><li>戊</ol><ul><li>丙</ul>", ["戊", "丙"]),
        ("<ol><li>一、己<li>（二）庚<li>第三章 辛</ol>", ["一、己", "（二）庚", "第三章 辛"]),
    ],
)
def test_lines(markup: str, expected: list[str]) -> None:
    assert body(markup) == expected


WORD_LIST = """<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>{before}<span
style='mso-list:Ignore'>{mark}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;
</span></span>{after}<span lang=ZH>加强学习<o:p></o:p></span></p>"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<![if !supportLists]>", "<![endif]>"),
        ("<!--[if !supportLists]-->", "<!--[endif]-->"),
        ("", ""),
    ],
)
@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ("一、", "一、加强学习"),
        ("（一）", "（一）加强学习"),
        ("1.", "1.加强学习"),
        ("l", "加强学习"),
        ("·", "加强学习"),
    ],
)
def test_numbers_of_word_s_lists_stand_once(before: str, after: str, mark: str, expected: str) -> None:
    assert body(WORD_LIST.format(before=before, after=after, mark=mark)) == [expected]


def test_a_list_pasted_from_word_is_not_numbered_twice() -> None:
    item = "<ol><li><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>加强学习</li></ol>"
    assert body(item) == ["1.加强学习"]


def test_word_s_own_elements_are_no_text() -> None:
    markup = (
        "<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--><p><st1:chsdate Year='2023' w:st='on'>"
        "2023年</st1:chsdate>办理<st1:chmetcnv>12<o:p></o:p></st1:chmetcnv>件</p><o:p>&nbsp;</o:p>"
    )
    assert body(markup) == ["2023年办理12件"]


def test_hidden_text_of_some_length_is_told() -> None:
    trap = f"<span style='display:none'>{'本页内容由某某网采集，请勿转载。' * 5}</span>"
    document = read(page(f"<div id='zoom'>{paragraphs()}{trap}</div>"))
    assert lines(document) == REPORT
    assert document.notes == ("网页里有不显示的文字，没有读入",)


def test_numbers_that_a_style_sheet_makes_are_told() -> None:
    style = "<style>h2{counter-increment:a} h2::before{content: counter(a, cjk-ideographic) '、'}</style>"
    document = read(page(f"<div id='zoom'>{paragraphs()}</div>", meta=style))
    assert document.notes == ("网页用样式表编号，有的序号可能没有读出",)


def test_a_table_has_its_cells_with_their_places() -> None:
    rows = (
        "<thead><tr><th rowspan=2>部门<th colspan=2>案件<tr><th>处罚<th>检查</thead>"
        "<tbody><tr><td><p>公安</p><td>12<td>3<br>4<tr><td>城管<td>5<td></tbody>"
    )
    document = read(f"<html><body><p>表前</p><table><caption>执法</caption>{rows}</table><p>表后</p>")
    assert lines(document) == [
        "表前", "执法", "部门\t案件", "\t处罚\t检查", "公安\t12\t3 4", "城管\t5\t", "表后",
    ]  # fmt: skip
    cells = [
        (document.text[b.start : b.end], b.place.row, b.place.column)
        for b in document.blocks
        if b.kind is BlockKind.CELL
    ]
    assert cells[:4] == [("部门", 1, 1), ("案件", 1, 2), ("处罚", 2, 2), ("检查", 2, 3)]
    assert {b.place.table for b in document.blocks if b.kind is BlockKind.CELL} == {1}


def test_a_table_in_a_cell_gives_the_cell_a_line_a_row() -> None:
    inner = "<table><tr><td>处罚</td><td>12</td></tr><tr><td>检查</td><td>30</td></tr></table>"
    markup = f"<table><tr><td>公安</td><td>{inner}</td></tr><tr><td>城管</td><td>无</td></tr></table>"
    assert body(markup) == ["公安\t处罚 12 检查 30", "城管\t无"]


def test_tables_that_lay_out_a_page_are_paragraphs_and_those_within_are_tables() -> None:
    data = "<table><tr><td>处罚</td><td>12</td></tr><tr><td>检查</td><td>30</td></tr></table>"
    text = "".join(f"<p>{line}</p>" for line in REPORT)
    layout = f"<table><tr><td>左栏</td><td><table><tr><td>{text}{data}</td></tr></table></td></tr></table>"
    assert body(layout) == ["左栏", *REPORT, "处罚\t12", "检查\t30"]


def test_deeply_nested_layouts_are_read() -> None:
    text = "".join(f"<p>{line}</p>" for line in REPORT)
    markup = "<table><tr><td>" * 60 + text + "</td><td>右栏</td></tr></table>" * 60
    assert body(markup) == [*REPORT, *["右栏"] * 60]


def test_headings_give_the_level() -> None:
    document = read("<html><body><h2>一、举措</h2><p>正文</p><h3><span>（一）学习</span></h3></body></html>")
    assert [block.level for block in document.blocks] == [2, None, 3]
