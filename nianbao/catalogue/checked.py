"""YAML read strictly: what is misspelt, doubled or of the wrong kind is one clear line, never a guess."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from nianbao.errors import CatalogueError

# libyaml is ten times faster; where PyYAML was built without it, the Python loader reads the same.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]  # which of the two it is shows at run time only
    """A safe loader that refuses a key told twice, which YAML would let the last one win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Return the mapping of a node.

        Raises:
            CatalogueError: a key stands in it twice.
        """
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise CatalogueError(f"{key.value} 出现了两次", where=f"第 {key.start_mark.line + 1} 行")
            seen.add(key.value)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping


def read_mapping(raw: bytes | str, where: str) -> Mapping[str, Any]:
    """Read a YAML file whose content is a mapping.

    Args:
        raw: the file's content.
        where: its name.

    Raises:
        CatalogueError: it is no YAML, no mapping, or a key stands in it twice; says where.
    """
    try:
        content = yaml.load(raw, _Loader)  # noqa: S506  a safe loader with one more check
    except yaml.MarkedYAMLError as error:
        line = f" 第 {error.problem_mark.line + 1} 行" if error.problem_mark else ""
        raise CatalogueError("不是合格的 YAML", where=f"{where}{line}", hint="请检查缩进和括号") from error
    except yaml.YAMLError as error:
        raise CatalogueError("不是合格的 YAML", where=where, hint="请以 UTF-8 编码保存") from error
    except CatalogueError as error:
        raise CatalogueError(error.message, where=f"{where} {error.where}") from error
    if not isinstance(content, Mapping):
        raise CatalogueError("应当是以名称为键的映射", where=where)
    return content


@dataclass(frozen=True, slots=True)
class Entry:
    """A mapping of a file whose values are asked for by their kind.

    Args:
        data: the mapping.
        where: the file and the name of the entry.
    """

    data: Mapping[str, Any]
    where: str

    def __contains__(self, key: str) -> bool:
        """Whether the key is given."""
        return key in self.data

    def text(self, key: str) -> str:
        """Return a value that must be text and not empty."""
        value = self.data[key]
        if not isinstance(value, str) or not value:
            raise self.error(f"{key} 应当是文字", "数字请加引号")
        return value

    def choice(self, key: str, options: Collection[str], default: str) -> str:
        """Return a value that must be one of a few."""
        value = self.data.get(key, default)
        if value not in options:
            raise self.error(f"未知的 {key} {value}", "、".join(options))
        return str(value)

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return a value that must be true or false."""
        value = self.data.get(key, default)
        if not isinstance(value, bool):
            raise self.error(f"{key} 应当是 true 或 false")
        return value

    def rows(self, key: str) -> list[Any]:
        """Return a value that must be a list; an empty one where it is not given."""
        value = self.data.get(key, [])
        if not isinstance(value, list):
            raise self.error(f"{key} 应当是列表", "请写成 [甲, 乙]")
        return value

    def words(self, key: str) -> list[str]:
        """Return a value that must be a list of words."""
        return self.all_words(key, self.rows(key))

    def groups(self, key: str) -> list[list[str]]:
        """Return a value that must be a list of lists of words."""
        for row in self.rows(key):
            if not isinstance(row, list):
                raise self.error(f"{key} 应当是词语组的列表", "请写成 [[甲, 乙], [丙]]")
        return [self.all_words(key, row) for row in self.rows(key)]

    def all_words(self, key: str, words: list[Any]) -> list[str]:
        """Return a list of which every item must be a word."""
        for word in words:
            if not isinstance(word, str):
                raise self.error(f"{key} 中的 {word} 不是文字", "数字请加引号")
        return words

    def check_keys(self, known: Collection[str], needed: Collection[str]) -> None:
        """Refuse a key that nobody knows, and a lack of one that is needed."""
        for key in self.data:
            if key not in known:
                raise self.error(f"未知的键 {key}", f"可用：{'、'.join(sorted(known))}")
        for key in needed:
            if key not in self.data:
                raise self.error(f"缺少 {key}")

    def error(self, message: str, hint: str = "") -> CatalogueError:
        """Return an error that names this entry."""
        return CatalogueError(message, where=self.where, hint=hint)
