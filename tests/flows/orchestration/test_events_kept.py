"""An event that SQLite refuses for a moment is not laid aside with the notice that it was to bring."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from flows.operating import pages

REFUSED = 6


def test_an_event_is_tried_again_for_some_seconds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from prefect.server.utilities.messaging import memory

    monkeypatch.setattr(memory, "Subscription", memory.Subscription)  # set back behind the test
    monkeypatch.setattr(pages, "_PAUSE", 0.001)
    pages.be_patient()

    async def work_off() -> int:
        subscription = memory.Topic("甲").subscribe(dead_letter_queue_path=tmp_path)
        await subscription.deliver(memory.MemoryMessage(data="{}", attributes={}))
        for _ in range(REFUSED):
            await subscription.retry(await subscription.get())
        return (await asyncio.wait_for(subscription.get(), 5)).retry_count

    assert asyncio.run(work_off()) == REFUSED
    assert list(tmp_path.iterdir()) == []
