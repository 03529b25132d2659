"""Start the loopback site: `python -m tests.loopback` from the repository's folder."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from .county import INNER, NEW_HOME, OUTSIDE
from .faults import NAMES
from .server import PORTAL, Loopback


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until Ctrl-C or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m tests.loopback", description=__doc__)
    parser.add_argument(
        "--port", type=int, default=8808, help="of all hosts (default: 8808; 0: any free one)"
    )
    parser.add_argument("--seed", type=int, default=7, help="of all that is invented (default: 7)")
    parser.add_argument("--more", type=int, default=0, help="further small sites, of a town each")
    parser.add_argument("--scripted", action="store_true", help="further sites whose lists need a browser")
    parser.add_argument(
        "--fault", action="append", default=[], metavar="SITE:NAME[:PATH]",
        help=f"switch a fault on; names: {', '.join(NAMES)}",
    )  # fmt: skip
    parser.add_argument("--list", action="store_true", help="print the addresses of all reports, and end")
    parser.add_argument(
        "--profile", type=Path, metavar="FILE", help="write the profile that collects the county"
    )
    told = parser.parse_args(arguments)
    try:
        loopback = Loopback(port=told.port, seed=told.seed, more=told.more, scripted=told.scripted)
    except OSError as error:
        parser.error(f"port {told.port}: {error.strerror}; try --port 0")
    for fault in told.fault:
        site, name, path = [*fault.split(":", 2), "/"][:3]
        try:
            loopback.fault(site, name, path=path)
        except ValueError as error:
            parser.error(str(error))
    if told.profile:
        collected = [key for key in loopback.sites if key not in (NEW_HOME, OUTSIDE, INNER)]
        told.profile.write_text(loopback.profile(*collected), encoding="utf-8")
    if told.list:
        for each in loopback.listed():
            print(each.site, each.paper.year, each.paper.issuer.name, each.url, sep="\t")
        loopback.stop()
        return 0
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    signal.signal(signal.SIGINT, lambda *_: ended.set())
    with loopback:
        print(f"{loopback.url(PORTAL)}  (Ctrl-C ends it)", flush=True)
        for key, site in loopback.sites.items():
            print(f"  {key:10} {site.family:14} {site.base}  {site.title}", flush=True)
        ended.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
