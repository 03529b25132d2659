"""The revisions make the tables that the program knows, whole or not at all, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, select, text

from nianbao.errors import StoreError
from nianbao.model import Filing, RunRecord
from nianbao.store import Store, migrating, opening
from nianbao.store.schema import HEAD, VERSIONS, metadata

RUN = RunRecord("r1", datetime(2024, 3, 1, 8, 30, tzinfo=UTC), "0.1.0")


def tables(store: Store) -> set[str]:
    with store._reading() as connection:
        return set(inspect(connection).get_table_names())


def older(location: str, revision: str, *, before_alembic: bool = False) -> None:
    """Make a store as an older program left it: with a run, a file and a listing."""
    engine, place = opening.connect(location, 5)
    with opening.transaction(engine, place, writing=True) as connection:
        migrating.migrate(connection, None, revision)
        columns = "id, started, status, command, version, catalogue, fingerprint, plugins, settings, counts"
        run = "'r1', '2024-03-01T08:30:00.000000+00:00', 'complete', 'run', '0.1.0', '', '', '[]', '[]', '{}'"
        connection.exec_driver_sql(f"INSERT INTO runs ({columns}) VALUES ({run})")
        columns = "id, source, uri, name, facts, first_seen, last_seen"
        seen = "'2024-03-01T08:30:00.000000+00:00'"
        connection.exec_driver_sql(
            f"INSERT INTO files ({columns}) VALUES (41, 'folder', '/甲', '甲', '[]', {seen}, {seen})"
        )
        connection.exec_driver_sql(
            "INSERT INTO run_files (run_id, file_id, outcome, cause) VALUES ('r1', 41, 'pending', '')"
        )
        if before_alembic:
            connection.exec_driver_sql("DROP TABLE alembic_version")
            connection.exec_driver_sql(f"UPDATE meta SET value = '{int(revision)}'")
    engine.dispose()


def test_the_revisions_are_one_line_that_ends_at_ours() -> None:
    revisions = list(migrating.scripts().walk_revisions())
    assert revisions[0].revision == HEAD
    assert [found.revision for found in revisions] == sorted(
        (found.revision for found in revisions), reverse=True
    )
    assert [Path(found.path).name[:5] for found in revisions] == [f"{found.revision}_" for found in revisions]


def test_the_revisions_make_the_tables_that_the_program_knows(store_url: str) -> None:
    with Store.open(store_url) as store, store._reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert connection.execute(select(VERSIONS.c.version_num)).scalars().all() == [HEAD]


@pytest.mark.parametrize("revision", ["0001", "0002"])
@pytest.mark.parametrize("before_alembic", [True, False])
def test_an_older_store_keeps_what_it_holds_and_gains_what_it_lacks(
    store_url: str, revision: str, *, before_alembic: bool
) -> None:
    older(store_url, revision, before_alembic=before_alembic)
    with Store.open(store_url) as store:
        assert tables(store) == {*metadata.tables, VERSIONS.name}
        assert store.pending("r1") == (41,)
        assert store.filings([41]) == (Filing("folder", "/甲", "甲"),)
        assert store.run("r1") == RUN
        assert store.verify() == ()


def test_a_migration_that_dies_half_way_leaves_the_old_store(
    store_url: str,
) -> None:
    older(store_url, "0001", before_alembic=True)
    with pytest.MonkeyPatch.context() as patched:
        whole = migrating.migrate

        def dies(connection: Connection, made_by: str | None) -> None:
            whole(connection, made_by)
            connection.execute(text("CREATE TABLE half (x INTEGER)"))
            connection.execute(text("SELECT x FROM nowhere"))

        patched.setattr(migrating, "migrate", dies)
        with pytest.raises(StoreError, match="nowhere"):
            Store.open(store_url)
    engine, place = opening.connect(store_url, 5)
    with opening.transaction(engine, place, writing=False) as connection:
        left = set(inspect(connection).get_table_names())
        assert "half" not in left
        assert "items" not in left
        assert VERSIONS.name not in left
        assert connection.execute(text("SELECT value FROM meta")).scalars().all() == ["1"]
    engine.dispose()
    with Store.open(store_url) as store:
        assert store.pending("r1") == (41,)
