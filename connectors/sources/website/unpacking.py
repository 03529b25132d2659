"""Unpacks an answer's body within bounds; what is packed and cut off is no answer."""

from __future__ import annotations

import zlib

_WINDOWS = {"gzip": (31,), "x-gzip": (31,), "deflate": (15, -15)}
ACCEPTED = "gzip, deflate"


class TooLargeError(Exception):
    """A body unpacks to more than it may."""


class DamagedError(Exception):
    """A body is not packed as it says, or ends too soon."""


def unpacked(body: bytes, coding: str, most: int) -> bytes:
    """Return a body as it was before it was packed.

    Args:
        body: as it came.
        coding: its Content-Encoding; empty for none.
        most: how many bytes it may unpack to.

    Raises:
        TooLargeError: it unpacks to more.
        DamagedError: it can't be unpacked to its end.
    """
    for name in reversed([each.strip().lower() for each in coding.split(",")]):
        if name and name != "identity":
            body = _unpacked(body, name, most)
    return body


def _unpacked(body: bytes, name: str, most: int) -> bytes:
    for window in _WINDOWS.get(name, ()):
        engine = zlib.decompressobj(window)
        try:
            found = engine.decompress(body, most + 1)
        except zlib.error:
            continue
        if len(found) > most:
            raise TooLargeError
        if engine.eof:
            return found
    raise DamagedError
