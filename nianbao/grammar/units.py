"""Units: which class each belongs to, and its scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType

from nianbao.errors import CatalogueError


class UnitClass(StrEnum):
    """What a unit counts or measures."""

    CASE = "case"
    EVENT = "event"
    ITEM = "item"
    DOCUMENT = "document"
    PEOPLE = "people"
    PLACE = "place"
    MONEY = "money"
    RATE = "rate"
    POINT = "point"
    AREA = "area"
    LENGTH = "length"
    TIME = "time"


COUNTS = frozenset(
    {UnitClass.CASE, UnitClass.EVENT, UnitClass.ITEM, UnitClass.DOCUMENT, UnitClass.PEOPLE, UnitClass.PLACE}
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written.

    Args:
        name: as written.
        kind: its class.
        scale: what turns a figure in it into the class's own unit (元, %, 平方米; 1 for counts).
    """

    name: str
    kind: UnitClass
    scale: Decimal


@dataclass(frozen=True, slots=True)
class Units:
    """All units by name."""

    by_name: Mapping[str, Unit]

    def __post_init__(self) -> None:
        """Close the units to whoever is given them."""
        object.__setattr__(self, "by_name", MappingProxyType(dict(self.by_name)))

    def names(self) -> tuple[str, ...]:
        """Return the names, the longest first."""
        return tuple(sorted(self.by_name, key=lambda name: (-len(name), name)))

    def of(self, *kinds: UnitClass) -> frozenset[str]:
        """Return the names of the units of some classes."""
        return frozenset(name for name, unit in self.by_name.items() if unit.kind in kinds)


def make_units(data: Mapping[str, object]) -> Units:
    """Check and build the units from `units.yml`.

    Raises:
        CatalogueError: an unknown class, a unit named twice, a scale that is no number.
    """
    by_name: dict[str, Unit] = {}
    classes = data.get("classes")
    if not isinstance(classes, Mapping):
        raise CatalogueError("缺少 classes", where="units.yml")
    for kind, names in classes.items():
        if kind not in UnitClass.__members__.values():
            raise CatalogueError(f"未知的单位类别 {kind}", where="units.yml", hint="、".join(UnitClass))
        scales = names if isinstance(names, Mapping) else dict.fromkeys(names, 1)
        for name, scale in scales.items():
            if name in by_name:
                raise CatalogueError(f"单位 {name} 出现了两次", where="units.yml")
            by_name[str(name)] = Unit(str(name), UnitClass(kind), _scale(str(name), scale))
    return Units(by_name)


def _scale(name: str, scale: object) -> Decimal:
    try:
        value = Decimal(str(scale))
    except InvalidOperation as error:
        raise CatalogueError(f"单位 {name} 的换算 {scale} 不是数字", where="units.yml") from error
    if not value.is_finite() or value <= 0:
        raise CatalogueError(f"单位 {name} 的换算 {scale} 应当大于零", where="units.yml")
    return value
