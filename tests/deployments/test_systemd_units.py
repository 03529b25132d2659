"""The systemd units: what systemd itself says of them, in a root of their own; it need not be running."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from tools import DEPLOYMENTS, broken, program, told_by

from flows.operating import children, home

UNITS = DEPLOYMENTS / "systemd"
SYSTEM = (UNITS / "nianbao.service", UNITS / "nianbao-worker.service")
OF_USER = UNITS / "user" / "nianbao.service"
EVERY = (*SYSTEM, OF_USER)
# systemd's own measure from 0 (held in all) to 10, times ten.
EXPOSURE, EXPOSURE_OF_USER = 20, 75
_DEBIAN = "Debian: systemd"


def value_of(unit: Path, name: str) -> str:
    (found,) = re.findall(rf"^{name}=(.*)$", unit.read_text("utf-8"), re.MULTILINE)
    return str(found)


def verified(unit: Path, root: Path) -> str:
    """Return what systemd says of a unit, installed as docs/deploying.md tells; nothing where it is well."""
    analyze = program("systemd-analyze", _DEBIAN)
    for name in ("nianbao", "python"):
        path = root / "opt/nianbao/bin" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/sh\n")
        path.chmod(0o755)
    place = root / "etc/systemd/system"
    place.mkdir(parents=True)
    shutil.copy(unit, place)
    # The targets that units hang on.
    shutil.copytree("/usr/lib/systemd/system", root / "usr/lib/systemd/system", symlinks=True)
    (root / "lib").symlink_to("usr/lib")
    return told_by([analyze, "verify", "--man=no", f"--root={root}", str(place / unit.name)])[1]


def verified_of_user(unit: Path, root: Path) -> str:
    """Return what systemd says of a unit of a user's own."""
    analyze = program("systemd-analyze", _DEBIAN)
    path = root / "home/nianbao/.venv/bin/nianbao"
    path.parent.mkdir(parents=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    (root / "run").mkdir()
    given = {"HOME": str(root / "home"), "XDG_RUNTIME_DIR": str(root / "run")}
    return told_by([analyze, "verify", "--user", "--man=no", str(unit)], **given)[1]


@pytest.mark.parametrize("unit", SYSTEM, ids=lambda unit: unit.stem)
def test_systemd_takes_it_without_a_word(unit: Path, tmp_path: Path) -> None:
    assert verified(unit, tmp_path) == ""


def test_systemd_takes_the_users_without_a_word(tmp_path: Path) -> None:
    assert verified_of_user(OF_USER, tmp_path) == ""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Restart=on-failure", "Restart=on-failures", "restart specifier"),
        ("ExecStart=/opt/nianbao", "ExecStart=/opt/elsewhere", "not executable"),
        ("NoNewPrivileges=", "NoNewPrivilege=", "Unknown key"),
        ("SystemCallFilter=@system-service", "SystemCallFilter=@system-servise", "@system-servise"),
        ("TimeoutStopSec=60", "TimeoutStopSec=an hour", "time value"),
        ("MemoryMax=85%", "MemoryMax=85 percent", "memory limit"),
        ("[Service]", "[Servise]", "Servise"),
    ],
    ids=["restart", "program", "key", "filter", "seconds", "memory", "section"],
)
def test_systemd_finds_a_mistake(old: str, new: str, told: str, tmp_path: Path) -> None:
    assert told in verified(broken(SYSTEM[0], old, new, tmp_path), tmp_path / "root")


@pytest.mark.parametrize("unit", EVERY, ids=lambda unit: f"{unit.parent.name}-{unit.stem}")
def test_what_it_is_exposed_to_is_bounded(unit: Path) -> None:
    status, said = exposure(unit)
    assert status == 0, said


@pytest.mark.parametrize(
    "line",
    [
        "NoNewPrivileges=true",
        "ProtectSystem=strict",
        "CapabilityBoundingSet=",
        "SystemCallFilter=@system-service",
    ],
)
def test_what_is_left_out_is_found(line: str, tmp_path: Path) -> None:
    """Each of these alone is worth more than what the bound leaves over."""
    status, _ = exposure(broken(SYSTEM[0], f"{line}\n", "", tmp_path), measured(SYSTEM[0]))
    assert status != 0


def exposure(unit: Path, most: int = 0) -> tuple[int, str]:
    analyze = program("systemd-analyze", _DEBIAN)
    bound = most or (EXPOSURE_OF_USER if unit == OF_USER else EXPOSURE)
    return told_by([analyze, "security", "--offline=true", f"--threshold={bound}", "--no-pager", str(unit)])


def measured(unit: Path) -> int:
    (found,) = re.findall(r"exposure level for .*: ([\d.]+) ", exposure(unit)[1])
    return round(float(found) * 10)


@pytest.mark.parametrize("unit", EVERY, ids=lambda unit: f"{unit.parent.name}-{unit.stem}")
def test_it_is_started_again_and_ended_as_the_program_ends(unit: Path) -> None:
    assert value_of(unit, "Restart") == "on-failure"
    # A wrong use is as wrong the next time (docs/cli.md).
    assert value_of(unit, "RestartPreventExitStatus") == "2"
    # The program is told, and ends its processes itself; what is left after it is killed.
    assert value_of(unit, "KillMode") == "mixed"
    # What runs, the worker, the server, and what may be left of them, one after the other.
    assert int(value_of(unit, "TimeoutStopSec")) > 4 * children._PATIENCE


def test_the_users_of_the_units_are_made(tmp_path: Path) -> None:
    sysusers = program("systemd-sysusers", _DEBIAN)
    (tmp_path / "etc").mkdir()
    status, said = told_by([sysusers, f"--root={tmp_path}", str(UNITS / "nianbao.sysusers")])
    assert status == 0, said
    (row,) = (tmp_path / "etc/passwd").read_text().splitlines()
    name, *_, folder, shell = row.split(":")
    for unit in SYSTEM:
        assert value_of(unit, "User") == name
        assert f"HOME={folder}" in unit.read_text("utf-8")
        assert value_of(unit, "StateDirectory") == Path(folder).name
    assert shell == "/usr/sbin/nologin"
    assert name == home.USER


def test_the_arguments_are_those_of_the_programs() -> None:
    for unit, command in ((SYSTEM[0], ["nianbao", "server"]), (OF_USER, ["nianbao", "server"])):
        words = value_of(unit, "ExecStart").split()
        assert [Path(words[0]).name, words[1]] == command
        assert options(words) <= {"--port", "--runs", "--folder", "--database"}
    words = value_of(SYSTEM[1], "ExecStart").split()
    assert words[1:4] == ["-m", "flows.operating.parts", "worker"]
    assert options(words) <= {"--server", "--runs", "--password-file", "--name"}


def options(words: list[str]) -> set[str]:
    return {word for word in words if word.startswith("--")}
