from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nianbao.divisions import PACKED, Divisions, Surroundings, divisions
from nianbao.divisions.names import bare_division, short_names
from nianbao.divisions.table import pack, unpack
from nianbao.errors import CatalogueError

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / ".." / "shared" / "data" / "divisions.csv"


def names(directory: Divisions, code: str) -> list[str]:
    return [division.name for division in directory.lineage(code)]


@pytest.mark.parametrize(
    ("code", "lineage"),
    [
        ("120115123", ["天津市", "宝坻区", "牛家牌镇"]),
        ("429004", ["湖北省", "仙桃市"]),
        ("441900", ["广东省", "东莞市"]),
        ("441900102", ["广东省", "东莞市", "石龙镇"]),
        ("500229", ["重庆市", "城口县"]),
        ("659001", ["新疆维吾尔自治区", "石河子市"]),
        ("52", ["贵州省"]),
    ],
)
def test_lineage_leaves_out_rows_that_are_no_place(code: str, lineage: list[str]) -> None:
    assert names(divisions(), code) == lineage


def test_look_up() -> None:
    table = divisions()
    assert [d.code for d in table.by_name("梅县区")] == ["441403"]
    assert [d.name for d in table.named("道真")] == ["道真仡佬族苗族自治县"]
    assert len(table.by_name("城关镇")) > 80
    assert table.by_name("市辖区") == ()
    assert table.by_code("999999") is None
    assert table.by_code("x") is None
    children = table.children("520323")
    assert "旺草镇" in {child.name for child in children}
    assert {child.parent for child in children} == {"520323"}


def test_a_code_borne_twice_means_the_later_town() -> None:
    division = divisions().by_code("110105021")
    assert division is not None
    assert (division.name, division.editions) == ("南磨房乡", ("2026",))


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("520323102", ["旺草镇"]),
        ("520323102000", ["旺草镇"]),
        ("520323", ["绥阳县"]),
        ("520300", ["遵义市"]),
        ("5203", ["遵义市"]),
        ("520000", ["贵州省"]),
        ("52", ["贵州省"]),
        ("110105021", ["南磨房乡", "南磨房地区"]),
        ("999999999", []),
    ],
)
def test_bearers_of_a_code_of_any_length_the_newest_first(code: str, names: list[str]) -> None:
    assert [division.name for division in divisions().bearers(code)] == names


def test_two_towns_of_one_code_are_told_apart_by_name() -> None:
    table = divisions()
    newest, oldest = table.bearers("110105021")
    assert (newest.editions, oldest.editions) == (("2026",), ("2023",))
    assert table.bearers("110105021", oldest.name) == (oldest,)


def test_mentions() -> None:
    table = divisions()
    text = "天津市宝坻区牛家牌镇落实《广东省行政执法公示办法》，与道真县、城区和交易县级平台比较"
    assert [m.name for m in table.mentions(text)] == ["天津市", "宝坻区", "广东省", "道真县"]
    assert all(text[m.start : m.end] == m.name for m in table.mentions(text))


@pytest.mark.parametrize(
    ("name", "around", "expected"),
    [
        ("天津市宝坻区牛家牌镇人民政府", {}, ["天津市", "宝坻区", "牛家牌镇"]),
        ("梅县区松源镇", {}, ["广东省", "梅州市", "梅县区", "松源镇"]),
        ("旺草镇", {"text": "《绥阳县工作要点》"}, ["贵州省", "遵义市", "绥阳县", "旺草镇"]),
        ("城关镇", {"text": "宁陕县委"}, ["陕西省", "安康市", "宁陕县", "城关镇"]),
        ("城关镇", {"publisher": "宁陕县人民政府"}, ["陕西省", "安康市", "宁陕县", "城关镇"]),
        ("城关镇", {}, []),
        ("鼓楼区", {"text": "福州市委"}, ["福建省", "福州市", "鼓楼区"]),
        ("鼓楼区", {"host": "www.gl.fujian.gov.cn"}, ["福建省", "福州市", "鼓楼区"]),
        ("鼓楼区", {"region": "3201"}, ["江苏省", "南京市", "鼓楼区"]),
        ("道真县玉溪镇", {}, ["贵州省", "遵义市", "道真仡佬族苗族自治县", "玉溪镇"]),
        ("延边州敦化市", {}, ["吉林省", "延边朝鲜族自治州", "敦化市"]),
        ("广西田东县祥周镇", {}, ["广西壮族自治区", "百色市", "田东县", "祥周镇"]),
        ("浙江省杭州市余杭区星光镇", {}, ["浙江省", "杭州市", "余杭区"]),
        ("无此名镇", {"text": "遵义市绥阳县的要求"}, ["贵州省", "遵义市", "绥阳县"]),
        ("云溪县青石镇", {}, []),
        ("国家税务总局绥阳县税务局", {}, ["贵州省", "遵义市", "绥阳县"]),
        ("拱墅区人民政府祥符街道办事处", {}, ["浙江省", "杭州市", "拱墅区", "祥符街道"]),
        ("第八师石河子市", {}, ["新疆维吾尔自治区", "石河子市"]),
        ("南昌县", {}, ["江西省", "南昌市", "南昌县"]),
        ("潜江市熊口镇", {}, ["湖北省", "潜江市", "熊口镇"]),
        ("中山港口镇", {}, ["广东省", "中山市", "港口镇"]),
        ("新城镇", {"site": "嘉峪关市人民政府"}, ["甘肃省", "嘉峪关市", "新城镇"]),
        ("重庆开州铁桥镇", {}, ["重庆市", "开州区", "铁桥镇"]),
        ("贵州遵义绥阳县旺草镇", {}, ["贵州省", "遵义市", "绥阳县", "旺草镇"]),
        ("潼南县", {}, ["重庆市", "潼南区"]),
        ("大同县", {}, ["山西省", "大同市", "云州区"]),
        ("南通市通州市", {}, ["江苏省", "南通市", "通州区"]),
        ("朝阳区", {"salutation": "中共长春市委："}, ["吉林省", "长春市", "朝阳区"]),
        ("市司法局", {"publisher": "徐州市人民政府", "text": "丰县、沛县"}, ["江苏省", "徐州市"]),
        (
            "旺草镇",
            {"text": "赴会宁县学习考察，对口协作的上海市来访"},
            ["贵州省", "遵义市", "绥阳县", "旺草镇"],
        ),
        ("城关镇", {"text": "赴宁陕县学习考察"}, []),
        ("城关镇", {"text": "宣传《陕西省优化营商环境条例》"}, []),
        ("旺草镇", {"publisher": "会宁县人民政府"}, []),
    ],
)
def test_resolve(name: str, around: dict[str, Any], expected: list[str]) -> None:
    table = divisions()
    found = table.resolve(name, Surroundings(**around)).division
    assert ([d.name for d in (*table.ancestors(found), found)] if found else []) == expected


