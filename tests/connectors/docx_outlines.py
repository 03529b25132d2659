"""Word files whose 一、, （一） and 1. are all automatic, in every way that lists can be set up."""

from __future__ import annotations

from built_files import abstract, docx, level, num, p, paragraph_style, r, start_override, table, tc

# A report's headings by their level; None is a paragraph of its text.
HEADINGS = (
    (0, "主要举措"), (1, "加强学习"), (None, "全年学法4次。"), (1, "规范执法"), (2, "行政检查"),
    (2, "行政处罚"), (1, "化解纠纷"), (2, "人民调解"), (None, "调解38件。"), (0, "存在不足"), (1, "队伍"),
    (1, "经费"), (2, "预算"), (2, "装备"), (0, "下一步打算"),
)  # fmt: skip
SHOWN = (
    "一、主要举措", "（一）加强学习", "全年学法4次。", "（二）规范执法", "1.行政检查", "2.行政处罚",
    "（三）化解纠纷", "1.人民调解", "调解38件。", "二、存在不足", "（一）队伍", "（二）经费", "1.预算",
    "2.装备", "三、下一步打算",
)  # fmt: skip

FIRST, SECOND, THIRD = level(0, "%1、"), level(1, "（%2）"), level(2, "%3.", "decimal")
OUTLINE = abstract(0, FIRST, SECOND, THIRD)
LISTED = '<w:numPr><w:numId w:val="1"/></w:numPr>'


