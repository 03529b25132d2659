"""The sites of the county: which issuer stands on which, and at which address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from benchmarks.made_reports import names

from .exchange import Asked, Part, Reply, page
from .families.hanweb import Jpaas, Jpage, Xxgk, is_listed_apart
from .families.nfw import Gkmlpt, Nfcms
from .families.plain import Plain, Script
from .families.scripted import WAYS, Scripted
from .families.trs import Trs
from .families.ucap import Ucap
from .families.vsb import Vsb
from .markup import document
from .papers import COUNTY, Issuer, Paper, make_issuers, make_papers
from .sites import Column, Site, reports

SITES: Mapping[str, tuple[type[Site], str]] = {
    "trs": (Trs, "岚溪县人民政府门户网站"),
    "ucap": (Ucap, "岚溪县政务公开"),
    "jpage": (Jpage, "白鹭洲镇人民政府"),
    "xxgk": (Xxgk, "岚溪县政府信息公开"),
    "jpaas": (Jpaas, "岚溪县政府信息公开平台"),
    "gkmlpt": (Gkmlpt, "岚溪县政府信息公开目录"),
    "nfcms": (Nfcms, "梧台街道办事处"),
    "vsb": (Vsb, "岚溪县司法局"),
    "plain": (Plain, "岚溪县部门网站"),
    "script": (Script, "岚溪县水利局"),
}
# The county's site after a move; another authority's; and what no crawler may ever ask.
NEW_HOME, OUTSIDE, INNER = "newhome", "outside", "inner"
# Of a paper that another issuer's column holds as well: who, which year, in whose column.
STRAYS = (("石榴坪镇", 2023, "雁栖渡镇"), (COUNTY, 2023, "司法局"))


@dataclass(frozen=True, slots=True)
class Listed:
    """A report that a site has: what a collector of the county should come home with.

    Args:
        site: the site's key.
        paper: the report.
        url: its page.
        stray: whether it stands in another issuer's column, beside its own place.
    """

    site: str
    paper: Paper
    url: str
    stray: bool


class Elsewhere(Site):
    """A host with a page or two, that is none of the county's."""

    family = "elsewhere"

    def answer(self, asked: Asked) -> Reply | None:
        if self.name == INNER:
            return page("<html><body><h1>内部系统</h1></body></html>")
        if asked.path == "/dt/1.html":
            told = "<p>上级单位召开法治政府建设工作推进会。</p>"
            return page(document(self.title, "法治政府建设工作推进会召开", told), part=Part.PAGE)
        return None


def keys(more: int = 0, *, scripted: bool = False) -> list[str]:
    """Return the keys of all sites, in the order of their addresses."""
    many = (f"many-{number:02d}" for number in range(1, more + 1))
    return [*SITES, NEW_HOME, OUTSIDE, INNER, *many, *(f"shown-{way}" for way in WAYS if scripted)]


def build(bases: Mapping[str, str], *, seed: int, more: int = 0, scripted: bool = False) -> dict[str, Site]:
    """Return the sites.

    Args:
        bases: the address of each.
        seed: of all that is invented.
        more: how many further sites there are, with a town each.
        scripted: whether there are, besides, sites whose lists a browser alone shows, with a town each.
    """
    issuers = make_issuers()
    papers = make_papers(issuers, seed=seed)
    sites: dict[str, Site] = {}
    for key, (family, title) in SITES.items():
        columns = _columns(key, [issuer for issuer in issuers if issuer.site == key], papers)
        sites[key] = family(key, title, bases[key], columns, bases)
        if key == "trs":
            sites[NEW_HOME] = family(NEW_HOME, title, bases[NEW_HOME], columns, bases)
    for key, title in ((OUTSIDE, "市人民政府"), (INNER, "内部系统")):
        sites[key] = Elsewhere(key, title, bases[key], (), bases)
    towns = [key for key in keys(more, scripted=scripted) if key.startswith(("many-", "shown-"))]
    for number, (key, (county, town)) in enumerate(zip(towns, names(len(towns)), strict=True), start=1):
        issuer = Issuer(f"{county}{town}", key, f"m{number:02d}", 100 + number)
        own = make_papers((issuer,), seed=seed)
        kind = Plain if key.startswith("many-") else Scripted
        sites[key] = kind(key, f"{town}人民政府", bases[key], [_column(issuer, own)], bases)
    return sites


def listed(sites: Mapping[str, Site]) -> list[Listed]:
    """Return the reports that the county's sites have, and those that stray into another column."""
    return [
        Listed(site.name, paper, url, stray=column.issuer != paper.issuer)
        for site in sites.values()
        if site.name in SITES
        for column, paper, url in site.addresses()
        if paper in reports(column.papers)
    ]


def _columns(key: str, issuers: Sequence[Issuer], papers: Sequence[Paper]) -> list[Column]:
    columns: list[Column] = []
    for issuer in issuers:
        strays = {(name, year) for name, year, host in STRAYS if host == issuer.name}
        own = tuple(
            paper if paper.issuer == issuer else replace(paper, number=paper.number + 50_000)
            for paper in papers
            if paper.issuer == issuer or ((paper.issuer.name, paper.year) in strays and reports((paper,)))
        )
        is_first = not columns
        if key == "trs":
            columns += Trs.plan(issuer, own, outside=is_first)
        elif key == "xxgk":
            apart = tuple(paper for paper in own if is_listed_apart(paper))
            kept = tuple(paper for paper in own if not is_listed_apart(paper))
            columns += [_column(issuer, kept), replace(_column(issuer, apart), name="动态", number=1500)]
        else:
            columns.append(_column(issuer, own, outside=is_first))
    return columns


def _column(issuer: Issuer, papers: tuple[Paper, ...], *, outside: bool = False) -> Column:
    slug = f"/{issuer.slug}/fzzfjs" if issuer.site == "vsb" else f"/{issuer.slug}/fzzfjs/"
    return Column(issuer, "法治政府建设", slug, 1200 + issuer.number, papers, outside)


def newest(sites: Mapping[str, Site]) -> date:
    """Return the day of the newest paper."""
    return max(column.newest for site in sites.values() for column in site.columns)
