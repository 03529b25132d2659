"""YAML read strictly, with the line of every value, so that an error tells where it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from nianbao.errors import UsageError

_TAG = "tag:yaml.org,2002:"
_FLAGS = {"true": True, "false": False, "是": True, "否": False}


@dataclass(frozen=True, slots=True)
class Told:
    """A value of a YAML file.

    Args:
        node: as PyYAML composed it.
        file: the file's name.
        key: the name it goes by in the file.
    """

    node: Any
    file: str
    key: str = ""

    @property
    def line(self) -> int:
        """The line where it begins, from 1."""
        return int(self.node.start_mark.line) + 1

    def error(self, message: str, hint: str = "") -> UsageError:
        """Return an error at this place."""
        return UsageError(message, where=f"{self.file} 第 {self.line} 行", hint=hint)

    def mapping(self, needed: Iterable[str] = (), known: Iterable[str] = ()) -> Mapping[str, Told]:
        """Return the values of a mapping by their keys.

        Args:
            needed: keys that must be there.
            known: keys that may be.

        Raises:
            UsageError: it is no mapping; a key is missing, doubled or not known.
        """
        needed = tuple(needed)
        found = self.pairs()
        allowed = (*needed, *known)
        for key, value in found.items():
            if key not in allowed:
                near = get_close_matches(key, allowed, n=1)
                hint = f"是不是想写 {near[0]}？" if near else f"可用的有：{'、'.join(allowed)}"
                raise value.error(f"没有 {key} 这一项", hint)
        for key in needed:
            if key not in found:
                raise self.error(f"缺少 {key} 这一项")
        return found

    def pairs(self) -> dict[str, Told]:
        """Return the values of a mapping by their keys, whatever these are.

        Raises:
            UsageError: it is no mapping, or a key is doubled.
        """
        if self.node.id != "mapping":
            raise self.error(f"{self._called}应当写成“名称: 内容”的形式")
        found: dict[str, Told] = {}
        for name, node in self.node.value:
            if name.id != "scalar":
                raise Told(name, self.file).error("冒号前面应当是一个词")
            value = Told(node, self.file, str(name.value))
            if value.key in found:
                raise Told(name, self.file).error(f"{value.key} 出现了两次", "请只留一处")
            found[value.key] = value
        return found

    def items(self) -> tuple[Told, ...]:
        """Return the items of a list; a value that is none, by itself."""
        if self.node.id != "sequence":
            return (self,)
        return tuple(Told(node, self.file, self.key) for node in self.node.value)

    def text(self) -> str:
        """Return a value that is not empty, as it is written.

        Raises:
            UsageError: it is a list, a mapping, or nothing.
        """
        if self.node.id != "scalar":
            raise self.error(f"{self._called}应当是一段文字，而不是列表或映射")
        value = str(self.node.value).strip()
        if not value or self.node.tag == f"{_TAG}null":
            raise self.error(f"{self._called}没有内容")
        return value

    def whole(self, low: int, high: int) -> int:
        """Return a whole number within bounds.

        Raises:
            UsageError: it is none, or lies beyond.
        """
        value = self.text()
        if not (value.isascii() and value.isdigit() and low <= int(value) <= high):
            raise self.error(f"{self._called}应当是 {low} 到 {high} 的整数，而不是 {value}")
        return int(value)

    def flag(self) -> bool:
        """Return true or false.

        Raises:
            UsageError: it is neither.
        """
        value = self.text().lower()
        if value not in _FLAGS:
            raise self.error(f"{self._called}应当是 true 或 false，而不是 {self.text()}")
        return _FLAGS[value]

    def choice(self, options: Collection[str]) -> str:
        """Return one of a few words.

        Raises:
            UsageError: it is none of them.
        """
        value = self.text()
        if value not in options:
            near = get_close_matches(value, options, n=1)
            hint = f"是不是想写 {near[0]}？" if near else f"可用的有：{'、'.join(options)}"
            raise self.error(f"{self._called}不能是 {value}", hint)
        return value

    @property
    def _called(self) -> str:
        return f"{self.key} " if self.key else ""


def read_yaml(raw: bytes | str, file: str) -> Told:
    """Read a YAML file.

    Args:
        raw: its content.
        file: its name, for errors.

    Raises:
        UsageError: it is no YAML, or empty.
    """
    import yaml

    try:
        # libyaml's loader is faster, but what is nested deeply enough ends the process in it.
        node = yaml.compose(raw, yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = f" 第 {error.problem_mark.line + 1} 行" if error.problem_mark else ""
        raise UsageError("不是合格的 YAML", where=f"{file}{line}", hint="请检查缩进、冒号和引号") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise UsageError("不是合格的 YAML", where=file, hint="请检查写法，并以 UTF-8 编码保存") from error
    if node is None:
        raise UsageError("文件是空的", where=file)
    return Told(node, file)
