"""A snapshot is kept in few bytes, and comes back as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_snapshots import STALE, cell, entered, row, snapshot

from nianbao.comparing import Cell, Snapshot, digest_of, pack, unpack
from nianbao.model import FigureStatus, Qualifier, Status


def everything() -> Snapshot:
    cells: tuple[Cell, ...] = (
        *(cell("3", status=status) for status in FigureStatus),
        *(cell("1.50E+3", qualifier=qualifier) for qualifier in Qualifier),
        cell(None, "of_a_plugin", correction=replace(entered(None, None), indicator="of_a_plugin")),
        cell("0.1", correction=entered("0.1", "1E+5")),
    )
    rows = (
        row("东关镇", *cells, idle=(STALE,)),
        row("西关镇", aside="是初稿"),
        row("", status=Status.UNREADABLE, sha256="\ud800\u2028"),
    )
    return snapshot(*rows)


def test_a_snapshot_comes_back_as_it_was() -> None:
    whole = everything()
    packed = pack(whole)
    back = unpack(packed)
    assert back == replace(whole, rows=(*whole.rows[:2], replace(whole.rows[2], sha256="?\u2028")))
    assert str(back.rows[0].cells[-1].value) == "0.1"
    assert digest_of(packed) == digest_of(pack(everything()))


def test_a_snapshot_of_a_newer_program_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from nianbao.comparing import packing

    monkeypatch.setattr(packing, "FORMAT", 2)
    packed = pack(everything())
    monkeypatch.setattr(packing, "FORMAT", 1)
    with pytest.raises(ValueError, match="由更新版本的 nianbao 写出"):
        unpack(packed)
