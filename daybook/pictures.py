"""The picture that goes with a link to a page elsewhere: 1200 × 630 pixels with the page's title, as a PNG file.

The typeface, Source Serif Pro, comes with a package, so that the same picture is made on any machine. Text is laid out
by Pillow's own engine: the other one needs a library that a machine may or may not have.
"""

from __future__ import annotations

import io
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import font_source_serif_pro

# The library takes long to import, and most builds make no picture.
if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
LIBRARIES = ("pillow", "font-source-serif-pro")

_MARGIN = 72
_TITLE_TOP, _TITLE_BOTTOM = 158, 528
_HEAD, _FOOT = 92, 578  # baselines
# Of the rows that something takes, the first one and the one after the last.
_RULES = ((116, 120), (124, 126))
_HEAD_BAND, _TITLE_BAND, _FOOT_BAND = (0, 116), (126, 534), (534, HEIGHT)
_SIZES = (84, 76, 68, 62)  # of titles; at a quarter of the width, the smallest is as large as text is
_SMALL = 40
_LEADING = 1.16
_ELLIPSIS = "…"
_LONGEST = 500  # characters: even of the narrowest letters, no picture holds so many

# Four colours: two bits each. Edges of letters, in either ink, have the one between: with more shades, files are half
# as large again, and look the same where they are shown.
_PALETTE = ((252, 251, 247), (150, 132, 126), (29, 27, 24), (142, 36, 25))
_INK, _ACCENT = 2, 3
# The colour of a pixel by how much of it an ink covers, from 0 to 255.
_COLOURS = {ink: [0] * 64 + [1] * 128 + [ink] * 64 for ink in (_INK, _ACCENT)}
_MOST_LOST = 1 / 3
_KEPT = 20_000  # widths, most of them of words
_KEPT_BANDS = 100  # of 130 kB each


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture says: `site` on top, `title` large, or `otherwise` where that cannot be drawn, `foot` below."""

    site: str
    title: str
    foot: str
    otherwise: str


def png(picture: Picture) -> bytes:
    """The bytes of a picture: 9 kB on average, https://www.w3.org/TR/png-3/."""
    from PIL import Image

    page = Image.new("L", (WIDTH, HEIGHT))
    room = WIDTH - 2 * _MARGIN
    size, lines = fitted(drawable(picture.title) or drawable(picture.otherwise), room)
    baselines = [_TITLE_TOP + round((number + 0.8) * size * _LEADING) for number in range(len(lines))]
    bands = (
        (_HEAD_BAND, _repeated((_HEAD, _cut(drawable(picture.site), _SMALL, room)), _HEAD_BAND, _INK)),
        (_TITLE_BAND, _printed(zip(baselines, lines, strict=True), size, _TITLE_BAND, _INK)),
        (_FOOT_BAND, _repeated((_FOOT, _cut(drawable(picture.foot), _SMALL, room)), _FOOT_BAND, _ACCENT)),
    )
    for (top, _), printed in bands:
        page.paste(printed, (0, top))
    for top, bottom in _RULES:
        page.paste(_INK, (_MARGIN, top, WIDTH - _MARGIN + 1, bottom))
    return _encoded(page)


def _printed(lines: Iterable[tuple[int, str]], size: int, band: tuple[int, int], ink: int) -> Image:
    """A band of the page, which nothing else is drawn into, with lines of text, each on its baseline."""
    from PIL import Image, ImageDraw

    top, bottom = band
    layer = Image.new("L", (WIDTH, bottom - top))
    for baseline, text in lines:
        ImageDraw.Draw(layer).text((_MARGIN, baseline - top), text, 255, _font(size), anchor="ls")
    return layer.point(_COLOURS[ink])


@lru_cache(_KEPT_BANDS)
def _repeated(line: tuple[int, str], band: tuple[int, int], ink: int) -> Image:
    """A band with one line of small text, which many pictures have."""
    return _printed([line], _SMALL, band, ink)


def _encoded(page: Image) -> bytes:
    """A page of colours' numbers as a file. Most of it is flat, for which run lengths are found fast and do as well."""
    page.putpalette([part for colour in _PALETTE for part in colour])
    file = io.BytesIO()
    page.save(file, "PNG", bits=2, compress_level=9, compress_type=zlib.Z_RLE)
    return file.getvalue()


