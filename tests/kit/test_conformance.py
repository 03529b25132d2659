"""The conformance suite tells each rule that a plugin breaks, and survives the plugin."""

from __future__ import annotations

from pathlib import Path

import pytest
from plugin_packages import nianbao, package

from nianbao.kit.child import request_for
from nianbao.kit.conformance import Answers, ask, conformance
from nianbao.kit.locating import locate

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
    while True:
        pass
"""
CRASHING = """
def extract(document, context):
    os._exit(7)
"""


def asked(home: Path, seed: int = 1, patience: float = 120) -> Answers:
    return ask(request_for(locate(str(home)), own=True), seed=seed, patience=patience)


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
    assert any("空字符" in line and "NUL" in line for line in answers.problems("hostile"))


@pytest.mark.long
def test_what_hangs_on_a_hash_is_told(tmp_path: Path) -> None:
    home = package(tmp_path, FICKLE)
    first, second = asked(home, seed=1), asked(home, seed=2)
    assert first.rows("home") != second.rows("home")
    assert first.rows("home").keys() == second.rows("home").keys()


@pytest.mark.parametrize(
    ("body", "patience", "told"),
    [(HANGING, 25, "25 秒还没有完"), (CRASHING, 120, "以状态 7 结束")],
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


def test_a_plugin_that_does_not_load_ends_the_suite(tmp_path: Path) -> None:
    home = package(tmp_path, "raise RuntimeError('nothing works')\n")
    done = nianbao(tmp_path, "plugin", "test", str(home))
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "不通过  装载",
        "        odd：RuntimeError: nothing works",
        "nianbao-odd：1 项检查，1 项不通过",
    ]


@pytest.mark.parametrize("told", ["no-such-plugin", "."])
def test_no_plugin_is_wrong_usage(tmp_path: Path, told: str) -> None:
    done = nianbao(tmp_path, "plugin", "test", told)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
