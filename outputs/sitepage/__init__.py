"""The page of how sites stand: one self-contained file."""

from outputs.sitepage.page import site_page

__all__ = ["site_page"]
