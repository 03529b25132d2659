"""What came of a filing, and what of it was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nianbao.errors import ReadError
from nianbao.model import Document, Fact, Failure, Filing, Report, Status


class Step(StrEnum):
    """From which step on a filing is done (again); NOTHING where all of it holds."""

    READ = "read"
    EXTRACT = "extract"
    VALIDATE = "validate"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Processed:
    """What came of one filing: its reports, and its document where it could be read.

    Args:
        filing: what was listed.
        sha256: of its bytes; empty where it could not be fetched.
        document: as it was read, or None.
        reports: what stands in it.
        is_deferred: whether a slow reader is to read it, and none was to be tried; there are no reports then.
        may_pass: whether it could not be read for a reason that may pass, so that another try may do.
        step: from which step on it was done; where NOTHING, document and reports stand as they were kept.
        media_type: as the sender declared it, if it did.
        facts: those of the listing and the transfer.
        until: the first day on which the rules may decide otherwise, or None.
        digest: of all that a yearbook takes from it; empty where nobody asked.
        note: what the user should know of it, in Chinese.
    """

    filing: Filing
    sha256: str
    document: Document | None
    reports: tuple[Report, ...]
    is_deferred: bool = False
    may_pass: bool = False
    step: Step = Step.READ
    media_type: str | None = None
    facts: tuple[Fact, ...] = ()
    until: date | None = None
    digest: str = ""
    note: str = ""


def unreadable(name: str, sha256: str, error: ReadError, failures: Sequence[Failure] = ()) -> Report:
    """Return the row of a file that can't be read."""
    hint = f"（{error.hint}）" if error.hint else ""
    return Report(name, sha256, Status.UNREADABLE, failures=tuple(failures), error=f"{error.message}{hint}")
