"""`nianbao server`: Prefect's server and a worker for one machine, until Ctrl-C."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from flows.events.addresses import Address, wanted_addresses
from flows.operating.children import Child, await_answer, end_left_over
from flows.operating.database import database_of
from flows.operating.environment import client_environment, server_environment
from flows.operating.home import HOST, Home, ServerError, check_port, home_of
from flows.stopping import stop_when_told
from nianbao.errors import UsageError
from nianbao.settings import load_settings

POOL = "nianbao"
_Notices = Sequence[Address] | None
_BREAK, _SHORT_PATIENCE = 0.5, 4.0
# A worker that dies again at once is not started for ever.
_SHORT_LIFE, _TRIES = 30.0, 5


def server_command(port: int, folder: Path | None, database: str, runs: int) -> int:
    """Start server and worker, and stay until Ctrl-C; return the exit status.

    Args:
        port: where the server answers, on this machine alone.
        folder: of what the server keeps; None for that of the settings, or the usual one.
        database: an address of PostgreSQL; empty for that of the settings, or a file in the folder.
        runs: how many flows may run at the same time.
    """
    if runs < 1:
        raise UsageError("至少要能运行 1 个", where="--runs")
    notices = wanted_addresses()
    home = home_of(folder)
    home.make()
    with home.taken():
        if end_left_over(home):
            _tell("上次没有正常停止，留下的进程已清理。")
        check_port(port)
        address = database_of(home, database or load_settings().server_database or "")
        stop_when_told()
        try:
            return _serve(home, port, address, runs, notices)
        finally:
            # A second Ctrl-C must not leave anything behind.
            with suppress(KeyboardInterrupt):
                end_left_over(home)


def _serve(home: Home, port: int, database: str, runs: int, notices: _Notices) -> int:
    address = f"http://{HOST}:{port}"
    ours = client_environment(home, address)
    server = Child(
        "server",
        ("flows.operating.pages",),
        server_environment(home, port, database),
        home.log("server"),
    )
    polling = ("--name", "本机", "--limit", str(runs), "--install-policy", "never")
    worker = Child(
        "worker",
        ("prefect", "worker", "start", "--pool", POOL, "--type", "process", *polling),
        ours,
        home.log("worker"),
    )
    try:
        _tell("正在启动服务（约 15 秒，第一次约 30 秒）……")
        server.start()
        await_answer(server, port)
        _arrange(ours, notices)
        worker.start()
        home.sign(address)
        _tell(f"服务已启动：{address}")
        _tell(f"登录口令在 {home.password_file}")
        _tell(f"数据和日志在 {home.folder}；按 Ctrl-C 停止")
        _mind(server, worker)
    except KeyboardInterrupt:
        _tell("正在停止……")
        return 0
    finally:
        _stop(home, server, worker)
    return 0


def _arrange(environment: dict[str, str], notices: _Notices) -> None:
    from flows.operating.connection import connected

    with connected(environment):
        from flows.operating.arrangements import arrange

        for line in arrange(notices):
            _tell(line)


def _mind(server: Child, worker: Child) -> None:
    """Start the worker anew where it dies, and end where the server does.

    Raises:
        ServerError: the server ended, or the worker does not stay.
    """
    tries, started = 0, time.monotonic()
    while True:
        time.sleep(_BREAK)
        if not server.is_running:
            raise ServerError(f"服务意外停止：{server.last_words()}", hint=f"详见 {server.log}")
        if worker.is_running:
            continue
        tries = tries + 1 if time.monotonic() - started < _SHORT_LIFE else 1
        if tries > _TRIES:
            raise ServerError(f"工作进程反复停止：{worker.last_words()}", hint=f"详见 {worker.log}")
        _tell(f"工作进程意外停止，重新启动（第 {tries} 次）")
        started = time.monotonic()
        worker.start()


def _stop(home: Home, server: Child, worker: Child) -> None:
    """End the runs first, so that they can still say so, then the worker, then the server."""
    kept = {child.process.pid for child in (server, worker) if child.process is not None}
    with suppress(KeyboardInterrupt):
        end_left_over(home, spared=kept)
        worker.stop()
    with suppress(KeyboardInterrupt):
        # Pages that are open keep it waiting.
        server.stop(_SHORT_PATIENCE)


def _tell(line: str) -> None:
    print(line, flush=True)
