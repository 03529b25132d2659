"""What came of a document on its way between processes: a process between two others need not unpack it."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.worker import Outcome


@dataclass(frozen=True, slots=True)
class Packed:
    """An outcome as bytes, with what who hands it on has to know.

    Args:
        seconds: that the document took.
        is_deferred: whether only a slow reader can read it.
        data: the outcome, as `pickle` writes it; from processes of our own alone.
    """

    seconds: float
    is_deferred: bool
    data: bytes = field(repr=False)

    def unpack(self) -> Outcome:
        """Return the outcome."""
        outcome: Outcome = pickle.loads(self.data)  # noqa: S301  a worker of ours wrote it
        return outcome


def pack(outcome: Outcome) -> Packed:
    """Return an outcome, packed.

    Raises:
        Exception: a plugin's value can't be pickled.
    """
    data = pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL)
    return Packed(outcome.seconds, outcome.processed.is_deferred, data)
