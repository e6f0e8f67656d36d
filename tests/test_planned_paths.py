"""Which paths a site may have."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook.model import File
from daybook.write import write
from tests.trees import files, tree, unasked

# fmt: off
BAD_PATHS = [
    "", "/absolute", "a//b", "a/", ".", "..", "a/../b", "./a", "a/.", "a./b", "a.", "a ", "a /b",
    "a:b", "a?b", "a*b", "a|b", 'a"b', "<a>", "a\\b", "C:/a",
    "con", "CON", "aux.html", "a/nul.txt/b", "com1", "COM1.tar.gz", "lpt9", "LPT².x", "a/prn", "conin$", "con .txt",
    ".daybook-receipt", "a/.daybook-tmp", ".DAYBOOK-TMP",
    "a\nb", "a\tb", "\0", "\x7f", "\x85", "a\u202eb", "a\u2028b", "a\u200db", "\ud800",
    "x" * 151, "é" * 76, "/".join(["x" * 99] * 3),
]
GOOD_PATHS = [
    "a", "a/b/c", ".nojekyll", ".well-known/x", "days/2026-01-07.html", "hep-th-9901001.v1.html", "Über/李明.html",
    "console.html", "com10.html", "a.con", "com", "lpt", "nul-1.html",
    "a..b", "a%20b", "~a", "-", "_", "a b", " a", "x" * 150, "é" * 75, "a/" + "x" * 150,
]
# fmt: on


@pytest.mark.parametrize("path", BAD_PATHS)
def test_a_path_that_is_not_good_everywhere_is_our_own_mistake(path: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is not good on every file system"):
        write([File(path, "", unasked)], tmp_path / "out")
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("path", GOOD_PATHS)
def test_a_good_path_is_published(path: str, tmp_path: Path) -> None:
    write(files({path: "text"}), tmp_path)
    assert (tmp_path / path).read_text() == "text"


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        ("a", "a", "two files"),
        ("a", "A", "two files"),
        ("straße", "STRASSE", "two files"),
        ("é", "e\u0301", "two files"),
        ("É", "e\u0301", "two files"),
        ("a/x", "A/y", "two folders"),
        ("a", "a/b", "a file and a folder"),
        ("A", "a/b/c", "a file and a folder"),
    ],
)
def test_two_paths_that_some_file_system_takes_for_one_are_our_own_mistake(
    one: str, other: str, message: str, tmp_path: Path
) -> None:
    for pair in ((one, other), (other, one)):
        with pytest.raises(ValueError, match=f"{message} are planned at one path"):
            write([File(path, "", unasked) for path in pair], tmp_path / "out")
    assert tree(tmp_path) == {}


def test_a_fingerprint_has_to_fit_into_the_receipt(tmp_path: Path) -> None:
    for bad in ("a\tb", "a\nb", "\ud800"):
        with pytest.raises(ValueError, match="does not fit into a line"):
            write([File("a", bad, unasked)], tmp_path)


@given(st.text(st.sampled_from("a./\\ C:conu1\n\0é\u0301")) | st.text())
def test_whatever_the_path_nothing_is_written_outside(path: str) -> None:
    with TemporaryDirectory() as name:
        out = Path(name) / "in" / "out"
        try:
            write(files({path: "text"}), out)
        except ValueError:
            assert list(Path(name).iterdir()) == []
        else:
            assert {place for place, body in tree(Path(name)).items() if body} == {
                f"in/out/{path}",
                "in/out/.daybook-receipt",
            }
