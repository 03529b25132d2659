"""One list in each form that such sentences have: right it is left alone, with one slip it is found."""

from __future__ import annotations

from itertools import product

import pytest
from test_arithmetic import findings

# What is counted, its kinds, its unit.
SUBJECTS = (
    ("共排查矛盾纠纷{}起", ("邻里纠纷", "婚姻家庭纠纷", "土地纠纷"), "起"),
    ("全年受理群众信访{}件", ("来信", "来访", "网上信访"), "件"),
    ("开展普法宣传活动{}场次", ("进村居", "进校园", "进企业"), "场次"),
    ("审查合同、文件{}份", ("行政规范性文件", "重大决策", "合同"), "份"),
    ("受理依申请公开{}件", ("予以公开", "部分公开", "不予公开"), "件"),
)
RIGHT = (52, 39, 169)
# The whole with the parts: a digit of the whole, two digits transposed, a digit of a part.
SLIPS = ((290, RIGHT), (206, RIGHT), (260, (53, 39, 169)), (260, (52, 49, 169)))
LISTS = {
    "其中，顿号": "{w}，其中{a}{x}、{b}{y}、{c}{z}。",
    "其中，逗号": "{w}，其中{a}{x}，{b}{y}，{c}{z}。",
    "其中，分号": "{w}，其中{a}{x}；{b}{y}；{c}{z}。",
    "另起一句": "{w}。其中，{a}{x}、{b}{y}、{c}{z}。",
    "另起一句，分号": "{w}。其中{a}{x}；{b}{y}；{c}{z}。",
    "直接列出，逗号": "{w}，{a}{x}，{b}{y}，{c}{z}。",
    "直接列出，顿号": "{w}，{a}{x}、{b}{y}、{c}{z}。",
    "冒号，分号": "{w}：{a}{x}；{b}{y}；{c}{z}。",
    "冒号，逗号": "{w}：{a}{x}，{b}{y}，{c}{z}。",
    "括号": "{w}（{a}{x}、{b}{y}、{c}{z}）。",
    "括号，其中": "{w}（其中{a}{x}，{b}{y}，{c}{z}）。",
    "分别": "{w}，{a}、{b}、{c}分别为{x}、{y}、{z}。",
    "其中，分别": "{w}，其中{a}、{b}、{c}分别{x}、{y}和{z}。",
    "包括": "{w}，包括{a}{x}、{b}{y}和{c}{z}。",
    "包括，分号": "{w}，包括：{a}{x}；{b}{y}；{c}{z}。",
    "名在数后": "{w}，其中{x}为{a}、{y}为{b}、{z}为{c}。",
    "按类型分": "{w}，按类型分，{a}{x}，{b}{y}，{c}{z}。",
    "占比，逗号": "{w}，其中{a}{x}，占20%；{b}{y}，占15%；{c}{z}，占65%。",
    "占比，括号": "{w}，其中{a}{x}（20%）、{b}{y}（15%）、{c}{z}（65%）。",
    "占比分别": "{w}，{a}{x}、{b}{y}、{c}{z}，占比分别为20%、15%、65%。",
    "分别占": "{w}，其中{a}{x}、{b}{y}、{c}{z}，分别占总数的20%、15%和65%。",
    "合计在后": "全年办理{a}{x}、{b}{y}、{c}{z}，合计{w0}。",
    "合计另起一句": "全年办理{a}{x}，{b}{y}，{c}{z}。以上合计{w0}。",
}
SHARES = tuple(name for name in LISTS if "占" in name)
AMOUNTS = "{a}{x}，罚款{m[0]}万元；{b}{y}，罚款{m[1]}万元；{c}{z}，罚款{m[2]}万元"
AMOUNTS_OF = {"总计另起一句": "。全年罚款总计{m[3]}万元。", "合计": "，合计罚款{m[3]}万元。"}


def told(form: str, subject: int, whole: int, parts: tuple[int, ...]) -> str:
    words, (a, b, c), unit = SUBJECTS[subject]
    x, y, z = (f"{part}{unit}" for part in parts)
    amounts = [each / 10 for each in (*parts, whole)]
    return form.format(w=words.format(whole), w0=f"{whole}{unit}", a=a, b=b, c=c, x=x, y=y, z=z, m=amounts)


@pytest.mark.parametrize("form", LISTS)
@pytest.mark.parametrize("subject", range(len(SUBJECTS)))
def test_a_right_list_is_left_alone(form: str, subject: int) -> None:
    assert findings(told(LISTS[form], subject, 260, RIGHT)) == []


@pytest.mark.parametrize(
    ("form", "subject", "slip"), list(product(LISTS, range(len(SUBJECTS)), range(len(SLIPS))))
)
def test_a_slip_is_found_in_each_form(form: str, subject: int, slip: int) -> None:
    text = told(LISTS[form], subject, *SLIPS[slip])
    assert any(each.kind in {"sum", "ratio"} for each in findings(text)), text


@pytest.mark.parametrize("form", SHARES)
@pytest.mark.parametrize("subject", range(len(SUBJECTS)))
def test_a_share_that_is_none_is_found(form: str, subject: int) -> None:
    text = told(LISTS[form], subject, 260, RIGHT).replace("15%", "25%")
    assert {each.rule for each in findings(text)} == {"arithmetic.share"}


@pytest.mark.parametrize("end", AMOUNTS_OF)
@pytest.mark.parametrize("subject", range(len(SUBJECTS)))
@pytest.mark.parametrize("whole", [260, 390], ids=["all", "others, too"])
def test_amounts_that_make_no_more_than_their_sum_are_left_alone(end: str, subject: int, whole: int) -> None:
    assert findings(told(AMOUNTS + AMOUNTS_OF[end], subject, whole, RIGHT)) == []


@pytest.mark.parametrize("end", AMOUNTS_OF)
@pytest.mark.parametrize("subject", range(len(SUBJECTS)))
@pytest.mark.parametrize("whole", [206, 230, 290])
def test_amounts_that_make_another_sum_are_told(end: str, subject: int, whole: int) -> None:
    text = told(AMOUNTS + AMOUNTS_OF[end], subject, whole, RIGHT)
    assert {each.kind for each in findings(text)} == {"sum"}
