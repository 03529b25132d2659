"""A systemd in namespaces of its own, with the units of deployments/systemd and nothing else of a machine.

It is the real one, as process 1: it makes the folders, the sandbox and the filters of a unit, starts its
program again, and ends it. Its network is this machine's; limits of memory and tasks are not in force here.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from needs import lacking
from tools import DEPLOYMENTS, ROOT, program, told_by

UNITS = DEPLOYMENTS / "systemd"
SYSTEMD = Path("/lib/systemd/systemd")
PASSWORD = "nianbao:geheim"
_USER = 999
# Here, as on a machine, the program stands under /opt: what stands under /root a unit can't see.
_PYTHON = "/opt/python"
_LINKS = ("bin", "sbin", "lib", "lib64")
_BARE = (
    "sysinit",
    "basic",
    "sockets",
    "timers",
    "paths",
    "slices",
    "multi-user",
    "network",
    "network-online",
)


def need_systemd() -> None:
    """Pass where one can be started: by root, with the second kind of control groups."""
    if os.geteuid() or not SYSTEMD.exists():
        lacking("needs root and systemd (Debian: systemd)")
    if _control_groups() is None:
        lacking("needs control groups of the second kind")


def _control_groups() -> Path | None:
    """Return where the control groups are mounted, if it is those that systemd wants."""
    rows = [line.split() for line in Path("/proc/self/mounts").read_text().splitlines()]
    return next((Path(row[1]) for row in rows if row[2] == "cgroup2"), None)


@dataclass
class Booted:
    """A systemd and what it has started.

    Args:
        folder: of its files.
        port: of the server in nianbao.service.
    """

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    group: Path | None = field(default=None, init=False)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def lay_out(self) -> None:
        """Write the files of a machine that docs/deploying.md was followed on."""
        for name in ("etc/systemd/system", "etc/nianbao", "opt/bin", "srv/reports", "var/server", "units"):
            (self.folder / name).mkdir(parents=True)
        for name in _BARE:
            self.write(f"units/{name}.target", f"[Unit]\nDescription={name}\n")
        for name in ("shutdown", "umount", "final"):
            shutil.copy(f"/usr/lib/systemd/system/{name}.target", self.folder / "units")
        self.write(
            "etc/passwd", f"root:x:0:0::/:/bin/sh\nnianbao:x:{_USER}:{_USER}::/var/lib/nianbao:/bin/false\n"
        )
        self.write("etc/group", f"root:x:0:\nnianbao:x:{_USER}:\n")
        self.write("etc/hosts", "127.0.0.1 localhost\n")
        self.write("etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n")
        self.write("etc/machine-id", f"{1:032x}\n")
        shutil.copy("/etc/ld.so.cache", self.folder / "etc")
        # What an installation under /opt finds by itself.
        site = next(path for path in sys.path if path.endswith("site-packages"))
        told = f"PYTHONPATH={ROOT}:{site}\nLD_LIBRARY_PATH={_PYTHON}/lib\n"
        haste = "PREFECT_WORKER_QUERY_SECONDS=1\n"
        self.write("etc/nianbao/server.env", told + haste, 0o600)
        self.write("etc/nianbao/worker.env", f"{told}NIANBAO_WORKER_SERVER={self.address}\n", 0o600)
        self.write("etc/nianbao/password", PASSWORD, 0o600)
        self.write("var/server/password.txt", PASSWORD, 0o600)
        python = f"#!/bin/sh\nexec {_PYTHON}/bin/python3 "
        self.write("opt/bin/python", f'{python}"$@"\n', 0o755)
        self.write("opt/bin/nianbao", f'{python}-m flows.cli "$@"\n', 0o755)
        for unit in UNITS.glob("*.service"):
            text = unit.read_text("utf-8").replace("--port 4200", f"--port {self.port}")
            self.write(f"etc/systemd/system/{unit.name}", text)
            log = f"append:/srv/nianbao/{unit.stem}.log"
            more = f"[Service]\nStandardOutput={log}\nStandardError={log}\n"
            self.write(f"etc/systemd/system/{unit.name}.d/log.conf", more)
        self.write("etc/systemd/system/box.target", "[Unit]\nDescription=box\nWants=nianbao.service\n")
        for path in (self.folder / "srv", self.folder / "var", *(self.folder / "var").rglob("*")):
            os.chown(path, _USER, _USER)

    def write(self, name: str, text: str, mode: int = 0o644) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        path.chmod(mode)

    def start(self) -> None:
        """Start it; nianbao.service comes with it."""
        ways = (
            "/etc",
            "/opt/nianbao/bin",
            "/srv/nianbao",
            "/sys/fs/cgroup",
            "/var/cache",
            "/var/lib",
            "/root",
            "/home",
            "/run",
        )
        deep = sorted(
            {str(way) for each in (*ways, str(ROOT), sys.prefix) for way in (Path(each), *Path(each).parents)}
        )
        boot = f"{SYSTEMD} --system --unit=box.target --log-target=console"
        command = [
            program("bwrap", "Debian: bubblewrap"),
            *("--unshare-pid", "--unshare-uts", "--unshare-ipc", "--unshare-cgroup", "--as-pid-1"),
            *("--die-with-parent", "--cap-add", "ALL", "--clearenv"),
            *("--setenv", "container", "bwrap", "--setenv", "PATH", "/usr/bin:/bin"),
            *(word for way in deep[1:] for word in ("--perms", "0755", "--dir", way)),
            *("--ro-bind", "/usr", "/usr"),
            *(word for name in _LINKS for word in ("--symlink", f"usr/{name}", f"/{name}")),
            *self._bound("units", "/usr/lib/systemd/system"),
            *self._bound("etc", "/etc"),
            *("--ro-bind", str(ROOT), str(ROOT), "--ro-bind", sys.prefix, sys.prefix),
            *("--ro-bind", sys.base_prefix, _PYTHON),
            *self._bound("opt/bin", "/opt/nianbao/bin"),
            *self._bound("srv", "/srv/nianbao"),
            *self._bound("var", "/var/lib/nianbao"),
            *(
                "--proc",
                "/proc",
                "--dev",
                "/dev",
                "--perms",
                "0755",
                "--tmpfs",
                "/run",
                "--tmpfs",
                "/var/cache",
            ),
            *(
                word
                for path in ("/tmp", "/var/tmp", "/dev/shm")
                for word in ("--perms", "1777", "--tmpfs", path)
            ),
            *(
                "--",
                "/bin/sh",
                "-c",
                f"mount --make-rshared / && mount -t cgroup2 none /sys/fs/cgroup && exec {boot}",
            ),
        ]
        groups = _control_groups()
        assert groups is not None
        # A branch of its own: this machine's groups are left alone.
        self.group = groups / f"nianbao-test-{os.getpid()}"
        self.group.mkdir()
        entering = ["/bin/sh", "-c", 'echo $$ > "$0/cgroup.procs" && exec "$@"', str(self.group), *command]
        with (self.folder / "console").open("wb") as console:
            self.process = subprocess.Popen(
                entering, stdin=subprocess.DEVNULL, stdout=console, stderr=console
            )

    def _bound(self, name: str, place: str) -> tuple[str, str, str]:
        return "--bind", str(self.folder / name), place

    def inside(self, *command: str) -> tuple[int, str]:
        """Run a command of root's where the units are."""
        return told_by(["nsenter", f"--target={self._first()}", "--mount", "--pid", *command])

    def as_user(self, *command: str) -> tuple[int, str]:
        """Run a command of the units' user's where its reports are."""
        given = (self.folder / "etc/nianbao/server.env").read_text().split()
        given += ["PATH=/usr/bin:/bin", "HOME=/var/lib/nianbao", "XDG_CACHE_HOME=/tmp", "PYTHONUTF8=1"]
        ids = (f"--reuid={_USER}", f"--regid={_USER}", "--clear-groups")
        return self.inside("setpriv", *ids, "env", "--chdir=/srv/nianbao", "-i", *given, *command)

    def _first(self) -> int:
        """Return the number, out here, of its process 1."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        (first,) = children.read_text().split()
        return int(first)

    def shown(self, unit: str, name: str) -> str:
        status, said = self.inside("systemctl", "show", unit, f"--property={name}", "--value")
        assert status == 0, said
        return said.strip()

    def log(self, unit: str) -> str:
        path = self.folder / "srv" / f"{unit}.log"
        return path.read_text("utf-8") if path.exists() else ""

    def until(self, look: Callable[[], Any], limit: float = 500) -> Any:
        """Look again and again until there is something."""
        end = time.monotonic() + limit
        while not (found := look()):
            assert self.process is not None
            console = (self.folder / "console").read_text(errors="replace")
            told = "\n".join((console, self.log("nianbao"), self.log("nianbao-worker")))
            assert self.process.poll() is None, told
            assert time.monotonic() < end, told
            time.sleep(0.5)
        return found

    def end(self) -> None:
        """End all of it."""
        if self.process is not None and self.process.poll() is None:
            os.kill(self._first(), signal.SIGKILL)
            self.process.wait(60)
        if self.group is not None:
            for path in (*sorted(self.group.rglob("*/"), reverse=True), self.group):
                self.until_gone(path)

    @staticmethod
    def until_gone(group: Path) -> None:
        """Remove a control group, as soon as the last process in it has ended."""
        for _ in range(100):
            with suppress(OSError):
                group.rmdir()
            if not group.exists():
                return
            time.sleep(0.1)
