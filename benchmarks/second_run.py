"""Time a first, a second and a later run over generated reports: `python benchmarks/second_run.py [COUNT]`.

The second run's opened files are counted by Python's own audit events.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from made_reports import write_reports

COUNTED = """
import collections, json, sys
source = sys.argv[1]
opened = collections.Counter()

def hear(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        opened["reports" if str(arguments[0]).startswith(source) else "others"] += 1

from flows.cli import main
sys.addaudithook(hear)
status = main(sys.argv[2:])
print(json.dumps({"status": status, "prefect": "prefect" in sys.modules, **opened}), file=sys.stderr)
"""


def run(source: Path, out: Path) -> tuple[float, dict[str, int], str]:
    """Run once; return the seconds, what was opened, and the first line that was told."""
    options = ["run", str(source), "--out", str(out)]
    environment = os.environ | {"PYTHONUTF8": "1"}
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", COUNTED, str(source), *options],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    return (
        time.perf_counter() - began,
        json.loads(done.stderr.splitlines()[-1]),
        done.stdout.splitlines()[0],
    )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "reports"), Path(folder, "out")
        write_reports(source, count)
        for name in ("first run", "second run", "third run"):
            seconds, opened, told = run(source, out)
            print(f"{name:<12}{seconds:8.1f} s  {opened}  {told}", flush=True)
        changed = next(source.rglob("*.txt"))
        changed.write_text(changed.read_text("utf-8").replace("法治专题会议", "法治工作专题会议"), "utf-8")
        seconds, opened, told = run(source, out)
        print(f"{'one changed':<12}{seconds:8.1f} s  {opened}  {told}", flush=True)
        size = sum(path.stat().st_size for path in out.glob("nianbao.db*"))
        kept = sum(path.stat().st_size for path in (out / "archive").rglob("*") if path.is_file())
        print(f"{'on disk':<12}{size / 1e6:8.1f} MB store, {kept / 1e6:.1f} MB archive")


if __name__ == "__main__":
    main()
