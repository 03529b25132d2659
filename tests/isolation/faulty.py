"""Every way in which a plugin may be broken: its source, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass

HEAD = """
import ctypes, os, random, time
from dataclasses import replace
from decimal import Decimal, getcontext
from nianbao import *
from nianbao.model import Qualifier, Role

def good(document, indicator="law_lectures"):
    start = next(i for i, sign in enumerate(document.text) if sign in "0123456789")
    one = Decimal(document.text[start])
    return Observation(indicator, one, "", Qualifier.EXACT, Role.TOTAL, start, start + 1,
        document.text[start], one, one, start, start + 1, Decimal("0.9"), "broken")
"""

EXTRACTOR = (
    HEAD
    + """
@hookimpl
def nianbao_extractors():
    yield Extractor("broken", frozenset({"law_lectures"}), extract)

def extract(document, context):
    yield good(document)
"""
)
VALIDATOR = (
    HEAD
    + """
@hookimpl
def nianbao_validators():
    yield Validator("broken", "report", frozenset({"sum"}), check)

def check(report, context):
    yield Finding("sum", "broken.sum", Severity.ERROR, "分项之和与合计不符。")
"""
)
SETTLER = (
    HEAD
    + """
@hookimpl
def nianbao_settle(candidates, context):
"""
)
_KEPT = "\n    while True:\n        held.append(bytearray(2 ** 24))\n"


@dataclass(frozen=True, slots=True)
class Fault:
    """A broken plugin.

    Args:
        row: the row of the table of isolation that it belongs to.
        source: of its module.
        stage: in which it is told to fail.
        said: a piece of what is said.
    """

    row: str
    source: str
    stage: str
    said: str


LOADING = {
    "import error": Fault(
        "import error", "import no_such_module_of_ours", "import", "No module named 'no_such_module_of_ours'"
    ),
    "hook signature": Fault(
        "wrong hook signature",
        HEAD + "@hookimpl\ndef nianbao_readers(context):\n    return ()\n",
        "register",
        "钩子的参数不合规定：Plugin 'broken' for hook 'nianbao_readers'",
    ),
    "unknown hook": Fault(
        "unknown hook",
        HEAD + "@hookimpl\ndef nianbao_extractor():\n    return ()\n",
        "register",
        "没有名为 nianbao_extractor 的钩子",
    ),
    "duplicate name": Fault(
        "duplicate record name",
        EXTRACTOR.replace('Extractor("broken"', 'Extractor("indicators"'),
        "register",
        "名称 indicators 已由插件",
    ),
}

CALLED = {
    "raises half-way": Fault(
        "generator raises half-way", EXTRACTOR + "    raise ValueError('半途')\n", "extract", "半途"
    ),
    "undeclared indicator": Fault(
        "undeclared indicator",
        EXTRACTOR + "    yield good(document, 'petitions_received')\n",
        "extract",
        "未声明的 petitions_received",
    ),
    "false evidence": Fault(
        "false evidence",
        EXTRACTOR + "    yield replace(good(document), quote='九')\n",
        "extract",
        "引文与原文不符：九",
    ),
    "a float": Fault(
        "float value",
        EXTRACTOR + "    yield replace(good(document), value=12.0)\n",
        "extract",
        "不是有限的 Decimal：12.0",
    ),
    "changes the document": Fault(
        "mutation attempt", EXTRACTOR + "    document.text = ''\n", "extract", "FrozenInstanceError"
    ),
    "changes the report": Fault(
        "mutation attempt",
        EXTRACTOR + "    context.report.observations.clear()\n",
        "extract",
        "AttributeError",
    ),
    "changes the context": Fault(
        "mutation attempt", EXTRACTOR + "    context.today = None\n", "extract", "FrozenInstanceError"
    ),
    "empties the catalogue": Fault(
        "mutation attempt", EXTRACTOR + "    context.catalogue.indicators.clear()\n", "extract", "clear"
    ),
    "changes a unit": Fault(
        "mutation attempt",
        EXTRACTOR + "    context.catalogue.units.by_name['件'] = None\n",
        "extract",
        "does not support item assignment",
    ),
    "loops": Fault("infinite loop", EXTRACTOR + "    while True: pass\n", "extract", "已中止"),
    "loops in a check": Fault("infinite loop", VALIDATOR + "    while True: pass\n", "validate", "已中止"),
    "loops while settling": Fault(
        "infinite loop",
        SETTLER
        + "    if candidates[0][1].indicator == context.report.observations[0].indicator: time.sleep(3600)\n",
        "settle",
        "已中止",
    ),
    "never lets go": Fault(
        "infinite loop",
        EXTRACTOR + "    while True:\n        try: time.sleep(3600)\n        except BaseException: pass\n",
        "extract",
        "它的这次调用没有结束",
    ),
    "asks for too much memory": Fault(
        "memory hog", EXTRACTOR + "    bytearray(2 ** 40)\n", "extract", "内存不足"
    ),
    "keeps the memory": Fault(
        "memory hog",
        EXTRACTOR.replace("def extract", "held = []\n\ndef extract") + _KEPT,
        "extract",
        "工作进程在它的这次调用中意外退出",
    ),
    "keeps all but the last of the memory, and says nothing": Fault(
        "memory hog",
        EXTRACTOR.replace("def extract", "held = []\n\ndef extract")
        + "    try:"
        + _KEPT.replace("\n", "\n    ")
        + "except MemoryError: pass\n",
        "extract",
        "工作进程在它的这次调用中意外退出",
    ),
    "aborts": Fault(
        "interpreter crash", EXTRACTOR + "    os.abort()\n", "extract", "工作进程在它的这次调用中意外退出"
    ),
    "segmentation fault in a check": Fault(
        "interpreter crash",
        VALIDATOR + "    ctypes.string_at(0)\n",
        "validate",
        "工作进程在它的这次调用中意外退出",
    ),
    "exits while settling": Fault(
        "interpreter crash", SETTLER + "    os._exit(3)\n", "settle", "工作进程在它的这次调用中意外退出"
    ),
    "draws lots": Fault(
        "unstable output",
        EXTRACTOR + "    yield replace(good(document), confidence=Decimal(random.random()))\n",
        "extract",
        "两次给出的结果不同",
    ),
    "counts its calls": Fault(
        "unstable output",
        VALIDATOR.replace("def check", "calls = []\n\ndef check")
        + "    calls.append(1)\n    if len(calls) % 2: yield Finding('sum', 's', Severity.NOTE, '一次。')\n",
        "validate",
        "两次给出的结果不同：2 项，1 项",
    ),
    "a message that is no text": Fault(
        "ill-typed field",
        VALIDATOR + "    yield Finding('sum', None, Severity.NOTE, '不符。')\n",
        "validate",
        "rule 应为 str，却是 NoneType",
    ),
    "a message that can't be written": Fault(
        "ill-typed field",
        VALIDATOR + "    yield Finding('sum', 's', Severity.NOTE, '\\ud800')\n",
        "validate",
        "message 含有不能写出的字符",
    ),
    "a number beyond all bounds": Fault(
        "ill-typed field",
        EXTRACTOR + "    yield replace(good(document), value=Decimal('1E+400'), high=Decimal('1E+400'))\n",
        "extract",
        "数值过大",
    ),
    "counts with two digits": Fault(
        "shared state",
        EXTRACTOR.replace("@hookimpl", "getcontext().prec = 2\n\n@hookimpl")
        + "    getcontext().prec = 2\n    raise ValueError('算错')\n",
        "extract",
        "算错",
    ),
}
