"""Lines set as GB/T 9704 sets them, on a page of any kind that takes text at a place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

LEFT, EM, TOP, LEADING = 90.0, 16.0, 700.0, 28.0
WIDTH = 26
LONG = "全年召开专题会议三次研究部署法治政府建设重点任务并督促各村各部门逐项抓好落实确保年度目标全面完成"
NEXT = "持续推进公正文明执法落实三项制度组织执法人员参加培训和考试执法人员持证上岗率达到百分之百没有行政诉讼"


class Sheet(Protocol):
    def text(self, x: float, y: float, text: str, size: float = ..., /) -> Any: ...


Made = TypeVar("Made", bound=Sheet)


def typeset(made: Made, texts: Sequence[str], header: str, footer: str, size: float) -> Made:
    """Set lines on a page; a leading blank is one Han character's width."""
    if header:
        made.text(LEFT, 790, header, 12)
    for index, text in enumerate(texts):
        indent = len(text) - len(text.lstrip("　"))
        made.text(LEFT + indent * EM, TOP - index * LEADING, text.lstrip("　"), size)
    if footer:
        made.text(280, 60, footer, 12)
    return made
