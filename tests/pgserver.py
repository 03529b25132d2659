"""A PostgreSQL server of the tests' own, reached by a socket in its folder alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

# Words in English, whatever this machine's language; how a Chinese server says it is tested apart.
OPTIONS = (
    "-c fsync=off -c full_page_writes=off -c max_connections=40 -c listen_addresses= -c shared_buffers=32MB"
)
USER = "clerk"
PASSWORD = "geheim"
# The server refuses to run as root.
SYSTEM_USER = "nobody"


def find_programs() -> Path | None:
    """Return the folder of the server's programs: on the path, or where Debian puts them."""
    found = shutil.which("pg_ctl")
    if found:
        return Path(found).resolve().parent
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: path.parts[-3].zfill(4)
    )
    return folders[-1].parent if folders else None


def name_in(address: str) -> str:
    """Return the name of the database in an address."""
    return address.partition("?")[0].rpartition("/")[2]


@dataclass
class Server:
    """A server that can be stopped and started again."""

    programs: Path
    folder: Path
    _numbers: count = field(default_factory=lambda: count(1))  # type: ignore[type-arg]

    @classmethod
    def make(cls, programs: Path) -> Server:
        """Make the files of a server that asks for a password."""
        # A socket's path may have a hundred characters, and pytest's folders are longer.
        folder = Path(tempfile.mkdtemp(prefix="nianbao-pg-"))
        server = cls(programs, folder)
        secret = folder / "password"
        secret.write_text(PASSWORD)
        for path in (folder, secret):
            server.own(path)
        asking = ("-U", USER, f"--pwfile={secret}", "-A", "scram-sha-256")
        server._call("initdb", *server._data, *asking, "-E", "UTF8", "--no-locale", "--no-sync", "-k")
        return server

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"{OPTIONS} -c unix_socket_directories={self.folder}"
        log = str(self.folder / "log")
        self._call("pg_ctl", *self._data, "-w", "-l", log, "-o", options, "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it; at once, as if its machine had died, unless told otherwise."""
        if (self.folder / "data" / "postmaster.pid").exists():
            self._call("pg_ctl", *self._data, "-w", "-m", mode, "stop")

    @property
    def _data(self) -> tuple[str, str]:
        return "-D", str(self.folder / "data")

    def new_database(self, options: str = "") -> str:
        """Make an empty database, which sorts as Chinese dictionaries do; return its address."""
        name = f"test{next(self._numbers)}"
        locale = "LOCALE_PROVIDER icu ICU_LOCALE 'zh' LOCALE 'C'"
        self.sql(f"CREATE DATABASE {name} TEMPLATE template0 {locale} {options}")
        return self.address(name)

    def address(self, database: str, *, user: str = USER, password: str = PASSWORD) -> str:
        """Return the address of a database."""
        return f"postgresql://{user}:{password}@/{database}?host={self.folder}"

    def drop(self, address: str) -> None:
        """Drop a database, whoever is connected to it."""
        self.sql(f"DROP DATABASE {name_in(address)} WITH (FORCE)")

    def own(self, path: Path) -> None:
        """Give a file or folder to the user that the server runs as."""
        if os.geteuid() == 0:
            shutil.chown(path, SYSTEM_USER)

    def sql(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run one statement as the administrator; return its rows."""
        import psycopg

        with psycopg.connect(self.address(database), autocommit=True) as connection:
            cursor = connection.execute(statement)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []

    def _call(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", SYSTEM_USER, "--", *command]
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, cwd=self.folder, timeout=600
        )
        if done.returncode:
            log = self.folder / "log"
            told = log.read_text()[-2000:] if log.exists() else ""
            raise RuntimeError(f"{program}: {done.stderr or done.stdout}\n{told}")
