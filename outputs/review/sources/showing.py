"""The original as HTML for the side of a report's page; `assets/beside.js` and `.css` belong to it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from outputs.review.sources.beside import Beside, Picture

# Pixels between a figure and its box.
_ROOM = 3


def beside_html(beside: Beside, root: str) -> str:
    """Return the HTML of what of an original is shown.

    Boxes are drawn over the pictures as SVG, so that a page's policy need not allow styles in it.

    Args:
        beside: what is shown.
        root: the site's folder from the page, with its slash.
    """
    return "".join(_parts(beside, root))


def _parts(beside: Beside, root: str) -> Iterator[str]:
    if beside.note:
        yield f'<p class="beside-note">{escape(beside.note)}</p>'
    yield from (_sheet(picture, root) for picture in beside.pictures)
    if beside.frame:
        found = " ".join(str(number) for number in sorted(beside.found))
        yield (
            f'<iframe class="beside-frame" sandbox src="{escape(root + beside.frame)}" title="原件网页" '
            f'loading="lazy" referrerpolicy="no-referrer" data-found="{found}"></iframe>'
        )


def _sheet(picture: Picture, root: str) -> str:
    boxes = "".join(
        f'<rect data-point="{each.point}" x="{each.box[0] - _ROOM:.0f}" y="{each.box[1] - _ROOM:.0f}" '
        f'width="{each.box[2] - each.box[0] + 2 * _ROOM:.0f}" '
        f'height="{each.box[3] - each.box[1] + 2 * _ROOM:.0f}" rx="4"/>'
        for each in picture.boxes
    )
    size = f'width="{picture.width}" height="{picture.height}"'
    return (
        f'<figure class="sheet"><figcaption>原件第 {picture.number} 页</figcaption><div class="sheet-paper">'
        f'<img src="{escape(root + picture.address)}" {size} alt="原件第 {picture.number} 页" loading="lazy">'
        f'<svg viewBox="0 0 {picture.width} {picture.height}" aria-hidden="true">{boxes}</svg></div></figure>'
    )
