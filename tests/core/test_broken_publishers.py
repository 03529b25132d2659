"""Where a publisher is broken, the others write."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken import Writer, empty_yearbook, registry_with
from broken_beside import HEAD

from nianbao.steps import publish

PUBLISHER = (
    HEAD
    + """
@hookimpl
def nianbao_publishers():
    yield Publisher("a-broken", publish)

def publish(yearbook, folder):
    {body}
"""
)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("raise PermissionError('只读')", "PermissionError: 只读"),
        ("return [folder / '没有写.xlsx']", "没有写出文件 没有写.xlsx"),
        ("return None", "TypeError"),
    ],
)
def test_where_a_publisher_fails_the_others_write(
    write: Writer, tmp_path: Path, body: str, said: str
) -> None:
    found = registry_with(write, PUBLISHER.format(body=body))
    paths, failures = publish(found, empty_yearbook(found), tmp_path)
    assert [path.name for path in paths] == ["sound.txt"]
    [failure] = failures
    assert (failure.plugin, failure.stage) == ("a-broken", "publish")
    assert said in failure.error
