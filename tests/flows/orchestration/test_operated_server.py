"""`nianbao server` as it really runs: who gets in, what it holds, what it leaves alone."""

from __future__ import annotations

import pytest
from operated import Operated, nianbao

pytestmark = pytest.mark.prefect


def test_who_does_not_know_the_password_gets_nothing(operated: Operated) -> None:
    assert (operated.folder / "password.txt").stat().st_mode & 0o777 == 0o600
    assert operated.folder.stat().st_mode & 0o777 == 0o700
    with operated.anybody() as stranger:
        for path in ("/api/admin/settings", "/api/work_pools/nianbao", "/api/csrf-token?client=test"):
            assert stranger.get(path).status_code == 401
            assert stranger.get(path, auth=("nianbao", "wrong")).status_code == 401
    with operated.client() as client:
        assert client.post("/flow_runs/filter", json={}, auth=("nianbao", "wrong")).status_code == 401


def test_a_page_of_another_site_gets_nothing_from_the_operators_browser(operated: Operated) -> None:
    user, _, word = operated.password.partition(":")
    asked = "/api/flow_runs/filter"
    preflight = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    with operated.anybody() as browser:
        without_token = browser.post(asked, json={}, auth=(user, word))
        strange = browser.options(asked, headers=preflight | {"Origin": "http://page.example"})
        own = browser.options(asked, headers=preflight | {"Origin": operated.address})
    assert (without_token.status_code, "csrf" in without_token.text.lower()) == (403, True)
    assert "access-control-allow-origin" not in strange.headers
    assert own.headers["access-control-allow-origin"] == operated.address
    assert [pool["name"] for pool in operated.post("/work_pools/filter")] == ["nianbao"]


def test_the_pages_ask_the_right_address_alone_and_advertise_nothing(operated: Operated) -> None:
    with operated.anybody() as browser:
        policy = browser.get("/v2/").headers["content-security-policy"]
        told = browser.get("/ui-settings").json()
    assert policy.startswith("connect-src 'self';")
    assert told["api_url"] == f"{operated.address}/api"
    assert told["auth"] == "BASIC"
    with operated.client() as client:
        settings = client.get("/admin/settings").json()
    assert settings["server"]["ui"]["show_promotional_content"] is False
    assert settings["server"]["analytics_enabled"] is False
    assert settings["results"]["default_serializer"] == "json"
    assert settings["flows"]["heartbeat_frequency"] == 30


def test_a_pool_and_what_marks_the_dead_are_there(operated: Operated) -> None:
    (pool,) = operated.post("/work_pools/filter")
    assert (pool["name"], pool["type"]) == ("nianbao", "process")
    (dead,) = [each for each in operated.post("/automations/filter") if "失去响应" in each["name"]]
    assert (dead["enabled"], dead["trigger"]["posture"], dead["trigger"]["within"]) == (True, "Proactive", 90)
    assert dead["actions"][0]["state"] == "CRASHED"


def test_the_users_own_prefect_is_left_alone(operated: Operated) -> None:
    assert not (operated.user / ".prefect").exists()
    assert (operated.folder / "prefect.db").is_file()


def test_a_second_server_is_refused(operated: Operated) -> None:
    done = nianbao("server", "--folder", str(operated.folder), "--port", str(operated.port + 1))
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"错误：{operated.folder}：这个文件夹里已有服务在运行（{operated.address}）")
