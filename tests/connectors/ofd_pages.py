"""Pages of a report, typeset, and how they are read."""

from __future__ import annotations

from built_files import download
from ofd_files import OfdPage, ofd

from connectors.readers import ofd as reader
from nianbao import Document

LEFT, EM, TOP, LEADING = 90.0, 16.0, 700.0, 28.0
WIDTH = 26
LONG = "全年召开专题会议三次研究部署法治政府建设重点任务并督促各村各部门逐项抓好落实确保年度目标全面完成"
NEXT = "持续推进公正文明执法落实三项制度组织执法人员参加培训和考试执法人员持证上岗率达到百分之百没有行政诉讼"


def page(*texts: str, header: str = "", footer: str = "", size: float = EM) -> OfdPage:
    """A page of lines as typeset: a leading blank is one Han character's width."""
    made = OfdPage()
    if header:
        made.text(LEFT, 790, header, 12)
    for index, text in enumerate(texts):
        indent = len(text) - len(text.lstrip("　"))
        made.text(LEFT + indent * EM, TOP - index * LEADING, text.lstrip("　"), size)
    if footer:
        made.text(280, 60, footer, 12)
    return made


def wrapped(text: str) -> list[str]:
    """Break a paragraph into lines of full width, the first one indented by two characters."""
    made = ["　　"]
    for character in text:
        if sum(0.5 if each.isascii() else 1.0 for each in made[-1]) >= WIDTH - 0.5:
            made.append("")
        made[-1] += character
    return made


def read(data: bytes, name: str = "报告.ofd") -> Document:
    return reader.read_ofd(download(data, name))


def objects(*made: str) -> bytes:
    return ofd(OfdPage().xml(*made))
