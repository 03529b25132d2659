"""Several reports in one file: where each begins, and what stays whole."""

from __future__ import annotations

import pytest
from bound_reports import CLOUDY, STONY, body, document, running

from nianbao.parting import find_parts


def first_lines(text: str) -> list[str]:
    return [part.document.text.partition("\n")[0] for part in find_parts(document(text))]


NO_CUT = {
    "one report": f"{CLOUDY}\n{body('云岭镇')}",
    "a title at the head of every page": (
        f"{CLOUDY}\n{CLOUDY}\n{body('云岭镇')}\n{CLOUDY}\n四、其他需要报告的情况\n无。\n{CLOUDY}\n附件"
    ),
    "told twice over": f"{CLOUDY}\n{body('云岭镇')}\n{CLOUDY}\n{body('云岭镇')}",
    "contents of its own": (
        f"{CLOUDY}\n目录\n一、主要举措和成效\n二、存在的不足和原因\n三、下一步工作安排\n"
        f"{CLOUDY}\n{body('云岭镇')}"
    ),
    "a list of annexes": (
        f"{CLOUDY}\n{body('云岭镇')}\n附件：1.{STONY}\n2.柳河乡2023年法治政府建设工作总结\n3.行政执法统计表"
    ),
    "links below": (
        f"{CLOUDY}\n{body('云岭镇')}\n相关链接\n{STONY}\n柳河乡2023年法治政府建设年度报告\n"
        "上一篇：白水乡2023年法治政府建设工作报告\n主办：清溪县人民政府"
    ),
    "an abstract of another below": (
        f"{CLOUDY}\n{body('云岭镇')}\n{STONY}\n2023年，石桥镇深入推进法治政府建设，取得了较好的成绩。"
    ),
    "a title in a sentence": (
        f"{CLOUDY}\n{body('云岭镇')}\n会议审议了《{STONY}》。\n县政府听取了{STONY}。\n特此报告。"
    ),
    "a letter above": (
        "云岭镇人民政府关于报送2023年法治政府建设年度报告的函\n县司法局：\n"
        f"现将我镇年度报告报送你局，请审阅。\n2024年1月5日\n{CLOUDY}\n{body('云岭镇')}"
    ),
    "a heading that reads like a title": (
        f"{CLOUDY}\n一、2022年法治政府建设工作总结\n（一）学法。学法4次。\n（二）执法。处罚3件。\n"
        "二、2023年法治政府建设年度报告\n（一）学法。学法5次。\n（二）执法。处罚4件。"
    ),
    "a heading below a long opening": (
        f"{CLOUDY}\n{running('云岭镇')}\n2023年法治政府建设工作情况\n{body('云岭镇')}"
    ),
    "a heading that names the issuer": (
        f"{CLOUDY}\n{running('云岭镇')}\n清溪县云岭镇人民政府2023年法治政府建设工作情况\n{body('云岭镇')}"
    ),
    "nothing": "",
    "one line": f"{CLOUDY} {body('云岭镇')} {STONY} {body('石桥镇')}".replace("\n", " "),
}


@pytest.mark.parametrize("text", NO_CUT.values(), ids=NO_CUT)
def test_what_stays_whole(text: str) -> None:
    whole = document(text)
    [part] = find_parts(whole)
    assert (part.document is whole, part.start) == (True, 0)


CUT = {
    "two towns": (f"{CLOUDY}\n{body('云岭镇')}\n{STONY}\n{body('石桥镇')}", [CLOUDY, STONY]),
    "two years of one town": (
        f"云岭镇2022年法治政府建设年度报告\n{body('云岭镇', 2)}\n{CLOUDY}\n{body('云岭镇')}",
        ["云岭镇2022年法治政府建设年度报告", CLOUDY],
    ),
    "a cover and contents": (
        (
            f"清溪县2023年度法治政府建设报告汇编\n目录\n{CLOUDY}\n{STONY}\n{CLOUDY}\n{body('云岭镇')}\n"
            f"{STONY}\n{body('石桥镇')}"
        ),
        [CLOUDY, STONY],
    ),
    "contents with page numbers": (
        f"目  录\n{CLOUDY}……1\n{STONY}\t12\n{CLOUDY}\n{body('云岭镇')}\n{STONY}\n{body('石桥镇')}",
        [CLOUDY, STONY],
    ),
    "a collection's title at the head of every page": (
        (
            f"清溪县2023年法治政府建设年度报告\n{CLOUDY}\n{body('云岭镇')}\n清溪县2023年法治政府建设年度报告\n"
            f"{STONY}\n{body('石桥镇')}\n清溪县2023年法治政府建设年度报告\n四、其他\n无。\n"
            f"柳河乡2023年法治政府建设年度报告\n{body('柳河乡')}\n清溪县2023年法治政府建设年度报告\n四、其他\n无。"
        ),
        ["清溪县2023年法治政府建设年度报告", STONY, "柳河乡2023年法治政府建设年度报告"],
    ),
    "a title over two lines, with its paper's head": (
        (
            f"{CLOUDY}\n{body('云岭镇')}\n云岭镇人民政府\n2024年1月8日\n附件1\n石政发〔2024〕3号\n"
            f"石桥镇人民政府\n关于2023年度法治政府建设情况的报告\n{body('石桥镇')}"
        ),
        [CLOUDY, "附件1"],
    ),
    "a first report without its title": (
        f"县委、县政府：\n{body('云岭镇')}\n{STONY}\n{body('石桥镇')}",
        ["县委、县政府：", STONY],
    ),
    "no headings at all": (
        f"{CLOUDY}\n{running('云岭镇')}\n{STONY}\n{running('石桥镇')}",
        [CLOUDY, STONY],
    ),
    "the same bare title": (
        (
            f"2023年度法治政府建设工作报告\n{body('我镇')}\n云岭镇\n2024年1月8日\n"
            f"2023年度法治政府建设工作报告\n{body('我乡')}\n柳河乡\n2024年1月9日"
        ),
        ["2023年度法治政府建设工作报告"] * 2,
    ),
    "titles that end in 情况": (
        f"云岭镇2023年法治政府建设工作情况\n{body('云岭镇')}\n石桥镇2023年法治政府建设工作情况\n{body('石桥镇')}",
        ["云岭镇2023年法治政府建设工作情况", "石桥镇2023年法治政府建设工作情况"],
    ),
    "with a disclosure report": (
        (
            "云岭镇2023年政府信息公开工作年度报告\n一、总体情况\n主动公开政府信息20条。受理申请1件。\n"
            "二、存在的问题\n公开不够及时。回应关切不够。渠道不够多。\n"
            f"{'全年更新网站信息，规范公开程序，及时回应群众关切。' * 4}\n{CLOUDY}\n{body('云岭镇')}"
        ),
        ["云岭镇2023年政府信息公开工作年度报告", CLOUDY],
    ),
    "traditional characters": (
        f"{CLOUDY}\n{body('云岭镇')}\n石橋鎮2023年法治政府建設年度報告\n{body('石橋鎮')}",
        [CLOUDY, "石橋鎮2023年法治政府建設年度報告"],
    ),
}


@pytest.mark.parametrize(("text", "begin"), CUT.values(), ids=CUT)
def test_where_each_report_begins(text: str, begin: list[str]) -> None:
    assert first_lines(text) == begin
