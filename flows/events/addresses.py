"""Where notices go: addresses as apprise writes them, or the webhooks of robots as they are pasted.

Importing it is quick; apprise is loaded once there is an address.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import unquote

from nianbao.errors import UsageError
from nianbao.settings import load_settings

_KINDS = {
    "mailto": "邮件",
    "mailtos": "邮件",
    "wecombot": "企业微信",
    "dingtalk": "钉钉",
    "feishu": "飞书",
    "lark": "飞书国际版",
    "json": "网址",
    "jsons": "网址",
}
# What these two robots' pages show, apprise does not know.
_PASTED = (
    (re.compile(r"^https://open\.feishu\.cn/open-apis/bot/v2/hook/([\w-]+)/?$"), r"feishu://\1"),
    (re.compile(r"^https://oapi\.dingtalk\.com/robot/send\?access_token=(\w+)$"), r"dingtalk://\1"),
)
_KNOWN = "mailto://、mailtos://（邮件）、wecombot://（企业微信）、dingtalk://（钉钉）、feishu://（飞书）"


@dataclass(frozen=True, slots=True)
class Address:
    """An address that notices go to.

    Args:
        kind: what it is of, in Chinese.
        told: it, without what must stay secret.
        url: it as apprise takes it; secret.
    """

    kind: str
    told: str
    url: str = field(repr=False)


def read_addresses(urls: Sequence[str]) -> tuple[Address, ...]:
    """Read addresses; each is taken once.

    Raises:
        UsageError: one can't be understood; nothing secret is told of it.
    """
    numbered = enumerate(dict.fromkeys(url.strip() for url in urls), start=1)
    return tuple(_read(url, number) for number, url in numbered)


def wanted_addresses() -> tuple[Address, ...] | None:
    """Return the addresses that are set; None where nothing is set, be it that there are none.

    Raises:
        UsageError: a setting is wrong.
    """
    told = load_settings().notify
    return None if told is None else read_addresses([each.get_secret_value() for each in told])


def _read(url: str, number: int) -> Address:
    from apprise import Apprise

    taken = url
    for pasted, written in _PASTED:
        taken = pasted.sub(written, taken)
    with quiet():
        found = Apprise.instantiate(taken)
    if found is None:
        scheme = url.partition("://")[0] if "://" in url else ""
        told = f"看不懂以 {scheme[:20]}:// 开头的地址" if scheme else "看不懂这个地址"
        if scheme in _KINDS:
            told = f"{_KINDS[scheme]}的地址写得不全"
        raise UsageError(
            told, where=f"通知地址 notify 第 {number} 个", hint=f"可用的有 {_KNOWN}，写法见 docs/operating.md"
        )
    shown = unquote(str(found.url(privacy=True)).partition("?")[0]).rstrip("/")  # type: ignore[no-untyped-call]
    return Address(_KINDS.get(shown.partition("://")[0], "其他"), shown, taken)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep apprise's log, which tells what an address holds, off the screen."""
    log = logging.getLogger("apprise")
    before, nobody = log.propagate, logging.NullHandler()
    log.propagate = False
    log.addHandler(nobody)
    try:
        yield
    finally:
        log.propagate = before
        log.removeHandler(nobody)
