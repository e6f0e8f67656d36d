"""Publications for e-readers: EPUB 3 files, https://www.w3.org/TR/epub-33/, from the bytes of their parts."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping

from daybook.mathml_text import spelled

MEDIA_TYPE = "application/epub+zip"

ZLIB = zlib.ZLIB_RUNTIME_VERSION
"""The version of what compresses: it decides over the bytes of a file, too."""

_START = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP file can name
_UNIX = 3
_VOID = re.compile(r"<(br|hr)>")


def pack(parts: Mapping[str, bytes]) -> bytes:
    """The file with the given parts by path: the same bytes for the same parts, whenever and wherever it is made.

    Its type comes first, as it is; all else follows in the order of the paths
    (https://www.w3.org/TR/epub-33/#sec-zip-container-mime).
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as container:
        container.writestr(_member("mimetype"), MEDIA_TYPE.encode(), zipfile.ZIP_STORED)
        for path in sorted(parts):
            container.writestr(_member(path), parts[path], zipfile.ZIP_DEFLATED, compresslevel=9)
    return file.getvalue()


def _member(path: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(path, _START)
    member.create_system = _UNIX
    member.external_attr = 0o644 << 16
    return member


def as_xhtml(html: str) -> str:
    """What our templates and Markdown draw, as XML: they escape each `<` of a text, so that these are all elements.

    Void elements are closed; formulas say that they are MathML, which HTML knows without being told, and read right
    where a program does not know it.
    """
    return spelled(_VOID.sub(r"<\1/>", html))
