"""Which region's profile applies to a document: the one that names the host it comes from most closely."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nianbao.model import Document, FactName
from nianbao.records import RegionProfile


def regions_of_hosts(profiles: Iterable[RegionProfile], document: Document) -> tuple[RegionProfile, ...]:
    """Return the profiles that name a document's host most closely; several where they name it alike.

    Args:
        profiles: those that are installed.
        document: with the facts of its download.

    Returns:
        In the order of their codes, so that one which holds the others comes first; of a document with
        several hosts the profiles of each.
    """
    hosts = {fact.value for fact in document.facts if fact.name is FactName.HOST}
    known = tuple(profiles)
    found = {each.code: each for host in hosts for each in _closest(known, host)}
    return tuple(found[code] for code in sorted(found))


def chosen_region(hosted: Sequence[RegionProfile]) -> RegionProfile | None:
    """Return the one profile of a host, or the one that holds all others; None where nothing decides."""
    first = next(iter(hosted), None)
    return first if first and all(each.code.startswith(first.code) for each in hosted) else None


def names_host(profile: RegionProfile, host: str) -> bool:
    """Tell whether a profile names a host, or a domain above it."""
    return _closeness(profile, host) > 0


def _closest(profiles: Sequence[RegionProfile], host: str) -> list[RegionProfile]:
    named = [(_closeness(each, host), each) for each in profiles]
    best = max((closeness for closeness, _ in named), default=0)
    return [each for closeness, each in named if best and closeness == best]


def _closeness(profile: RegionProfile, host: str) -> int:
    """Return how many labels of a host the profile names, 0 where it does not name it."""
    asked = _labels(host)
    named = (_labels(each) for each in profile.hosts)
    return max((len(own) for own in named if own and asked[-len(own) :] == own), default=0)


def _labels(host: str) -> list[str]:
    """Return the labels of a host; the star of *.x.gov.cn stands for any."""
    return [label for label in host.lower().split(".") if label not in ("", "*")]
