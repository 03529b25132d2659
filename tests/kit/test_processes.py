"""The suite's processes: nothing at hand hides our packages, and nothing stays behind them."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from plugin_packages import package

from nianbao.kit.asking import ask
from nianbao.kit.locating import locate
from nianbao.kit.request import Request, Task, request_for

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

QUIET = "\ndef extract(document, context):\n    return ()\n"
# Leaves a process behind that would outlive it.
LEAVING = (
    "import subprocess, sys\n"
    "left = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
    "open('left.pid', 'w').write(str(left.pid))\n"
)
HANGING = "import time\nopen('hangs.pid', 'w').write(str(os.getpid()))\ntime.sleep(600)\n"
PATIENT = (
    "import sys\n"
    "from nianbao.kit.asking import ask\n"
    "from nianbao.kit.locating import locate\n"
    "from nianbao.kit.request import Task, request_for\n"
    "ask(request_for(locate(sys.argv[1]), Task.GOLDENS), seed=1)\n"
)


@pytest.fixture(autouse=True)
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def loading(home: Path) -> Request:
    """Return what a process is to do that loads a plugin and reads nothing."""
    return request_for(locate(str(home)), Task.GOLDENS)


def is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def wait_for(path: Path) -> int:
    """Return the number that a process writes of itself."""
    for _ in range(1_200):
        if path.exists() and (told := path.read_text("utf-8")):
            return int(told)
        time.sleep(0.05)
    pytest.fail(f"nobody wrote {path.name}")


def has_gone(process: int) -> bool:
    """Tell whether a process ends within half a minute."""
    for _ in range(600):
        if not is_alive(process):
            return True
        time.sleep(0.05)
    return False


def test_folders_at_hand_hide_none_of_ours(work: Path) -> None:
    home = package(work, QUIET)
    for folder in (work, home):
        for name in ("plugins", "outputs", "connectors"):
            (folder / name).mkdir()
            (folder / name / "__init__.py").write_text("raise RuntimeError('hidden')\n", "utf-8")
    answers = ask(loading(home), seed=1)
    assert (answers.ended, [each["failures"] for each in answers.of("loaded")]) == ("", [[]])


def test_what_it_starts_ends_with_it_and_no_folder_is_left(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = work / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    answers = ask(loading(package(work, LEAVING + QUIET)), seed=1)
    assert answers.ended == ""
    assert any("启动了别的程序" in line for line in answers.problems("pure"))
    assert has_gone(wait_for(work / "left.pid"))
    assert list(folder.iterdir()) == []


def test_one_that_hangs_ends_with_the_program_that_asked(work: Path) -> None:
    home = package(work, HANGING + QUIET)
    with subprocess.Popen([sys.executable, "-c", PATIENT, str(home)]) as asking:
        hangs = wait_for(work / "hangs.pid")
        assert is_alive(hangs)
        asking.send_signal(signal.SIGKILL)
    assert has_gone(hangs)


def test_stopping_the_test_stops_what_it_started(work: Path) -> None:
    home = package(work, HANGING + QUIET)
    command = [sys.executable, "-m", "flows.cli", "plugin", "test", str(home)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as testing:
        hangs = wait_for(work / "hangs.pid")
        testing.send_signal(signal.SIGINT)
        out, errors = testing.communicate()
    assert (testing.returncode, out, errors.decode()) == (130, b"", "已停止。\n")
    assert has_gone(hangs)


def test_what_is_cut_short_by_the_end_is_passed_over(work: Path) -> None:
    home = package(work, "os._exit(3)\n")
    answers = ask(loading(home), seed=1)
    assert answers.ended == "“装载”：进程以状态 3 结束"
