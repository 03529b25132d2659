from __future__ import annotations

from datetime import date

import pytest

from nianbao.grammar.dates import find_dates, find_years, parse_date, url_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-03-30 14:27", date(2023, 3, 30)),
        ("2023年3月30日", date(2023, 3, 30)),
        ("２０２３年３月３０日", date(2023, 3, 30)),
        ("2023 年 3 月 30 日", date(2023, 3, 30)),
        ("2023/3/30", date(2023, 3, 30)),
        ("2023.3.30", date(2023, 3, 30)),
        ("二〇二三年三月三十日", date(2023, 3, 30)),
        ("二○二四年十二月二十一日", date(2024, 12, 21)),
        ("二零二四年十月十日", date(2024, 10, 10)),
        ("20230330", date(2023, 3, 30)),
        ("编号20230330号", None),
        ("2023年2月30日", None),
        ("2023年3月", None),
        ("202411日起", None),
        ("20253", None),
        ("2023.15", None),
    ],
)
def test_parse_date(text: str, expected: date | None) -> None:
    assert parse_date(text) == expected


def test_dates_keep_their_offsets() -> None:
    text = "自２０２３年３月起，至2024年1月5日。"
    found = [(text[m.start : m.end], m.year, m.month, m.day) for m in find_dates(text)]
    assert found == [("２０２３年３月", 2023, 3, None), ("2024年1月5日", 2024, 1, 5)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年度法治政府建设", [(2023, False)]),
        ("2025度法治政府建设", [(2025, False)]),
        ("二〇二三年度", [(2023, False)]),
        ("（2021-2025年）和2022年", [(2025, True), (2022, False)]),
        ("2021年至2025年", [(2021, True), (2025, True)]),
        ("（20212025年）", []),
        ("202年、20253年", []),
    ],
)
def test_find_years(text: str, expected: list[tuple[int, bool]]) -> None:
    assert [(mention.year, mention.in_range) for mention in find_years(text)] == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://www.a.gov.cn/zw/202303/t20230330_1001.html", date(2023, 3, 30)),
        ("http://www.a.gov.cn/art/2024/1/31/art_12_34.html", date(2024, 1, 31)),
        ("http://www.a.gov.cn/2024-01/31/c_12.htm", date(2024, 1, 31)),
        ("http://www.a.gov.cn/2024/01/31/", date(2024, 1, 31)),
        ("http://www.a.gov.cn/20240305/0a1b.html", date(2024, 3, 5)),
        ("http://www.a.gov.cn/1970/01/01/x.html", None),
        ("http://www.a.gov.cn/info/1021/20231.htm", None),
        ("http://www.a.gov.cn/content_20231399.html", None),
    ],
)
def test_url_date(url: str, expected: date | None) -> None:
    assert url_date(url) == expected
