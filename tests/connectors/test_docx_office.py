"""Compares the restored numbers with what LibreOffice shows, over every way of setting up lists."""

from __future__ import annotations

import re

import pytest
from built_files import download
from docx_outlines import DIFFERING, OTHERS, SAME, SHOWN
from libreoffice import LibreOffice

from nianbao.manager import Registry, intake_registry
from nianbao.steps import read

FILES = {**SAME, **OTHERS, **{name: data for name, (data, _) in DIFFERING.items()}}


@pytest.fixture(scope="module")
def registry() -> Registry:
    return intake_registry()


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory, libreoffice: LibreOffice) -> dict[str, list[str]]:
    """What LibreOffice's own text export shows of each file."""
    folder = tmp_path_factory.mktemp("office")
    files = {name: folder / f"{number}.docx" for number, name in enumerate(FILES)}
    for name, path in files.items():
        path.write_bytes(FILES[name])
    libreoffice.convert("txt:Text (encoded):UTF8", folder, *files.values())
    return {
        name: squeezed(path.with_suffix(".txt").read_text(encoding="utf-8-sig"))
        for name, path in files.items()
    }


def squeezed(text: str) -> list[str]:
    """The lines without blanks; LibreOffice gives each cell of a table a line."""
    return [re.sub(r"\s", "", line) for line in re.split(r"[\n\t]", text) if line.strip()]


def text_of(registry: Registry, name: str) -> str:
    document, failures = read(registry, download(FILES[name], "报告.docx"))
    assert (document.reader, failures) == ("docx", ())
    return document.text


def test_enough_set_ups_are_compared() -> None:
    assert len(SAME) >= 12


@pytest.mark.parametrize("name", SAME)
def test_a_report_is_numbered_whatever_way_its_lists_are_set_up(name: str, registry: Registry) -> None:
    assert text_of(registry, name) == "\n".join(SHOWN)


@pytest.mark.office
@pytest.mark.parametrize("name", [*SAME, *OTHERS])
def test_numbers_are_those_that_libreoffice_shows(
    name: str, registry: Registry, shown: dict[str, list[str]]
) -> None:
    assert squeezed(text_of(registry, name)) == shown[name]


@pytest.mark.parametrize("name", DIFFERING)
def test_where_libreoffice_differs_the_standard_holds(name: str, registry: Registry) -> None:
    assert squeezed(text_of(registry, name)) == DIFFERING[name][1].split()


@pytest.mark.office
@pytest.mark.parametrize("name", DIFFERING)
def test_the_differences_are_still_there(name: str, shown: dict[str, list[str]]) -> None:
    """A LibreOffice that has learnt the rule moves the case to those that are compared."""
    assert shown[name] != DIFFERING[name][1].split()
