"""Shows what one look at a site showed."""

from __future__ import annotations

from collections.abc import Iterator

from connectors.sources.website.probes import ListProbe, PageProbe, SiteProbe, Title
from flows.display import Line, Look, Run, printable
from nianbao.sites import Verdict, families

_VERDICTS = {Verdict.WANTED: "想要", Verdict.UNSURE: "拿不准", Verdict.UNWANTED: "不想要"}


def show_probe(seen: SiteProbe) -> Iterator[Line]:
    """Yield the lines that show a site: its lists, a page, what is wrong."""
    state = Run("有问题", Look.BAD) if seen.problems else Run("正常")
    called = families()[seen.family].called
    yield Line(
        "", (Run(printable(seen.site), Look.NAME), Run(f"（{called}，family: {seen.family}）："), state)
    )
    for each in seen.lists:
        yield from _list(each)
    if seen.page is not None:
        yield from _page(seen.page)
    for problem in seen.problems:
        yield _line("  问题 │ ", problem, Look.BAD)
    for note in seen.notes:
        yield _line("  提醒 │ ", note)


def _list(each: ListProbe) -> Iterator[Line]:
    yield _line("  列表 │ ", each.url, Look.HEADING)
    if each.rows or not each.trouble:
        told = [f"{each.rows} 行", f"{each.dated} 行有日期"]
        if each.own < each.rows:
            told.append(f"{each.rows - each.own} 行指向别处")
        told.append(f"想要 {each.wanted}、拿不准 {each.unsure}、不想要 {each.unwanted}")
        yield _line("       │ ", "，".join(told) + _further(each))
        yield from map(_title, each.first)
    if each.trouble:
        yield _line("       │ ", each.trouble)
    if each.families and not each.fits:
        yield _line("       │ ", f"网页特征像：{'、'.join(each.families)}")


def _further(each: ListProbe) -> str:
    told = f"；另有 {each.further} 页" if each.further else "；后面没有列表页"
    if each.total is not None:
        told += f"，共 {each.total} 条"
    return told + ("（由接口给出）" if each.by_interface else "")


def _title(each: Title) -> Line:
    return _line("       │ ", f"{each.day or '（无日期）'} {_VERDICTS[each.verdict]}：{each.title}")


def _page(page: PageProbe) -> Iterator[Line]:
    yield _line("  网页 │ ", page.url, Look.HEADING)
    if page.is_file:
        yield _line("       │ ", "列表直接指向文件，不是网页")
        return
    found = f"{page.found_by} 找到" if page.found_by else "没有选择器找到，按段落有"
    if page.characters or not page.trouble:
        yield _line("       │ ", f"正文：{found} {page.characters} 个汉字")
        told = "、".join(page.files) if page.files else "没有"
        yield _line("       │ ", f"附件：{told}")


def _line(margin: str, text: str, look: Look = Look.PLAIN) -> Line:
    return Line(margin, (Run(printable(text), look),))