def listed(index: int, list_id: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{index}"/><w:numId w:val="{list_id}"/></w:numPr>'


def direct(*lists: str) -> list[str]:
    """The report, its levels numbered directly: by one list, or by one each."""
    return [
        p(text) if index is None else p(text, lists[index] if len(lists) > 1 else f"{lists[0]}.{index}")
        for index, text in HEADINGS
    ]


def styled(*styles: str) -> list[str]:
    return [p(text, style="" if index is None else styles[index]) for index, text in HEADINGS]


def bound(index: int, text: str, style: str, number_format: str = "chineseCounting") -> str:
    return level(index, text, number_format, extra=f'<w:pStyle w:val="{style}"/>')


def formats(*number_formats: str) -> bytes:
    texts = ("%1、", "（%2）", "%3.")
    levels = [level(index, texts[index], each) for index, each in enumerate(number_formats)]
    return docx(*direct("1"), numbering=abstract(0, *levels) + num(1, 0))


def long_list(number_format: str, first: int, count: int) -> bytes:
    return docx(
        *[p("项目", "1") for _ in range(count)],
        numbering=abstract(0, level(0, "（%1）", number_format, start=first)) + num(1, 0),
    )


def single_lists() -> bytes:
    """A list a level, each part's lists started again by lists of their own, as typists do it."""
    ids = iter(range(2, 99))
    body, lists, current = [], [num(1, 10)], {0: "1"}
    for index, text in HEADINGS:
        if index is None:
            body.append(p(text))
            continue
        for deeper in (each for each in (1, 2) if each > index):
            current.pop(deeper, None)
        if index not in current:
            current[index] = str(next(ids))
            lists.append(num(int(current[index]), 10 + index, start_override(0, 1)))
        body.append(p(text, current[index]))
    levels = (level(0, "%1、"), level(0, "（%1）"), level(0, "%1.", "decimal"))
    definitions = [abstract(10 + index, each) for index, each in enumerate(levels)]
    return docx(*body, numbering="".join(definitions + lists))


NUMBERING_STYLE = (
    '<w:style w:type="numbering" w:styleId="公文"><w:name w:val="公文"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
)
HEADING_STYLES = "".join(
    paragraph_style(
        f"H{index + 1}", listed(index) + f'<w:outlineLvl w:val="{index}"/>', title=f"heading {index + 1}"
    )
    for index in range(3)
)
BOUND = abstract(
    0, bound(0, "%1、", "H1"), bound(1, "（%2）", "H2"), bound(2, "%3.", "H3", "decimal")
) + num(1, 0)  # fmt: skip

# What shows SHOWN, whatever way it is set up.
SAME = {
    "one list of three levels": docx(*direct("1"), numbering=OUTLINE + num(1, 0)),
    "a list for each level and part": single_lists(),
    "levels bound to heading styles": docx(*styled("H1", "H2", "H3"), numbering=BOUND, styles=HEADING_STYLES),
    "styles that name list and level": docx(
        *styled("A", "B", "C"),
        numbering=OUTLINE + num(1, 0),
        styles="".join(paragraph_style("ABC"[index], listed(index)) for index in range(3)),
    ),
    "styles based on bound ones": docx(
        *styled("一", "二", "三"),
        numbering=BOUND,
        styles=HEADING_STYLES
        + "".join(paragraph_style(name, parent=f"H{place}") for place, name in enumerate("一二三", start=1)),
    ),
    "styles based on each other": docx(
        *styled("A", "B", "C"),
        numbering=OUTLINE + num(1, 0),
        styles=paragraph_style("A", listed(0))
        + paragraph_style("B", listed(1), parent="A")
        + paragraph_style("C", listed(2), parent="B"),
    ),
    "the list in the style, the level in the paragraph": docx(
        *[
            p(text) if index is None
            else p(text, style="A", extra=f'<w:numPr><w:ilvl w:val="{index}"/></w:numPr>')
            for index, text in HEADINGS
        ],
        numbering=OUTLINE + num(1, 0),
        styles=paragraph_style("A", LISTED),
    ),
    "a list that borrows a numbering style": docx(
        *direct("2"),
        numbering=abstract(0, FIRST, SECOND, THIRD, extra='<w:styleLink w:val="公文"/>')
        + abstract(1, extra='<w:numStyleLink w:val="公文"/>')
        + num(1, 0) + num(2, 1),
        styles=NUMBERING_STYLE,
    ),
    "several lists of one definition": docx(
        *[
            p(text) if index is None else p(text, f"{1 + place % 3}.{index}")
            for place, (index, text) in enumerate(HEADINGS)
        ],
        numbering=OUTLINE + num(1, 0) + num(2, 0) + num(3, 0),
    ),
    "whole levels replaced": docx(
        *direct("1"),
        numbering=abstract(0, level(0, "%1)", "decimal"), level(1, "%2)", "decimal"), THIRD)
        + num(
            1, 0,
            f'<w:lvlOverride w:ilvl="0">{FIRST}</w:lvlOverride>'
            f'<w:lvlOverride w:ilvl="1">{SECOND}</w:lvlOverride>',
        ),
    ),
    "starts set to what they are": docx(
        *direct("1"),
        numbering=OUTLINE + num(1, 0, start_override(0, 1) + start_override(1, 1) + start_override(2, 1)),
    ),
    "headings in content controls": docx(
        *[f"<w:sdt><w:sdtPr/><w:sdtContent>{each}</w:sdtContent></w:sdt>" for each in direct("1")],
        numbering=OUTLINE + num(1, 0),
    ),
    "numbers switched off between": docx(
        *[
            p(text, style="A", extra='<w:numPr><w:numId w:val="0"/></w:numPr>') if index is None
            else p(text, style="A", extra=listed(index))
            for index, text in HEADINGS
        ],
        numbering=OUTLINE + num(1, 0),
        styles=paragraph_style("A", LISTED),
    ),
    "japaneseCounting, as WPS writes it": formats("japaneseCounting", "japaneseCounting", "decimal"),
    "chineseCountingThousand": formats("chineseCountingThousand", "chineseCountingThousand", "decimal"),
}  # fmt: skip

# What shows something of its own.
OTHERS = {
    "japaneseCounting beyond twenty": long_list("japaneseCounting", 1, 23),
    "chineseCounting beyond ten": long_list("chineseCounting", 8, 15),
    "chineseCountingThousand beyond a hundred": long_list("chineseCountingThousand", 98, 14),
    "chineseLegalSimplified": long_list("chineseLegalSimplified", 1, 21),
    "ideographTraditional": long_list("ideographTraditional", 1, 10),
    "ideographZodiac": long_list("ideographZodiac", 1, 12),
    "decimalEnclosedCircle": long_list("decimalEnclosedCircle", 1, 20),
    "decimalFullWidth": long_list("decimalFullWidth", 9, 3),
    "decimalZero": long_list("decimalZero", 8, 4),
    "letters": long_list("lowerLetter", 25, 4),
    "romans": long_list("upperRoman", 3, 8),
    "starts and whole levels of its own": docx(
        *direct("1"),
        numbering=OUTLINE
        + num(
            1, 0,
            start_override(0, 3) + f'<w:lvlOverride w:ilvl="1">{level(1, "〔%2〕", start=5)}</w:lvlOverride>',
        ),
    ),
    "a second list begins again, a third goes on at five": docx(
        p("甲", "1"), p("乙", "1"), p("丙", "2"), p("丁", "2"), p("戊", "3"), p("己", "3"),
        numbering=OUTLINE + num(1, 0) + num(2, 0, start_override(0, 1)) + num(3, 0, start_override(0, 5)),
    ),
    "chapters, articles and clauses": docx(
        *direct("1"),
        numbering=abstract(
            0, level(0, "第%1章"), level(1, "第%2条"), level(2, "（%3）", "chineseCountingThousand")
        ) + num(1, 0),
    ),
    "all levels in the label": docx(
        *direct("1"),
        numbering=abstract(
            0, level(0, "%1", "decimal"), level(1, "%1.%2", "decimal"), level(2, "%1.%2.%3", "decimal")
        ) + num(1, 0),
    ),
    "suffixes": docx(
        *direct("1"),
        numbering=abstract(
            0,
            level(0, "%1、", extra='<w:suff w:val="nothing"/>'),
            level(1, "（%2）", extra='<w:suff w:val="space"/>'),
            level(2, "%3.", "decimal", extra='<w:suff w:val="tab"/>'),
        ) + num(1, 0),
    ),
    "text without a number": docx(
        p("名单", "1"), p("甲", "1.1"), p("乙", "1.1"),
        numbering=abstract(0, level(0, "附件：", "none"), level(1, "表%2：", "decimal")) + num(1, 0),
    ),
    "the default style is a list": docx(
        p("甲"), p("乙"),
        numbering=OUTLINE + num(1, 0), styles=paragraph_style("Normal", LISTED, default=True),
    ),
    "in tables": docx(
        table([tc(p("甲", "1")), tc(p("子", "1.1"))], [tc(p("乙", "1")), tc(p("丑", "1.1"))]), p("丙", "1"),
        numbering=OUTLINE + num(1, 0),
    ),
    "an inserted heading": docx(
        p("甲", "1"),
        f"<w:p><w:pPr>{listed(0)}<w:rPr><w:ins w:id='1' w:author='a'/></w:rPr></w:pPr>"
        f"<w:ins w:id='2' w:author='a'>{r('新增')}</w:ins></w:p>",
        p("丙", "1"),
        numbering=OUTLINE + num(1, 0),
    ),
    "numbers that changed": docx(
        f"<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/><w:numberingChange w:id='1' "
        f"w:author='a' w:original='%1:7:0:.'/></w:numPr></w:pPr>{r('甲')}</w:p>",
        p("乙", "1"),
        numbering=OUTLINE + num(1, 0),
    ),
    "a break within a heading": docx(
        f"<w:p><w:pPr>{listed(0)}</w:pPr>{r('前')}<w:r><w:br/></w:r>{r('后')}</w:p>", p("乙", "1"),
        numbering=OUTLINE + num(1, 0),
    ),
}  # fmt: skip

# Where LibreOffice differs from the standard: what the standard (or Word, where it says so) shows instead.
BODY = (
    p("甲", "1"),
    p("子", "1.1"),
    p("天", "1.2"),
    p("丑", "1.1"),
    p("地", "1.2"),
    p("乙", "1"),
    p("人", "1.2"),
)


def _restarting(value: int) -> bytes:
    third = level(2, "%3.", "decimal", extra=f'<w:lvlRestart w:val="{value}"/>')
    return docx(*BODY, numbering=abstract(0, FIRST, SECOND, third) + num(1, 0))


DIFFERING = {
    # 17.9.10: 0 is never, 1 is below the first level alone.
    "lvlRestart 0": (_restarting(0), "一、甲 （一）子 1.天 （二）丑 2.地 二、乙 3.人"),
    "lvlRestart 1": (_restarting(1), "一、甲 （一）子 1.天 （二）丑 2.地 二、乙 1.人"),
    # 17.9.4: every number of the label in Arabic digits.
    "isLgl": (
        docx(
            p("甲", "1"), p("子", "1.1"), p("乙", "1"), p("丑", "1.1"),
            numbering=abstract(0, FIRST, level(1, "%1.%2", extra="<w:isLgl/>")) + num(1, 0),
        ),
        "一、甲 1.1子 二、乙 2.1丑",
    ),
    # 17.9.23: paragraphs of the style that a level is bound to are of that level, whatever the style says.
    "levels bound to styles that name the list alone": (
        docx(
            *styled("A", "B", "C"),
            numbering=abstract(
                0, bound(0, "%1、", "A"), bound(1, "（%2）", "B"), bound(2, "%3.", "C", "decimal")
            ) + num(1, 0),
            styles="".join(paragraph_style(name, LISTED) for name in "ABC"),
        ),
        " ".join(SHOWN),
    ),
    # [MS-DOC] 2.4.6.4: a level counts its own paragraphs; one that has none yet stands at its start.
    "a child before its parent": (
        docx(
            p("子", "1.1"), p("甲", "1"), p("丑", "1.1"),
            numbering=abstract(0, level(0, "%1", "decimal"), level(1, "%1.%2", "decimal")) + num(1, 0),
        ),
        "1.1子 1甲 1.1丑",
    ),
    # 2.1.540 of [MS-OI29500], and Word's own sample of the format: ㈠, ㈡, ㈢.
    "ideographEnclosedCircle": (long_list("ideographEnclosedCircle", 1, 2), "（㈠）项目 （㈡）项目"),
    # 17.18.59: digits by name, always or from a hundred on; LibreOffice knows one way to count.
    "ideographDigital": (
        long_list("ideographDigital", 9, 3), "（九）项目 （一〇）项目 （一一）项目"
    ),
    "chineseCounting beyond a hundred": (
        long_list("chineseCounting", 99, 3), "（九十九）项目 （一○○）项目 （一○一）项目"
    ),
}  # fmt: skip
