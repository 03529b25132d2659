"""Sends a test message to each address, and tells what came of it.

apprise takes every answer with status 200 for a message that was delivered; robots answer 200 and tell in the
answer's body that they refused it. While it sends, the answers are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

import requests
from prefect.blocks.abstract import NotificationError
from pydantic import SecretStr

from flows.events.addresses import Address, quiet
from flows.events.blocks import NianbaoNotice
from flows.events.notice import message
from nianbao.steps import SHANGHAI

# What robots call the number and the text of an error: 企业微信 and 钉钉, 飞书.
_NUMBERS, _TEXTS = ("errcode", "code", "StatusCode"), ("errmsg", "msg", "StatusMessage")
_LONGEST = 120
_MAIL = "连不上邮件服务器，或它没有接受；请核对服务器、端口、用户和口令"


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a message.

    Args:
        address: that it went to.
        problem: why it was not delivered, in Chinese; empty where it was.
    """

    address: Address
    problem: str


def send_test(address: Address) -> Sent:
    """Send a message that says it is a test."""
    told = message(
        "测试消息", [f"收到这条，说明地址可用。{datetime.now(SHANGHAI):%Y-%m-%d %H:%M}"], "不用处理。"
    )
    block = NianbaoNotice(url=SecretStr(address.url))
    with _answers() as answers, quiet(), block.raise_on_failure():
        try:
            block.notify(told["正文"], told["标题"])
        except NotificationError:
            return Sent(address, _refusal(answers) or _unanswered(address))
    return Sent(address, _refusal(answers))


@contextmanager
def _answers() -> Iterator[list[requests.Response]]:
    """Collect the answers that apprise gets, and drops."""
    found: list[requests.Response] = []
    plain: Callable[..., requests.Response] = requests.Session.send

    @wraps(plain)
    def send(*args: Any, **kwargs: Any) -> requests.Response:
        answer = plain(*args, **kwargs)
        found.append(answer)
        return answer

    # apprise makes its sessions itself.
    requests.Session.send = send  # type: ignore[method-assign]
    try:
        yield found
    finally:
        requests.Session.send = plain  # type: ignore[method-assign]


def _refusal(answers: Sequence[requests.Response]) -> str:
    """Return why the last answer is no acceptance; empty where it is one, or where there is none."""
    if not answers:
        return ""
    answer = answers[-1]
    try:
        told = answer.json()
    except ValueError:
        told = None
    if isinstance(told, dict):
        number = next((told[name] for name in _NUMBERS if told.get(name)), 0)
        text = next((str(told[name]) for name in _TEXTS if told.get(name)), "")
        if number:
            return f"对方没有接受：{text[:_LONGEST]}（{number}）"
    return "" if answer.ok else f"对方回答 HTTP {answer.status_code}"


def _unanswered(address: Address) -> str:
    return _MAIL if address.kind == "邮件" else "连不上对方"
