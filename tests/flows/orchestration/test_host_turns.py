"""Runs of several machines that share a Prefect server take turns at a host; what holds one may die.

A cache folder of its own makes a process as good as another machine's: nothing but the server is shared.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from loopback import Loopback
from operated import ROOT, Operated, environment_of, until

from flows.operating.environment import client_environment
from flows.operating.home import Home

pytestmark = pytest.mark.prefect

SITE, SLOW = "plain", 0.2
RUN = """
import json, sys
from flows.annual import annual_collection
from flows.parameters import Collection
state = annual_collection(Collection(**json.loads(sys.argv[1])), return_state=True)
print(json.dumps([state.type.value, state.message or ""]))
"""
HOLD = """
import json, sys, threading, time
from flows.operating.turns import SharedTurns
from nianbao.turns import NoTurnError
host, options = sys.argv[1], json.loads(sys.argv[2])
try:
    with SharedTurns(**options).at(host, threading.Event()) as turn:
        print("held", round(turn.until - time.monotonic()), flush=True)
        sys.stdin.read()
except NoTurnError as error:
    print(error, flush=True)
"""


PAIR = """
import sys, threading, time
from pathlib import Path
from flows.operating.turns import SharedTurns
from nianbao.turns import MachineTurns, NoTurnError
host = sys.argv[1]
one, other = (SharedTurns(longest=0, here=MachineTurns(Path(name))) for name in ("one", "other"))
with one.at(host, threading.Event()) as turn:
    print("held", round(turn.until - time.monotonic()), flush=True)
    sys.stdin.readline()
    try:
        with other.at(host, threading.Event()):
            print("both", flush=True)
    except NoTurnError as error:
        print(error, flush=True)
    print(turn.renew(), flush=True)
with other.at(host, threading.Event()) as turn:
    print("held", round(turn.until - time.monotonic()), flush=True)
    sys.stdin.readline()
    print(turn.renew(), flush=True)
"""


def machine(
    server: Operated, cache: Path, script: str, *arguments: str, **more: str
) -> subprocess.Popen[str]:
    """Start a script that speaks with a server, on a machine of its own."""
    told = client_environment(Home(server.folder), server.address, environment_of({}))
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        env=told | {"XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(ROOT)} | more,
        cwd=cache,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def holder(
    server: Operated, cache: Path, host: str, *, environment: dict[str, str] | None = None, **options: float
) -> subprocess.Popen[str]:
    cache.mkdir(exist_ok=True)
    return machine(server, cache, HOLD, host, json.dumps(options), **environment or {})


def says(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def answer(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def limit(server: Operated, host: str) -> Any:
    (found,) = [
        each
        for each in server.post("/v2/concurrency_limits/filter", limit=200)
        if each["name"] == f"nianbao-host-{host}"
    ]
    return found


@pytest.mark.parametrize(
    "switched_on",
    [pytest.param(True, id="by turns"), pytest.param(False, id="switched off", marks=pytest.mark.long)],
)
def test_two_runs_that_collect_a_host(
    operated: Operated, loopback: Loopback, tmp_path: Path, switched_on: bool
) -> None:
    loopback.fault(SITE, "slow", seconds=SLOW)
    host = loopback.bases[SITE].removeprefix("http://")
    if not switched_on:
        wanted = {"name": f"nianbao-host-{host}", "limit": 1, "active": False}
        with operated.client() as client:
            client.delete(f"/v2/concurrency_limits/{wanted['name']}")
        operated.post("/v2/concurrency_limits/", **wanted)
    running = []
    for name in ("一", "二"):
        place = tmp_path / name
        place.mkdir()
        (place / "county.yml").write_text(loopback.profile(SITE), "utf-8")
        asked = {"source": str(place / "county.yml"), "out": str(place / "结果"), "name": name, "year": 2023}
        running.append(
            machine(operated, place, RUN, json.dumps(asked), NIANBAO_WEB_DELAY="0", NIANBAO_WORKERS="1")
        )
    ended = [json.loads(process.communicate(timeout=300)[0].splitlines()[-1]) for process in running]
    assert [kind for kind, _ in ended] == ["COMPLETED", "COMPLETED"], ended
    entries = loopback.log.of(SITE)
    assert len(entries) >= 2 * len({entry.target for entry in entries if entry.path != "/robots.txt"})
    least = min(after.at - before.at for before, after in pairwise(entries) if before.path != "/robots.txt")
    # While one answer is under way nothing else is asked for.
    assert (least >= SLOW - 0.02) is switched_on
    assert limit(operated, host)["active_slots"] == 0


def test_a_turn_is_one_machines_until_it_is_given_back_or_lost(operated: Operated, tmp_path: Path) -> None:
    process = machine(operated, tmp_path, PAIR, "www.one.example")
    assert says(process) == "held 120"
    assert limit(operated, "www.one.example")["active_slots"] == 1
    answer(process)
    assert says(process) == "另一次运行一直在采集这个网站，等了 0 秒，下次运行再采集"
    assert says(process) == "True"
    assert says(process) == "held 120"
    # An operator who deletes a limit, or a lease that ended, is noticed when it is renewed.
    wanted = limit(operated, "www.one.example")["id"]
    for path in (operated.folder / "prefect" / "concurrency_leases").glob("*-*.json"):
        if wanted in path.read_text("utf-8"):
            path.unlink()
    answer(process)
    assert says(process) == "False"
    process.communicate()


def test_a_server_that_is_away_is_not_waited_for_without_end(operated: Operated, tmp_path: Path) -> None:
    away = {"PREFECT_API_URL": "http://127.0.0.1:9/api", "PREFECT_CLIENT_MAX_RETRIES": "0"}
    process = holder(operated, tmp_path / "a", "www.three.example", environment=away, patience=0)
    assert says(process) == "调度服务 0 秒没有应答，这次不采集这个网站"
    process.communicate()


@pytest.mark.long
def test_a_holder_that_is_killed_keeps_others_out_no_longer_than_its_lease(
    operated: Operated, tmp_path: Path
) -> None:
    first = holder(operated, tmp_path / "a", "www.four.example", lease=60)
    assert says(first) == "held 60"
    first.kill()
    first.communicate()
    killed = time.monotonic()
    second = holder(operated, tmp_path / "b", "www.four.example", lease=60)
    assert says(second) == "held 60"
    # The lease, and some rounds of what looks for those that have ended (15 seconds each).
    assert 50 < time.monotonic() - killed < 180
    second.communicate()
    assert until(lambda: limit(operated, "www.four.example")["active_slots"] == 0)


@pytest.mark.long
def test_a_server_that_is_killed_forgets_no_holder(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    server = Operated(tmp_path / "server", tmp_path / "home")
    server.start()
    first = holder(server, tmp_path / "a", "www.five.example", lease=60)
    assert says(first) == "held 60"
    first.kill()
    first.communicate()
    assert server.process is not None
    server.process.kill()
    server.process.wait()
    server.start()
    assert limit(server, "www.five.example")["active_slots"] == 1
    assert until(lambda: limit(server, "www.five.example")["active_slots"] == 0, 180)
    assert server.stop() == 0
