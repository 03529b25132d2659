"""A plugin that cannot be loaded leaves nothing behind."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest
from broken import SETTLE, SOUND, Writer, registry_with, report_of
from broken_beside import HEAD, loaded_beside

from nianbao.manager import build_registry

# What goes wrong while a plugin is loaded: its source, the stage, and a piece of what is said.
AT_LOADING = {
    "an import error": ("import no_such_module_of_ours", "import", "ModuleNotFoundError"),
    "a syntax error": ("def broken(:", "import", "SyntaxError"),
    "an exit at import": ("raise SystemExit(3)", "import", "SystemExit: 3"),
    "an error without text": (
        "class Mute(Exception):\n    def __str__(self): raise ValueError\nraise Mute",
        "import",
        "Mute: （出错信息无法显示）",
    ),
    "an unknown hook": (
        HEAD + "@hookimpl\ndef nianbao_extractor():\n    return ()",
        "register",
        "没有名为 nianbao_extractor 的钩子（可用的钩子：nianbao_sources、",
    ),
    "a hook without its mark": (
        HEAD + "def nianbao_readers():\n    return ()",
        "register",
        "钩子 nianbao_readers 没有标注 @hookimpl",
    ),
    "a hook with an argument": (
        HEAD + "@hookimpl\ndef nianbao_readers(context):\n    return ()",
        "register",
        "nianbao_readers",
    ),
    "a wrapper": (
        HEAD + "@hookimpl(wrapper=True)\ndef nianbao_settle(candidates):\n    return (yield)",
        "register",
        "不能是包装函数",
    ),
    "a generator that raises after a good record": (
        HEAD
        + "@hookimpl\ndef nianbao_extractors():\n"
        + "    yield Extractor('good', frozenset({'year'}), lambda d, c: ())\n    raise KeyError('片区')",
        "nianbao_extractors",
        "KeyError: '片区'",
    ),
    "a record of another hook": (
        HEAD + "@hookimpl\ndef nianbao_readers():\n    yield Publisher('p', print)",
        "nianbao_readers",
        "应给出 Reader，却给出了 Publisher",
    ),
    "no records at all": (
        HEAD + "@hookimpl\ndef nianbao_readers():\n    return None",
        "nianbao_readers",
        "TypeError",
    ),
    "a record without a name": (
        HEAD + "@hookimpl\ndef nianbao_publishers():\n    yield Publisher('', print)",
        "nianbao_publishers",
        "的 name 不合要求：''",
    ),
    "a record that can't be called": (
        HEAD + "@hookimpl\ndef nianbao_readers():\n    yield Reader('r', 10, None)",
        "nianbao_readers",
        "Reader r 的 bid 不合要求：10",
    ),
    "names that are no set": (
        HEAD + "@hookimpl\ndef nianbao_extractors():\n    yield Extractor('e', None, print)",
        "nianbao_extractors",
        "Extractor e 的 yields 不合要求：None",
    ),
    "an unknown scope": (
        HEAD + "@hookimpl\ndef nianbao_validators():\n    yield Validator('v', 'month', frozenset(), print)",
        "nianbao_validators",
        "的 scope 不合要求：'month'",
    ),
    "a record's name that is taken": (
        HEAD
        + "@hookimpl\ndef nianbao_extractors():\n    yield Extractor('sound', frozenset({'year'}), print)",
        "register",
        "broken 在 nianbao_extractors 中给出的名称 sound 已由插件 sound 使用",
    ),
    "one name for two records": (
        HEAD + "@hookimpl\ndef nianbao_readers():\n    return [Reader('r', print, print)] * 2",
        "register",
        "名称 r 已由插件 broken 使用",
    ),
}


@pytest.mark.parametrize(("source", "stage", "said"), AT_LOADING.values(), ids=AT_LOADING)
def test_what_fails_at_loading_leaves_nothing_behind(
    write: Writer, source: str, stage: str, said: str
) -> None:
    failures, alone, beside = loaded_beside(write, source)
    [failure] = failures
    assert (failure.plugin, failure.stage) == ("broken", stage)
    assert said in failure.error
    assert "\n" not in failure.error
    assert beside == alone


def test_an_entry_point_s_name_that_is_taken_does_not_unseat_its_owner(write: Writer) -> None:
    module = HEAD + "@hookimpl\ndef nianbao_settle(candidates, context):\n    raise ValueError"
    stranger = replace_name(write("stranger", module), "settle")
    found = build_registry([SETTLE, write("sound", SOUND), stranger])
    [failure] = found.failures
    assert failure.error.endswith("插件名 settle 已由模块 nianbao.settle 使用")
    assert [name for name, _ in found.settlers] == ["settle"]
    assert report_of(found) == report_of(registry_with(write))


def replace_name(point: EntryPoint, name: str) -> EntryPoint:
    return EntryPoint(name, point.value, point.group)


def test_a_name_that_a_broken_plugin_asked_for_stays_free(write: Writer) -> None:
    good = HEAD + "@hookimpl\ndef nianbao_readers():\n    yield Reader('mine', lambda d: 0, print)\n"
    bad = good + "@hookimpl\ndef nianbao_publishers():\n    raise OSError('满')\n"
    found = registry_with(write, bad, good)
    assert [failure.plugin for failure in found.failures] == ["broken"]
    assert [reader.name for reader in found.readers] == ["mine", "sound"]
