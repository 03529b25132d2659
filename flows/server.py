"""Readies the environment for Prefect before its first import: a one-off run needs no set-up at all."""

from __future__ import annotations

import atexit
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from flows.stopping import sheltered

# Only what the user has not set; a server that PREFECT_API_URL names (here or in a profile) is used as it is.
_DEFAULTS = {
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    # The log still goes to the server; the terminal belongs to the progress bar and the summary.
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",
}
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
    folder = Path(tempfile.mkdtemp(prefix="nianbao-prefect-"))
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
        with sheltered():
            SubprocessASGIServer().start()


def keep_template() -> None:
    """Keep the temporary server's migrated database for later runs; without it they only start slower."""
    template = _template()
    address = os.environ.get(_DATABASE, "")
    database = Path(address.removeprefix("sqlite+aiosqlite:///"))
    if (
        template.is_file()
        or not database.parent.name.startswith("nianbao-prefect-")
        or not database.is_file()
    ):
        return
    draft = template.with_name(f"{template.name}.{os.getpid()}")
    try:
        template.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(draft)) as copy:
            source.backup(copy)
        draft.replace(template)
    except (OSError, sqlite3.Error):
        draft.unlink(missing_ok=True)


def _template() -> Path:
    home = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(home, "nianbao", f"prefect-{version('prefect')}.db")
