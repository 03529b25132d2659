"""Whatever befalls a database is told in one plain line without its password, and nothing is half-applied."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest
from pgserver import PASSWORD, Server, name_in
from troubled import RUN, begun, read, refused, save, told

from nianbao.errors import LostStoreError, StoreError
from nianbao.store import Store, opening

# Addresses


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            {"password": "wrong"},
            "用户名或密码不对（请检查数据库地址，或环境变量 PGPASSWORD、文件 ~/.pgpass）",
        ),
        (
            {"user": "nobody-here"},
            "用户名或密码不对（请检查数据库地址，或环境变量 PGPASSWORD、文件 ~/.pgpass）",
        ),
        ({"database": "nowhere"}, "服务器上没有这个数据库（请先建立它，或检查数据库地址）"),
    ],
)
def test_a_wrong_word_in_the_address_is_named(server: Server, change: dict[str, str], line: str) -> None:
    given = {"database": "postgres", **change}
    assert refused(server.address(**given)).endswith(f"：{line}")


@pytest.mark.parametrize(
    "host", ["127.0.0.1:1", "no-such-host.invalid", "/?host=/nowhere/at/all"], ids=["port", "name", "socket"]
)
def test_a_server_that_is_not_there_is_named_at_once(host: str) -> None:
    address = f"postgresql://clerk:{PASSWORD}@{host}" + ("" if "?" in host else "/nianbao")
    line = refused(address)
    assert line.endswith("：连接不上数据库服务器（请检查服务器是否在运行，主机名和端口是否正确）")
    assert line.startswith("postgresql://clerk:***@")


def test_a_missing_driver_is_named() -> None:
    script = f"""
import sys
sys.modules["psycopg"] = None
from nianbao.errors import StoreError
from nianbao.store import Store
try:
    Store.open("postgresql://clerk:{PASSWORD}@db/nianbao")
except StoreError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    hint = '请运行 pip install "nianbao[postgres]"'
    assert done.stdout == f"postgresql://clerk:***@db/nianbao：没有安装 PostgreSQL 的驱动程序（{hint}）\n"


# What the server does not allow


def test_tables_that_may_not_be_made_are_asked_for(server: Server) -> None:
    address = server.new_database()
    database = name_in(address)
    server.sql("CREATE ROLE guest LOGIN PASSWORD 'geheim'")
    assert refused(server.address(database, user="guest")).endswith(
        "：没有权限（请管理员授予在这个数据库里建表和读写的权限）"
    )
    with Store.open(address) as store:
        store.begin_run(RUN, "run")
    line = refused(server.address(database, user="guest"))
    assert "没有权限" in line


def test_a_server_that_may_only_be_read_reads_and_refuses_to_write(server: Server) -> None:
    address = server.new_database()
    begun(address).close()
    database = name_in(address)
    server.sql(f"ALTER DATABASE {database} SET default_transaction_read_only = on")
    with Store.open(address) as store:
        assert store.run("r1") == RUN
        with pytest.raises(StoreError) as caught:
            store.finish_run("r1", "complete", {})
        assert told(caught).endswith("：数据库只能读取，不能写入（请换成可写的服务器）")


def test_no_connection_left_is_told(server: Server) -> None:
    address = server.new_database()
    database = name_in(address)
    server.sql("CREATE ROLE crowd LOGIN PASSWORD 'geheim' CONNECTION LIMIT 0")
    assert refused(server.address(database, user="crowd")).endswith(
        "：数据库服务器的连接数已满（请稍后重新运行，或请管理员调高 max_connections）"
    )


def test_a_database_of_another_program_is_left_alone(server: Server) -> None:
    address = server.new_database()
    database = name_in(address)
    server.sql("CREATE TABLE meta (key text, value text)", database)
    assert refused(address).endswith("：这个数据库不是 nianbao 建立的，未作改动（请换一个数据库）")
    assert server.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", database) == [("meta",)]


def test_a_newer_store_is_left_alone(store_url: str) -> None:
    with Store.open(store_url) as store, store._writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert "由更新版本的 nianbao 建立（结构版本 9999，本程序只认识到 " in refused(store_url)


# Others at work


def test_a_second_writer_waits_its_turn_and_then_says_so(store_url: str) -> None:
    begun(store_url).close()
    with Store.open(store_url) as first, Store.open(store_url, busy_seconds=0.3) as second:
        with first._writing() as connection:
            connection.exec_driver_sql("UPDATE runs SET command = 'other' WHERE id = 'r1'")
            assert second.run("r1") == RUN
            with pytest.raises(StoreError) as caught:
                second.finish_run("r1", "complete", {})
        assert told(caught).endswith("：另一个程序正在写入，等候超时（请等它结束后再运行）")
        second.finish_run("r1", "complete", {})


# A server that goes


def test_a_server_that_goes_in_the_middle_takes_the_whole_batch_with_it(server: Server) -> None:
    address = server.new_database()
    with begun(address) as store:
        save(store, read("甲镇.txt", 3))

        def half() -> None:
            with store._writing() as connection:
                connection.exec_driver_sql("DELETE FROM files")
                server.stop()
                connection.exec_driver_sql("DELETE FROM runs")

        with pytest.raises(LostStoreError) as caught:
            half()
        assert told(caught).endswith("：与数据库服务器的连接中断（请待服务器恢复后重新运行同样的命令）")
        server.start()
        assert len(store.load_entries("r1")) == 1
        assert store.verify() == ()


def test_a_server_that_comes_back_is_waited_for(server: Server) -> None:
    address = server.new_database()
    with begun(address) as store:
        save(store, read("甲镇.txt", 3))
        server.stop()
        starting = threading.Timer(2, server.start)
        starting.start()
        save(store, read("乙镇.txt", 3))
        starting.join()
        assert len(store.load_entries("r1")) == 2


def test_a_server_that_stays_away_ends_the_run(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    address = server.new_database()
    with begun(address) as store:
        monkeypatch.setattr("nianbao.store.PATIENCE_SECONDS", 1.0)
        server.stop()
        try:
            with pytest.raises(LostStoreError) as caught:
                save(store, read("乙镇.txt", 3))
        finally:
            server.start()
        assert "连接不上数据库服务器" in told(caught)
        assert store.load_entries("r1") == ()


# Migrations

MIGRATING = """
import os, signal, sys
from nianbao.store import Store, migrating
from sqlalchemy import event
count = 0
def counted(connection, cursor, statement, parameters, context, executemany):
    global count
    if statement.lstrip().startswith(("CREATE", "ALTER", "UPDATE", "INSERT", "DROP")):
        count += 1
        if count == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
whole = migrating.migrate
def watched(connection, made_by):
    event.listen(connection, "after_cursor_execute", counted)
    whole(connection, made_by)
migrating.migrate = watched
Store.open(sys.argv[1]).close()
"""


@pytest.mark.parametrize("statement", [1, 9, 17])
def test_making_a_store_that_is_killed_half_way_leaves_none(store_url: str, statement: int) -> None:
    command = [sys.executable, "-c", MIGRATING, store_url, str(statement)]
    assert subprocess.run(command, check=False).returncode == -9
    engine, place = opening.connect(store_url, 5)
    with opening.transaction(engine, place, writing=False) as connection:
        assert opening.revision_of(connection, place) is None
    engine.dispose()
    with begun(store_url) as store:
        assert store.verify() == ()
