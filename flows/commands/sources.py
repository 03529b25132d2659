"""`nianbao sources check`: one polite look at each site of profiles; no Prefect, no store."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from connectors.sources.website import manners_of
from connectors.sources.website.trying import probe
from flows.printing import print_lines, until_closed, write_bytes
from flows.regionsources import source_named
from flows.request import check_year
from flows.siteprobes import show_probe
from flows.stopping import StoppedError
from nianbao.errors import UsageError
from nianbao.settings import load_settings
from nianbao.sites import load_sites


def check_command(profiles: Sequence[Path], year: int | None, *, as_json: bool) -> int:
    """Print what one look at each site showed; return the exit status.

    Args:
        profiles: files of profiles, or regions whose plugins bring one.
        year: of the reports; None for all.
        as_json: print one object a site.

    Raises:
        UsageError: a profile is wrong or there is none, the year can't be, or sites may not be asked.
        StoppedError: the user stopped it.
    """
    check_year(year)
    texts = {path: _text(path) for path in (Path(source_named(str(each))) for each in profiles)}
    settings = load_settings()
    is_fine = True
    try:
        with until_closed():
            for path, text in texts.items():
                for seen in probe(text, path.name, year, manners_of(settings), settings.web_children):
                    is_fine = is_fine and not seen.problems
                    if as_json:
                        row = {"profile": str(path), **asdict(seen)}
                        write_bytes(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
                    else:
                        print_lines(show_probe(seen))
    except KeyboardInterrupt as error:
        raise StoppedError("已停止；什么也没有保存，再次运行同样的命令即可重试。") from error
    return 0 if is_fine else 1


def _text(path: Path) -> str:
    load_sites(path)
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("站点配置不是 UTF-8 编码", where=str(path), hint="请另存为 UTF-8") from error
