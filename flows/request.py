"""What a run is asked to do, and whether it can be: checked before any work begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from nianbao.divisions import Divisions, divisions
from nianbao.errors import UsageError
from nianbao.manager import Registry, our_version
from nianbao.manifest import is_manifest, roster_of_manifest
from nianbao.model import Filing, RosterEntry, RunRecord, SourceConfig
from nianbao.records import Context
from nianbao.roster import read_roster, roster_of_county
from nianbao.steps import SHANGHAI, list_filings
from nianbao.waivers import read_waivers

FIRST_YEAR = 2004  # 《全面推进依法行政实施纲要》, the first to ask for such reports


@dataclass(frozen=True, slots=True)
class Request:
    """What a run is asked to do.

    Args:
        source: a folder, file or address.
        out: the folder for what is published.
        year: the year wanted, or None for a workbook of each year found.
        roster: a file that lists who should report.
        county: the name or code of the county whose towns should, where there is no roster; else empty.
        waivers: a file of waivers.
        wait: whether to wait for another run on the same store, instead of refusing.
        archive: the folder or address of the raw bytes, or an empty string for `archive` beside the store.
        force: whether all is done again.
        only_failed: whether only the files are done that failed before.
        store: the database, or an empty string for `nianbao.db` in `out`.
        workers: how many processes read.
        batch_size: how many files are saved at once.
        limit: seconds that one document may take.
        scan_workers: how many processes recognise pictures.
        scan_limit: seconds that a document may take whose pages are pictures.
        region: the code of the region whose profile is to read all reports; empty where each tells its own.
        publish: the names of the publishers that write; none for the usual ones.
        mask: whether names, ID card and telephone numbers are hidden in what is published.
        engine: where documents are processed, as `flows.engines` tells it; results do not depend on it.
        results_url: the address under which the folder of the results is served; empty where it is not.
    """

    source: str
    out: Path
    year: int | None = None
    roster: Path | None = None
    store: str = ""
    workers: int = 2
    batch_size: int = 64
    limit: float = 120.0
    scan_workers: int = 2
    scan_limit: float = 3_600.0
    county: str = ""
    waivers: Path | None = None
    wait: bool = False
    archive: str = ""
    force: bool = False
    only_failed: bool = False
    region: str = ""
    publish: tuple[str, ...] = ()
    mask: bool = True
    engine: str = "processes"
    results_url: str = ""

    @property
    def store_location(self) -> str:
        """Where the store is."""
        return self.store or str(self.out / "nianbao.db")

    @property
    def crawl_location(self) -> str:
        """Where it is kept what was collected from sites; beside a database file, else with the results."""
        store = self.store_location.removeprefix("sqlite:///")
        return str((self.out if "://" in store else Path(store).parent) / "crawl.db")

    @property
    def archive_location(self) -> str:
        """Where the raw bytes are kept; beside a database file, else in the folder of the results."""
        if self.archive:
            return self.archive
        store = self.store_location.removeprefix("sqlite:///")
        return str((self.out if "://" in store else Path(store).parent) / "archive")


def check_year(year: int | None, today: datetime | None = None) -> None:
    """Refuse a year that no report can be about.

    Raises:
        UsageError: it is before the first such reports, or has not begun.
    """
    last = (today or datetime.now(SHANGHAI)).year
    if year is not None and not FIRST_YEAR <= year <= last:
        raise UsageError(
            f"年份 {year} 不在 {FIRST_YEAR}–{last} 之间", where="--year", hint="请写报告所属的年度，如 2023"
        )


def check_request(request: Request, registry: Registry) -> tuple[Filing, ...]:
    """Return the filings of a request, having checked all that can be checked before any work.

    Raises:
        UsageError: the year, the roster, the waivers, the source or the folder for the results is wrong.
    """
    check_year(request.year)
    if request.force and request.only_failed:
        raise UsageError(
            "不能同时给出 --force 和 --only-failed", where="--only-failed", hint="请只用其中之一"
        )
    wanted_roster(request, divisions())
    if request.waivers is not None:
        read_waivers(request.waivers)
    out = request.out.expanduser().resolve()
    if out.exists() and not out.is_dir():
        raise UsageError("这是一个文件，不是文件夹", where=str(request.out), hint="请用 --out 另选一个文件夹")
    if "://" not in request.source and out == Path(request.source).expanduser().resolve():
        raise UsageError(
            "结果不能写进报告所在的文件夹", where=str(request.out), hint="请用 --out 另选一个文件夹"
        )
    kept = (("crawl-state", request.crawl_location), ("archive", request.archive_location))
    filings = list_filings(registry, SourceConfig(request.source, kept), request.year)
    return tuple(filing for filing in filings if not _is_own(filing, out))


def wanted_roster(request: Request, known: Divisions) -> tuple[RosterEntry, ...] | None:
    """Return who should report: by the roster, else by the division table under a county, else by a manifest.

    Returns:
        None where nothing of these tells.

    Raises:
        UsageError: both are given, the roster is wrong, or there is no such county.
    """
    if request.roster is not None and request.county:
        raise UsageError("不能同时给出名单和县区", where="--county", hint="请只用 --roster 或 --county 之一")
    if request.roster is not None:
        return read_roster(request.roster)
    if request.county:
        return roster_of_county(request.county, known)
    if is_manifest(request.source):
        return roster_of_manifest(Path(request.source).expanduser(), request.year)
    return None


def _is_own(filing: Filing, out: Path) -> bool:
    """What an earlier run wrote into a folder below the source is no report."""
    return "://" not in filing.uri and out in Path(filing.uri).parents


def run_record(request: Request, registry: Registry, context: Context) -> RunRecord:
    """Return what is needed to repeat a run."""
    from nianbao.store.address import shown

    settings = {
        "来源": request.source,
        "年度": str(request.year or "全部"),
        "名单": str(request.roster or request.county),
        "豁免": str(request.waivers or ""),
        "数据库": shown(request.store_location),
    }
    if request.region:
        settings["地区"] = request.region
    if request.publish:
        settings["输出"] = "、".join(request.publish)
    if not request.mask:
        settings["个人信息"] = "没有遮盖"
    started = datetime.now(SHANGHAI)
    return RunRecord(
        id=f"{started:%Y%m%d-%H%M%S}-{uuid4().hex[:6]}",
        started=started,
        version=our_version(),
        catalogue=context.catalogue.fingerprint,
        plugins=tuple((plugin.name, plugin.version) for plugin in registry.plugins),
        settings=tuple(settings.items()),
    )
