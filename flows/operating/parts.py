"""The parts of `nianbao server`, each by itself: for containers, and for workers on other machines.

`python -m flows.operating.parts server` and `… worker` have the settings of `flows.operating.environment`,
print what they do, and end in order when they are told to; whoever starts them starts them again.
"""

from __future__ import annotations

import os
import socket
import sys
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.cli import main
from flows.events.addresses import Address, wanted_addresses
from flows.operating.home import HOST, Home, ServerError, home_of
from flows.phrasing import command_of, new_group
from flows.stopping import stop_when_told
from nianbao.errors import UsageError

PROGRAM = "python -m flows.operating.parts"
POOL = "nianbao"
_PAUSE = 0.5

app = new_group(add_completion=False, pretty_exceptions_enable=False)
_Folder = Annotated[
    Path | None,
    typer.Option("--folder", metavar="文件夹", help="口令和临时文件放在哪里。", show_default=False),
]
_Password = Annotated[
    Path | None,
    typer.Option(
        "--password-file",
        metavar="文件",
        help="登录口令，写成“用户:口令”；不写则自动生成。",
        show_default=False,
    ),
]


@app.callback(help="运行服务的各个部分，供容器和其他机器使用；在一台机器上请用 nianbao server。")
def parts() -> None:
    """Hold the parts together."""


def server(
    *,
    host: Annotated[str, typer.Option("--host", metavar="地址", help="在哪个地址上听候。")] = HOST,
    port: Annotated[int, typer.Option("--port", metavar="端口", help="网页和接口的端口。")] = 4200,
    pages: Annotated[
        str,
        typer.Option(
            "--pages",
            metavar="网址",
            help="浏览器里的网址，如 https://nianbao.example。",
            show_default=False,
        ),
    ] = "",
    password_file: _Password = None,
    database_password_file: Annotated[
        Path | None,
        typer.Option(
            "--database-password-file",
            metavar="文件",
            help="数据库的口令；数据库的地址由设置 server_database 指明。",
            show_default=False,
        ),
    ] = None,
    folder: _Folder = None,
) -> int:
    """Become Prefect's server."""
    from flows.operating.database import database_of
    from flows.operating.environment import server_environment
    from nianbao.settings import load_settings

    home = _home(folder, password_file)
    named = load_settings().server_database or ""
    if database_password_file is not None:
        named = _with_password(named, database_password_file)
    environment = server_environment(
        home, port, database_of(home, named), host=host, pages=_address_in("--pages", pages)
    )
    _become("flows.operating.pages", environment)
    return 0


def worker(
    *,
    address: Annotated[
        str, typer.Option("--server", metavar="网址", help="服务的网址，如 http://server:4200。")
    ],
    password_file: _Password = None,
    runs: Annotated[int, typer.Option("--runs", metavar="个数", min=1, help="最多同时运行几个任务。")] = 2,
    name: Annotated[
        str, typer.Option("--name", metavar="名称", help="网页上的名称；不写则为主机名。", show_default=False)
    ] = "",
    jobs: Annotated[
        Path | None,
        typer.Option(
            "--jobs",
            metavar="文件",
            help="Kubernetes 作业的模板；写了，每次运行就是一个作业，否则是这里的一个进程。",
            show_default=False,
        ),
    ] = None,
    folder: _Folder = None,
) -> int:
    """Start a worker of a server that runs elsewhere, and stay until told to end."""
    from flows.operating.children import Child, end_left_over
    from flows.operating.environment import client_environment

    notices = wanted_addresses()
    home = _home(folder, password_file)
    told = _address_in("--server", address)
    environment = client_environment(home, told)
    kind = "process" if jobs is None else "kubernetes"
    called = ("--pool", POOL, "--type", kind, "--name", name or socket.gethostname())
    how = ("--limit", str(runs), "--install-policy", "never", "--with-healthcheck")
    child = Child("worker", ("prefect", "worker", "start", *called, *how), environment, None)
    with home.taken():
        end_left_over(home)
        stop_when_told()
        try:
            _await(told)
            _arrange(environment, jobs, notices)
            home.sign(told)
            child.start()
            while child.is_running:
                time.sleep(_PAUSE)
        except KeyboardInterrupt:
            _tell("正在停止……")
            return 0
        finally:
            # The runs first, so that they can still say so.
            end_left_over(home, spared={child.process.pid} if child.process else ())
            child.stop()
            end_left_over(home)
    raise ServerError("工作进程意外停止", hint="原因见上面的日志")


def check(
    url: Annotated[str, typer.Argument(metavar="网址", help="应当回答 200 的网址。")] = (
        f"http://{HOST}:4200/api/health"
    ),
) -> int:
    """Tell whether a server or a worker is well."""
    from flows.operating.children import is_well

    return 0 if is_well(url) else 1


command_of(app, "启动服务，不带工作进程。", "启动服务，不带工作进程。")(server)
command_of(app, "为别处的服务启动工作进程。", "为别处的服务启动工作进程。")(worker)
command_of(app, "看服务或工作进程是否正常。", "看服务或工作进程是否正常。")(check)


def _home(folder: Path | None, password_file: Path | None) -> Home:
    home = home_of(folder)
    home.make()
    if password_file is not None:
        home.adopt(password_file)
    return home


def _address_in(option: str, told: str) -> str:
    if told and not told.startswith(("http://", "https://")):
        raise UsageError("不是网址", where=f"{option} {told}", hint="请写成 http://主机:端口")
    return told.rstrip("/")


def _with_password(named: str, file: Path) -> str:
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    if not named:
        raise UsageError("没有指明数据库", where="--database-password-file", hint="请设置 server_database")
    try:
        password = file.read_text("utf-8").strip()
        return make_url(named).set(password=password).render_as_string(hide_password=False)
    except (OSError, UnicodeDecodeError) as error:
        raise ServerError("无法读取数据库的口令", where=str(file), hint="请检查权限") from error
    except (ArgumentError, ValueError):
        # Who reads the address next says what is wrong with it.
        return named


def _await(address: str) -> None:
    """Wait until a server answers: where all parts are started at once, it comes a little later.

    Raises:
        ServerError: it did not in time.
    """
    from flows.operating.children import START_SECONDS, answers

    until = time.monotonic() + START_SECONDS
    while not answers(address):
        if time.monotonic() > until:
            raise ServerError(f"服务 {START_SECONDS} 秒内没有回答", where=address)
        time.sleep(_PAUSE)


def _arrange(environment: dict[str, str], jobs: Path | None, notices: tuple[Address, ...] | None) -> None:
    from flows.operating.connection import connected

    with connected(environment):
        from flows.operating.arrangements import arrange
        from flows.operating.pools import offer_jobs

        done = offer_jobs(POOL, jobs) if jobs is not None else ""
        for line in [done, *arrange(notices)]:
            if line:
                _tell(line)


def _become(module: str, environment: dict[str, Any]) -> None:
    """Go on as another program of ours, under the same process number: signals reach it."""
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, "-m", module], environment)  # noqa: S606  our own interpreter


def _tell(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(program=app, name=PROGRAM))
