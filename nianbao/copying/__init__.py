"""Sentences that reports share: who with whom, how much, and what a whole group has in common.

Sentences are compared by 64-bit hashes in an inverted index, exactly and without sampling. MinHash would
propose pairs as fast, but reading the sentences takes nearly all the time and their places are needed anyway;
and it judges by what two reports share of both together, so that a short one that lies in a long one is lost.
"""

from __future__ import annotations

from nianbao.copying.overlaps import Shared, find_shared

__all__ = ["Shared", "find_shared"]
