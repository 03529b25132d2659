"""The pytest plugin that nianbao ships: fixtures for a plugin's own tests; it loads nothing before."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from nianbao.kit.conformance import Check


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
    """

    def __init__(self, told: str) -> None:
        self.told = told

    def figures(self, report: str) -> dict[str, Decimal]:
        """Return the settled figures of a report in `tests/reports`, by the ids of their indicators.

        Args:
            report: the file's name.

        Raises:
            UsageError: there is no such plugin or report.
        """
        from nianbao.kit.accepting import figures_of
        from nianbao.kit.locating import locate

        return figures_of(locate(self.told), report)


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
    """What reads the golden reports of the plugin in whose folder the test lies."""
    return Kit(nianbao_plugin_folder or _home(request))
