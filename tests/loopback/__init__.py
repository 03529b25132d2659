"""A county's government sites on the loopback interface, for tests and the demo.

What it plays and how to add to it: docs/loopback-site.md.
"""

from .county import Listed
from .exchange import Part
from .faults import NAMES
from .papers import COUNTY, YEARS, Kind
from .server import Loopback

__all__ = ["COUNTY", "NAMES", "YEARS", "Kind", "Listed", "Loopback", "Part"]