# Text that fits ---------------------------------------------------------------------------------------------------


def fitted(text: str, room: int) -> tuple[int, list[str]]:
    """The largest size, in pixels, in which a text fits, its words unbroken, and its lines.

    In the smallest one, words that are too long are broken and a text that is too long is cut with `…`.
    """
    text = text[:_LONGEST]
    for size in _SIZES:
        lines, most = list(_lines(text, size, room)), int((_TITLE_BOTTOM - _TITLE_TOP) / (size * _LEADING))
        if len(lines) <= most and (size == _SIZES[-1] or all(_width(word, size) <= room for word in text.split())):
            return size, lines
    return size, [*lines[: most - 1], _cut(" ".join(lines[most - 1 : most + 1]), size, room, shorten=True)]


def _lines(text: str, size: int, room: int) -> Iterator[str]:
    line: list[str] = []
    end = 0.0
    for word in (part for whole in text.split() for part in _parts(whole, size, room)):
        start = end + _advance(" ", size) if line else 0.0
        if line and start + _width(word, size) > room:
            yield " ".join(line)
            line, start = [], 0.0
        line.append(word)
        end = start + _advance(word, size)
    if line:
        yield " ".join(line)


def _parts(word: str, size: int, room: int) -> Iterator[str]:
    """A word that is wider than a line, in pieces that are not."""
    while _width(word, size) > room:
        end = next(end for end in range(len(word) - 1, 0, -1) if end == 1 or _width(word[:end], size) <= room)
        yield word[:end]
        word = word[end:]
    yield word


def _cut(text: str, size: int, room: int, *, shorten: bool = False) -> str:
    """The beginning of a text that fits into a line, cut at a word as a rule."""
    text = text[:_LONGEST]
    if not shorten and _width(text, size) <= room:
        return text
    while text and _width(f"{text}{_ELLIPSIS}", size) > room:
        text = text.rpartition(" ")[0] or text[:-1]
    return f"{text.rstrip(' ,;:')}{_ELLIPSIS}"


@lru_cache(_KEPT)
def _width(text: str, size: int) -> float:
    # Not the advance: some letters reach beyond theirs.
    return _font(size).getbbox(text, anchor="ls")[2]


@lru_cache(_KEPT)
def _advance(text: str, size: int) -> float:
    """How far on the next letter stands. The typeface kerns no letter with a blank, so that words simply add up."""
    return _font(size).getlength(text)


def engine() -> str:
    """The versions of what decides over the bytes of a picture, beside those of the packages."""
    from PIL import features

    libraries = (features.version("freetype2"), features.version("zlib"), features.version_feature("zlib_ng"))
    return " ".join(map(str, libraries))


@cache
def _font(size: int) -> FreeTypeFont:
    from PIL import ImageFont

    file = Path(font_source_serif_pro.font_directory) / "SourceSerifPro-Semibold.ttf"
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)


# Characters -------------------------------------------------------------------------------------------------------


def drawable(text: str) -> str:
    """`text` in the letters of the typeface: others give way to simpler ones of the same meaning, then to nothing.

    Where more than a third of the letters would be lost, as in a title in another script, nothing is left: half a
    title says something else than a whole one.
    """
    letters = unicodedata.normalize("NFC", text)
    kept = "".join(map(_simplest, letters))
    wanted, left = (sum(letter.isalnum() for letter in one) for one in (letters, kept))
    return " ".join(kept.split()) if left and left >= wanted * (1 - _MOST_LOST) else ""


@cache
def _simplest(character: str) -> str:
    if character.isspace():
        return " "
    if _has_glyph(character):
        return character
    simpler = unicodedata.normalize("NFKD", character)
    return "".join(part for part in simpler if part != character and _has_glyph(part))


def _has_glyph(character: str) -> bool:
    """Marks that turn, join or stand on other letters are laid out by the other engine only."""
    if unicodedata.category(character)[0] in "CMZ":
        return False
    return _drawn(character) != _drawn("\U0010fffd")


@cache
def _drawn(character: str) -> bytes:
    return bytes(_font(_SMALL).getmask(character))
