"""`nianbao serve`: the review pages and the self-check as a local web app, until Ctrl-C; no Prefect."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from flows.stopping import stop_when_told
from flows.stores import USUAL_NAME, existing_store, named_store, store_location
from nianbao.errors import UsageError
from nianbao.settings import load_settings

if TYPE_CHECKING:
    from flows.serve.security import Gate


def serve_command(folder: Path | None, *, store: str, host: str, port: int, token: str) -> int:
    """Serve until Ctrl-C; return the exit status.

    Args:
        folder: of the results, where the store is and where things are saved; None for none.
        store: path or address of the store; empty for the one in the folder, or the usual one.
        host: the address on which others may ask; a loopback one for this machine alone.
        port: 0 for any free one.
        token: the secret; empty for a new one.

    Raises:
        UsageError: there is no such folder or store, the token is too simple, or nobody can listen there.
        StoreError: the store can't be opened.
    """
    settings = load_settings()
    if folder is not None and not folder.expanduser().is_dir():
        raise UsageError("没有这个文件夹", where=str(folder), hint="请写 nianbao run 的结果文件夹，或不写")
    # Starlette and uvicorn take a moment to load, after all that can be wrong at once.
    from flows.serve.building import Place, build_app
    from flows.serve.private import private_folder, sweep
    from flows.serve.running import listen, serve
    from flows.serve.security import Gate, check_token, new_token
    from flows.serve.uploads import HEAD_SECONDS

    check_token(token)
    stop_when_told()
    try:
        with ExitStack() as stack:
            at = stack.enter_context(listen(host, port))
            named = store or (str(folder.expanduser()) if folder is not None else "")
            opened = stack.enter_context(existing_store(named)) if named or _is_at_hand() else None
            sweep()
            private = stack.enter_context(private_folder())
            kept = folder.expanduser().resolve() if folder is not None else None
            gate = Gate.at(host, at.port, token or new_token())
            place = Place(opened, store_location(named) if opened else "", kept, private)
            app = build_app(gate, place, settings)
            _tell(gate, host, at.port)
            serve(app, at, HEAD_SECONDS)
    except KeyboardInterrupt:
        # That is how it ends.
        pass
    print("已结束。", file=sys.stderr)
    return 0


def _is_at_hand() -> bool:
    """Whether there is a store that nobody need name."""
    return bool(named_store("")) or Path(USUAL_NAME).is_file()


def _tell(gate: Gate, host: str, port: int) -> None:
    from flows.serve.security import ENTRANCE, addresses

    if gate.is_open:
        print(
            "警告：其他电脑也能访问，而且没有加密。知道口令的人都能查看报告、更正数字；同一网络里的人可能看到口令。"
            "请只在可信的网络里使用，用完按 Ctrl-C 结束。",
            file=sys.stderr,
        )
    first, *others = addresses(host, port)
    print(f"请在浏览器中打开：{first}{ENTRANCE.lstrip('/')}?token={gate.token}")
    for other in others:
        print(f"其他电脑打开：{other}（口令 {gate.token}）")
    print("按 Ctrl-C 结束。", flush=True)
