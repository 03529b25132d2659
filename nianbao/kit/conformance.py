"""The conformance suite: what a plugin must hold to, whoever wrote it, checked in processes of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nianbao.catalogue import load_catalogue
from nianbao.kit.child import Request, request_for, written
from nianbao.kit.goldens import expected_file, golden, golden_reports
from nianbao.kit.locating import Plugin

# What a plugin may take of a processor: so much to begin with, and more the longer a text is.
_SECONDS, _SECONDS_A_MEGABYTE = 0.5, 20.0
# After so many seconds a process that reads the probes is ended.
PATIENCE = 180
_MOST_LINES = 5
_UNWATCHED = {
    "nianbao_sources": "来源",
    "nianbao_readers": "读取器",
    "nianbao_publishers": "输出",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One rule of the suite and how the plugin held to it.

    Args:
        name: what is checked, in Chinese.
        problems: what is wrong, one Chinese line each; empty where the plugin holds to it.
        note: what was looked at, or why the rule does not apply.
    """

    name: str
    problems: tuple[str, ...] = ()
    note: str = ""

    @property
    def passed(self) -> bool:
        """Whether the plugin holds to the rule."""
        return not self.problems

    def lines(self) -> Iterator[str]:
        """Yield what a user reads of it: a line, and a line for each of the first few problems."""
        yield f"{'通过' if self.passed else '不通过'}  {self.name}{f'：{self.note}' if self.note else ''}"
        for problem in self.problems[:_MOST_LINES]:
            yield f"        {problem}"
        if len(self.problems) > _MOST_LINES:
            yield f"        还有 {len(self.problems) - _MOST_LINES} 处"


@dataclass(slots=True)
class Answers:
    """What a process told of its work.

    Args:
        events: its answers, in order.
        ended: why it did not come to its end, in Chinese; empty where it did.
    """

    events: list[Mapping[str, Any]] = field(default_factory=list)
    ended: str = ""

    def of(self, event: str) -> list[Mapping[str, Any]]:
        """Return the answers of a kind."""
        return [each for each in self.events if each["event"] == event]

    def problems(self, check: str) -> tuple[str, ...]:
        """Return the lines of a check's problems."""
        return tuple(each["line"] for each in self.of("problem") if each["check"] == check)

    def rows(self, *groups: str) -> dict[str, list[Any]]:
        """Return the readings of groups, by what was read."""
        return {f"{e['group']} {e['name']}": e["rows"] for e in self.of("reading") if e["group"] in groups}


def conformance(plugin: Plugin, patience: float = PATIENCE) -> tuple[Check, ...]:
    """Check a plugin; nothing of it is loaded into this process.

    Args:
        plugin: installed or not.
        patience: seconds after which a process that reads is ended.
    """
    first = ask(request_for(plugin, own=True), seed=1, patience=patience)
    loading = _loading(plugin, first)
    if not loading.passed or first.ended:
        return (loading, *([Check("恶意输入", (first.ended,))] if loading.passed else []))
    codes = [name for hook, names in _records(first) if hook == "nianbao_regions" for name in names]
    code = min(codes, default="")
    with ThreadPoolExecutor(2) as pool:
        again = pool.submit(ask, request_for(plugin, own=True), seed=2, patience=patience)
        bare = pool.submit(ask, request_for(plugin, own=False, code=code), seed=1, patience=patience)
        second, without = again.result(), bare.result()
    return (
        loading,
        _cards(first),
        _hostile(first, second),
        Check("纯净：不写文件、不动环境、不上网", first.problems("pure")),
        Check("证据：引文即原文，数值是 Decimal，只给声明过的", first.problems("evidence")),
        _repeated(first, second),
        _fast(first),
        *_others(first, without, is_region=bool(codes)),
        *_goldens(plugin, first, without),
        *_not_looked_at(first),
    )


def ask(request: Request, *, seed: int, patience: float = PATIENCE) -> Answers:
    """Let a process of its own read the probes.

    Args:
        request: what it is to do.
        seed: of its hashes.
        patience: seconds that it may take.
    """
    with tempfile.TemporaryDirectory(prefix="nianbao-kit-") as folder:
        asked, answers = Path(folder, "request.json"), Path(folder, "answers.jsonl")
        asked.write_text(written(request), "utf-8")
        answers.touch()
        environment = os.environ | {"PYTHONHASHSEED": str(seed), "PYTHONUTF8": "1"}
        command = [sys.executable, "-m", "nianbao.kit.child", str(asked), str(answers)]
        try:
            done = subprocess.run(  # noqa: S603  our own program
                command, env=environment, capture_output=True, text=True, errors="replace", timeout=patience,
                check=False,
            )  # fmt: skip
            ended = f"进程以状态 {done.returncode} 结束{_last_line(done.stderr)}" if done.returncode else ""
        except subprocess.TimeoutExpired:
            ended = f"{patience:g} 秒还没有完，已停止"
        found = Answers([json.loads(line) for line in answers.read_text("utf-8").splitlines() if line])
    at = found.of("begin")
    if not found.of("done"):
        found.ended = f"“{at[-1]['what'] if at else '开始'}”：{ended or '没有读完就结束了'}"
    return found


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return f"（{lines[-1][:200]}）" if lines else ""


def _records(answers: Answers) -> list[tuple[str, list[str]]]:
    return [(hook, names) for each in answers.of("loaded") for hook, names in each["records"]]


