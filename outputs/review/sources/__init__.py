"""The original beside the text: its pages as pictures, or its web page without anything that acts."""

from outputs.review.sources.beside import FOLDER as ORIGINALS
from outputs.review.sources.beside import Beside, Marked, Picture, Sources
from outputs.review.sources.showing import beside_html

__all__ = ["ORIGINALS", "Beside", "Marked", "Picture", "Sources", "beside_html"]
