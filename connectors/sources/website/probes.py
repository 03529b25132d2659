"""What one look at a site showed: its list pages, one of its pages, and what seems wrong with them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from nianbao.sites import Verdict


@dataclass(frozen=True, slots=True)
class Title:
    """A title of a list.

    Args:
        title: as the list has it.
        url: where it leads.
        day: as the list has it; empty where it shows none.
        verdict: what the title says of its paper.
    """

    title: str
    url: str
    day: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ListProbe:
    """What the beginning of a list showed.

    Args:
        url: the list page.
        families: those whose signs it bears, the likeliest first.
        fits: whether it may be of the family that the profile names.
        rows: how many rows were caught.
        own: how many of these lead to pages of the site.
        dated: how many show a day.
        is_guessed: whether no selector caught them, but their addresses.
        wanted, unwanted, unsure: how many of its own are judged so, by their titles.
        first: the first titles that may be wanted, or the first of all where none may.
        further: how many further list pages are told.
        total: how many rows the list says that it has.
        by_interface: whether an interface tells rows of it.
        trouble: what is wrong with it; empty where nothing is.
    """

    url: str
    families: tuple[str, ...] = ()
    fits: bool = True
    rows: int = 0
    own: int = 0
    dated: int = 0
    is_guessed: bool = False
    wanted: int = 0
    unwanted: int = 0
    unsure: int = 0
    first: tuple[Title, ...] = ()
    further: int = 0
    total: int | None = None
    by_interface: bool = False
    trouble: str = ""

    @property
    def goes_on(self) -> bool:
        """Whether there is more of the list than was seen."""
        return bool(self.further) or (self.total or 0) > self.rows


@dataclass(frozen=True, slots=True)
class PageProbe:
    """What a page that a list leads to showed.

    Args:
        url: its address.
        title: its own title.
        found_by: the selector that found its text; empty where only its paragraphs are left.
        characters: how many Chinese characters its text has.
        files: the names of what is attached to it.
        is_file: whether it is no page, but a file.
        is_wanted: whether its title is wanted.
        trouble: what is wrong with it; empty where nothing is.
    """

    url: str
    title: str = ""
    found_by: str = ""
    characters: int = 0
    files: tuple[str, ...] = ()
    is_file: bool = False
    is_wanted: bool = False
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class SiteProbe:
    """What one look at a site showed.

    Args:
        site: its name in the profile.
        family: the key of its family.
        lists: its list pages.
        page: one of the pages that they lead to; None where there was none to look at.
        problems: what is wrong, each with its likely cause.
        notes: what is worth knowing, and not wrong.
    """

    site: str
    family: str
    lists: tuple[ListProbe, ...] = ()
    page: PageProbe | None = None
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Return it as one line."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @staticmethod
    def from_json(text: str) -> SiteProbe:
        """Return what `to_json` wrote."""
        told: dict[str, Any] = json.loads(text)
        page = told.pop("page")
        lists = tuple(map(_list, told.pop("lists")))
        problems, notes = tuple(told.pop("problems")), tuple(told.pop("notes"))
        return SiteProbe(
            **told, lists=lists, page=_page(page) if page else None, problems=problems, notes=notes
        )


def _list(told: dict[str, Any]) -> ListProbe:
    first = tuple(Title(**{**each, "verdict": Verdict(each["verdict"])}) for each in told["first"])
    return ListProbe(**{**told, "families": tuple(told["families"]), "first": first})


def _page(told: dict[str, Any]) -> PageProbe:
    return PageProbe(**{**told, "files": tuple(told["files"])})
