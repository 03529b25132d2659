"""Which addresses of the Internet are the public web's, and which somebody's own."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# RFC 6052: what is translated to IPv4 stands in the last four bytes.
_TRANSLATED = IPv6Network("64:ff9b::/96")


def is_private(host: str) -> bool:
    """Tell whether a host is written as an address that is none of the public web's; a name is not."""
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return any(not each.is_global or each.is_multicast for each in (address, *_within(address)))


def _within(address: IPv4Address | IPv6Address) -> tuple[IPv4Address, ...]:
    """Return the IPv4 address that an IPv6 address leads to."""
    if isinstance(address, IPv4Address):
        return ()
    if address in _TRANSLATED:
        return (IPv4Address(int(address) & 0xFFFFFFFF),)
    return (address.sixtofour,) if address.sixtofour is not None else ()
