"""Puts the addresses of notices into blocks of Prefect's server; repeated, it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import BlockDocument
from prefect.exceptions import ObjectNotFound
from pydantic import SecretStr

from flows.events.addresses import Address
from flows.events.automations import names
from flows.events.blocks import NianbaoNotice

_SLUG = "nianbao-notice"


def kept_blocks(client: SyncPrefectClient) -> list[BlockDocument]:
    """Return the blocks of addresses that a server has, in their order."""
    return list(_kept(client))


def _kept(client: SyncPrefectClient) -> Iterator[BlockDocument]:
    number = 1
    while True:
        try:
            yield client.read_block_document_by_name(_name(number), _SLUG, include_secrets=True)
        except ObjectNotFound:
            return
        number += 1


def put_blocks(
    client: SyncPrefectClient, kept: Sequence[BlockDocument], addresses: Sequence[Address]
) -> Iterator[tuple[UUID, str]]:
    """Keep a block for each address; yield its id, and what was done in Chinese, if anything was."""
    for number, address in enumerate(addresses, start=1):
        before = kept[number - 1] if number <= len(kept) else None
        if before is not None and _holds(before, address):
            yield before.id, ""
            continue
        block = NianbaoNotice(url=SecretStr(address.url))
        found = cast("UUID", block.save(_name(number), overwrite=True))
        yield found, f"{'更新' if before else '新建'}通知地址 {number}（{address.kind}）"


def drop_blocks(client: SyncPrefectClient, kept: Sequence[BlockDocument], wanted: int) -> Iterator[str]:
    """Drop the blocks of addresses that are no longer wanted; yield what was done, in Chinese."""
    for number, block in enumerate(kept[wanted:], start=wanted + 1):
        client.delete_block_document(block.id)
        yield f"删除通知地址 {number}"


def drop_automations(client: SyncPrefectClient) -> Iterator[str]:
    """Drop what sends notices, where there is nowhere to send them; yield what was done, in Chinese."""
    for name in names():
        for there in client.read_automations_by_name(name):
            client.delete_automation(there.id)
            yield f"删除自动化“{name}”"


def _holds(block: BlockDocument, address: Address) -> bool:
    """Tell whether a block holds an address, in the way this version writes it."""
    schema = block.block_schema
    is_ours = schema is not None and schema.checksum == NianbaoNotice._calculate_schema_checksum()
    return is_ours and block.data.get("url") == address.url


def _name(number: int) -> str:
    return f"nianbao-notice-{number}"
