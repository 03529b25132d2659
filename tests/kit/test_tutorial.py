"""docs/plugins.md is true: its commands run word for word, its rules and hooks are those in force."""

from __future__ import annotations

import dataclasses
import inspect
import json
import os
import re
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from nianbao import hookspecs
from nianbao.manager import RECORD_HOOKS

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
import write_docs  # noqa: E402  it is no package

PAGE = (ROOT / "docs" / "plugins.md").read_text("utf-8")
COMMANDS = "\n".join(re.findall(r"^```bash\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))


def environment(folder: Path) -> dict[str, str]:
    """Make a virtual environment that borrows nianbao, what it needs, and pip from this one."""
    venv.create(folder)
    paths = sysconfig.get_paths(vars={"base": str(folder), "platbase": str(folder)})
    ours = [sysconfig.get_paths()["purelib"], str(ROOT)]
    lines = [f"import site; site.addsitedir({ours[0]!r})", ours[1]]
    Path(paths["purelib"], "nianbao-here.pth").write_text("\n".join(lines) + "\n", "utf-8")
    script = Path(paths["scripts"], "nianbao")
    script.write_text(
        f"#!{folder}/bin/python\nimport sys\nfrom flows.cli import main\n"
        'if __name__ == "__main__":\n    sys.exit(main())\n',
        "utf-8",
    )
    script.chmod(0o755)
    search = os.pathsep.join([paths["scripts"], os.environ["PATH"]])
    return os.environ | {"PATH": search, "PYTHONUTF8": "1", "VIRTUAL_ENV": str(folder)}


@pytest.mark.prefect
def test_the_tutorial_runs_word_for_word(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    variables = environment(tmp_path / "env")
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", COMMANDS],
        cwd=work,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert done.stdout.count("11 项检查，全部通过") == 2
    [report] = map(json.loads, (work / "报告.jsonl").read_text("utf-8").splitlines())
    values = {figure["indicator"]: figure["value"] for figure in report["figures"]}
    assert values["zhejiang.discussion_pavilions"] == 14
    assert values["zhejiang.law_stations"] == 3
    assert list((work / "结果").glob("*.xlsx"))
    tested = subprocess.run(
        ["python", "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=work / "nianbao-zhejiang",
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "2 passed" in tested.stdout, tested.stdout


def test_the_rules_of_the_page_are_those_of_the_suite() -> None:
    from nianbao.kit import conformance

    source = inspect.getsource(conformance)
    _, _, table = PAGE.partition("| Rule | Asks |")
    rules = re.findall(r"^\| (\S+) \| ", table.partition("\n\n")[0].replace("|---|---|", ""), re.MULTILINE)
    assert len(rules) == 11
    assert [rule for rule in rules if f'"{rule}' not in source] == []


@pytest.mark.parametrize("name", [*RECORD_HOOKS, "nianbao_settle"])
def test_every_hook_and_field_is_told(name: str) -> None:
    _, _, part = PAGE.partition(f"### {name}\n")
    part = part.partition("\n### ")[0]
    hook = getattr(hookspecs, name)
    assert f"`{name}(" in part
    assert (inspect.getdoc(hook) or "").splitlines()[0] in part
    for parameter in inspect.signature(hook).parameters:
        assert re.search(rf"^- `{parameter}`: \S", part, re.MULTILINE)
    fields = dataclasses.fields(RECORD_HOOKS[name]) if name in RECORD_HOOKS else ()
    for field in fields:
        assert re.search(rf"^\| `{field.name}` \| .+ \| .+ \| .*\w.* \|$", part, re.MULTILINE)


def test_no_hook_is_left_out() -> None:
    told = re.findall(r"^### (nianbao_\w+)$", PAGE, re.MULTILINE)
    assert told == [*RECORD_HOOKS, "nianbao_settle"]
    assert {name for name in vars(hookspecs) if name.startswith("nianbao_")} == set(told)


def test_a_field_without_a_word_is_refused() -> None:
    @dataclasses.dataclass
    class Wordless:
        """Has a field that nobody describes.

        Args:
            told: this one is.
        """

        told: str
        untold: str

    with pytest.raises(KeyError, match="untold"):
        write_docs._fields(Wordless)
