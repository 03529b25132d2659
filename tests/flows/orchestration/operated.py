"""A server as `nianbao server` starts it, for the tests of this folder, and real requests to it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[3]
# An operator's server looks every few seconds; tests have no time for that.
HASTE = {
    "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "1",
    "PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS": "1",
    "PREFECT_WORKER_QUERY_SECONDS": "1",
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def nianbao(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "flows.cli", *arguments],
        cwd=cwd,
        env=environment_of(environment),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def environment_of(given: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return kept | {"PYTHONUTF8": "1", "PYTHONPATH": path} | given


class _Patient(httpx.Client):
    """Asks again where the server's database is busy, as Prefect's own clients do."""

    def send(self, request: httpx.Request, **how: Any) -> httpx.Response:
        for _ in range(20):
            answer = super().send(request, **how)
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                break
            time.sleep(3)
        return answer


@dataclass
class Operated:
    """A running server.

    Args:
        folder: its own.
        user: the home of the user that started it.
        port: where it answers.
    """

    folder: Path
    user: Path
    port: int = field(default_factory=free_port)
    more: tuple[str, ...] = ()
    process: subprocess.Popen[str] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def password(self) -> str:
        return (self.folder / "password.txt").read_text("utf-8").strip()

    def start(self) -> list[str]:
        """Start it; return what it said until it was up."""
        command = ["server", "--port", str(self.port), "--folder", str(self.folder), *self.more]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "flows.cli", *command],
            cwd=self.user,
            env=environment_of({"HOME": str(self.user)} | HASTE),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout is not None
        said = []
        for line in self.process.stdout:
            said.append(line.rstrip())
            if "按 Ctrl-C 停止" in line:
                return said
        raise AssertionError("\n".join(said))

    def stop(self) -> int:
        """Press Ctrl-C; return the exit status."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(300)

    def anybody(self) -> httpx.Client:
        """Return a client that knows nothing but the address; a busy machine's server takes its time."""
        return httpx.Client(base_url=self.address, timeout=300)

    def client(self) -> httpx.Client:
        """Return a client that has the password and the token that forms need."""
        user, _, word = self.password.partition(":")
        base, asked = f"{self.address}/api", {"client": "test"}
        token = httpx.get(f"{base}/csrf-token", params=asked, auth=(user, word), timeout=300).json()["token"]
        headers = {"Prefect-Csrf-Token": token, "Prefect-Csrf-Client": "test"}
        return _Patient(base_url=base, auth=(user, word), headers=headers, timeout=300)

    def post(self, path: str, **body: Any) -> Any:
        with self.client() as client:
            answer = client.post(path, json=body)
            assert answer.is_success, answer.text
            return answer.json() if answer.content else None


def processes_of(folder: Path) -> list[int]:
    """Return the processes that were started for a server's folder."""
    wanted = f"NIANBAO_SERVER_CHILD={folder}\0".encode()
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if wanted in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def until(look: Callable[[], Any], seconds: float = 300) -> Any:
    """Look again and again until there is something."""
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.3)
    return found
