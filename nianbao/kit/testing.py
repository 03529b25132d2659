"""The pytest plugin that nianbao ships: fixtures for a plugin's own tests; it loads nothing before."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from nianbao.kit.conformance import Check

_READ = pytest.StashKey[dict[str, dict[str, list[Mapping[str, Any]]]]]()


class Conformance:
    """The conformance suite for one plugin.

    Args:
        told: its folder, or its name where it is installed.
    """

    def __init__(self, told: str) -> None:
        self.told = told

    def results(self) -> tuple[Check, ...]:
        """Run the suite and return its checks.

        Raises:
            UsageError: there is no such plugin.
        """
        from nianbao.kit.conformance import conformance
        from nianbao.kit.locating import locate

        return conformance(locate(self.told))

    def check(self) -> None:
        """Run the suite; fail with a line for each rule that is broken."""
        broken = [line for check in self.results() if not check.passed for line in check.lines()]
        if broken:
            pytest.fail("\n".join(broken), pytrace=False)


class Kit:
    """Reads the golden reports of a plugin's folder, with the plugin.

    Args:
        told: the plugin's folder.
        read: what was read in this session, by the folder: a process reads all reports of a plugin at once.
    """

    def __init__(self, told: str, read: dict[str, dict[str, list[Mapping[str, Any]]]] | None = None) -> None:
        self.told = told
        self._read = {} if read is None else read

    def figures(self, report: str) -> dict[str, Decimal]:
        """Return the settled figures of a report in `tests/reports`, by the ids of their indicators.

        Args:
            report: the file's name.

        Raises:
            UsageError: there is no such plugin or report.
            PluginError: the plugin does not load, or does not come to an end with its reports.
        """
        from nianbao.errors import UsageError
        from nianbao.kit.accepting import figures_in, read_goldens
        from nianbao.kit.locating import locate

        if self.told not in self._read:
            self._read[self.told] = read_goldens(locate(self.told))
        if report not in self._read[self.told]:
            raise UsageError("没有这份示例报告", where=report)
        return figures_in(self._read[self.told][report])


def _home(request: pytest.FixtureRequest) -> str:
    """Return the nearest folder above a test that has a pyproject.toml."""
    for folder in Path(request.path).parents:
        if (folder / "pyproject.toml").is_file():
            return str(folder)
    return str(request.config.rootpath)


@pytest.fixture(scope="session")
def nianbao_plugin_folder(request: pytest.FixtureRequest) -> str | None:
    """The plugin's folder; None for the one that the test lies in. Override it where that is wrong."""
    return None


@pytest.fixture
def nianbao_conformance(request: pytest.FixtureRequest, nianbao_plugin_folder: str | None) -> Conformance:
    """The conformance suite for the plugin in whose folder the test lies."""
    return Conformance(nianbao_plugin_folder or _home(request))


@pytest.fixture
def nianbao_kit(request: pytest.FixtureRequest, nianbao_plugin_folder: str | None) -> Kit:
    """What reads the golden reports of the plugin in whose folder the test lies; once a session."""
    return Kit(nianbao_plugin_folder or _home(request), request.config.stash.setdefault(_READ, {}))
