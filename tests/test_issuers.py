"""Which reports are of one issuer."""

from __future__ import annotations

import pytest

from nianbao.issuers import Issuers, groups_of_issuers
from nianbao.model import Attribute, Field, Report, Status


def report(issuer: str, level: str = "town", sha256: str = "", **places: str) -> Report:
    told = {"issuer": issuer, "issuer_level": level, **places}
    attributes = tuple(Attribute(Field(name), value, "", "identity") for name, value in told.items())
    return Report("a.docx", sha256, Status.COMPLETE, attributes)


WHITE = report("青石县白水镇人民政府", county="青石县", town="白水镇", city="云山市")


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (report("白水镇人民政府", county="青石县"), True),
        (report("中共青石县白水镇委员会", county="青石县"), True),
        (report("青石区白水镇人民政府", county="青石区", town="白水镇"), True),
        (report("白水镇人民政府", county="赤石县"), False),
        (report("白水镇人民政府", county="青石县", city="雾山市"), False),
        (report("清水镇人民政府", county="青石县"), False),
        (report("青石县白水镇司法局", "department", county="青石县"), False),
        (report("青石县人民政府", "county", county="青石县"), False),
    ],
)
def test_names_and_places_tell_an_issuer(other: Report, same: bool) -> None:
    assert (Issuers([WHITE]).of(other) == (0,)) is same
    assert (groups_of_issuers([WHITE, other]) == (0, 0)) is same


def test_a_code_tells_a_town_that_is_called_otherwise() -> None:
    town = report("白水镇人民政府", division_code="330101101")
    street = report("白水街道办事处", division_code="330101101000")
    assert groups_of_issuers([town, WHITE, street]) == (0, 1, 0)


def test_a_bare_name_is_an_issuer_of_last_year_only_where_one_bears_it() -> None:
    bare = report("白水镇人民政府")
    other = report("白水镇人民政府", county="赤石县")
    assert Issuers([WHITE]).of(bare) == (0,)
    assert Issuers([WHITE, other]).of(bare) == ()
    assert Issuers([bare, other]).of(WHITE) == (0,)


def test_two_bare_names_of_a_year_are_one_issuer_only_in_the_same_file() -> None:
    bare = report("白水镇人民政府", sha256="1")
    assert groups_of_issuers([bare, report("白水镇人民政府", sha256="2")]) == (0, 1)
    assert groups_of_issuers([bare, bare]) == (0, 0)


def test_departments_are_told_apart_by_their_county() -> None:
    one = report("青石县应急管理局", "department", county="青石县")
    two = report("赤石县应急管理局", "department", county="赤石县")
    assert groups_of_issuers([one, two, report("应急管理局", "department", county="赤石县")]) == (0, 1, 1)


def test_no_name_is_nobody() -> None:
    nobody = Report("a.docx", "", Status.COMPLETE)
    assert groups_of_issuers([nobody, nobody]) == (0, 1)
