"""A store with something in it, and the file that it travels in."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select

from nianbao.archive import Archive
from nianbao.comparing import digest_of
from nianbao.model import (
    Attribute,
    Document,
    Field,
    Figure,
    FigureStatus,
    Filing,
    Numeral,
    NumeralReason,
    Report,
    RunRecord,
    Status,
)
from nianbao.steps import Processed
from nianbao.store import Store, schema

RUN = RunRecord("r1", datetime(2024, 3, 1, tzinfo=UTC), "0.1.0", settings=(("来源", "报告"),))
CONTENTS = {
    hashlib.sha256(data).hexdigest(): data for data in ("罚款8300元。".encode() * 40, b"%PDF-1.7 ...")
}
TEXT, PDF = CONTENTS
NAMES = ("甲镇.txt", "乙镇.pdf", "丙镇.txt")


def read(name: str, sha256: str) -> Processed:
    text = "罚款8300元，\t“😀”\u2028。"
    report = Report(
        name,
        sha256,
        Status.COMPLETE,
        attributes=(Attribute(Field.YEAR, "2023", "标题所写", "identity"),),
        numerals=(Numeral(2, 6, "8300", NumeralReason.MONEY),),
        figures=(Figure("penalty", Decimal("8300.50"), FigureStatus.STATED, True, (0,)),),
    )
    return Processed(
        Filing("folder", f"/{name}", name), sha256, Document(name, sha256, "text", text), (report,)
    )


def filled(location: str, archive: Archive) -> None:
    for digest, data in CONTENTS.items():
        archive.put(digest, data)
    done = [read(name, digest) for name, digest in zip(NAMES, (TEXT, PDF, TEXT), strict=True)]
    with Store.open(location) as store:
        store.begin_run(RUN, "run")
        ids = store.add_filings("r1", [one.filing for one in done])
        store.save("r1", zip(ids, done, strict=True))
        store.finish_run("r1", "complete", {"complete": 3})
        with store._writing() as connection:
            digest = digest_of(b"\x00\xff{")
            connection.execute(schema.snapshots.insert().values(digest=digest, content=b"\x00\xff{"))
            connection.execute(schema.run_snapshots.insert().values(run_id="r1", year=2023, digest=digest))


def dump(location: str) -> dict[str, list[tuple[object, ...]]]:
    with Store.open(location) as store, store._reading() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in schema.metadata.sorted_tables
        }


def exported(location: str, archive: Archive | None, path: Path) -> Path:
    with Store.open(location, make=False) as store:
        store.export(path, archive)
    return path


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def written(path: Path, found: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as package:
        for name, data in found.items():
            package.writestr(name, data)


def changed_manifest(**changes: object) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        found = members(path)
        found["manifest.json"] = json.dumps({**json.loads(found["manifest.json"]), **changes}).encode()
        written(path, found)

    return change


def changed_member(name: str, change: Callable[[bytes], bytes | None]) -> Callable[[Path], None]:
    def apply(path: Path) -> None:
        found = members(path)
        data = change(found.pop(name))
        written(path, found if data is None else {**found, name: data})

    return apply
