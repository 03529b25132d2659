"""Time the self-check of `nianbao serve` on a warm worker: `python benchmarks/serve.py [ROUNDS]`.

A .docx of some 9,000 characters is sent to the real app over HTTP, and the page of its findings fetched, as a
browser does; what a user waits for is the sum. The copy with comments is timed by itself.
"""

from __future__ import annotations

import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import httpx
from made_reports import PHRASES, text_of

NIANBAO = Path(sys.executable).with_name("nianbao")
ROUNDS = 20
CHARACTERS = 9_000
# What makes a report long: work that no indicator counts, with figures of its own.
TOLD = (
    "第{n}片区组织走访企业{a}家、农户{b}户，收集意见建议{c}条，逐条落实责任单位和完成时限。{said}"
    "依托便民服务站设立法律服务窗口{d}个，选派骨干{e}名定期坐班，{said_again}"
)
PLACE = "二、存在的问题和不足"
# What does not add up, so that there is something to be told.
WRONG = "（五）规范执法程序。全年办理行政处罚案件30件，其中简易程序12件、普通程序17件。"


def report() -> tuple[bytes, int]:
    """Return a Word file and how many characters it has."""
    dice = random.Random(11)
    text = text_of("云溪县", "东岭镇", 2023, dice)
    text = text.replace(PLACE, f"{WRONG}\n{PLACE}", 1)
    number = 0
    while len(text) < CHARACTERS:
        number += 1
        counts = {name: dice.randint(2, 90) for name in "abcde"}
        said, again = dice.sample(PHRASES, 2)
        told = TOLD.format(n=number, said=said, said_again=again, **counts)
        text = text.replace(PLACE, f"{told}\n{PLACE}", 1)
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    target = BytesIO()
    document.save(target)
    return target.getvalue(), len(text)


def timed(act: Callable[[], httpx.Response]) -> tuple[float, httpx.Response]:
    began = time.perf_counter()
    answer = act().raise_for_status()
    return time.perf_counter() - began, answer


def told(name: str, seconds: list[float]) -> str:
    ordered = [1000 * each for each in sorted(seconds)]
    worst = ordered[int(0.95 * (len(ordered) - 1))]
    return f"{name:<28}{ordered[0]:7.0f} {statistics.median(ordered):7.0f} {worst:7.0f} ms"


def once(client: httpx.Client, data: bytes) -> tuple[list[float], int]:
    """Return the seconds of a check, its page, both, and the copy; and how many findings there were."""
    headers = {"X-Nianbao-Name": "a.docx"}
    checked, answer = timed(lambda: client.post("/api/check", content=data, headers=headers))
    address = answer.json()["page"]
    shown, page = timed(lambda: client.get(address))
    findings = page.text.count('<li id="f')
    copied, _ = timed(lambda: client.get(f"{address}/annotated.docx")) if findings else (0.0, page)
    return [checked, shown, checked + shown, copied], findings


def measure(client: httpx.Client, rounds: int) -> None:
    data, characters = report()
    first, findings = once(client, data)
    print(
        f"{characters} characters, {findings} findings; the first, while the worker starts: {first[2]:.1f} s"
    )
    rows = [once(client, data)[0] for _ in range(rounds)]
    print(f"{rounds} rounds: the least, the median, at 95 %")
    names = ("check", "page of findings", "both: what a user waits for", "copy with comments")
    for place, name in enumerate(names):
        print(told(name, [row[place] for row in rows]))


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [NIANBAO, "serve", "--port", "0"],
            cwd=folder,
            env=os.environ | {"PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert process.stdout is not None
            found = re.search(r"(http://\S+)/enter\?token=(\S+)", process.stdout.readline())
            assert found is not None
            with httpx.Client(
                base_url=found[1], headers={"X-Nianbao-Token": found[2]}, timeout=120
            ) as client:
                measure(client, rounds)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()


if __name__ == "__main__":
    main()
