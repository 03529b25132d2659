"""`nianbao notify`: where notices go, and whether they arrive."""

from __future__ import annotations

from flows.display import printable
from flows.events.addresses import Address, wanted_addresses


def notify_command(*, test: bool) -> int:
    """Print the addresses that are set; return the exit status, which is 1 where a message did not arrive.

    Args:
        test: whether to send each a message.

    Raises:
        UsageError: an address is wrong.
    """
    addresses = wanted_addresses() or ()
    if not addresses:
        print("没有设置通知地址。请在 nianbao.toml 里写 notify = ['地址', …]，再运行 nianbao deploy。")
        return 1 if test else 0
    return _send(addresses) if test else _list(addresses)


def _list(addresses: tuple[Address, ...]) -> int:
    for number, address in enumerate(addresses, start=1):
        print(f"{number}. {address.kind}：{printable(address.told)}")
    return 0


def _send(addresses: tuple[Address, ...]) -> int:
    from flows.events.sending import send_test

    failed = False
    for number, address in enumerate(addresses, start=1):
        sent = send_test(address)
        failed = failed or bool(sent.problem)
        told = f"没有送达。{sent.problem}" if sent.problem else "已送达"
        print(f"{number}. {address.kind}（{printable(address.told)}）：{printable(told)}", flush=True)
    return int(failed)
