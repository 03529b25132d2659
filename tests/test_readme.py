"""The READMEs and the docs are true: what they show, name, link to and promise."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import pytest
import yaml

from flows import cli
from flows.request import Request
from flows.summary import EXIT_STATUS
from nianbao import Filing, hookspecs, records, steps
from nianbao.catalogue import AREAS, Catalogue, cards, load_catalogue
from nianbao.grammar.reading import read_text
from nianbao.grammar.units import UnitClass
from nianbao.manager import ENTRY_POINTS, RECORD_HOOKS, Registry, build_registry
from nianbao.model import Observation, Report, Status
from nianbao.settings import PREFIX, Settings
from nianbao.steps import make_context, process

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
import write_docs  # noqa: E402  it is no package

ENGLISH, CHINESE = "README.md", "README.zh-CN.md"
DOCS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md"))
GROUPS = {group.name for group in cli.app.registered_groups}
PAGES = (ENGLISH, CHINESE, "CHANGELOG.md", *DOCS)
BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
SAMPLE = "samples/reports/柳桥埠街道2023年度法治政府建设工作报告.html"


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    return [found["code"] for found in BLOCK.finditer(page(name)) if found["language"] == language]


def commands(name: str) -> list[list[str]]:
    lines = "".join(blocks(name, "bash")).splitlines()
    return [shlex.split(line.partition(" > ")[0]) for line in lines]


def shown() -> Iterator[object]:
    for path in write_docs.documents():
        for found in write_docs.SHOWN.finditer(path.read_text(encoding="utf-8")):
            subject = found["subject"]
            marks = [pytest.mark.prefect] if re.match(r"nianbao run (?!--help)", subject) else []
            name = path.relative_to(ROOT).as_posix()
            yield pytest.param(subject, found["body"], id=f"{name}: {subject}", marks=marks)


@pytest.mark.parametrize(("subject", "body"), list(shown()))
def test_what_is_shown_is_what_comes_out(subject: str, body: str) -> None:
    assert body == write_docs.made(subject), "run `make docs`, and read what has changed"


def test_both_readmes_are_the_same_page() -> None:
    headings = [len(re.findall(r"^(#+) ", page(name), re.MULTILINE)) for name in (ENGLISH, CHINESE)]
    assert headings[0] == headings[1]
    for language in ("bash", "python", "toml", "json", "text"):
        assert blocks(ENGLISH, language) == blocks(CHINESE, language)
    assert {target for target in LINK.findall(page(ENGLISH)) if target.startswith("docs/")} == {
        target for target in LINK.findall(page(CHINESE)) if target.startswith("docs/")
    }


@cache
def help_of(*command: str) -> str:
    return write_docs.output_of(shlex.join(["nianbao", *command, "--help"]))


@pytest.mark.parametrize("command", commands(ENGLISH), ids=" ".join)
def test_every_command_exists(command: list[str]) -> None:
    program, *words = [word for word in command if word != "."]
    match Path(program).name:
        case "nianbao":
            subcommand = words[: 2 if words[0] in GROUPS else 1] if not words[0].startswith("-") else []
            options = set(re.findall(r"(?<!\w)--[a-z-]+", help_of(*subcommand)))
            assert {word for word in words if word.startswith("--")} <= options
        case "make":
            assert set(words) <= set(re.findall(r"^([a-z-]+):", page("Makefile"), re.MULTILINE))
        case "python" | "python3":
            assert words[:2] in (["-m", "venv"], ["-m", "pip"])
        case "activate":
            assert not words
        case other:
            pytest.fail(f"nobody checks {other}")


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name: str) -> None:
    for target in LINK.findall(page(name)):
        if not target.startswith("https://"):
            path, _, anchor = target.partition("#")
            found = (ROOT / name).parent.joinpath(path) if path else ROOT / name
            assert found.exists(), target
            assert not anchor or anchor in anchors(found.read_text("utf-8")), target


def test_anchors_are_those_of_headings() -> None:
    text = "# A title, plain\n## `nianbao run` and more\n```bash\n# no heading\n```\n"
    assert anchors(text) == {"a-title-plain", "nianbao-run-and-more"}


def anchors(text: str) -> set[str]:
    """Return the anchors of a page's headings, as its readers' sites make them."""
    headings = re.findall(
        r"^#+ (.+)$", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL), re.MULTILINE
    )
    return {re.sub(r"[^\w\- ]", "", each.lower()).strip().replace(" ", "-") for each in headings}


def test_paths_in_the_docs_exist() -> None:
    told = {path for name in PAGES for path in re.findall(r"`((?:[a-z]+/)+[\w.]*)`", page(name))}
    assert told
    missing = {path for path in told if not (ROOT / path).exists()}
    assert missing <= {"out/demo"}


def test_every_hook_is_documented() -> None:
    hooks = {name for name in dir(hookspecs) if name.startswith("nianbao_")}
    assert hooks == {*RECORD_HOOKS, "nianbao_settle"}
    table = write_docs.hooks_table()
    assert table in page("docs/architecture.md")
    for name in hooks:
        assert f"`{name}(" in table
    for kind in RECORD_HOOKS.values():
        assert all(field.name in (getattr(records, kind.__name__).__doc__ or "") for field in fields(kind))


def test_the_steps_are_those_of_the_main_line() -> None:
    _, _, table = page("docs/architecture.md").partition("| Step |")
    told = re.findall(
        r"`(\w+)`", "".join(re.findall(r"^\| \w+ \| (.*?) \|", table.split("\n\n")[0], re.MULTILINE))
    )
    assert len(told) == 8
    assert all(callable(getattr(steps, name)) for name in told)


@pytest.mark.parametrize("name", [ENGLISH, CHINESE, "docs/cli.md"])
def test_exit_statuses_are_those_of_the_program(name: str) -> None:
    told = {int(status) for status in re.findall(r"^\| (\d+) \| ", page(name), re.MULTILINE)}
    common = {*EXIT_STATUS.values(), 2, cli.STOPPED}
    assert common <= told <= common | {4, 5}, "4 and 5 are those of nianbao check alone"


def test_sheets_are_those_of_the_workbook() -> None:
    from outputs.workbook import terms

    sheets = [terms.OVERVIEW, terms.SUMMARY, terms.DETAILS, terms.FINDINGS, terms.ROSTER, terms.DICTIONARY]
    for name in (ENGLISH, CHINESE):
        told = re.findall(r"^\| (\S+) \| ", page(name), re.MULTILINE)
        assert [sheet for sheet in told if sheet in sheets] == sheets


def test_every_setting_is_documented() -> None:
    told = dict(re.findall(r"^\| `(\w+)` \| `(\w+)` \|", page("docs/cli.md"), re.MULTILINE))
    assert all(variable == f"{PREFIX}{name.upper()}" for name, variable in told.items())
    assert {name for name in Settings.model_fields if f"`{name}`" not in page("docs/cli.md")} == set()
    request = Request("", Path())
    defaults = {"batch_size": request.batch_size, "file_seconds": int(request.limit)}
    for name, default in defaults.items():
        assert Settings.model_fields[name].default == default
        assert f"`{PREFIX}{name.upper()}`" in page("docs/cli.md")
        assert re.search(rf"^\| `{name}` .*\| {default} \|$", page("docs/cli.md"), re.MULTILINE)


def test_keys_of_extract_are_documented() -> None:
    report = json.loads(write_docs.output_of(f"nianbao extract --with-text {SAMPLE}"))
    told = page("docs/cli.md")
    rows = [row for rows in report.values() if isinstance(rows, list) for row in rows]
    keys = {*report, *(key for row in rows if isinstance(row, dict) for key in row)}
    assert {key for key in keys if f"`{key}`" not in told} == set()


def test_evidence_can_be_checked_as_the_readme_does() -> None:
    [code] = [code for code in blocks(ENGLISH, "python") if "subprocess" in code]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    counted = f"{code}\nprint(len(lines.splitlines()))"
    done = subprocess.run(
        [sys.executable, "-c", counted],
        cwd=ROOT,
        env=os.environ | {"PATH": path, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) == len([path for path in (ROOT / "samples/reports").iterdir() if path.is_file()])


@pytest.fixture
def with_the_readmes_plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    [code] = [code for code in blocks(ENGLISH, "python") if "@hookimpl" in code]
    [project] = blocks(ENGLISH, "toml")
    [(name, module)] = tomllib.loads(project)["project"]["entry-points"][ENTRY_POINTS].items()
    (tmp_path / f"{module}.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return build_registry([*entry_points(group=ENTRY_POINTS), EntryPoint(name, module, ENTRY_POINTS)])


def test_the_plugin_of_the_readme_works(with_the_readmes_plugin: Registry) -> None:
    assert with_the_readmes_plugin.failures == ()
    found = {}
    for path in sorted((ROOT / "samples/reports").glob("*2023*")):
        processed = process(with_the_readmes_plugin, Filing("folder", str(path), path.name), make_context())
        for report in processed.reports:
            if report.status is Status.COMPLETE:
                rules = {finding.rule for finding in report.findings}
                told = {figure.indicator for figure in report.figures}
                found[path.name] = ("songyang.counsel" in rules, "legal_counsels" in told)
    assert set(found.values()) == {(True, False), (False, True)}


def test_every_key_of_a_card_is_documented() -> None:
    told = page("docs/catalogue.md")
    first, second = told.split("| Key of a cue |")
    assert set(re.findall(r"^\| `(\w+)`", first, re.MULTILINE)) == cards._CARD_KEYS
    assert (
        set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", second, re.MULTILINE))))
        == cards._CUE_KEYS
    )
    for name in (*cards.DIMENSIONS, *AREAS, *UnitClass, *cards._SIDES):
        assert f"`{name}`" in told


def test_the_card_of_the_docs_finds_its_examples() -> None:
    from plugins.extractors.indicators.engine import engine_for

    [text] = blocks("docs/catalogue.md", "yaml")
    [(name, data)] = yaml.safe_load(text).items()
    card = cards.make_card(name, "disputes", data, where="docs/catalogue.md")
    ours = load_catalogue()
    engine = engine_for(Catalogue({**ours.indicators, name: card}, ours.units, "with the docs' card"))
    report = Report("", "", Status.COMPLETE)
    for example in (*card.examples, *card.counterexamples):
        statements = engine.extract(read_text(example.text, ours.units), report)
        found = [str(o.value) for o in statements if isinstance(o, Observation) and o.indicator == name]
        assert (example.text, tuple(found)) == (example.text, example.values)
