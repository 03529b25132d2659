"""The profile by which the county is collected."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from nianbao.sites import GENERIC, families

from .papers import COUNTY
from .sites import Site

# No county has this code; the city that it begins with exists.
CODE = "431299"


def profile_text(sites: Sequence[Site]) -> str:
    """Return a profile (YAML) of some sites, at the addresses where they are now.

    Towns of one name are told apart by their sites' keys.
    """
    named = Counter(site.title for site in sites)
    lines = [f'region: "{CODE}"', f"name: {COUNTY}", "sites:"]
    for site in sites:
        starts = [f"{site.base}{site.start(column)}" for column in site.columns]
        lines += [
            f"  - name: {site.title}" + (f" {site.name}" if named[site.title] > 1 else ""),
            f"    family: {site.family if site.family in families() else GENERIC}",
            f"    start: {json.dumps(starts)}",
            f"    issuers: {len({column.issuer for column in site.columns})}",
            "    allow_private: true",
        ]
        if site.family in ("script", "scripted"):
            lines += ["    browser: true", '    rows: ["#app li", ".list li"]']
    return "\n".join(lines) + "\n"
