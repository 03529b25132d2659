"""Errors are one line, cross processes, and are told by the guard."""

from __future__ import annotations

import pickle

import pytest

from nianbao.errors import NianbaoError, ReadError, UsageError
from nianbao.guard import LONGEST_ERROR, guarded
from nianbao.model import Failure


def test_an_error_is_one_line_and_crosses_processes() -> None:
    error = UsageError("文件夹不存在", where="D:/年报", hint="请检查路径")
    assert str(error) == "D:/年报：文件夹不存在（请检查路径）"
    assert str(NianbaoError("出错")) == "出错"
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.hint) == (UsageError, str(error), "请检查路径")


def test_a_guard_tells_errors_in_one_short_line_and_lets_a_stop_through() -> None:
    def fail(error: BaseException) -> None:
        raise error

    assert guarded("p", "read", fail, ValueError("一\n二\t三")) == Failure(
        "p", "read", "ValueError: 一 二 三"
    )
    told = guarded("p", "read", fail, ReadError("长" * 1000))
    assert isinstance(told, Failure)
    assert len(told.error) == LONGEST_ERROR
    assert guarded("p", "read", len, "三个字") == 3
    with pytest.raises(KeyboardInterrupt):
        guarded("p", "read", fail, KeyboardInterrupt())
