"""What a stop by the user is known by on its way up."""

from __future__ import annotations

from nianbao.errors import NianbaoError


class StoppedError(NianbaoError):
    """The user stopped the run while there was work left (exit status 130)."""
