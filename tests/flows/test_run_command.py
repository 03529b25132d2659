"""`nianbao run` as a user starts it, on Prefect's own temporary server."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.prefect

TEXT = """青川县临溪镇人民政府{year}年度法治政府建设情况报告

一、主要举措和成效
全年调解各类矛盾纠纷31件。
"""


def start(folder: Path, cache: Path | None = None) -> subprocess.Popen[str]:
    """Start a run over two reports; with a cache folder of its own, it is the first run of a user."""
    reports = folder / "报告"
    reports.mkdir()
    for year in (2022, 2023):
        (reports / f"{year}.txt").write_text(TEXT.format(year=year), encoding="utf-8")
    options = ["run", str(reports), "--year", "2023", "--out", str(folder / "结果")]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment |= {"PYTHONUTF8": "1", "TMPDIR": str(folder)}
    if cache is not None:
        environment["XDG_CACHE_HOME"] = str(cache)
    # By its script, as users do: `python -m` ends by the signal itself where a Ctrl-C meets code that was
    # made by exec(), such as a dataclass of Prefect's.
    return subprocess.Popen(
        [Path(sys.executable).with_name("nianbao"), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )


def test_a_run_from_end_to_end(tmp_path: Path) -> None:
    with start(tmp_path, tmp_path / "cache") as process:
        out, err = process.communicate(timeout=600)
    assert process.returncode == 0, out + err
    assert err.splitlines() == ["正在启动 Prefect（约 10 秒）……", "读取报告", "汇总", "正在结束"]
    (workbook,) = (tmp_path / "结果").glob("*.xlsx")
    assert out.startswith("全部完成：文件 2 个，年度报告 2 份")
    assert f"{tmp_path / '报告' / '2022.txt'}：2022 年度的报告" in out
    assert out.endswith(f"已写出：{workbook}\n")
    assert sorted(path.name for path in (tmp_path / "结果").iterdir()) == [
        workbook.name,
        "archive",
        "nianbao.db",
        "nianbao.db.lock",
    ]
    assert not list(tmp_path.glob("nianbao-prefect-*"))
    assert [path.name for path in (tmp_path / "cache" / "nianbao").iterdir()]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no process groups that can be signalled")
@pytest.mark.usefixtures("prefect_database")
@pytest.mark.parametrize("last", ["正在启动 Prefect（约 10 秒）……", "读取报告"])
def test_ctrl_c_ends_a_run_in_order(tmp_path: Path, last: str) -> None:
    with start(tmp_path) as process:
        assert process.stderr is not None
        while process.stderr.readline().strip() != last:
            assert process.poll() is None
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=600)
    assert (process.returncode, out) == (130, ""), err
    assert err.splitlines()[-1] == "已停止。已有的结果文件没有改动；再次运行同样的命令即可重新处理。"
    assert "Traceback" not in err
    assert not list(tmp_path.glob("nianbao-prefect-*"))
    # The server and the workers were ended with it: nobody is left in its session.
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
@pytest.mark.usefixtures("prefect_database")
def test_what_a_killed_run_left_is_swept_by_the_next(tmp_path: Path) -> None:
    with start(tmp_path) as process:
        assert process.stderr is not None
        while process.stderr.readline().strip() != "读取报告":
            assert process.poll() is None
        # The kernel, short of memory, kills this process alone.
        process.kill()
        process.wait()
    (left,) = tmp_path.glob("nianbao-prefect-*")
    server = json.loads((left / "processes.json").read_text("utf-8"))["server"]
    os.kill(server, 0)
    shutil.rmtree(tmp_path / "报告")
    with start(tmp_path) as process:
        out, err = process.communicate(timeout=600)
    assert process.returncode in (0, 1), out + err
    assert not list(tmp_path.glob("nianbao-prefect-*"))
    with pytest.raises(ProcessLookupError):
        os.killpg(os.getpgid(server), 0)
