"""The folder of the operator's Prefect server: its password, its database, its logs, who is at work in it."""

from __future__ import annotations

import json
import os
import secrets
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from nianbao.errors import NianbaoError, UsageError

HOST = "127.0.0.1"
USER = "nianbao"
_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600


class ServerError(NianbaoError):
    """The server can't be started or reached (exit status 3)."""


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that a server keeps all its own in; nothing of it stands in `~/.prefect`.

    Args:
        folder: an absolute path.
    """

    folder: Path

    @property
    def password_file(self) -> Path:
        """The file of the words that let a person, a worker or a program in, private to the user."""
        return self.folder / "password.txt"

    @property
    def card_file(self) -> Path:
        """The file that tells where the running server answers."""
        return self.folder / "server.json"

    @property
    def prefect(self) -> Path:
        """What Prefect has for its home."""
        return self.folder / "prefect"

    @property
    def database(self) -> Path:
        """The database, where no other is asked for."""
        return self.folder / "prefect.db"

    def log(self, name: str) -> Path:
        """Return the file that a process of the server writes its log to."""
        return self.folder / "logs" / f"{name}.log"

    def make(self) -> None:
        """Make the folder, for this user alone.

        Raises:
            UsageError: it can't be made or written to.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.folder.chmod(_PRIVATE_FOLDER)
            self.log("server").parent.mkdir(exist_ok=True)
            self.prefect.mkdir(exist_ok=True)
        except OSError as error:
            told = f"不能建立文件夹：{error.strerror}"
            raise UsageError(told, where=str(self.folder), hint="请用 --folder 另选一个") from error

    def password(self) -> str:
        """Return the words that let in, `nianbao:…`; they are made once.

        Raises:
            ServerError: the file can't be read or written.
        """
        try:
            if not self.password_file.is_file():
                write_private(self.password_file, f"{USER}:{secrets.token_urlsafe(24)}\n")
            self.password_file.chmod(_PRIVATE_FILE)
            found = self.password_file.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            hint = "删除这个文件，就会生成新的口令"
            raise ServerError("无法读取登录口令", where=str(self.password_file), hint=hint) from error
        if ":" not in found:
            raise ServerError(
                "登录口令须写成“用户:口令”",
                where=str(self.password_file),
                hint="删除这个文件，就会生成新的口令",
            )
        return found

    def adopt(self, password_file: Path) -> None:
        """Take over the password of a server that was given one in a file.

        Raises:
            ServerError: the file can't be read, or the folder not be written to.
        """
        try:
            told = password_file.read_text("utf-8").strip()
            self.password_file.unlink(missing_ok=True)
            write_private(self.password_file, f"{told}\n")
        except (OSError, UnicodeDecodeError) as error:
            told = f"无法读取登录口令：{getattr(error, 'strerror', None) or '不是 UTF-8 编码'}"
            raise ServerError(told, where=str(password_file), hint="请检查权限") from error
        if ":" not in told:
            raise ServerError("登录口令须写成“用户:口令”", where=str(password_file))

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Keep other servers out of the folder inside.

        Raises:
            UsageError: one is at work in it.
        """
        lock = FileLock(self.folder / "server.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout as error:
            at = self.address()
            told = f"这个文件夹里已有服务在运行{f'（{at}）' if at else ''}"
            hint = "请先在那个窗口按 Ctrl-C 停止，或用 --folder 另选一个文件夹"
            raise UsageError(told, where=str(self.folder), hint=hint) from error
        try:
            yield
        finally:
            self.card_file.unlink(missing_ok=True)
            lock.release()

    def sign(self, address: str) -> None:
        """Write down where the server answers, for the commands that are to reach it."""
        self.card_file.write_text(json.dumps({"address": address}), "utf-8")

    def address(self) -> str:
        """Return where the running server answers; empty where none is known to run."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            found = str(json.loads(self.card_file.read_text("utf-8"))["address"])
            return found if found.startswith(("http://", "https://")) else ""
        return ""


def home_of(named: Path | None) -> Home:
    """Return the folder that is named, by the command or the settings, or else the user's usual one."""
    from nianbao.settings import load_settings

    told = named or load_settings().server_folder
    return Home(Path(told).expanduser().absolute() if told else _usual())


def _usual() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home(), "nianbao", "server")
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(data, "nianbao", "server").absolute()


def write_private(path: Path, text: str) -> None:
    """Write a file that nobody but the user may read, from its first moment on."""
    path.touch(_PRIVATE_FILE, exist_ok=False)
    path.write_text(text, "utf-8")


def check_port(port: int) -> None:
    """Refuse a port that is taken.

    Raises:
        UsageError: it is, or this user may not have it, or there is none of this number.
    """
    if not 1 <= port <= 65535:
        raise UsageError(f"没有端口 {port}", where="--port", hint="请写 1024 至 65535 之间的数")
    with socket.socket() as probe:
        if sys.platform != "win32":
            # As the server itself does: the last one's connections may linger a minute.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            taken = "已被别的程序占用" if not isinstance(error, PermissionError) else "不允许使用"
            raise UsageError(
                f"端口 {port} {taken}", where="--port", hint=f"请另选一个，如 --port {port + 1}"
            ) from error
