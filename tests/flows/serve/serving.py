"""The app as its users have it: the console script in its own process, over a store that a run filled."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import docx
import httpx

from flows import work
from flows.request import Request
from flows.watch import Watch

NIANBAO = Path(sys.executable).with_name("nianbao")
TITLE = "{county}{town}人民政府2023年度法治政府建设年度报告"
BODY = (
    "一、2023年度主要举措和成效",
    "（一）规范执法。全年办理行政处罚案件{fines}件，其中简易程序12件、普通程序{ordinary}件。",
    "（二）化解纠纷。全年调解矛盾纠纷120件，调解成功118件。走访帮扶企业33家。",
    "二、存在的不足和原因",
    "执法力量不足，普法形式单一。全年共办理行政处罚案件{again}件，人均办案偏多。",
    "三、党政主要负责人履行推进法治建设第一责任人职责情况",
    "镇长主持召开法治专题会议4次。",
    "四、下一步工作安排",
    "继续加强法治培训。",
)
COUNTY, TOWN = "绥阳县", "旺草镇"
# Seconds: whatever a busy machine may need.
_PATIENCE = 120.0
_ADDRESS = re.compile(r"(http://\S+)/enter\?token=(\S+)")


def report_lines(town: str = TOWN, *, fines: int = 30, ordinary: int = 18, again: int = 30) -> list[str]:
    """Return the lines of a report; with these figures it contradicts itself nowhere."""
    lines = (TITLE, *BODY)
    return [
        line.format(county=COUNTY, town=town, fines=fines, ordinary=ordinary, again=again) for line in lines
    ]


def write_docx(path: Path, lines: Sequence[str]) -> Path:
    """Write a Word file of these paragraphs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def summarise(source: Path, out: Path) -> Path:
    """Run over a folder without Prefect; return the folder of the results."""
    with work.open_workshop(Request(str(source), out, workers=1), Watch()) as workshop:
        work.process_batch(workshop, work.collect(workshop))
        years = [work.publish_year(workshop, *each) for each in work.yearbooks_wanted(workshop)]
        work.finish(workshop, years)
    return out


@dataclass
class App:
    """A running app.

    Args:
        process: its own.
        base: the address without a path.
        token: its secret.
        temporary: where alone it may leave files for a while.
        told: what it has printed on standard error is in this file.
    """

    process: subprocess.Popen[str]
    base: str
    token: str
    temporary: Path
    told: Path
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = httpx.Client(
            base_url=self.base, headers={"X-Nianbao-Token": self.token}, timeout=_PATIENCE
        )

    @property
    def entrance(self) -> str:
        """The address that the terminal shows."""
        return f"{self.base}/enter?token={self.token}"

    @property
    def port(self) -> int:
        """Where it listens."""
        return httpx.URL(self.base).port or 0

    def check(self, data: bytes, name: str) -> httpx.Response:
        """Send a file for its self-check."""
        return self.client.post("/api/check", content=data, headers={"X-Nianbao-Name": quote(name)})

    def stop(self) -> int:
        """End it by Ctrl-C; return its exit status."""
        self.client.close()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(_PATIENCE)


def left(app: App) -> list[Path]:
    """Return the files that the app has left in its folders by now."""
    return [path for path in app.temporary.rglob("*") if path.is_file() and "prefect" not in path.name]


def comes_to(app: App, number: int) -> bool:
    """Tell whether it comes to so many files left, sooner or later."""
    until = time.monotonic() + _PATIENCE
    while len(left(app)) != number and time.monotonic() < until:
        time.sleep(0.05)
    return len(left(app)) == number


@contextmanager
def running(folder: Path, *arguments: str | Path, **environment: str) -> Iterator[App]:
    """Run `nianbao serve` in a folder, on a free port."""
    temporary = folder / "临时"
    temporary.mkdir(exist_ok=True)
    told = folder / "serve.log"
    variables = os.environ | {"PYTHONUTF8": "1", "TMPDIR": str(temporary), **environment}
    with told.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [NIANBAO, "serve", "--port", "0", *arguments],
            cwd=folder,
            env=variables,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    try:
        assert process.stdout is not None
        found = _ADDRESS.search(process.stdout.readline())
        assert found is not None, told.read_text("utf-8")
        app = App(process, found[1], found[2], temporary, told)
        try:
            yield app
        finally:
            app.stop()
    finally:
        process.kill()
        process.wait()
