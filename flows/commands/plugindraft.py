"""`nianbao plugin new`: writes a plugin's scaffold, begun from a report where one is given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from flows.commands.extract import outcomes
from flows.listing import list_all
from flows.stopping import StoppedError
from flows.worker import installed
from nianbao.errors import ReadError, UsageError
from nianbao.kit.drafting import Draft, draft, province_of
from nianbao.kit.scaffold import Found, names_of, refuse_existing, scaffold
from nianbao.manager import registry
from nianbao.model import Document, Fact, FactName, Filing, Report, Status


@dataclass(frozen=True, slots=True)
class Sample:
    """The report that a plugin is begun from.

    Args:
        report: as it was read.
        document: what it was read from.
    """

    report: Report
    document: Document


def new_command(region: str, out: Path, *, code: str, module: str, from_file: str, from_page: str) -> int:
    """Write a plugin's scaffold and say what to do next; return the exit status.

    Args:
        region: its name; may be empty where a report or a code tells it.
        out: the folder that it goes into.
        code: its division code; empty for that of the name.
        module: its name in Latin letters; empty for that by its readings.
        from_file: a saved report to begin with; empty for none.
        from_page: the address of a report's page, or a file that holds it; empty for none.

    Raises:
        UsageError: nothing tells the region, the package's folder exists, or there is no such report.
        ReadError: the report can't be read.
        PublishError: a file can't be written.
        StoppedError: the user stopped it.
    """
    if from_file and from_page:
        raise UsageError("--from-file 和 --from-page 只能写一个", where="nianbao plugin new")
    if region or code:
        # What is wrong already should not cost the time to fetch and read a report.
        refuse_existing(names_of(region, code, module), out)
    try:
        sample = _sample(from_file, from_page)
    except KeyboardInterrupt as error:
        raise StoppedError("已停止；什么也没有写。") from error
    code = code or ("" if region or sample is None else province_of(sample.report))
    if not (region or code):
        hint = "请写出名称或 --code" + ("，这份报告里看不出" if sample else "")
        raise UsageError("没有写是哪个地区", where="nianbao plugin new", hint=hint)
    names = names_of(region, code, module)
    drafted = draft(sample.report, sample.document, names.slug) if sample else Draft()
    files = scaffold(names, out, Found(drafted.outline, drafted.proposed))
    home = out / names.package
    print(f"已写出 {home}：{names.name}（{names.code}）的插件，{len(files)} 个文件")
    if names.others:
        print(f"名称里有多音字：用了 {names.slug}；也可能是 {'、'.join(names.others)}，可用 --module 指定")
    for line in drafted.told:
        print(line)
    for owner in owners_of(names.code):
        print(f"提醒：已装的插件 {owner} 也管 {names.name}，一个地区只能有一个：请在 nianbao.toml 里写")
        print(f'  disable = ["{owner}"]')
    print(f"接着：nianbao plugin accept {home} 写出示例的预期，再用 nianbao plugin test {home} 测试")
    return 0


def owners_of(code: str) -> list[str]:
    """Return the plugins that bring a profile of just this region, of those that the settings want."""
    return [
        plugin.name
        for plugin in registry().plugins
        for hook, codes in plugin.records
        if hook == "nianbao_regions" and code in codes and not plugin.failures
    ]


def _sample(from_file: str, from_page: str) -> Sample | None:
    if not (from_file or from_page):
        return None
    if "://" not in from_page:
        place = from_page or from_file
        filings = list_all(registry(), (place,))
        if len(filings) != 1:
            raise UsageError(f"这里有 {len(filings)} 份文件，请只写一份报告", where=place)
        return _read(filings[0], place)
    with _fetched(from_page) as filing:
        return _read(filing, from_page)


@contextmanager
def _fetched(address: str) -> Iterator[Filing]:
    """Ask for a page once, as politely as a crawl; give it as a file that is there meanwhile.

    Raises:
        UsageError: the address is none, may not be asked, or gives no page.
    """
    from connectors.sources.website import manners_of
    from connectors.sources.website.trying import fetch_page
    from nianbao.settings import load_settings

    settings = load_settings()
    page = fetch_page(address, manners_of(settings), allow_private=settings.web_private)
    told = urlsplit(page.url)
    suffix = ".html" if "html" in page.media else PurePosixPath(told.path).suffix
    facts = [Fact(FactName.URL, page.url, "listing"), Fact(FactName.HOST, told.hostname or "", "listing")]
    with TemporaryDirectory(prefix="nianbao-") as folder:
        path = Path(folder, f"网页{suffix}")
        path.write_bytes(page.body)
        yield Filing("folder", str(path), address, tuple(facts))


def _read(filing: Filing, place: str) -> Sample:
    done = next(iter(outcomes(installed, [filing]))).processed
    report, document = done.reports[0], done.document
    if document is None or report.status is Status.UNREADABLE:
        raise ReadError(report.error or "读不了这个文件", where=place)
    if report.status is Status.NOT_A_REPORT:
        raise UsageError(f"不是法治政府建设年度报告：{report.reason}", where=place, hint=_advice(document))
    return Sample(report, document)


def _advice(document: Document) -> str:
    """Return what to do where a page is no report."""
    attached = [fact.value for fact in document.facts if fact.name is FactName.ATTACHMENT]
    if attached:
        return f"报告可能是它的附件（{len(attached)} 个），请下载后用 --from-file"
    if any(fact.name is FactName.HOST for fact in document.facts):
        return "请写报告本身的网址；列表页请用 nianbao sources new"
    return ""
