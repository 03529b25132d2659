"""The files that a module of ours rests on: what it imports of ours, and the data beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from nianbao.manager import OUR_PACKAGES

_OURS = ("nianbao", *OUR_PACKAGES)
HOME = Path(__file__).resolve().parent.parent
_IMPORT = re.compile(r"^ *(?:from ([\w.]+) import (?:\(([^)]*)\)|([\w, ]+))|import ([\w.]+))", re.MULTILINE)
_FOR_TYPES = re.compile(r"^if TYPE_CHECKING:\n(?:(?: +.*)?\n)+", re.MULTILINE)


@cache
def our_files(roots: tuple[str, ...], without: frozenset[str] = frozenset()) -> tuple[Path, ...]:
    """Return the files that our modules rest on: themselves, what they import of ours, and their data.

    Args:
        roots: modules and packages; of a package all modules count.
        without: modules that do not count, nor what they import.
    """
    waiting = [name for root in roots for name in _modules_of(root)]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen and name not in without:
            seen.add(name)
            waiting += _imported(name)
    paths = {path for name in seen if (path := _path_of(name)) is not None}
    data = {file for folder in {path.parent for path in paths} for file in _data_in(folder)}
    return tuple(sorted(paths | data))


def _data_in(folder: Path) -> Iterator[Path]:
    """Yield the data of a package: its files that are no code, and those of folders that are no packages."""
    for path in folder.iterdir():
        if path.is_file():
            if path.suffix not in (".py", ".pyc", ".pyi", ".typed"):
                yield path
        elif path.name != "__pycache__" and not (path / "__init__.py").exists():
            yield from _data_in(path)


def _modules_of(root: str) -> Iterator[str]:
    yield root
    folder = HOME.joinpath(*root.split("."))
    for path in sorted(folder.rglob("*.py")) if folder.is_dir() else ():
        parts = path.relative_to(HOME).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def _path_of(name: str) -> Path | None:
    place = HOME.joinpath(*name.split("."))
    for path in (place / "__init__.py", place.with_suffix(".py")):
        if path.is_file():
            return path
    return None


@cache
def _imported(name: str) -> tuple[str, ...]:
    """Return the modules of ours that a module imports when it runs, and the packages that it lies in."""
    path = _path_of(name)
    if path is None:
        return ()
    found = [name.rpartition(".")[0]] if "." in name else []
    source = _FOR_TYPES.sub("", path.read_text("utf-8"))
    for module, several, names, plain in _IMPORT.findall(source):
        target = module or plain
        if target.partition(".")[0] in _OURS:
            found.append(target)
            found += [f"{target}.{each.strip()}" for each in (several or names).split(",") if each.strip()]
    return tuple(each for each in found if _path_of(each) is not None)
