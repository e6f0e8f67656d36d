"""A parsed query as text, by Python and by JavaScript, for tests/spec/query.md."""

from __future__ import annotations

from collections.abc import Iterator

from daybook.query import Query

# Run in a page of the search, with a query; what it returns is what `told` would say.
TOLD_BY_JAVASCRIPT = r"""async text => {
    const tables = await daybook.load("tables");
    const stops = new Map(tables.stops.split(" ").map((word, place) => [word, place]));
    await Promise.all(["identifier", "names"].map(daybook.need));
    const query = daybook.parse(text, stops);
    const not = one => one.negated ? "not " : "", within = one => one.field ? ` in ${one.field}` : "";
    return [
        ...query.wanted.map(one => `${not(one)}word ${one.term}` + one.parts.map(part => ` ~${part}`).join("")
            + within(one) + (one.starred ? " starred" : one.isOpen ? " open" : "")),
        ...query.phrases.map(one => `${not(one)}phrase ${one.words.join(" ")}${within(one)}`),
        ...query.filters.map(one => `${not(one)}filter ${one.term}`),
        ...query.spans.map(one => `${not(one)}span ${one.start} ${one.end}`),
        ...(query.sort === "relevance" ? [] : [`sort ${query.sort}`]),
        ...(query.like ? [`like ${query.like}`] : []),
        ...(query.paper ? [`paper ${query.paper}`] : []),
        ...query.leftOut.map(word => `left out ${word}`),
        ...query.refused.map(([part, reason]) => `refused ${part} (${reason})`),
    ].join("\n");
}"""


def told(query: Query) -> str:
    """One line a part."""
    return "\n".join(_lines(query))


def _lines(query: Query) -> Iterator[str]:
    for word in query.wanted:
        parts = "".join(f" ~{part}" for part in word.parts)
        going_on = " starred" if word.starred else " open" if word.is_open else ""
        yield f"{_not(word.negated)}word {word.term}{parts}{_within(word.field)}{going_on}"
    for phrase in query.phrases:
        yield f"{_not(phrase.negated)}phrase {' '.join(phrase.words)}{_within(phrase.field)}"
    for one in query.filters:
        yield f"{_not(one.negated)}filter {one.term}"
    for span in query.spans:
        yield f"{_not(span.negated)}span {span.start} {span.end}"
    if query.sort != "relevance":
        yield f"sort {query.sort}"
    if query.like:
        yield f"like {query.like}"
    if query.paper:
        yield f"paper {query.paper}"
    yield from (f"left out {word}" for word in query.left_out)
    yield from (f"refused {part} ({reason})" for part, reason in query.refused)


def _not(negated: bool) -> str:
    return "not " if negated else ""


def _within(field: str | None) -> str:
    return f" in {field}" if field else ""
