"""Brings a store's tables to the revision that this program knows; loads Alembic, so only where one lacks."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from nianbao.store.schema import HEAD, VERSIONS


def scripts() -> ScriptDirectory:
    """Return the revisions."""
    return ScriptDirectory.from_config(_config())


def migrate(connection: Connection, made_by: str | None, target: str = HEAD) -> None:
    """Run the revisions that a store lacks, in the transaction of its connection.

    Args:
        connection: of the transaction.
        made_by: the revision that makes a store like this one from before Alembic; None for any other.
        target: the revision wanted.
    """
    config = _config()
    config.attributes["connection"] = connection
    if made_by is not None and not inspect(connection).has_table(VERSIONS.name):
        command.stamp(config, made_by)
    command.upgrade(config, target)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config
