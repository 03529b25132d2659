"""Fictional reports to bind together, and the documents they stand in."""

from __future__ import annotations

from nianbao.model import Block, BlockKind, Document, Fact, Place

CLOUDY, STONY = "云岭镇2023年法治政府建设年度报告", "石桥镇2023年法治政府建设年度报告"


def body(name: str, count: int = 4) -> str:
    return (
        f"一、主要举措和成效\n（一）加强学习。{name}全年组织集中学法{count}次。\n"
        f"（二）规范执法。全年办理行政处罚案件{count + 30}件，均按程序办理。\n"
        "二、存在的不足和原因\n执法力量不足，人员素质有待提高。\n"
        "三、下一步工作安排\n继续加强法治培训，提高依法行政能力，推进法治政府建设。"
    )


def running(name: str) -> str:
    told = (
        f"2023年，{name}坚持把法治政府建设摆在突出位置，召开专题会议研究部署，逐项分解任务，压实各方面责任，"
        "推动依法行政工作有序开展，各项工作取得了明显的成效，"
    )
    return "\n".join(
        f"{told}{detail}。"
        for detail in (
            "全年组织学法6次，参加人员200余人次，群众法治观念明显增强，基层治理水平不断提升",
            "办理行政处罚案件12件，全部按照程序办理，没有发生行政复议和行政诉讼案件，执法质量有所提高",
            "存在的不足主要是执法力量偏弱、专业人员缺乏、普法形式单一，群众参与度还不够高",
            "下一步将继续加强培训，完善制度，规范程序，提高执法人员的业务能力和依法办事的水平",
        )
    )


def document(text: str, *facts: Fact) -> Document:
    blocks = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        blocks.append(Block(start, start + len(line), BlockKind.PARAGRAPH, Place(paragraph=number)))
        start += len(line) + 1
    return Document("汇编.txt", "0", "text", text, tuple(blocks), facts)
