"""What a server has besides deployments: made once, mended where it differs, in whatever order sets are."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import permutations
from typing import Any
from uuid import uuid4

import pytest
from operated import ROOT, Operated

from flows.operating.environment import client_environment
from flows.operating.home import Home

pytestmark = pytest.mark.prefect

DEAD = "失去响应的运行标为已崩溃"
SCRIPT = "import json; from flows.operating.arrangements import arrange; print(json.dumps(arrange()))"


def arrange(server: Operated, seed: int) -> list[str]:
    """Arrange in a process of its own, where sets have the order of a seed."""
    environment = client_environment(Home(server.folder), server.address)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=environment | {"PYTHONHASHSEED": str(seed)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    found: list[str] = json.loads(done.stdout.splitlines()[-1])
    return found


def dead(server: Operated) -> Any:
    (found,) = [each for each in server.post("/automations/filter") if each["name"] == DEAD]
    return found


def test_what_was_edited_is_set_back_once_and_stays_switched_off(operated: Operated) -> None:
    before = dead(operated)
    edited = {key: before[key] for key in ("name", "trigger", "actions", "tags")}
    with operated.client() as client:
        edit = edited | {"description": "另一种说明", "enabled": False}
        assert client.put(f"/automations/{before['id']}", json=edit).status_code == 204
    assert dead(operated)["description"] == "另一种说明"
    assert arrange(operated, 1) == [f"更新自动化“{DEAD}”"]
    mended = dead(operated)
    assert (mended["id"], mended["description"]) == (before["id"], before["description"])
    assert mended["enabled"] is False
    # A client's token ends with the next client.
    with operated.client() as client:
        assert client.patch(f"/automations/{before['id']}", json={"enabled": True}).status_code == 204
    for seed in (1, 2):
        assert arrange(operated, seed) == []


def test_the_order_of_sets_makes_no_difference() -> None:
    from prefect.events.schemas.automations import AutomationCore

    from flows.operating.arrangements import automations, is_same

    for wanted in automations([uuid4()]):
        told = json.loads(wanted.model_dump_json(exclude={"id"}))
        for order in permutations(told["trigger"]["expect"]):
            read = AutomationCore(**told | {"trigger": told["trigger"] | {"expect": list(order)}})
            assert is_same(read, wanted)
        assert not is_same(AutomationCore(**told | {"description": "另一种"}), wanted)
