"""How LibreOffice is run: in time, in order, nothing left behind. A program of ours stands in its place."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import renderings
from built_files import download
from old_files import FILES, forget_settings, rtf, use_cache

from connectors.readers import legacy, office
from connectors.readers.office import Unconverted, convert, find_office
from nianbao import Document, ReadError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the program in LibreOffice's place is a script")


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    use_cache(tmp_path / "cache", monkeypatch)
    yield
    monkeypatch.undo()
    forget_settings()


def read(data: bytes, name: str = "报告.doc") -> Document:
    return legacy.read_legacy(download(data, name))


def fake(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str, **bounds: int) -> Path:
    """Put a program in LibreOffice's place; `files`, `out`, `convert` are there for its body."""
    program = folder / "soffice"
    (folder / "made.docx").write_bytes(FILES["outline"])
    program.write_text(
        f"#!{sys.executable}\n"
        "import os, shutil, subprocess, sys, time\nfrom pathlib import Path\n"
        f"folder = Path({str(folder)!r})\n"
        "with (folder / 'log').open('a') as log: print(os.getpid(), *sys.argv[1:], file=log)\n"
        "out = Path(sys.argv[sys.argv.index('--outdir') + 1])\n"
        "files = [Path(each) for each in sys.argv[sys.argv.index('--outdir') + 2:]]\n"
        "def convert(file): shutil.copy(folder / 'made.docx', out / f'{file.stem}.docx')\n"
        f"{body}\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setenv("NIANBAO_OFFICE", str(program))
    for name, value in bounds.items():
        monkeypatch.setenv(f"NIANBAO_{name.upper()}", str(value))
    forget_settings()
    return folder / "log"


def calls(log: Path) -> list[list[str]]:
    return [line.split() for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").split()[2] != "Z"
    except FileNotFoundError:
        return False


HANG = """
child = subprocess.Popen(["sleep", "300"])
(folder / "child").write_text(str(child.pid))
time.sleep(300)
"""
POISONED = "for file in files:\n    if b'POISON' in file.read_bytes(): {}\n    convert(file)"


def test_a_hang_ends_in_time_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = fake(tmp_path, monkeypatch, HANG, office_seconds=3, office_file_seconds=1)
    began = time.monotonic()
    with pytest.raises(ReadError, match="限定时间") as error:
        read(rtf("a"))
    assert str(error.value).startswith("报告.doc：")
    assert time.monotonic() - began < 120
    (call,) = calls(log)
    # What was killed is gone a moment later.
    child = int((tmp_path / "child").read_text())
    wait_for(lambda: not is_running(int(call[0])) and not is_running(child))


def test_nothing_runs_on_when_the_worker_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = fake(tmp_path, monkeypatch, HANG)
    script = (
        "from connectors.readers import legacy\nfrom connectors.readers.office import convert, find_office\n"
        "convert(find_office(), [b'x'], legacy.RTF)"
    )
    worker = subprocess.Popen([sys.executable, "-c", script], cwd=renderings.REPOSITORY)
    wait_for(lambda: (tmp_path / "child").exists() and (tmp_path / "child").read_text() != "")
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    child = int((tmp_path / "child").read_text())
    (call,) = calls(log)
    wait_for(lambda: not is_running(int(call[0])) and not is_running(child))
    assert not Path(call[-1]).parent.exists()


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_an_interrupt_ends_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = fake(tmp_path, monkeypatch, HANG)

    def interrupt() -> None:
        wait_for(lambda: bool(calls(log)))
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt).start()
    with pytest.raises(KeyboardInterrupt):
        read(rtf("a"))
    # What was killed is gone a moment later.
    wait_for(lambda: not is_running(int(calls(log)[0][0])))


def test_a_crash_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path, monkeypatch, "os.abort()")
    with pytest.raises(ReadError, match="出错退出"):
        read(rtf("a"))


def test_half_a_result_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path, monkeypatch, "(out / f'{files[0].stem}.docx').write_bytes(b'PK half')")
    with pytest.raises(ReadError, match="打不开"):
        read(rtf("a"))


@pytest.mark.parametrize("harm", ["time.sleep(300)", "os.abort()", "continue"])
def test_the_poison_in_a_batch_harms_itself_alone(
    harm: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = fake(tmp_path, monkeypatch, POISONED.format(harm), office_seconds=1, office_file_seconds=1)
    files = [download(rtf("POISON" if index == 2 else f"{index}"), f"{index}.rtf") for index in range(5)]
    legacy.prepare(files)
    assert len(calls(log)) == (1 if harm == "continue" else 2)
    before = len(calls(log))
    for index in (0, 1, 3, 4):
        assert "（一）学法" in legacy.read_legacy(files[index]).text
    assert len(calls(log)) == before, "what was prepared needs no further call"
    with pytest.raises(ReadError):
        legacy.read_legacy(files[2])


def test_two_poisons_do_not_cost_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path, monkeypatch, POISONED.format("os.abort()"))
    found = find_office()
    assert found is not None
    given = [rtf("0"), rtf("POISON 1"), rtf("2"), rtf("POISON 3"), rtf("4")]
    results = convert(found, given, legacy.RTF)
    assert [isinstance(each, bytes) for each in results] == [True, False, True, False, True]
    assert results[1] is Unconverted.CRASHED


def test_a_broken_libreoffice_is_not_started_for_each_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = fake(tmp_path, monkeypatch, "os.abort()")
    legacy.prepare([download(rtf(str(index)), f"{index}.rtf") for index in range(9)])
    assert len(calls(log)) == 2


def test_what_is_kept_is_not_converted_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = fake(tmp_path, monkeypatch, "for file in files: convert(file)")
    given = download(rtf("a"), "报告.rtf")
    assert legacy.read_legacy(given).text == legacy.read_legacy(given).text
    legacy.prepare([given, given])
    assert len(calls(log)) == 1


def test_without_a_cache_nothing_is_prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = fake(tmp_path, monkeypatch, "for file in files: convert(file)", cache_megabytes=0)
    given = [download(rtf("a"), "甲.rtf"), download(rtf("b"), "乙.rtf")]
    legacy.prepare(given)
    assert not calls(log)
    assert [legacy.read_legacy(each).name for each in given] == ["甲.rtf", "乙.rtf"]
    assert len(calls(log)) == 2


def test_names_of_users_stay_off_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = fake(tmp_path, monkeypatch, "for file in files: convert(file)")
    read(rtf("a"), "文件/-env:甲 $(touch x).rtf")
    (call,) = calls(log)
    line = " ".join(call)
    assert "甲" not in line
    assert "touch" not in line
    paths = [Path(part) for part in call if part.startswith("/")]
    assert len(paths) == 2
    assert not any(path.exists() or path.parent.exists() for path in paths), "temporary folders are removed"
    assert {"--headless", "--norestore", "--infilter=Rich"} <= set(call)


def test_without_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "_USUAL_PLACES", ())
    with pytest.raises(ReadError, match=r"需要 LibreOffice.*安装 LibreOffice，或另存为 \.docx"):
        read(rtf("a"))
    legacy.prepare([download(rtf("a")), download(rtf("b"))])
    monkeypatch.setenv("NIANBAO_OFFICE", str(tmp_path / "soffice"))
    with pytest.raises(ReadError, match="设置 office"):
        read(rtf("a"))
