"""The core knows nothing of the example: it is named nowhere, and the example imports `nianbao` alone."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

from kindbench import EXAMPLE, ROOT

CORE = ("nianbao", "connectors", "plugins", "outputs", "flows")
# What the example is made of; the identity tells its documents from reports, and the enum names them.
OWN = ("xinxigongkai", "disclosure.", "disclosure-tables", "本年新收", "自然人", "三安全一稳定")
MAY_NAME_THE_KIND = {
    "flows/identities.py",
    "nianbao/model/report.py",
    "plugins/extractors/identity/kind.py",
}


def sources() -> dict[str, str]:
    paths = (path for folder in CORE for path in (ROOT / folder).rglob("*") if path.suffix in (".py", ".yml"))
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in paths}


def test_the_core_does_not_name_the_example() -> None:
    named = {(name, word) for name, text in sources().items() for word in OWN if word in text}
    assert named == set()
    kinds = {name for name, text in sources().items() if "DISCLOSURE_REPORT" in text}
    assert kinds == MAY_NAME_THE_KIND
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert not any("xinxigongkai" in point for point in project["entry-points"]["nianbao"].values())


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def test_the_example_imports_nianbao_alone() -> None:
    package = EXAMPLE / "nianbao_xinxigongkai"
    names = set().union(*map(imported, package.glob("*.py")))
    own = {name for name in names if name.partition(".")[0] not in sys.stdlib_module_names}
    assert {name for name in own if not name.startswith("nianbao_xinxigongkai")} == {
        "nianbao",
        "xlsxwriter",
        "xlsxwriter.utility",
    }


def test_the_examples_own_tests_pass() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(EXAMPLE), "tests"],
        cwd=EXAMPLE,
        env={"PATH": "/usr/bin:/bin", "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 passed" in done.stdout
