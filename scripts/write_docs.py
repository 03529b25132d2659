"""Writes what the docs show of the program: its output, its help, its hooks.

Between `<!-- shows: SUBJECT -->` and `<!-- end -->` stands what this program wrote: what a command prints,
or what one of the functions below makes. `make docs` writes it anew; the tests compare.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from nianbao import hookspecs
from nianbao.manager import RECORD_HOOKS

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = "samples/reports/青石滩镇2023年法治政府建设年度报告.docx"
WIDTH = "88"
SHOWN = re.compile(
    r"(?<=<!-- shows: )(?P<subject>[^\n]+?) -->\n(?P<body>(?:(?!<!-- end).)*?)\n?<!-- end -->", re.DOTALL
)


def documents() -> tuple[Path, ...]:
    """Return the Markdown files that show something."""
    return tuple(
        path
        for path in (ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").glob("*.md")))
        if SHOWN.search(path.read_text(encoding="utf-8"))
    )


@cache
def made(subject: str) -> str:
    """Return what is to stand under a subject.

    Args:
        subject: `hooks`, `hook reference`, `one report`, or a command that begins with `nianbao`.
    """
    match subject:
        case "hooks":
            return hooks_table()
        case "hook reference":
            return hook_reference()
        case "one report":
            return fenced("json", abridged(output_of(f"nianbao extract {SAMPLE}")))
    return fenced("text", output_of(subject))


def output_of(command: str) -> str:
    """Return what a nianbao command prints on standard output, run beside a link to the samples."""
    program, *arguments = shlex.split(command)
    if program != "nianbao":
        raise ValueError(f"not a command of nianbao: {command}")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "samples").symlink_to(ROOT / "samples")
        done = subprocess.run(
            [sys.executable, "-m", "flows.cli", *arguments],
            cwd=folder,
            env=os.environ | {"COLUMNS": WIDTH, "PYTHONUTF8": "1", "NO_COLOR": "1"},
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()).strip("\n")


def abridged(line: str) -> str:
    """Return a report's object with its identity, and one of each of its lists."""
    report: dict[str, Any] = json.loads(line)
    figure = next(figure for figure in report["figures"] if not figure["derived"])
    observation = report["observations"][figure["from"][0]]
    numeral = next(row for row in report["numerals"] if row["reason"] not in ("date", "unclaimed"))
    identity = ("file", "status", "title", "year", "issuer", "county", "division_code", "published")
    shown = [
        *(f"{json.dumps(key)}: {_compact(report[key])}" for key in identity),
        f'"sections": [{_compact(report["sections"][0])}, …]',
        f'"observations": [{_compact(observation)}, …]',
        f'"figures": [{_compact(figure | {"from": [0]})}, …]',
        f'"numerals": [{_compact(numeral)}, …]',
    ]
    return "{\n  " + ",\n  ".join(shown) + ",\n  …\n}"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def hooks_table() -> str:
    """Return the table of hooks, with the records that they yield and the fields of those."""
    rows = ["| Hook | Gives | What for |", "|---|---|---|"]
    for name in (*RECORD_HOOKS, "nianbao_settle"):
        hook = getattr(hookspecs, name)
        kind = RECORD_HOOKS.get(name)
        gives = f"`{_signature(kind)}`" if kind else "`Figure`, or `None` to leave it to the next plugin"
        rows.append(
            f"| `{name}({', '.join(inspect.signature(hook).parameters)})` | {gives} | {_sentence(hook)} |"
        )
    return "\n".join(rows)


def _signature(kind: type) -> str:
    fields = (
        f.name if f.default is dataclasses.MISSING else f"{f.name}={f.default!r}"
        for f in dataclasses.fields(kind)
    )
    return f"{kind.__name__}({', '.join(fields)})"


def _sentence(hook: object) -> str:
    return (inspect.getdoc(hook) or "").splitlines()[0]


def hook_reference() -> str:
    """Return each hook with its signature, what it says of itself, and the fields of its record."""
    parts = []
    for name in (*RECORD_HOOKS, "nianbao_settle"):
        hook = getattr(hookspecs, name)
        parts.append(f"### {name}\n\n`{name}{_plain_signature(hook)}`\n\n{_paragraphs(hook)}")
        if kind := RECORD_HOOKS.get(name):
            parts.append("\n".join(_fields(kind)))
    return "\n\n".join(parts)


def _plain_signature(hook: object) -> str:
    return str(inspect.signature(hook)).replace("'", "")  # type: ignore[arg-type]


def _paragraphs(hook: object) -> str:
    """Return a docstring as Markdown: its arguments as a list."""
    text = inspect.getdoc(hook) or ""
    head, _, rest = text.partition("\n\n")
    rows = [" ".join(head.split())]
    for name, told in _arguments(hook).items():
        rows.append(f"- `{name}`: {told}")
    if "Returns:" in rest:
        rows += ["", "Gives back: " + " ".join(rest.partition("Returns:")[2].split())]
    return "\n".join(rows[:1] + ([""] if len(rows) > 1 else []) + rows[1:])


def _fields(kind: type) -> list[str]:
    """Return the rows of a record's fields.

    Raises:
        KeyError: a field that its docstring does not tell of.
    """
    told = _arguments(kind)
    rows = [f"| Field of `{kind.__name__}` | Type | If not given | What it is |", "|---|---|---|---|"]
    for each in dataclasses.fields(kind):
        default = "required" if each.default is dataclasses.MISSING else f"`{each.default!r}`"
        shape = str(each.type).replace("|", "\\|")
        rows.append(f"| `{each.name}` | `{shape}` | {default} | {told[each.name]} |")
    return rows


def _arguments(documented: object) -> dict[str, str]:
    """Return what a docstring's `Args:` say, by name; `a, b: …` counts for both."""
    _, _, listed = (inspect.getdoc(documented) or "").partition("Args:\n")
    found: dict[str, str] = {}
    if not listed:
        return found
    for entry in re.split(r"\n(?= {4}\S)", listed.partition("\n\n")[0]):
        names, _, told = entry.strip().partition(": ")
        found |= dict.fromkeys(names.split(", "), " ".join(told.split()).replace("|", "\\|"))
    return found


def fenced(language: str, text: str) -> str:
    """Return a block of code."""
    return f"```{language}\n{text}\n```"


def up_to_date(text: str) -> str:
    """Return a document's text with all that it shows made anew."""
    return SHOWN.sub(lambda shown: f"{shown['subject']} -->\n{made(shown['subject'])}\n<!-- end -->", text)


def main() -> None:
    """Write all documents anew."""
    for path in documents():
        text = path.read_text(encoding="utf-8")
        fresh = up_to_date(text)
        if fresh != text:
            path.write_text(fresh, encoding="utf-8")
            print(f"written: {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
