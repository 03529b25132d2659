"""What tests need: where it is lacking they are skipped, and where all is to be there they fail."""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import NoReturn

import pytest

_OCR = ("rapidocr", "cv2")


def lacking(needs: str) -> NoReturn:
    """Skip what can't run here; where everything is to be there (`NIANBAO_TEST_ALL`), fail.

    Args:
        needs: what is needed and not there, in English.
    """
    if os.environ.get("NIANBAO_TEST_ALL"):
        pytest.fail(needs)
    pytest.skip(needs, allow_module_level=True)


def need_ocr() -> None:
    """Pass where what recognises characters is installed; a module asks before it imports that."""
    if any(find_spec(name) is None for name in _OCR):
        lacking("needs RapidOCR and OpenCV (the extra ocr)")
