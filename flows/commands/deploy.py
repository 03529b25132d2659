"""`nianbao deploy`: what runs by the clock on the operator's server; repeated, it changes nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from flows.events.addresses import wanted_addresses
from flows.operating.children import answers
from flows.operating.connection import connected
from flows.operating.environment import client_environment
from flows.operating.home import Home, ServerError, home_of
from flows.regionsources import source_named
from flows.request import Request
from nianbao.errors import UsageError
from nianbao.settings import load_settings

_USUAL = Path(__file__).resolve().parents[2] / "deployments" / "prefect.yaml"
_PREFIX = "NIANBAO_DEPLOY_"
_SECONDS = 300
# Seconds that a server on a busy machine may take to say that it is there.
_PATIENCE = 60
_NOT_IN_NAMES = frozenset("/%&<>")


def deploy_command(
    source: str,
    out: Path,
    *,
    name: str,
    county: str,
    roster: Path | None,
    file: Path | None,
    folder: Path | None,
) -> int:
    """Deploy the flows for one place on the running server; return the exit status."""
    told = _told(source, out, name, county, roster)
    plan = file or _USUAL
    if not plan.is_file():
        raise UsageError("没有这个文件", where=str(plan), hint="请用 --file 写明部署文件")
    home = home_of(folder)
    notices = wanted_addresses()
    address = _address(home)
    environment = client_environment(home, address)
    with connected(environment):
        from flows.operating.arrangements import arrange, deployed

        before = deployed(told["NAME"])
        for line in arrange(notices):
            print(line)
        _deploy(plan, environment | {f"{_PREFIX}{key}": value for key, value in told.items()})
        for each in deployed(told["NAME"]):
            same = "没有变动" if each in before else "已部署"
            print(f"{same}：{each.told}")
    print(f"在网页上查看：{address}/deployments")
    return 0


def _told(source: str, out: Path, name: str, county: str, roster: Path | None) -> dict[str, str]:
    """Return what the deployments' file asks for; paths as they are from anywhere.

    Raises:
        UsageError: the name can't be one, or there is nothing where reports or a roster should be.
    """
    place = source_named(source)
    where = place if "://" in place else str(Path(place).expanduser().absolute())
    if "://" not in place and not Path(where).exists():
        raise UsageError("没有这个文件或文件夹", where=source)
    if roster is not None and not roster.is_file():
        raise UsageError("没有这个文件", where=str(roster))
    called = name or county or (source if place != source else Path(where).stem)
    if _NOT_IN_NAMES & set(called) or not called.strip():
        raise UsageError(f"“{called}”不能用作名称", where="--name", hint="请换一个不含 / % & < > 的")
    result = out.expanduser().absolute()
    # What stands in the settings has its password there, and not in Prefect's pages.
    store = "" if load_settings().store else Request(where, result).store_location
    return {
        "NAME": called,
        "SOURCE": where,
        "OUT": str(result),
        "COUNTY": county,
        "ROSTER": str(roster.expanduser().absolute()) if roster is not None else "",
        "STORE": store,
        "FOLDER": str(Path.cwd()),
    }


def _address(home: Home) -> str:
    address = home.address()
    if not address or not answers(address, _PATIENCE):
        hint = "请先运行 nianbao server；用了 --folder 的，这里也要写"
        raise ServerError("服务没有在运行", where=str(home.folder), hint=hint)
    return address


def _deploy(plan: Path, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--prefect-file", str(plan), "--all"]
    done = subprocess.run(  # noqa: S603  our own interpreter
        command,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=_SECONDS,
    )
    if done.returncode:
        lines = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        raise ServerError(f"没有部署成功：{lines[-1] if lines else '原因不明'}", where=str(plan))
