"""What `nianbao plugin new` and `accept` write, and what they leave alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from plugin_packages import nianbao

from nianbao.errors import UsageError
from nianbao.kit.scaffold import names_of, scaffold
from nianbao.regions import load_profile

SAVED = """浙江省示例县示例镇2023年法治政府建设年度报告

一、2023年度推进法治政府建设的主要举措和成效
建成红色议事亭14个，发放惠企码券36张。调解矛盾纠纷31件。

二、2023年度推进法治政府建设存在的不足和原因
力量不够强。

三、2023年度党政主要负责人履行推进法治建设第一责任人职责情况
主要负责人带头学法4次。

四、2024年度推进法治政府建设的主要安排
继续推进。
"""


@pytest.mark.parametrize(
    ("told", "code", "module", "expected"),
    [
        ("浙江", "", "", ("33", "浙江省", "nianbao-zhejiang", "nianbao_zhejiang")),
        ("内蒙古", "", "", ("15", "内蒙古自治区", "nianbao-neimenggu", "nianbao_neimenggu")),
        ("西藏", "", "xizang", ("54", "西藏自治区", "nianbao-xizang", "nianbao_xizang")),
        ("", "5205", "", ("5205", "毕节市", "nianbao-bijie", "nianbao_bijie")),
    ],
)
def test_names_come_from_the_division_table(
    told: str, code: str, module: str, expected: tuple[str, ...]
) -> None:
    names = names_of(told, code, module)
    assert (names.code, names.name, names.package, names.module) == expected


def test_other_readings_are_told() -> None:
    assert "xizang" in (names_of("西藏").slug, *names_of("西藏").others)


@pytest.mark.parametrize(
    ("told", "code", "module", "line"),
    [
        ("不存在省", "", "", "区划表里没有“不存在省”"),
        ("浙江", "", "Zhe Jiang", "模块名 Zhe Jiang 不合写法"),
        ("浙江", "99", "", "区划表里没有“99”"),
    ],
)
def test_what_can_not_be_is_one_line(told: str, code: str, module: str, line: str) -> None:
    with pytest.raises(UsageError, match=line) as caught:
        names_of(told, code, module)
    assert "\n" not in str(caught.value)


def test_a_scaffold_is_sound_and_never_written_over(tmp_path: Path) -> None:
    names = names_of("贵州")
    files = scaffold(names, tmp_path)
    assert {path.relative_to(tmp_path).parts[0] for path in files} == {"nianbao-guizhou"}
    profile = load_profile(tmp_path / "nianbao-guizhou" / "nianbao_guizhou" / "profile.yml")
    assert (profile.code, profile.name) == ("52", "贵州省")
    for path in files:
        if path.suffix == ".py":
            compile(path.read_text("utf-8"), str(path), "exec")
        assert "$" not in path.read_text("utf-8").replace(r"(?:", "")
    before = {path: path.read_bytes() for path in files}
    with pytest.raises(UsageError, match="已经存在，不会覆盖"):
        scaffold(names, tmp_path)
    assert {path: path.read_bytes() for path in files} == before


def test_a_saved_report_begins_a_plugin(tmp_path: Path) -> None:
    (tmp_path / "存下的.txt").write_text(SAVED, "utf-8")
    done = nianbao(tmp_path, "plugin", "new", "--from-file", "存下的.txt")
    assert (done.returncode, done.stderr) == (0, "")
    home = tmp_path / "nianbao-zhejiang" / "nianbao_zhejiang"
    assert "# 一、2023年度推进法治政府建设的主要举措和成效\n" in (home / "profile.yml").read_text("utf-8")
    _, _, proposed = (home / "cards.yml").read_text("utf-8").partition("# 三、")
    rows = [line.removeprefix("# ") for line in proposed.splitlines()[1:]]
    cards = yaml.safe_load("\n".join(rows))
    assert [(card["cues"][0]["head"], card["examples"][0]) for card in cards.values()] == [
        (["红色议事亭"], ["建成红色议事亭14个", 14]),
        (["惠企码券"], ["发放惠企码券36张", 36]),
    ]
    # What is proposed is commented out: the plugin loads as it stands.
    assert load_profile(home / "profile.yml").code == "33"


def test_a_file_that_tells_no_region_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "通知.txt").write_text("关于召开会议的通知", "utf-8")
    done = nianbao(tmp_path, "plugin", "new", "--from-file", "通知.txt")
    assert done.returncode == 2
    assert done.stderr.startswith("错误：通知.txt：不是法治政府建设年度报告")
    assert list(tmp_path.iterdir()) == [tmp_path / "通知.txt"]
    assert nianbao(tmp_path, "plugin", "new").returncode == 2


def test_accepting_shows_first_and_writes_when_told(tmp_path: Path) -> None:
    names = names_of("贵州")
    scaffold(names, tmp_path)
    [report] = (tmp_path / names.package / "tests" / "reports").iterdir()
    expected = report.with_name(report.name + ".expected.json")
    asked = nianbao(tmp_path, "plugin", "accept", names.package)
    assert asked.returncode == 2
    assert '+      "guizhou.law_stations": {' in asked.stdout
    assert "加 --yes" in asked.stderr
    assert not expected.exists()
    assert nianbao(tmp_path, "plugin", "accept", names.package, "--yes").returncode == 0
    [row] = json.loads(expected.read_text("utf-8"))
    values = {name: figure["value"] for name, figure in row["figures"].items()}
    assert {name: values[name] for name in values if "." in name or name == "disputes_mediated"} == {
        "disputes_mediated": 46,
        "guizhou.law_stations": 12,
        "guizhou.station_volunteers_added": 15,
    }
    again = nianbao(tmp_path, "plugin", "accept", names.package)
    assert (again.returncode, again.stdout) == (0, "预期没有变化\n")
    report.write_text(report.read_text("utf-8").replace("建成法治驿站12个", "建成法治驿站13个"), "utf-8")
    changed = nianbao(tmp_path, "plugin", "accept", names.package, "--yes")
    assert '-        "value": 12,' in changed.stdout
    assert '+        "value": 13,' in changed.stdout
