"""The conformance suite: what a plugin must hold to, whoever wrote it, checked in processes of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nianbao.catalogue import load_catalogue
from nianbao.kit.asking import PATIENCE, Answers, Key, ask, ask_all
from nianbao.kit.goldens import expected_file, golden, golden_reports, lonely_files
from nianbao.kit.locating import Plugin
from nianbao.kit.request import Task, request_for
from nianbao.strangers import UNSTABLE

# What a plugin may take of a processor: so much to begin with, and more the longer a text is.
_SECONDS, _SECONDS_A_MEGABYTE = 0.5, 20.0
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


def conformance(plugin: Plugin, patience: float = PATIENCE) -> tuple[Check, ...]:
    """Check a plugin; nothing of it is loaded into this process.

    Args:
        plugin: installed or not.
        patience: seconds that a process that reads may be silent.
    """
    first = ask(request_for(plugin, Task.WHOLE), seed=1, patience=patience)
    loading = _loading(plugin, first)
    if not loading.passed or first.ended:
        return (loading, *([Check("恶意输入", (first.ended,))] if loading.passed else []))
    codes = tuple(name for hook, names in _records(first) if hook == "nianbao_regions" for name in names)
    wanted = [(request_for(plugin, Task.AGAIN), 2)]
    if codes or golden_reports(plugin.reports):
        wanted.append((request_for(plugin, Task.WITHOUT, codes), 1))
    second, *others = ask_all(wanted, patience)
    without = others[0] if others else Answers()
    return (
        loading,
        _cards(first),
        _hostile(first, second),
        Check("纯净：不写文件、不动环境、不上网", first.problems("pure")),
        Check("证据：引文即原文，数值是 Decimal，只给声明过的", first.problems("evidence")),
        _repeated(first, second),
        _fast(first),
        *_others(first, without, is_region=bool(codes)),
        *golden_checks(plugin, first, without),
        *_not_looked_at(first),
    )


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
    failed = [line for line in _failures(first) if UNSTABLE not in line]
    broken = [line for each in (first, second) for line in each.problems("hostile")]
    ended = [each.ended for each in (first, second) if each.ended]
    lines = dict.fromkeys((*broken, *failed, *ended))
    return Check("恶意输入", tuple(lines), f"{len(first.rows('hostile', 'direct'))} 种文本")


def _failures(answers: Answers) -> list[str]:
    """Return the lines of what failed in the plugin's own calls."""
    records = {name for _, names in _records(answers) for name in names}
    own = records | {each["plugin"] for each in answers.of("loaded")}
    return [each["line"] for each in answers.of("failure") if each["plugin"] in own]


def _repeated(first: Answers, second: Answers) -> Check:
    groups = ("hostile", "direct", "home", "golden")
    here, there = first.rows(*groups), second.rows(*groups)
    both = [key for key in here if key in there]
    unlike = [f"“{key.told}”在两个进程里读出的不一样" for key in both if here[key] != there[key]]
    twice = dict.fromkeys(line for line in _failures(first) if UNSTABLE in line)
    return Check("确定：两次、两个进程读出的一样", (*twice, *unlike), f"{len(both)} 份文本")


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
    if unread := tuple(filter(None, (*without.problems("hostile"), without.ended))):
        yield Check("别的地区的报告不变", unread, "没有插件时也读不完")
        return
    there, here = without.rows("others"), first.rows("others")
    changed = [f"“{key.told}”读出的变了" for key in there if there[key] != here.get(key)]
    yield Check("别的地区的报告不变", tuple(changed), f"{len(there)} 份")
    known = frozenset(load_catalogue().indicators)
    plain, own = without.rows("home"), first.rows("home")
    moved = [line for key in own for line in _moved(key, plain[key._replace(region="")], own[key], known)]
    yield Check("全国指标卡的例句在本地区读法不变", tuple(moved), f"{len(own)} 份")


def _moved(
    key: Key, old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]], known: frozenset[str]
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
                yield f"{key.told}：{indicator} {sign} {value}（{quote}）"


def golden_checks(plugin: Plugin, first: Answers, without: Answers) -> Iterator[Check]:
    """Yield whether the golden reports are read as expected, and would not be without the plugin.

    Args:
        plugin: the plugin.
        first: what a process with it read.
        without: what one without it did.
    """
    reports = golden_reports(plugin.reports)
    if not reports:
        where = "没有 tests/reports 里的报告" if plugin.reports else "没有源文件夹，不适用"
        yield Check("示例报告", (), where)
        return
    here, there = first.rows("golden"), without.rows("golden")
    problems, needless = [f"{each.name}：没有与它对应的报告" for each in lonely_files(plugin.reports)], []
    for path in reports:
        key = Key("golden", path.name, "")
        rows = here.get(key)
        expected = expected_file(path)
        if rows is None:
            problems.append(f"{path.name}：没有读完")
        elif not expected.exists():
            problems.append(f"{path.name}：没有 {expected.name}，请先运行 nianbao plugin accept")
        elif golden(rows) != expected.read_text("utf-8", "replace"):
            problems.append(f"{path.name}：读出的与 {expected.name} 不同，差别见 nianbao plugin accept")
        if rows is not None and _figures(rows) == _figures(there.get(key, [])):
            needless.append(f"{path.name}：没有这个插件，数字也一样")
    yield Check("示例报告与预期一致", tuple(problems), f"{len(reports)} 份")
    yield Check("示例报告少了插件就读不全", tuple(needless), f"{len(reports)} 份")


def _figures(rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    return [row["figures"] for row in rows]


def _not_looked_at(answers: Answers) -> Iterator[Check]:
    """Say what the suite can't judge, so that silence does not pass for praise."""
    kinds = [_UNWATCHED[hook] for hook, names in _records(answers) if hook in _UNWATCHED and names]
    kinds += [each["what"] for each in answers.of("unwatched")]
    if kinds:
        yield Check("只检查了装载", (), f"{'、'.join(dict.fromkeys(kinds))}请自己写测试")