def _loading(plugin: Plugin, answers: Answers) -> Check:
    loaded = {each["plugin"]: each for each in answers.of("loaded")}
    problems = [f"{name}：{line}" for name, each in loaded.items() for line in each["failures"]]
    problems += [f"{p.name}：没有装载。{answers.ended}" for p in plugin.points if p.name not in loaded]
    given = [name for _, names in _records(answers) for name in names]
    note = f"给出 {'、'.join(given)}" if given else "没有给出任何记录"
    return Check("装载", tuple(problems), "" if problems else note)


def _cards(answers: Answers) -> Check:
    count = sum(each["count"] for each in answers.of("counted") if each["what"] == "cards")
    note = f"{count} 个例句和反例" if count else "没有自己的指标卡"
    return Check("指标卡的例句", answers.problems("cards"), note)


def _hostile(first: Answers, second: Answers) -> Check:
    own = {name for _, names in _records(first) for name in names} | {e["plugin"] for e in first.of("loaded")}
    failed = [each["line"] for each in first.of("failure") if each["plugin"] in own]
    ended = [each.ended for each in (first, second) if each.ended]
    lines = dict.fromkeys((*first.problems("hostile"), *failed, *ended))
    return Check("恶意输入", tuple(lines), f"{len(first.rows('hostile'))} 种文本")


def _repeated(first: Answers, second: Answers) -> Check:
    here, there = first.rows("hostile", "home", "golden"), second.rows("hostile", "home", "golden")
    unlike = [
        f"“{name.partition(' ')[2]}”在两个进程里读出的不一样"
        for name in here
        if here[name] != there.get(name)
    ]
    return Check(
        "确定：两次、两个进程读出的一样", (*first.problems("repeat"), *unlike), f"{len(here)} 份文本"
    )


def _fast(answers: Answers) -> Check:
    readings = answers.of("reading")
    slow = [
        f"“{each['name']}”（{each['length']} 字）用了 {each['seconds']:.1f} 秒，限 {limit:.1f} 秒"
        for each in readings
        if each["seconds"] > (limit := _SECONDS + each["length"] / 1_000_000 * _SECONDS_A_MEGABYTE)
    ]
    most = max((each["seconds"] for each in readings), default=0.0)
    return Check("速度", tuple(slow), f"最慢的一份，插件自己用了 {most:.2f} 秒")


def _others(first: Answers, without: Answers, *, is_region: bool) -> Iterator[Check]:
    if not is_region:
        yield Check("别的地区的报告不变", (), "不是地区插件，不适用")
        return
    if without.ended:
        yield Check("别的地区的报告不变", (without.ended,), "没有插件时也读不完")
        return
    there, here = without.rows("others"), first.rows("others")
    changed = [f"“{name.partition(' ')[2]}”读出的变了" for name in there if there[name] != here.get(name)]
    yield Check("别的地区的报告不变", tuple(changed), f"{len(there)} 份")
    known = frozenset(load_catalogue().indicators)
    there, here = without.rows("home"), first.rows("home")
    moved = [line for name in there for line in _moved(name, there[name], here.get(name, []), known)]
    yield Check("全国指标卡的例句在本地区读法不变", tuple(moved), f"{len(there)} 份")


def _moved(
    name: str, old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]], known: frozenset[str]
) -> Iterator[str]:
    """Yield what national indicators have and had not, or had and have not."""
    told = [
        {
            (o["indicator"], o["start"], str(o["value"]), o["quote"])
            for row in rows
            for o in row["observations"]
        }
        for rows in (old, new)
    ]
    for sign, some in (("少了", told[0] - told[1]), ("多了", told[1] - told[0])):
        for indicator, _, value, quote in sorted(some):
            if indicator in known:
                yield f"{name.partition(' ')[2]}：{indicator} {sign} {value}（{quote}）"


def _goldens(plugin: Plugin, first: Answers, without: Answers) -> Iterator[Check]:
    reports = golden_reports(plugin.reports)
    if not reports:
        where = "没有 tests/reports 里的报告" if plugin.reports else "没有源文件夹，不适用"
        yield Check("示例报告", (), where)
        return
    here, there = first.rows("golden"), without.rows("golden")
    problems, needed = [], []
    for path in reports:
        rows = here.get(f"golden {path.name}")
        expected = expected_file(path)
        if rows is None:
            problems.append(f"{path.name}：没有读完")
        elif not expected.exists():
            problems.append(f"{path.name}：没有 {expected.name}，请先运行 nianbao plugin accept")
        elif golden(rows) != expected.read_text("utf-8"):
            problems.append(f"{path.name}：读出的与 {expected.name} 不同，差别见 nianbao plugin accept")
        if rows is not None and _figures(rows) == _figures(there.get(f"golden {path.name}", [])):
            needed.append(f"{path.name}：没有这个插件，数字也一样")
    yield Check("示例报告与预期一致", tuple(problems), f"{len(reports)} 份")
    yield Check("示例报告少了插件就读不全", tuple(needed), f"{len(reports)} 份")


def _figures(rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    return [row["figures"] for row in rows]


def _not_looked_at(answers: Answers) -> Iterator[Check]:
    """Say what the suite can't judge, so that silence does not pass for praise."""
    kinds = [_UNWATCHED[hook] for hook, names in _records(answers) if hook in _UNWATCHED and names]
    if kinds:
        yield Check("只检查了装载", (), f"{'、'.join(kinds)}请自己写测试")
