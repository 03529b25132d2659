from __future__ import annotations

from pathlib import Path

from small_workbooks import town, write, yearbook_of

from nianbao import SectionKind, Topic, TopicExample


def test_a_topic_is_a_row_with_its_examples_by_issuer(tmp_path: Path) -> None:
    examples = (
        TopicExample("青石.txt", 1, 10, 16, "执法力量不足"),
        TopicExample("白云.txt", 1, 5, 12, "=执法人员偏少"),
    )
    topics = (
        Topic("enforcement-staff", "执法力量不足", SectionKind.PROBLEMS, 2, 3, examples),
        Topic("publicity", "深化普法宣传", SectionKind.PLAN, 1, 1, examples[:1]),
    )
    book = write(yearbook_of(town("青石"), town("白云"), topics=topics), tmp_path)
    rows = [[cell.value for cell in row] for row in book["问题与打算"].iter_rows(min_row=3)]
    assert rows == [
        ["序号", "类别", "主题", "报告数", "条数", "举例"],
        [1, "问题", "执法力量不足", 2, 3,
         "清源县青石镇人民政府：“执法力量不足”\n清源县白云镇人民政府：“=执法人员偏少”"],
        [2, "打算", "深化普法宣传", 1, 1, "清源县青石镇人民政府：“执法力量不足”"],
    ]  # fmt: skip


def test_a_year_without_topics_says_so(tmp_path: Path) -> None:
    sheet = write(yearbook_of(town("青石")), tmp_path)["问题与打算"]
    assert sheet["C4"].value == "没有找到逐条写出的问题或打算。"
