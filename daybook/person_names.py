"""A name as a source prints it (`Laurens van der Maaten`), in the parts that citations are sorted and shortened by.

What is surely no person's name, or not surely one, stays whole: collaborations and teams, names of one word, and what
holds anything but letters, points, hyphens, apostrophes and nicknames in quotes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_SUFFIXES = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"}
_GROUPS = re.compile(
    r"\b(?:the|and|ai|team|teams|group|lab|labs|laboratory|collaborations?|consortium|project|initiative|network|"
    r"society|alliance|community|committee|foundation|association|institute|university|center|centre|research|inc)\b",
    re.IGNORECASE,
)
_ORDINARY = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f .'’\"“”*·‐-])*")


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in parts, of which all but `family` may be empty; or `literal`, one that has none."""

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def sorted_by(self) -> str:
        """The family name, or all."""
        return self.literal or self.family


@lru_cache(20_000)
def parted(name: str) -> Name:
    """The parts of a name: the family's is the last word, words in lower case right before it are its particle.

    That is BibTeX's rule, https://www.ctan.org/pkg/btxdoc, section 4: whoever cites can mend what it gets wrong.
    """
    words = name.split()
    if len(words) < 2 or not _ORDINARY.fullmatch(name) or _GROUPS.search(name):
        return Name(literal=" ".join(words))
    suffix = words.pop() if len(words) > 2 and words[-1].lower() in _SUFFIXES else ""
    start = len(words) - 1
    while start > 1 and words[start - 1][0].islower():
        start -= 1
    given, particle = words[:start], words[start:-1]
    return Name(words[-1], " ".join(given), " ".join(particle), suffix)
