"""Where a region's reports stand on the web: its sites' profiles, and what their publishing systems share."""

from nianbao.sites.families import GENERIC, Family, Selectors, families, recognise
from nianbao.sites.profile import RegionSites, SiteProfile, Start, address_problem, load_sites, read_sites
from nianbao.sites.titles import TitleFilter, Verdict, usual_titles

__all__ = [
    "GENERIC",
    "Family",
    "RegionSites",
    "Selectors",
    "SiteProfile",
    "Start",
    "TitleFilter",
    "Verdict",
    "address_problem",
    "families",
    "load_sites",
    "read_sites",
    "recognise",
    "usual_titles",
]
