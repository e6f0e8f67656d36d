"""Files beside those that people mean: hidden ones, and what editors keep or make for a moment. No stage reads them."""

from __future__ import annotations


def is_leftover(name: str) -> bool:
    """Does a name of a file or folder begin with a dot, or is it one that an editor gives?

    A final `~` marks a backup of Emacs, Vim and others; `#name#` is what Emacs saves by itself (see "Backup Names" and
    "Auto-Saving" in their manuals).
    """
    return name.startswith(".") or name.endswith("~") or (name.startswith("#") and name.endswith("#"))
