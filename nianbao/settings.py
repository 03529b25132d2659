"""What may be set: in `nianbao.toml`, or by NIANBAO_* variables, which win over the file.

Importing it loads pydantic; import it where it is used.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from nianbao.errors import UsageError
from nianbao.limits import CONFIG_FILE, PREFIX, Limits

CONFIG_VARIABLE = f"{PREFIX}CONFIG"
_USUAL = Limits()
# Of the names that may be set, so many are told where none is like the one that was written.
_SHOWN = 10
_NAMES = {
    "publish": "输出的名称，如 publish = ['workbook', 'dataset']",
    "notify": "通知的地址，如 notify = ['wecombot://机器人的key']",
}
_SECRET = frozenset({"notify"})
_PATTERNS = {"web_hours": "时段", "dask_address": "调度器的地址", "results_url": "网址"}
_HOUR = r"(?:[01]\d|2[0-3]):[0-5]\d"
_HOURS = f"^{_HOUR}-{_HOUR}$"
_SPOT = re.compile(r"at line (\d+)")


def names_of(told: str) -> tuple[str, ...]:
    """Return the names that stand in one text with commas or blanks between them."""
    return tuple(filter(None, re.split(r"[,，、\s]+", told)))


def _split(told: object) -> object:
    return names_of(told) if isinstance(told, str) else told


def _split_blanks(told: object) -> object:
    # An address may have a comma in it.
    return told.split() if isinstance(told, str) else told


_Secrets = Annotated[tuple[SecretStr, ...], NoDecode, BeforeValidator(_split_blanks)]
_Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]


class Settings(BaseSettings):
    """The settings of a run.

    Args:
        store: path or address of the store; None for `nianbao.db` in the output folder.
        archive: folder or address of the raw bytes; None for `archive` beside the store.
        workers: processes that read at the same time; None for one a processor.
        batch_size: files that a task takes at once.
        scan_workers: processes that recognise pictures at the same time; None for one a processor.
        office: path of LibreOffice's program; None to look for it.
        cache: the folder that keeps what was converted and recognised; None for the user's cache folder.
        web_contact: where a site's keepers reach you; without it no public site is collected.
        web_delay: seconds between two requests to a host, give or take half of it.
        web_daily: requests to a host in a day.
        web_hours: when sites may be asked, by Beijing's clock (`20:00-07:00`); None for any time.
        web_children: processes that collect at the same time.
        web_megabytes: the largest answer of a site that is taken.
        web_seconds: how long a site may take for an answer.
        web_private: whether a manifest may name private addresses, for tests.
        web_browser: path of Chromium's program; None to look for it.
        plugins: names of the only plugins of other packages that are loaded; None for all that are installed.
        disable: names of plugins that are not loaded, the built-in ones included.
        publish: names of the publishers that write the results; none for the usual ones.
        mask: whether names, ID card and telephone numbers are hidden in what is published.
        engine: where files are read: `processes` of this machine, `serial` (one after another), or `dask`.
        dask_address: of the scheduler of a Dask cluster; None for a cluster on this machine alone.
        results_url: the address under which the folder of the results is served, with `{out}` for its name;
            None where it is not.
        server_folder: the folder of the operator's Prefect server; None for the user's data folder.
        server_database: address of that server's database; None for a file in its folder.
        notify: addresses that the operator's server sends notices to; None to leave those that it has.
        trace_plugins: whether each call of a plugin is told on standard error, with its time.

    The others are those of `Limits`.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid")

    store: str | None = None
    archive: str | None = None
    workers: int | None = Field(default=None, ge=1, le=1024)
    batch_size: int = Field(default=64, ge=1, le=10_000)
    file_seconds: int = Field(default=_USUAL.file_seconds, ge=1, le=86_400)
    scan_seconds: int = Field(default=_USUAL.scan_seconds, ge=1, le=86_400)
    scan_workers: int | None = Field(default=None, ge=1, le=1024)
    office: str | None = None
    cache: str | None = None
    file_megabytes: int = Field(default=_USUAL.file_megabytes, ge=1, le=4_096)
    pages: int = Field(default=_USUAL.pages, ge=1, le=100_000)
    archive_members: int = Field(default=_USUAL.archive_members, ge=1, le=100_000)
    archive_depth: int = Field(default=_USUAL.archive_depth, ge=1, le=10)
    office_seconds: int = Field(default=_USUAL.office_seconds, ge=1, le=86_400)
    office_file_seconds: int = Field(default=_USUAL.office_file_seconds, ge=1, le=86_400)
    scan_pages: int = Field(default=_USUAL.scan_pages, ge=0, le=100_000)
    worker_megabytes: int = Field(default=_USUAL.worker_megabytes, ge=512, le=1_048_576)
    cache_megabytes: int = Field(default=_USUAL.cache_megabytes, ge=0, le=1_048_576)
    review_percent: int = Field(default=_USUAL.review_percent, ge=0, le=100)
    web_contact: str | None = None
    web_delay: float = Field(default=3.0, ge=0, le=3_600)
    web_daily: int = Field(default=500, ge=1, le=1_000_000)
    web_hours: str | None = Field(default=None, pattern=_HOURS, examples=["20:00-07:00"])
    web_children: int = Field(default=4, ge=1, le=64)
    web_megabytes: int = Field(default=50, ge=1, le=4_096)
    web_seconds: int = Field(default=30, ge=1, le=3_600)
    web_private: bool = False
    web_browser: str | None = None
    plugins: _Names | None = None
    disable: _Names = ()
    publish: _Names = ()
    mask: bool = True
    engine: Literal["processes", "serial", "dask"] = "processes"
    dask_address: str | None = Field(
        default=None, pattern=r"^(tcp|tls|ws|wss)://\S+$", examples=["tcp://127.0.0.1:8786"]
    )
    results_url: str | None = Field(
        default=None, pattern=r"^https?://[^\s<>()]+$", examples=["https://files.example/nianbao/{out}/"]
    )
    server_folder: str | None = None
    server_database: str | None = None
    notify: _Secrets | None = None
    trace_plugins: bool = False

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let variables win over the file, whose values come as arguments."""
        return env_settings, init_settings

    @property
    def worker_count(self) -> int:
        """How many processes read at the same time."""
        return self.workers or _processors()

    @property
    def engine_told(self) -> str:
        """The engine, as a run is asked for it: with the address of its cluster."""
        return f"dask={self.dask_address}" if self.engine == "dask" and self.dask_address else self.engine

    @property
    def scan_worker_count(self) -> int:
        """How many processes recognise pictures at the same time; each takes about a gigabyte of memory."""
        return self.scan_workers or _processors()


def _processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def load_settings(folder: Path | None = None) -> Settings:
    """Read the settings.

    Args:
        folder: where `nianbao.toml` is looked for, unless NIANBAO_CONFIG names a file; the working directory.

    Raises:
        UsageError: a file that can't be read, an unknown name, or a value that can't be; in one Chinese line.
    """
    path = _config_path(folder or Path())
    told = _read_toml(path) if path else {}
    for name in told:
        if name not in Settings.model_fields:
            raise _unknown(name, str(path))
    try:
        return Settings(**told)
    except ValidationError as error:
        raise _explain(error, str(path)) from error


def _config_path(folder: Path) -> Path | None:
    named = os.environ.get(CONFIG_VARIABLE)
    if named:
        path = Path(named)
        if not path.is_file():
            raise UsageError("没有这个设置文件", where=named, hint=f"请检查环境变量 {CONFIG_VARIABLE}")
        return path
    path = folder / CONFIG_FILE
    return path if path.is_file() else None


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        # Notepad writes a byte order mark, which TOML does not know.
        return tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise UsageError(f"无法读取设置文件：{error.strerror}", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise UsageError("设置文件不是 UTF-8 编码", where=str(path), hint="请另存为 UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        hint = "文字须加引号；Windows 路径请用单引号，如 store = 'D:\\年报\\nianbao.db'"
        spot = _SPOT.search(str(error))
        where = f"{path} 第 {spot[1]} 行" if spot else str(path)
        raise UsageError("设置文件的写法有误", where=where, hint=hint) from error


def _unknown(name: str, where: str) -> UsageError:
    allowed = list(Settings.model_fields)
    close = difflib.get_close_matches(name.lower().replace("-", "_"), allowed, n=1)
    shown = "、".join(allowed[:_SHOWN])
    hint = f"您是不是要写 {close[0]}？" if close else f"可用的设置有 {shown} 等 {len(allowed)} 项"
    return UsageError(f"没有名为 {name} 的设置", where=where, hint=hint)


def _explain(error: ValidationError, path: str) -> UsageError:
    """Tell the first thing that is wrong; the others follow once it is right."""
    first = error.errors()[0]
    name = str(first["loc"][0])
    variable = f"{PREFIX}{name.upper()}"
    given = {key.upper() for key, value in os.environ.items() if value}
    where = f"环境变量 {variable}" if variable in given else f"{path} 中的 {name}"
    told = "写法有误" if name in _SECRET else f"不能是 {_shown(first['input'])}"
    return UsageError(told, where=where, hint=f"应为{_expected(name)}")


def _shown(value: object) -> str:
    text = f"“{value}”" if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:60]}…"


def _expected(name: str) -> str:
    """Say in Chinese what a setting may be, from its declaration."""
    schema = Settings.model_json_schema()["properties"][name]
    kinds = schema.get("anyOf", [schema])
    first = kinds[0]
    if "enum" in first:
        return f" {'、'.join(first['enum'])} 之一"
    if first["type"] == "number":
        return f" {first['minimum']:g} 至 {first['maximum']:g} 之间的数"
    if first["type"] == "integer":
        return f" {first['minimum']} 至 {first['maximum']} 之间的整数"
    if first["type"] == "array":
        return _NAMES.get(name, "插件名称，如 disable = ['reader-scan']")
    if first["type"] == "boolean":
        return " true 或 false"
    return f"{_PATTERNS[name]}，如 {schema['examples'][0]}" if "pattern" in first else "文字"
