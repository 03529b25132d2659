"""What `nianbao plugin new` and `accept` write, and what they leave alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from flows import cli
from nianbao.divisions import divisions
from nianbao.errors import PublishError, UsageError
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
        ("西藏", "", "", ("54", "西藏自治区", "nianbao-xizang", "nianbao_xizang")),
        ("陕西", "", "", ("61", "陕西省", "nianbao-shaanxi", "nianbao_shaanxi")),
        ("山西", "", "sx", ("14", "山西省", "nianbao-sx", "nianbao_sx")),
        ("", "5205", "", ("5205", "毕节市", "nianbao-bijie", "nianbao_bijie")),
    ],
)
def test_names_come_from_the_division_table(
    told: str, code: str, module: str, expected: tuple[str, ...]
) -> None:
    names = names_of(told, code, module)
    assert (names.code, names.name, names.package, names.module) == expected


def test_no_two_provinces_are_spelled_alike_and_other_readings_are_told() -> None:
    names = [names_of(each.name) for each in divisions().provinces]
    assert len({each.slug for each in names}) == len(names) > 30
    assert "zhongqing" in names_of("重庆").others


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
    names = names_of("云南")
    files = scaffold(names, tmp_path)
    assert {path.relative_to(tmp_path).parts[0] for path in files} == {"nianbao-yunnan"}
    profile = load_profile(tmp_path / "nianbao-yunnan" / "nianbao_yunnan" / "profile.yml")
    assert (profile.code, profile.name) == ("53", "云南省")
    for path in files:
        if path.suffix == ".py":
            compile(path.read_text("utf-8"), str(path), "exec")
        assert "$" not in path.read_text("utf-8").replace(r"(?:", "")
    before = {path: path.read_bytes() for path in files}
    with pytest.raises(UsageError, match="已经存在，不会覆盖"):
        scaffold(names, tmp_path)
    assert {path: path.read_bytes() for path in files} == before


@pytest.mark.parametrize("told", ["写不下", "停了"])
def test_half_a_scaffold_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    ended = {"写不下": OSError(28, told), "停了": KeyboardInterrupt()}[told]
    write = Path.write_text

    def fails(path: Path, *arguments: str, **options: str) -> int:
        if path.name == "cards.yml":
            raise ended
        return write(path, *arguments, **options)

    monkeypatch.setattr(Path, "write_text", fails)
    with pytest.raises((PublishError, KeyboardInterrupt)):
        scaffold(names_of("云南"), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_saved_report_begins_a_plugin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "存下的.txt").write_text(SAVED, "utf-8")
    assert cli.main(["plugin", "new", "--from-file", "存下的.txt"]) == 0
    assert capfd.readouterr().err == ""
    home = tmp_path / "nianbao-zhejiang" / "nianbao_zhejiang"
    assert "# 一、2023年度推进法治政府建设的主要举措和成效\n" in (home / "profile.yml").read_text("utf-8")
    _, _, proposed = (home / "cards.yml").read_text("utf-8").partition("# 三、")
    rows = [line.removeprefix("# ") for line in proposed.splitlines()[1:]]
    cards = yaml.safe_load("\n".join(rows))
    assert [(name, card["cues"][0]["head"], card["examples"][0]) for name, card in cards.items()] == [
        ("zhejiang.indicator_1", ["红色议事亭"], ["建成红色议事亭14个", 14]),
        ("zhejiang.indicator_2", ["惠企码券"], ["发放惠企码券36张", 36]),
    ]
    # What is proposed is commented out: the plugin loads as it stands, and with the signs taken away.
    assert load_profile(home / "profile.yml").code == "33"
    with (home / "cards.yml").open("a", encoding="utf-8") as stream:
        stream.write("\n" + "\n".join(rows))
    assert load_profile(home / "profile.yml").code == "33"


def test_accepting_shows_first_and_writes_when_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    names = names_of("云南")
    scaffold(names, tmp_path)
    home = str(tmp_path / names.package)
    [report] = (tmp_path / names.package / "tests" / "reports").iterdir()
    expected = report.with_name(report.name + ".expected.json")
    assert cli.main(["plugin", "accept", home]) == 2
    asked = capfd.readouterr()
    assert '+      "yunnan.law_stations": {' in asked.out
    assert "加 --yes" in asked.err
    assert not expected.exists()
    assert cli.main(["plugin", "accept", home, "--yes"]) == 0
    [row] = json.loads(expected.read_text("utf-8"))
    values = {name: figure["value"] for name, figure in row["figures"].items()}
    assert {name: values[name] for name in values if "." in name or name == "disputes_mediated"} == {
        "disputes_mediated": 46,
        "yunnan.law_stations": 12,
        "yunnan.station_volunteers_added": 15,
    }
    report.write_text(report.read_text("utf-8").replace("建成法治驿站12个", "建成法治驿站13个"), "utf-8")
    capfd.readouterr()
    assert cli.main(["plugin", "accept", home, "--yes"]) == 0
    changed = capfd.readouterr().out
    assert '-        "value": 12,' in changed
    assert '+        "value": 13,' in changed
    assert cli.main(["plugin", "accept", home]) == 0
    assert capfd.readouterr().out == "预期没有变化\n"
    assert {path.name for path in report.parent.iterdir()} == {report.name, expected.name}
