"""Turns at a host among the processes of a machine: one at a time, given back however a holder ends."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextvars import copy_context
from pathlib import Path

import pytest

from nianbao.turns import TURNS, MachineTurns, NoTurnError, told_time, turns_here, wait_for

HOST = "www.lanxi.example"
HOLD = """
import sys, threading
from pathlib import Path
from nianbao.turns import MachineTurns
with MachineTurns(Path(sys.argv[1])).at(sys.argv[2], threading.Event()):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(folder: Path, host: str = HOST) -> subprocess.Popen[str]:
    """Start a process that holds a host until its standard input is closed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder), host],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def is_free(folder: Path, host: str = HOST) -> bool:
    try:
        with MachineTurns(folder, longest=0).at(host, threading.Event()):
            return True
    except NoTurnError:
        return False


def test_a_host_is_one_process_at_a_time(tmp_path: Path) -> None:
    process = holder(tmp_path)
    assert not is_free(tmp_path)
    assert is_free(tmp_path, "www.other.example")
    process.communicate()
    assert is_free(tmp_path)


def test_a_holder_that_is_killed_keeps_nobody_waiting(tmp_path: Path) -> None:
    process = holder(tmp_path)
    process.kill()
    process.communicate()
    assert is_free(tmp_path)


def test_two_threads_of_a_process_take_turns_as_well(tmp_path: Path) -> None:
    with MachineTurns(tmp_path).at(HOST, threading.Event()) as turn:
        assert (turn.until, turn.every, turn.renew()) == (float("inf"), None, True)
        assert not is_free(tmp_path)
    assert is_free(tmp_path)


def test_who_waits_for_too_long_is_told_why(tmp_path: Path) -> None:
    with (
        MachineTurns(tmp_path).at(HOST, threading.Event()),
        pytest.raises(NoTurnError, match=r"^另一次运行一直在采集这个网站，等了 0 秒，下次运行再采集$"),
        MachineTurns(tmp_path, longest=0).at(HOST, threading.Event()),
    ):
        pytest.fail("both were let in")


def test_a_wait_that_nobody_is_interested_in_ends(tmp_path: Path) -> None:
    given_up = threading.Event()
    given_up.set()
    with (
        MachineTurns(tmp_path).at(HOST, threading.Event()),
        pytest.raises(NoTurnError),
        MachineTurns(tmp_path).at(HOST, given_up),
    ):
        pytest.fail("both were let in")


def test_where_no_file_can_be_everybody_is_let_in(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    assert is_free(tmp_path / "file" / "hosts")


def test_no_name_leads_out_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "hosts"
    for host in ("[::1]:8080", "../../outside"):
        with MachineTurns(folder).at(host, threading.Event()):
            assert not is_free(folder, host)
    assert {path.parent for path in tmp_path.rglob("*.lock")} <= {folder}


def test_a_wait_goes_on_until_it_is_our_turn() -> None:
    tries = iter([False, False, True])
    wait_for(lambda: next(tries), HOST, threading.Event(), 60, lambda: 0)
    assert list(tries) == []


def test_who_sets_other_turns_gets_them_in_his_own_context_alone(tmp_path: Path) -> None:
    ours = MachineTurns(tmp_path)

    def inside() -> None:
        TURNS.set(ours)
        assert turns_here() is ours

    copy_context().run(inside)
    assert turns_here() is not ours


def test_times_in_chinese() -> None:
    assert [told_time(each) for each in (5, 300, 7200)] == ["5 秒", "5 分钟", "2 小时"]
