"""The vocabulary as Files: what a word that is being typed may become, and what one that nobody wrote was meant to be.

Two lists of words, one sorted from their beginnings and one from their ends: of two words that differ in one letter,
one half is the same. Each word is followed by a digit (of base 36) that says in how many papers it is: the length of
that number in bits. Words that only one paper has are in the second list alone: those that begin alike stand in one
chunk of the index.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from daybook.cut import cut_and_coded
from daybook.fingerprint import fingerprint
from daybook.front import front_coded
from daybook.model import File
from daybook.search_format import DIGITS, WORDS, file_name, in_order, script

_SHORTEST = 4  # letters
_FEWEST = 2  # papers


def vocabulary_files(terms: Sequence[str], counts: Sequence[int], program: str) -> Iterator[File]:
    """The files of both lists, and one with the words that they begin with. `terms` are sorted."""
    words = {
        term: count for term, count in zip(terms, counts, strict=True) if len(term) >= _SHORTEST and term.isalnum()
    }
    common = [word for word, count in words.items() if count >= _FEWEST]
    reversed_words = in_order(word[::-1] for word in words)
    keys = []
    for folder, listed, step in (("words", common, 1), ("endings", reversed_words, -1)):
        parts, coded = cut_and_coded(listed, [len(word) // 2 + 2 for word in listed], WORDS)
        keys.append(" ".join(front_coded([part.key for part in parts])))
        for part in parts:
            name = f"{folder}/{file_name(part.key)}"
            chosen = zip(coded[part.start : part.end], listed[part.start : part.end], strict=True)
            text = " ".join([code + DIGITS[words[word[::step]].bit_length()] for code, word in chosen])
            yield File(f"search/{name}.js", fingerprint(program, text), partial(script, name, text))
    yield File("search/vocabulary.js", fingerprint(program, keys), partial(script, "vocabulary", keys))
