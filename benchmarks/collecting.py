"""Time and memory that collecting takes, on the loopback site: `benchmarks/collecting.py [HOSTS]`.

The county without delays in one process; then so many further hosts (50) in one process, first without
delays, then with one, of which each host's own clock is looked at in the site's log.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from urllib.request import urlopen

from connectors.sources.website.answers import Manners
from connectors.sources.website.crawl import crawl
from nianbao.sites import read_sites

ROOT = Path(__file__).parent.parent
MOST_MS, MOST_MB, DELAY = 12, 120, 1.0


def log_of(portal: str) -> list[dict]:
    with urlopen(f"{portal}/log") as answer:
        return [told for line in answer.read().splitlines() if (told := json.loads(line))["site"] != "portal"]


def parts_of(profile: str) -> list[str]:
    """Return a profile's head and its sites, but for those that need a browser."""
    head, *sites = re.split(r"(?=\n  - name:)", profile.rstrip())
    return [head, *(site for site in sites if "browser: true" not in site)]


def collect(profile: str, portal: str, delay: float) -> tuple[str, list[dict]]:
    region = read_sites(profile, "profile")
    manners = Manners(delay=delay, daily=100_000)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        file = place / "profile.yml"
        file.write_text(profile, "utf-8")
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        asked = len(log_of(portal))
        crawl(region, file, None, place / "crawl.db", str(place / "archive"), manners, children=1)
        took, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    log = log_of(portal)[asked:]
    cpu = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000
    # Of all children until now: what began before held less, or as much.
    memory = after.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    each = cpu / len(log)
    verdict = "" if each <= MOST_MS and memory <= MOST_MB else f"  MORE THAN {MOST_MS} ms OR {MOST_MB} MB"
    told = f"{len(region.sites):3} sites, {len(log):5} requests, {took:6.1f} s: "
    return f"{told}{each:5.1f} CPU-ms a request, {memory:4.0f} MB at most{verdict}", log


def clocks(log: list[dict], delay: float) -> str:
    """Tell how long it was from an answer to the next request to its host, and how many came at once."""
    at, most = defaultdict(list), defaultdict(int)
    for entry in log:
        at[entry["site"]].append((entry["at"], entry["at"] + entry["seconds"]))
        most[entry["site"]] = max(most[entry["site"]], entry["busy"])
    gaps = [
        later[0] - earlier[1]
        for each in at.values()
        for earlier, later in zip(sorted(each), sorted(each)[1:], strict=False)
    ]
    return (
        f"    with a delay of {delay:g} s: {min(gaps):.2f} to {max(gaps):.2f} s between two requests, "
        f"{max(most.values())} at a time, {len(at)} hosts, each by itself"
    )


def main() -> None:
    hosts = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder) / "county.yml"
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.loopback",
                "--port",
                "0",
                "--more",
                str(hosts),
                "--profile",
                profile,
            ],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        try:
            portal = server.stdout.readline().split()[0]
            head, *sites = parts_of(profile.read_text("utf-8"))
            told, _ = collect(head + "".join(sites[:-hosts]), portal, 0)
            print(f"county  {told}")
            print(f"further {collect(head + ''.join(sites[-hosts:]), portal, 0)[0]}")
            told, log = collect(head + "".join(sites[-hosts:]), portal, DELAY)
            print(f"further {told}\n{clocks(log, DELAY)}")
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
