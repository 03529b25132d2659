"""Runs on one store take turns, and an address with a password leads to the store and nowhere else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from pgserver import PASSWORD, Server, name_in

from nianbao.store.lock import held

TEXT = "青川县临溪镇人民政府2023年度法治政府建设情况报告\n\n一、主要举措和成效\n全年调解各类矛盾纠纷31件。\n"


def start(folder: Path, options: Sequence[str]) -> subprocess.Popen[str]:
    reports, out = folder / "报告", folder / "结果"
    reports.mkdir()
    out.mkdir()
    (reports / "临溪镇.txt").write_text(TEXT, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment |= {"PYTHONUTF8": "1", "TMPDIR": str(folder), "XDG_CACHE_HOME": str(folder / "cache")}
    # Where it can be looked into afterwards.
    environment["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = f"sqlite+aiosqlite:///{folder}/prefect.db"
    return subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "run", str(reports), "--out", str(out), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )


def test_a_second_run_is_told_at_once_who_is_at_work(tmp_path: Path) -> None:
    (tmp_path / "db").mkdir()
    store = str(tmp_path / "db" / "nianbao.db")
    with held(store, "20240301-083000-a1b2c3"), start(tmp_path, ["--store", store]) as process:
        out, err = process.communicate(timeout=600)
    assert (process.returncode, out) == (3, "")
    assert err.startswith(
        f"错误：{store}：另一次运行正在使用这个数据库：运行编号 20240301-083000-a1b2c3，主机 "
    )
    assert "Prefect" not in err


@pytest.mark.prefect
def test_a_run_that_waits_begins_when_the_other_ends_and_shows_no_password(
    server: Server, prefect_database: Path, tmp_path: Path
) -> None:
    shutil.copyfile(prefect_database, tmp_path / "prefect.db")
    address = server.new_database()
    with held(address, "20240301-083000-a1b2c3"):
        process = start(tmp_path, ["--store", address, "--wait"])
        assert process.stderr is not None
        line = process.stderr.readline()
        assert line.startswith("等候另一次运行结束（运行编号 20240301-083000-a1b2c3，")
    with process:
        out, err = process.communicate(timeout=600)
    assert process.returncode == 0, out + err
    assert PASSWORD not in out + line + err
    [(settings,)] = server.sql("SELECT settings::text FROM runs", name_in(address))
    assert "postgresql://clerk:***@" in str(settings)
    [workbook] = (tmp_path / "结果").glob("*.xlsx")
    with zipfile.ZipFile(workbook) as package:
        assert not [name for name in package.namelist() if PASSWORD.encode() in package.read(name)]
    for database in tmp_path.glob("prefect.db*"):
        assert PASSWORD.encode() not in database.read_bytes()
    tables = [
        name
        for (name,) in server.sql(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'", name_in(address)
        )
    ]
    assert "runs" in tables
    for name in tables:
        found = f"SELECT count(*) FROM {name} AS one WHERE one::text LIKE '%{PASSWORD}%'"
        assert server.sql(found, name_in(address)) == [(0,)], name
