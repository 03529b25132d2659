"""What a source lists, and what was fetched of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class FactName(StrEnum):
    """What is known of a document from outside its body: page head, metadata table, listing."""

    TITLE = "title"
    PUBLISHED = "published"
    WRITTEN = "written"
    PUBLISHER = "publisher"
    ISSUER = "issuer"
    YEAR = "year"
    DOCUMENT_NUMBER = "document-number"
    INDEX_NUMBER = "index-number"
    BREADCRUMB = "breadcrumb"
    SITE = "site"
    URL = "url"
    HOST = "host"
    ATTACHMENT = "attachment"
    FILE_NAME = "file-name"
    COLLECTION = "collection"


class Fact(NamedTuple):
    """One thing told about a document outside its body.

    Args:
        name: what it is.
        value: as written there, trimmed; a date stays as printed.
        origin: where it was found (`meta PubDate`, `table 发布日期`, `listing`, `file name`).
    """

    name: FactName
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class SourceConfig:
    """What a source is asked to list.

    Args:
        location: a folder, file or address.
        options: further settings of that source, as (name, value).
    """

    location: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Filing:
    """One file or page that a source lists.

    Args:
        source: the name of the source that lists it.
        uri: what that source needs to fetch it; unique within the source.
        name: what the user knows it by: a path, or `a.zip!/b.docx`.
        facts: what the listing itself says of it.
    """

    source: str
    uri: str
    name: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Download:
    """The bytes of a filing.

    Args:
        filing: what was fetched.
        data: the raw bytes.
        sha256: their digest, in hex.
        media_type: as the sender declares it, if it does.
        facts: the listing's facts and those of the transfer.
    """

    filing: Filing
    data: bytes = field(repr=False)
    sha256: str
    media_type: str | None = None
    facts: tuple[Fact, ...] = ()
