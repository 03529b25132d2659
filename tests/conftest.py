from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep on one worker what shares Prefect's server, or LibreOffice."""
    for item in items:
        for name in ("prefect", "office"):
            if item.get_closest_marker(name):
                item.add_marker(pytest.mark.xdist_group(name))
