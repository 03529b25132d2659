"""The engine that recognises text: finds its places in a picture, reads each, and tells how sure it is."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

# Finding needs less detail than reading: on a page of A4 this is 120 dpi.
DETECTION_SIDE = 1_440
_HEIGHT = 48
_NARROWEST = 48
_WIDEST = 48 * 80
# How much wider than the narrowest a picture in a batch may be: all are padded to the widest.
_BATCH = 6
_SPREAD = 1.25
_TURNED = 0.9


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as read.

    Args:
        text: the character.
        sure: how probable, 0 to 1.
        left, right: where it stands, as a share of its strip's width.
        other: what it could be as well, or an empty string.
        missed: how probable it is that a figure stands unread before it (after it, too, if it is the last).
    """

    text: str
    sure: float
    left: float
    right: float
    other: str = ""
    missed: float = 0.0


class Engine:
    """The three models of rapidocr, on one thread."""

    def __init__(self) -> None:
        from rapidocr import RapidOCR

        threads = "EngineConfig.onnxruntime"
        self._engine = RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.return_word_box": True,
                # All regions are looked at anyway; small ones weigh as much as large ones.
                "Det.limit_side_len": 32,
                f"{threads}.intra_op_num_threads": 1,
                f"{threads}.inter_op_num_threads": 1,
            }
        )
        self._engine.recognize_txt([_blank()])
        recogniser: Any = self._engine.text_rec
        self._session = recogniser.session
        self._characters: list[str] = recogniser.postprocess_op.character
        self._figures = _figure_columns(self._characters)

    def places(self, page: Array) -> list[Array]:
        """Return the four corners of every strip of text on a page (upper left first, clockwise)."""
        import cv2
        import numpy as np

        height, width = page.shape[:2]
        scale = min(1.0, DETECTION_SIDE / max(height, width))
        size = (max(32, round(width * scale / 32) * 32), max(32, round(height * scale / 32) * 32))
        small = cv2.resize(page, size, interpolation=cv2.INTER_AREA)
        colours = cv2.cvtColor(small, cv2.COLOR_GRAY2BGR)
        _, found = self._engine.detect_and_crop(colours, {}) if self._has_ink(small) else (None, None)
        if found is None or found.boxes is None:
            return []
        ratio = np.array([width / size[0], height / size[1]])
        return [np.asarray(box, np.float32) * ratio.astype(np.float32) for box in found.boxes]

    @staticmethod
    def _has_ink(page: Array) -> bool:
        """A page of one colour has no places, which the library takes for an error."""
        return int(page.max()) - int(page.min()) > 16

    def upside_down(self, strips: Sequence[Array]) -> bool:
        """Whether most of the strips stand on their heads."""
        import cv2

        if not strips:
            return False
        colours = [cv2.cvtColor(strip, cv2.COLOR_GRAY2BGR) for strip in strips]
        _, result = self._engine.cls_and_rotate(colours)
        turned = sum(label == "180" and sure > _TURNED for label, sure in result.cls_res or ())
        return 2 * turned > len(strips)

    def read(self, strips: Sequence[Array]) -> list[list[Glyph]]:
        """Read strips of text, each on a line; in the same order."""
        import numpy as np

        read: list[list[Glyph]] = [[] for _ in strips]
        resized = [_resized(strip) for strip in strips]
        for batch in _batches([image.shape[1] for image in resized]):
            widest = max(resized[index].shape[1] for index in batch)
            inputs = np.zeros((len(batch), 3, _HEIGHT, widest), np.float32)
            for row, index in enumerate(batch):
                inputs[row, :, :, : resized[index].shape[1]] = resized[index] / 127.5 - 1.0
            chances = self._session(inputs)
            for row, index in enumerate(batch):
                read[index] = self._decoded(chances[row], resized[index].shape[1] / widest)
        return read

    def _decoded(self, chances: Array, share: float) -> list[Glyph]:
        """Return the characters of a strip: runs of one character parted by other ones or by nothing."""
        import numpy as np

        # What follows is padding, where the model sees what is not there.
        used = min(max(1, round(len(chances) * share)), len(chances))
        chances = chances[:used]
        best = chances.argmax(axis=1)
        heads = np.flatnonzero(np.diff(best, prepend=-1))
        ends = np.append(heads[1:], len(best))
        glyphs: list[Glyph] = []
        before = 0
        for start, end in zip(heads.tolist(), ends.tolist(), strict=True):
            code = int(best[start])
            if code == 0:
                continue
            peak = start + int(chances[start:end, code].argmax())
            row = chances[peak]
            second = int(np.argpartition(row, -2)[-2])
            missed = self._missed(chances, before, start)
            glyphs.append(
                Glyph(
                    self._characters[code],
                    float(row[code]),
                    start / used,
                    end / used,
                    self._characters[second] if second else "",
                    missed,
                )
            )
            before = end
        if glyphs and (missed := self._missed(chances, before, used)) > glyphs[-1].missed:
            glyphs[-1] = replace(glyphs[-1], missed=missed)
        return glyphs

    def _missed(self, chances: Array, start: int, end: int) -> float:
        """Return how probable a figure is between two characters, where nothing was read.

        Beside a character its own chance fades; there only another one counts.
        """
        if end <= start:
            return 0.0
        between = chances[start:end][:, self._figures]
        inner = between[1:-1].max() if end - start > 2 else 0.0
        beside = [int(chances[place].argmax()) for place in (start - 1, end) if 0 <= place < len(chances)]
        others = [column for column, code in enumerate(self._figures) if code not in beside]
        return float(max(inner, between[:, others].max()))


def _blank() -> Array:
    import numpy as np

    return np.full((_HEIGHT, _HEIGHT, 3), 255, np.uint8)


def _figure_columns(characters: Sequence[str]) -> list[int]:
    wanted = set("0123456789.%〇零一二三四五六七八九十百千万亿")
    return [index for index, character in enumerate(characters) if character in wanted]


def _resized(strip: Array) -> Array:
    """Return a strip of the height that the model reads; narrow ones on a margin of paper."""
    import cv2
    import numpy as np

    height, width = strip.shape[:2]
    wide = min(max(8, -(-width * _HEIGHT // max(height, 1))), _WIDEST)
    image = cv2.resize(strip, (wide, _HEIGHT), interpolation=cv2.INTER_LINEAR)
    if wide < _NARROWEST:
        before = (_NARROWEST - wide) // 2
        paper = int(np.percentile(image, 90))
        image = cv2.copyMakeBorder(
            image, 0, 0, before, _NARROWEST - wide - before, cv2.BORDER_CONSTANT, value=(paper,)
        )
    return image.astype(np.float32)


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the strips in batches of about one width."""
    batch: list[int] = []
    for index in sorted(range(len(widths)), key=lambda index: widths[index]):
        if batch and (len(batch) == _BATCH or widths[index] > _SPREAD * widths[batch[0]] + _HEIGHT):
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


_LOADING = threading.Lock()


@cache
def _load() -> Engine:
    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    return Engine()


def engine() -> Engine:
    """Return this process's engine; the first call takes seconds to load it."""
    with _LOADING:
        return _load()


@cache
def engine_version() -> str:
    """Return what tells one engine's results from another's."""
    return f"rapidocr {version('rapidocr')}, onnxruntime {version('onnxruntime')}"
