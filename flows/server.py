"""Readies the environment for Prefect before its first import: a one-off run needs no set-up at all."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from flows.stopping import sheltered

# Prefect's server else writes what it hears of tasks line by line, each with a commit of its own.
RECORDING = {
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
}
# Only what the user has not set; a server that PREFECT_API_URL names (here or in a profile) is used as it is.
_DEFAULTS = {
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    # The log still goes to the server; the terminal belongs to the progress bar and the summary.
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",
} | RECORDING
_FOLDER, _CARD = "nianbao-prefect-", "processes.json"
_DATABASE = "PREFECT_SERVER_DATABASE_CONNECTION_URL"


def ready_prefect() -> None:
    """Set Prefect's environment for this process and its temporary server.

    The temporary server gets a database of its own in a temporary folder, so that an old, broken or busy
    one in ~/.prefect can't disturb the run; profiles there keep their force. A migrated empty copy is
    kept in the user's cache, which saves some ten seconds from the second run on.
    """
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
    if "PREFECT_API_URL" in os.environ or _DATABASE in os.environ:
        return
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=_FOLDER))
    _sign(folder)
    # Registered before Prefect is imported, hence run after it has stopped its server.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    database = folder / "prefect.db"
    template = _template()
    if template.is_file():
        shutil.copyfile(template, database)
    os.environ[_DATABASE] = f"sqlite+aiosqlite:///{database.as_posix()}"


def start_server() -> None:
    """Start Prefect's temporary server where no other is named; it ends with this process."""
    from prefect.server.api.server import SubprocessASGIServer
    from prefect.settings import get_current_settings

    if get_current_settings().api.url is None:
        server = SubprocessASGIServer()
        with sheltered():
            server.start()
        folder = _own_folder()
        if folder is not None and server.server_process is not None:
            _sign(folder, server.server_process.pid)


def keep_template() -> None:
    """Keep the temporary server's migrated database for later runs; without it they only start slower."""
    template, folder = _template(), _own_folder()
    if folder is None or template.is_file():
        return
    database = folder / "prefect.db"
    draft = template.with_name(f"{template.name}.{os.getpid()}")
    try:
        template.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(draft)) as copy:
            source.backup(copy)
        draft.replace(template)
    except (OSError, sqlite3.Error):
        draft.unlink(missing_ok=True)


def _own_folder() -> Path | None:
    """Return the folder of the temporary server's database, or None where another server is used."""
    folder = Path(os.environ.get(_DATABASE, "").removeprefix("sqlite+aiosqlite:///")).parent
    return folder if folder.name.startswith(_FOLDER) and (folder / "prefect.db").is_file() else None


def _sign(folder: Path, server: int = 0) -> None:
    """Write down whose folder it is, for the run after one that is killed."""
    (folder / _CARD).write_text(json.dumps({"run": os.getpid(), "server": server}), "utf-8")


def _sweep() -> None:
    """Remove what runs left that were killed: their temporary servers, and these servers' databases."""
    if sys.platform == "win32":
        # There, nobody can be asked whether a process is alive without ending it.
        return
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*"):
        try:
            pids = json.loads((folder / _CARD).read_text("utf-8"))
            if is_alive(pids["run"]):
                continue
            if _serves(pids["server"], folder):
                os.kill(pids["server"], signal.SIGKILL)
        except (OSError, ValueError, KeyError, TypeError):
            # It is not signed yet, or it is somebody else's.
            continue
        shutil.rmtree(folder, ignore_errors=True)


def is_alive(pid: int) -> bool:
    """Tell whether a process is there; not for Windows, where asking would end it."""
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True


def _serves(pid: int, folder: Path) -> bool:
    """Tell whether a process is the server of a folder, and not another one that got its number."""
    try:
        return str(folder).encode() in Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return False


def _template() -> Path:
    home = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(home, "nianbao", f"prefect-{version('prefect')}.db")
