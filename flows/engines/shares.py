"""How many documents a worker is handed at once.

A document is read in some ten milliseconds. Handed over one by one, each costs the parent its threads' turns,
and workers wait for them; handed over by the batch, one slow document holds up a hundred others.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.packing import Packed

# Seconds that a share is to take; its documents before it is known what they take, and at most.
_SECONDS = 0.25
_FIRST, _MOST = 4, 16
# The last so many documents tell how long the next will take.
_MEMORY = 64


@dataclass(slots=True)
class Pace:
    """Learns from what documents took how many of them make a share; any thread may count."""

    _mean: float = 0.0
    _counted: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def share(self) -> int:
        """Documents that a worker is to be handed at once; 1 or more."""
        if not self._counted:
            return _FIRST
        return max(1, min(_MOST, int(_SECONDS / max(self._mean, _SECONDS / _MOST))))

    def count(self, outcomes: Sequence[Packed]) -> None:
        """Learn what these documents took."""
        with self._lock:
            for each in outcomes:
                self._counted = min(self._counted + 1, _MEMORY)
                self._mean += (each.seconds - self._mean) / self._counted
