from __future__ import annotations

import pytest

from nianbao.divisions import Surroundings, divisions


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("东风路街道", "落实好《大冶市法治政府建设实施方案（2021—2025年）》。", "420281"),
        ("区教育局", "按照《关于印发〈杭州市上城区2024年法治政府建设工作要点〉的通知》要求。", "330102"),
        ("县公安局", "制定《2023年习水县执法监督计划》。", "520330"),
        ("广州市公安局增城区分局", "我分局坚持依法行政。", "440118"),
        ("市交通运输局龙岗管理局", "落实龙岗区委、区政府工作部署。", "440307"),
        ("市财政局", "落实《东莞市2021年依法行政工作要点》。", "4419"),  # no county of its own
        ("东风路街道", "借鉴《大冶市法治政府建设实施方案》的做法。", None),  # a model
        ("东风路街道", "学习《大冶市优化营商环境条例》。", None),  # a statute
    ],
)
def test_a_plan_places_those_who_carry_it_out(name: str, text: str, code: str | None) -> None:
    division = divisions().resolve(name, Surroundings(text=text)).division
    assert (division.code[:6] if division else None) == code
