"""What a run is asked for, as a person fills it into Prefect's form: one model with Chinese titles a flow.

Importing it loads pydantic, and nothing of Prefect; import it where it is used.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from flows.request import FIRST_YEAR, Request
from nianbao.errors import NianbaoError
from nianbao.steps import SHANGHAI


def _form(title: str, told: str) -> ConfigDict:
    """Return the configuration of a form, with what stands above it."""
    return ConfigDict(title=title, json_schema_extra={"description": told}, extra="forbid", frozen=True)


def _name_publishers(schema: dict[str, Any]) -> None:
    """Have a form offer the publishers that are installed where it is made."""
    from flows.publishers import publisher_names
    from nianbao.manager import registry

    try:
        names = publisher_names(registry())
    except NianbaoError:
        # What is wrong with it is told by the run.
        return
    schema["items"] = {"type": "string", "enum": list(names)}
    schema["description"] = f"{'、'.join(names)}，可以选几个；不选则按设置，通常是工作簿。"


class Collection(BaseModel):
    """What `nianbao run` and the flow `annual-collection` are asked for; the rest is told by the settings."""

    model_config = _form(
        "采集和汇总",
        "读取哪里的报告，结果写到哪里。其余按部署时所在文件夹里的设置；相对路径也从那里算起。",
    )

    source: str = Field(
        title="报告位置",
        description="文件夹、站点配置（.yml）、名录（.xlsx、.csv），或插件带有站点配置的地区，如 天津。",
    )
    out: str = Field(title="结果文件夹", description="工作簿写到哪里；没有就新建。")
    name: str = Field(
        default="",
        title="名称",
        description="这项任务的名称，如 岚溪县；写在运行的名称和标签里。不填则用县区、地区或报告位置的名称。",
    )
    year: int | None = Field(
        default=None,
        title="年度",
        description="只汇总这一年度：点 int，再填年份，如 2023。不填则看下一项。",
        json_schema_extra={"minimum": FIRST_YEAR},
    )
    previous_year: bool = Field(
        default=False,
        title="上一年度",
        description="没有填年度时，只汇总运行那天的上一年度，定时运行要打开；关上则各年度各出一本。",
    )
    county: str = Field(
        default="", title="县区", description="没有名单时，以这个县区的各乡镇街道为应报单位；名称或区划代码。"
    )
    roster: str = Field(
        default="", title="应报单位名单", description="名单文件（.xlsx、.csv），用来查出谁还未报。"
    )
    region: str = Field(
        default="", title="地区插件", description="按哪个地区的插件读取，如 天津；不填则由每份报告自己确定。"
    )
    publish: tuple[str, ...] = Field(
        default=(),
        title="写出什么",
        description="写出哪些结果；不填则按设置，通常是工作簿。",
        json_schema_extra=_name_publishers,
    )
    waivers: str = Field(
        default="", title="豁免清单", description="豁免清单文件（.xlsx、.csv），只用于这一次。"
    )
    store: str = Field(
        default="",
        title="数据库",
        description="不填则按设置，或结果文件夹里的 nianbao.db。带口令的地址请写在设置 store 里。",
    )
    only_failed: bool = Field(
        default=False, title="只处理以前失败的", description="只重新处理上次没有读成的文件。"
    )
    force: bool = Field(default=False, title="全部重做", description="全部重新读取和汇总，不管有没有变动。")
    wait: bool = Field(
        default=False, title="等候", description="另一次运行正在使用同一个数据库时，等它结束，而不是放弃。"
    )
    mask: bool = Field(
        default=True, title="遮盖个人信息", description="遮盖引文里的姓名、身份证号和电话号码。"
    )
    workers: int | None = Field(
        default=None,
        title="进程数",
        description="同时用几个进程读取：点 int，再填。不填则按设置，或自动决定。",
        json_schema_extra={"minimum": 1},
    )
    engine: str = Field(
        default="", title="引擎", description="processes、serial、dask 或 dask=地址；不填则按设置。"
    )

    def wanted_year(self, now: datetime | None = None) -> int | None:
        """Return the year that is asked for, by the clock of Shanghai."""
        if self.year is not None or not self.previous_year:
            return self.year
        return (now or datetime.now(SHANGHAI)).year - 1

    @property
    def label(self) -> str:
        """What the run is called after."""
        source = Path(self.source)
        return self.name or self.county or self.region or source.stem or self.source

    def request(self) -> Request:
        """Return what is to be done, completed from the settings.

        Raises:
            UsageError: a setting, the region or its plugin is wrong.
        """
        from flows.commands.extract import code_of
        from flows.regionsources import source_named
        from flows.stores import named_store
        from nianbao.settings import load_settings, names_of

        settings = load_settings()
        return Request(
            source=source_named(self.source),
            out=Path(self.out),
            year=self.wanted_year(),
            roster=Path(self.roster) if self.roster else None,
            county=self.county,
            waivers=Path(self.waivers) if self.waivers else None,
            store=named_store(self.store),
            workers=self.workers or settings.worker_count,
            batch_size=settings.batch_size,
            limit=settings.file_seconds,
            scan_workers=settings.scan_worker_count,
            scan_limit=settings.scan_seconds,
            wait=self.wait,
            archive=settings.archive or "",
            force=self.force,
            only_failed=self.only_failed,
            region=code_of(self.region) if self.region else "",
            publish=names_of(",".join(self.publish)) if self.publish else settings.publish,
            mask=self.mask and settings.mask,
            engine=self.engine or settings.engine_told,
            results_url=settings.results_url or "",
        )


class Verification(BaseModel):
    """What the flow `nightly-verify` is asked for."""

    model_config = _form("核对", "核对哪个数据库和归档。")

    store: str = Field(
        default="",
        title="数据库",
        description="数据库文件或它所在的文件夹，通常是结果文件夹；不填则按设置。带口令的地址请写在设置里。",
    )
    archive: str = Field(
        default="", title="归档", description="存放原件的归档；不填则按设置，或数据库旁边的 archive。"
    )
    name: str = Field(default="", title="名称", description="这项任务的名称，如 岚溪县。")

    @property
    def label(self) -> str:
        """What the run is called after."""
        return self.name or Path(self.store).name or "数据库"


class Check(BaseModel):
    """What the flow `self-check` is asked for."""

    model_config = _form("自检", "在哪里试。")

    out: str = Field(
        default="", title="结果文件夹", description="看这里能不能写、还有多少空间；不填则看工作目录。"
    )
    gigabytes: float = Field(
        default=2.0, title="至少剩余空间（GB）", description="剩余空间少于这么多，就算有问题。"
    )
    name: str = Field(default="", title="名称", description="这项任务的名称，如 本机。")

    @property
    def label(self) -> str:
        """What the run is called after."""
        return self.name or "本机"
