"""The registry as it is built from what is installed."""

from __future__ import annotations

import inspect
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from nianbao import hookspecs
from nianbao.errors import PluginError
from nianbao.installed import built_in_first, installed_points
from nianbao.manager import RECORD_HOOKS, build_registry, check_packages, registry

HEAVY = (
    "docx",
    "lxml",
    "pdfplumber",
    "pypdfium2",
    "pandas",
    "rjieba",
    "prefect",
    "xlsxwriter",
    "sqlalchemy",
    "selectolax",
)


def test_the_built_in_plugins_are_sound() -> None:
    found = registry()
    assert found.failures == ()
    assert {plugin.distribution for plugin in found.plugins} == {"nianbao"}
    assert [name for name, _ in found.settlers][-1] == "settle"
    assert registry() is found


@pytest.mark.parametrize("kind", ["sources", "readers", "extractors", "validators", "publishers"])
def test_records_are_sorted_by_name(kind: str) -> None:
    names = [record.name for record in getattr(registry(), kind)]
    assert names == sorted(set(names))
    assert names


def test_plugins_load_nothing_heavy() -> None:
    program = (
        "import sys\nfrom nianbao.manager import registry\nregistry()\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_every_record_hook_is_specified_without_arguments() -> None:
    specified = {name for name in dir(hookspecs) if name.startswith("nianbao_")}
    assert specified == {*RECORD_HOOKS, "nianbao_settle"}
    for name in RECORD_HOOKS:
        assert not inspect.signature(getattr(hookspecs, name)).parameters


def test_a_stranger_comes_after_the_built_in() -> None:
    stranger = EntryPoint("a", "no.such", "nianbao")
    points = sorted([stranger, *installed_points()], key=built_in_first)
    assert points[-1] == stranger


def test_a_package_of_another_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_packages()
    shadow = tmp_path / "outputs"
    shadow.mkdir()
    (shadow / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in [name for name in sys.modules if name.split(".")[0] == "outputs"]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(PluginError) as caught:
        check_packages()
    assert str(caught.value) == (
        f"启动检查：程序包 outputs 不是 nianbao 自带的（{shadow}）（请把 nianbao 装进单独的虚拟环境）"
    )


def test_a_registry_of_nothing_is_empty() -> None:
    found = build_registry([])
    assert (found.sources, found.readers, found.settlers, found.plugins) == ((), (), (), ())
