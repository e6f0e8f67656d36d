"""XML from the network as a tree, without anything that makes XML dangerous.

Entities can be declared only in a document type declaration (https://www.w3.org/TR/xml/#sec-prolog-dtd): one that has
it is refused unread, so that nothing expands or is fetched. The depth is bounded.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from daybook.source import Unusable

_DEEPEST = 20


def read(body: bytes) -> Element:
    """The root of the document. Raises Unusable, and nothing else, whatever the body is."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unusable("the answer is not UTF-8") from None
    if not text.strip():
        raise Unusable("the answer is empty, not even a feed")
    if not text.lstrip().startswith("<"):
        raise Unusable("the answer is no XML")
    if "<!doctype" in text.lower():
        raise Unusable("the answer is a page of HTML, or XML with a document type, which a feed never has")
    try:
        # Given text, the parser does not believe what the document says of its encoding.
        parser = XMLParser(target=_Shallow())
        parser.feed(text)
        root: Element = parser.close()
    except (ParseError, ValueError) as error:  # ValueError: half of a surrogate pair
        raise Unusable(f"the answer is cut, or no XML: {error}") from None
    return root


class _Shallow(TreeBuilder):
    """Builds no tree that is deeper than any feed."""

    _depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unusable("the answer is nested too deep for a feed")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)
