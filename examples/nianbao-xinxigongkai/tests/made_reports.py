"""What invented reports are made of: their paragraphs, their tables, and what is to be read of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from nianbao_xinxigongkai import form

# A cell: its text, and how many rows and columns it covers.
Cell = tuple[str, int, int]
Rows = list[list[Cell]]
Figures = Mapping[tuple[str, str], str]
_GROUPS = {"不予公开": "（三）", "无法提供": "（四）", "不予处理": "（五）", "其他处理": "（六）"}
_ASKERS = ("person", "business", "science", "charity", "law", "others")


@dataclass(frozen=True)
class Made:
    """A report to make.

    Args:
        name: the file's name, with the suffix that tells its format.
        title, issuer: as they stand above it.
        year: reported on.
        intro: what stands above the tables.
        disclosed: (item, heading) → figure; what is left out is 0.
        requests: (row, asker) → figure; totals are reckoned, unless they are given.
        suits: (way, outcome) → figure; likewise.
        askers: the order of the columns.
        empty: what stands where there is nothing.
        older: whether it has the form of 2019.
        without: a table that it lacks.
    """

    name: str
    title: str
    issuer: str
    year: int
    intro: str
    disclosed: Figures = field(default_factory=dict)
    requests: Figures = field(default_factory=dict)
    suits: Figures = field(default_factory=dict)
    askers: Sequence[str] = _ASKERS
    empty: str = "0"
    older: bool = False
    without: str = ""


def disclosed_table(made: Made) -> Rows:
    """Return the first table: four small ones, one below the other."""

    def told(item: str, heading: str) -> str:
        return made.disclosed.get((item, heading), made.empty)

    if made.older:
        rows: Rows = [[("第二十条第（一）项", 1, 4)]]
        rows.append(
            [(each, 1, 1) for each in ("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量")]
        )
        rows += [[(name, 1, 1), ("1", 1, 1), ("1", 1, 1), ("6", 1, 1)] for name in ("规章", "规范性文件")]
        for number, items in (("五", ("licences",)), ("六", ("penalties", "compulsion"))):
            rows.append([(f"第二十条第（{number}）项", 1, 4)])
            heads = ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量")
            rows.append([(each, 1, 1) for each in heads])
            for key in items:
                name = next(item.name for item, _ in form.ITEMS if item.key == key)
                rows.append([(name, 1, 1), ("12", 1, 1), ("0", 1, 1), (told(key, "decisions"), 1, 1)])
        return rows
    rows = [[("第二十条第（一）项", 1, 4)]]
    rows.append([(each, 1, 1) for each in ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")])
    for key, name in (("rules", "规章"), ("norms", "行政规范性文件")):
        rows.append([(name, 1, 1), *((told(key, head), 1, 1) for head in ("made", "repealed", "valid"))])
    for number, items in (("五", ("licences",)), ("六", ("penalties", "compulsion"))):
        rows.append([(f"第二十条第（{number}）项", 1, 4)])
        rows.append([("信息内容", 1, 1), ("本年处理决定数量", 1, 3)])
        for key in items:
            name = next(item.name for item, _ in form.ITEMS if item.key == key)
            rows.append([(name, 1, 1), (told(key, "decisions"), 1, 3)])
    rows.append([("第二十条第（八）项", 1, 4)])
    rows.append([("信息内容", 1, 1), ("本年收费金额（单位：万元）", 1, 3)])
    rows.append([("行政事业性收费", 1, 1), (told("charges", "fees"), 1, 3)])
    return rows


def requests_table(made: Made) -> Rows:
    """Return the second table with its nested headings and labels."""
    names = {asker.key: asker.name for asker in form.ASKERS}
    organisations = [key for key in made.askers if key != "person"]
    person_first = made.askers[0] == "person"
    title = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    person: Cell = ("自然人", 2, 1)
    group: Cell = ("法人或其他组织", 1, len(organisations))
    rows: Rows = [
        [(title, 3, 3), ("申请人情况", 1, 7)],
        [person, group, ("总计", 2, 1)] if person_first else [group, person, ("总计", 2, 1)],
        [(names[key], 1, 1) for key in organisations],
    ]
    order = list(made.askers) if person_first else [*organisations, "person"]
    figures = _with_totals(made, order)
    head = {"received": "一、", "carried": "二、", "left": "四、"}
    results = [
        row for row in form.ROWS if row.key not in head and (row.group != "其他处理" or _is_shown(row, made))
    ]
    sizes = {row.group: sum(each.group == row.group for each in results) for row in results if row.group}
    for row in form.ROWS:
        if row.key in head:
            cells: list[Cell] = [(head[row.key] + row.name, 1, 3)]
        elif row not in results:
            continue
        else:
            cells = [("三、本年度办理结果", len(results), 1)] if row is results[0] else []
            cells += _label(row, results, sizes)
        rows.append([*cells, *((figures[row.key, key], 1, 1) for key in (*order, "total"))])
    return rows


def _is_shown(row: form.Line, made: Made) -> bool:
    return (row.key == "otherwise") is made.older


def _label(row: form.Line, results: list[form.Line], sizes: Mapping[str, int]) -> list[Cell]:
    if row.key == "otherwise":
        return [("（六）其他处理", 1, 2)]
    if not row.group:
        number = {"granted": "（一）", "partly": "（二）", "handled": "（七）"}[row.key]
        more = "（区分处理的，只计这一情形，不计其他情形）" if row.key == "partly" else ""
        return [(number + ("总计" if row.key == "handled" else row.name) + more, 1, 2)]
    own = [each for each in results if each.group == row.group]
    cells = [(_GROUPS[row.group] + row.group, sizes[row.group], 1)] if row is own[0] else []
    return [*cells, (f"{own.index(row) + 1}.{row.name}", 1, 1)]


def _with_totals(made: Made, order: Sequence[str]) -> dict[tuple[str, str], str]:
    """Return every cell, with the sums that the report does not tell otherwise."""
    told = {key: value for key, value in made.requests.items() if value.isdigit()}
    figures: dict[tuple[str, str], str] = {}
    for asker in order:
        for row in form.ROWS:
            figures[row.key, asker] = made.requests.get((row.key, asker), made.empty)
        handled = sum(int(told.get((row, asker), 0)) for row in form.RESULTS)
        figures["handled", asker] = made.requests.get(("handled", asker), str(handled))
    for row in form.ROWS:
        own = sum(int(figures[row.key, asker]) for asker in order if figures[row.key, asker].isdigit())
        figures[row.key, "total"] = made.requests.get((row.key, "total"), str(own))
    return figures


def suits_table(made: Made) -> Rows:
    """Return the third table: three times five columns and one row."""
    outcomes = [each.name for each in form.OUTCOMES]
    rows: Rows = [
        [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
        [*((name, 2, 1) for name in outcomes), ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
        [(name, 1, 1) for name in (*outcomes, *outcomes)],
    ]
    row: list[Cell] = []
    for way in form.WAYS_SHOWN:
        parts = [made.suits.get((way, each.key), made.empty) for each in form.OUTCOMES[:-1]]
        total = sum(int(each) for each in parts if each.isdigit())
        row += [(each, 1, 1) for each in (*parts, made.suits.get((way, "total"), str(total)))]
    return [*rows, row]


def truth(made: Made) -> dict[str, Decimal]:
    """Return what is to be read of a report: every cell that holds a number, by its indicator."""
    told: dict[str, str] = {}
    for item, headings in form.ITEMS:
        for heading in (
            headings if not made.older or item.key in ("licences", "penalties", "compulsion") else ()
        ):
            told[form.identifier(form.DISCLOSED, item.key, heading)] = made.disclosed.get(
                (item.key, heading), made.empty
            )
    for (row, asker), figure in _with_totals(made, made.askers).items():
        line = next(each for each in form.ROWS if each.key == row)
        if line.group != "其他处理" or _is_shown(line, made):
            told[form.identifier(form.REQUESTS, row, asker)] = figure
    if made.without != form.SUITS:
        ids = (form.identifier(form.SUITS, w, o.key) for w in form.WAYS_SHOWN for o in form.OUTCOMES)
        told |= dict(zip(ids, (text for text, _, _ in suits_table(made)[-1]), strict=True))
    return {name: Decimal(figure.replace(",", "")) for name, figure in told.items() if figure[:1].isdigit()}


def pieces(made: Made) -> list[str | Rows]:
    """Return the report as paragraphs and tables."""
    opening = (
        f"根据《中华人民共和国政府信息公开条例》有关规定，{made.issuer}编制{made.year}年政府信息公开工作年度报告。"
        f"本报告中所列数据的统计期限自{made.year}年1月1日起至{made.year}年12月31日止。"
    )
    whole: list[str | Rows] = [
        opening,
        "一、总体情况",
        made.intro,
        "二、主动公开政府信息情况",
        disclosed_table(made),
        "三、收到和处理政府信息公开申请情况",
        requests_table(made),
        "四、政府信息公开行政复议、行政诉讼情况",
        suits_table(made),
        "五、存在的主要问题及改进情况",
        "公开内容还不够及时，部门之间的衔接有待加强。下一步将完善审核流程，逐条落实责任。",
        "六、其他需要报告的事项",
        "没有收取信息处理费，没有其他需要报告的事项。",
        made.issuer,
        f"{made.year + 1}年1月20日",
    ]
    if made.without:
        number = 2 * list(form.TABLES).index(made.without) + 4
        whole[number] = "没有发生。"
    return whole