def test_what_stays_ambiguous_names_its_rivals_and_their_common_parent() -> None:
    resolution = divisions().resolve("城关镇", Surroundings(text="陕西省"))
    assert resolution.division is not None
    assert resolution.division.name == "陕西省"
    assert {rival.name for rival in resolution.rivals} == {"城关镇"}


@pytest.mark.parametrize(
    ("name", "around", "reasons"),
    [
        ("旺草镇", {}, "区划表中仅此一地"),
        ("绥阳县旺草镇", {}, "名称写明上级：绥阳县"),
        ("城关镇", {"text": "宁陕县委的要求"}, "同名的有 88 处；正文提到上级：宁陕县"),
        ("绥阳县旺草镇", {"publisher": "会宁县人民政府"}, "名称写明上级：绥阳县；发布机构提到的却是会宁县"),
    ],
)
def test_reasons(name: str, around: dict[str, Any], reasons: str) -> None:
    assert "；".join(divisions().resolve(name, Surroundings(**around)).reasons) == reasons


def test_what_contradicts_is_kept_and_lowers_the_confidence() -> None:
    resolution = divisions().resolve("绥阳县旺草镇", Surroundings(publisher="会宁县人民政府"))
    assert [conflict.place.name for conflict in resolution.conflicts] == ["会宁县"]
    assert resolution.confidence < divisions().resolve("绥阳县旺草镇").confidence


def test_a_town_put_under_another_district_since_is_told_with_both() -> None:
    old = divisions().resolve("重庆市大竹林街道", Surroundings(year=2021))
    new = divisions().resolve("重庆市大竹林街道", Surroundings(year=2026))
    assert old.division is not None
    assert new.division is not None
    assert [d.name for d in divisions().lineage_of(old.division)] == ["重庆市", "渝北区", "大竹林街道"]
    assert [d.name for d in divisions().lineage_of(new.division)] == ["重庆市", "两江新区", "大竹林街道"]
    assert [conflict.place.name for conflict in old.conflicts] == ["两江新区"]


def test_names() -> None:
    assert bare_division("北关街道办事处") == "北关街道"
    assert bare_division("南磨房地区办事处") == "南磨房地区"
    assert bare_division("中共青石镇委员会") == "青石镇"
    assert short_names("道真仡佬族苗族自治县") == ("道真县", "道真自治县")
    assert short_names("宁夏回族自治区") == ("宁夏",)
    assert short_names("绥阳县") == ()


def test_packing_keeps_every_row(tmp_path: Path) -> None:
    packed = tmp_path / "divisions.bin"
    packed.write_bytes(pack([("甲县", 110101, 0), ("乙省", 11, 11)], [("丙镇", 110101100, 110101101)]))
    upper, towns = unpack(packed)
    assert (upper.names, [list(column) for column in upper.codes]) == (
        ["乙省", "甲县"],
        [[11, 110101], [11, 0]],
    )
    assert (towns.names, [list(column) for column in towns.codes]) == (["丙镇"], [[110101100], [110101101]])


def test_a_damaged_table_is_told_in_one_line(tmp_path: Path) -> None:
    damaged = tmp_path / "divisions.bin"
    damaged.write_bytes(b"no table")
    with pytest.raises(CatalogueError, match=r"divisions\.bin：行政区划表无法读取（请重新安装 nianbao）"):
        Divisions(damaged).by_name("绥阳县")


@pytest.mark.skipif(not SOURCE.exists(), reason="没有 shared 文件夹")
def test_the_packed_table_is_made_from_its_source(tmp_path: Path) -> None:
    script = (ROOT / "scripts" / "pack_divisions.py").read_text(encoding="utf-8")
    copy = tmp_path / "scripts" / "pack_divisions.py"
    copy.parent.mkdir()
    (tmp_path / "nianbao" / "divisions").mkdir(parents=True)
    copy.write_text(script, encoding="utf-8")
    subprocess.run([sys.executable, str(copy), str(SOURCE)], cwd=ROOT, check=True, capture_output=True)
    assert (tmp_path / "nianbao" / "divisions" / "divisions.bin").read_bytes() == PACKED.read_bytes()
    assert PACKED.stat().st_size < 1_000_000
