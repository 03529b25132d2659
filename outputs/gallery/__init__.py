"""The gallery of an evaluation's mistakes: one self-contained page."""

from outputs.gallery.page import KINDS, Panel, gallery_page

__all__ = ["KINDS", "Panel", "gallery_page"]
