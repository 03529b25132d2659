"""The conformance suite tells each rule that a plugin breaks, and survives the plugin."""

from __future__ import annotations

from pathlib import Path

import pytest
from plugin_packages import package

from flows import cli
from nianbao.kit.asking import Answers, ask
from nianbao.kit.conformance import conformance
from nianbao.kit.locating import locate
from nianbao.kit.request import Task, request_for

# Everything that can be told of one plugin in one go.
CARELESS = """
def extract(document, context):
    with open("left-behind.txt", "w") as stream:
        stream.write(document.text)
    os.environ["LEFT_BEHIND"] = "1"
    import socket
    with socket.socket() as made:
        try:
            made.connect(("127.0.0.1", 9))
        except OSError:
            pass
    text = document.text
    if "\\0" in text:
        raise ValueError("NUL")
    yield told(12.5, 0, min(2, len(text)), text[:2])
    yield told(Decimal(3), 0, 4, "not there")
    yield told(Decimal(4), 0, min(2, len(text)), text[:2], "no_such_indicator")
"""
FICKLE = """
def extract(document, context):
    text = document.text
    if len(text) > 100:
        value = Decimal(abs(hash(text)) % 1000)
        yield told(value, 0, 2, text[:2])
"""
HANGING = """
def extract(document, context):
    import time
    while True:
        time.sleep(1)
"""
CRASHING = """
def extract(document, context):
    os._exit(7)
"""


def asked(home: Path) -> Answers:
    return ask(request_for(locate(str(home)), Task.WHOLE), seed=1)


def test_what_a_careless_plugin_does_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    answers = asked(package(tmp_path, CARELESS))
    assert answers.ended == ""
    assert set(answers.problems("pure")) == {
        "写了文件 left-behind.txt",
        "改动了环境变量或工作目录",
        "改动了环境变量",
        "使用了网络（socket.connect）",
    }
    evidence = "".join(answers.problems("evidence"))
    assert "no_such_indicator" in evidence
    assert "12.5" in evidence or "Decimal" in evidence
    assert any("空字符" in each["line"] and "NUL" in each["line"] for each in answers.of("failure"))


def test_what_hangs_on_a_hash_or_on_what_came_before_is_told(tmp_path: Path) -> None:
    checks = conformance(locate(str(package(tmp_path, FICKLE))))
    broken = {check.name.partition("：")[0]: check.problems for check in checks if not check.passed}
    assert broken.keys() == {"确定"}
    assert all("在两个进程里读出的不一样" in line for line in broken["确定"])


@pytest.mark.parametrize(
    ("body", "patience", "told"),
    [(HANGING, 20, "20 秒没有进展，已停止"), (CRASHING, 60, "以状态 7 结束")],
    ids=["hanging", "crashing"],
)
def test_a_plugin_that_never_answers_is_told_with_the_text(
    tmp_path: Path, body: str, patience: float, told: str
) -> None:
    checks = conformance(locate(str(package(tmp_path, body))), patience)
    broken = [line for check in checks if not check.passed for line in check.problems]
    assert len(broken) == 1
    assert "“空文本" in broken[0]
    assert told in broken[0]


def test_a_plugin_that_does_not_load_ends_the_suite(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    home = package(tmp_path, "raise RuntimeError('nothing works')\n")
    assert cli.main(["plugin", "test", str(home)]) == 1
    assert capfd.readouterr().out.splitlines() == [
        "不通过  装载",
        "        odd：RuntimeError: nothing works",
        "nianbao-odd：1 项检查，1 项不通过",
    ]
