"""The write stage harms nobody's files, and says what to do."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from daybook.model import Changes, File
from daybook.write import Collision, ForeignFolder, OutputError, WriteFailed, clean, write
from tests.trees import NEW, OLD, built, files, tree, unasked


def test_foreign_files_stay(tmp_path: Path) -> None:
    write(files({"a/b/c": "", "d": ""}), tmp_path)
    (tmp_path / "a/mine.txt").write_text("mine")
    (tmp_path / "a/link").symlink_to("mine.txt")
    (tmp_path / "empty").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other/.daybook-tmp").write_text("of a site in the site")
    changes = write(files({"e": ""}), tmp_path)
    assert changes == Changes(1, ("e",), ("a/b/c", "d"))
    kept = {"a", "a/mine.txt", "a/link", "empty", "other", "other/.daybook-tmp", "e", ".daybook-receipt"}
    assert tree(tmp_path).keys() == kept


def put_file(out: Path) -> None:
    (out / "new.html").write_text("mine")


def put_file_of_another_case(out: Path) -> None:
    (out / "NEW.html").write_text("mine")


def put_folder(out: Path) -> None:
    (out / "new.html").mkdir()


def put_file_for_folder(out: Path) -> None:
    (out / "fresh").write_text("mine")


def put_folder_of_another_case(out: Path) -> None:
    (out / "FRESH").mkdir()


def put_link(out: Path) -> None:
    (out / "new.html").symlink_to("index.html")


def put_link_for_folder(out: Path) -> None:
    (out / "fresh").symlink_to(out.parent)


def replace_published_by_link(out: Path) -> None:
    (out / "index.html").unlink()
    (out / "index.html").symlink_to("papers/1.html")


def replace_folder_by_link(out: Path) -> None:
    (out / "papers").rename(out.parent / "elsewhere")
    (out / "papers").symlink_to(out.parent / "elsewhere")


def put_file_into_vanishing_folder(out: Path) -> None:
    (out / "lists/deep/mine").write_text("mine")


def put_pipe(out: Path) -> None:
    os.mkfifo(out / "new.html")


PUTS = (
    put_file,
    put_file_of_another_case,
    put_folder,
    put_file_for_folder,
    put_folder_of_another_case,
    put_link,
    put_link_for_folder,
    replace_published_by_link,
    replace_folder_by_link,
    put_file_into_vanishing_folder,
    put_pipe,
)


@pytest.mark.parametrize("put", PUTS, ids=lambda put: put.__name__)
def test_a_foreign_file_in_the_way_is_refused_before_anything_is_touched(
    put: Callable[[Path], None], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    write(files(OLD), out)
    put(out)
    before = tree(tmp_path)
    texts = NEW | {"new.html": "", "fresh/deep.html": ""}
    with pytest.raises(Collision, match="nothing was touched: move them away"):
        write([File(path, text, unasked) for path, text in texts.items()], out)
    assert tree(tmp_path) == before


def test_what_a_link_points_to_is_never_removed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(files(OLD), out)
    replace_published_by_link(out)
    replace_folder_by_link(out)
    changes = write(files({"other.html": ""}), out)
    assert changes.removed == ("Case.html", "days/2026/01.html", "lists/deep/down.html", "same-length.html", "topics")
    assert (tmp_path / "elsewhere/1.html").read_text() == "one"
    assert (out / "index.html").is_symlink()


def test_a_collision_names_ten_paths_and_counts_the_others(tmp_path: Path) -> None:
    write(files({"a": ""}), tmp_path)
    for number in range(10, 22):
        (tmp_path / str(number)).write_text("mine")
    with pytest.raises(Collision, match=r"no build made '10', .*, '19' and 2 more,"):
        write(files({str(number): "" for number in range(10, 22)}), tmp_path)


def test_a_folder_that_no_build_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(ForeignFolder, match="is not empty and was not made by a build"):
        write(files(OLD), tmp_path)
    with pytest.raises(ForeignFolder, match="is not empty and was not made by a build"):
        clean(tmp_path)
    assert tree(tmp_path) == {"thesis.tex": b"years of work"}


def test_a_folder_without_its_receipt_is_refused(tmp_path: Path) -> None:
    write(files(OLD), tmp_path)
    (tmp_path / ".daybook-receipt").unlink()
    with pytest.raises(ForeignFolder, match=r"it has no \.daybook-receipt"):
        write(files(OLD), tmp_path)


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(ForeignFolder, match="is not a folder"):
        write(files(OLD), tmp_path / "out")


def test_the_root_of_a_repository_is_refused(tmp_path: Path) -> None:
    write(files(OLD), tmp_path)
    (tmp_path / ".git").write_text("gitdir: elsewhere")
    with pytest.raises(ForeignFolder, match="is the root of a repository"):
        write(files(OLD), tmp_path)


def test_home_and_what_is_above_it_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "homes" / "ada"
    home.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    for folder in (home, home.parent, Path("/"), home / "site" / ".."):
        with pytest.raises(ForeignFolder, match="is your home folder or is above it"):
            write(files(OLD), folder)
    assert write(files(OLD), home / "site").planned == 8


def test_the_folder_may_be_a_link_to_a_folder(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("real")
    write(files(OLD), tmp_path / "link")
    assert tree(tmp_path / "real") == built(OLD, tmp_path / "afresh")


@pytest.mark.parametrize(
    ("name", "record"),
    [
        (".daybook-receipt", b""),
        (".daybook-receipt", b"daybook receipt 2 00000000000000000000000000000000\n"),
        (".daybook-receipt", b"\xff\n\xff"),
        (".daybook-owed", b"daybook owed 1 00000000000000000000000000000000\na\n"),
    ],
)
def test_damaged_records_are_refused(name: str, record: bytes, tmp_path: Path) -> None:
    write(files(OLD), tmp_path)
    (tmp_path / name).write_bytes(record)
    before = tree(tmp_path)
    with pytest.raises(ForeignFolder, match="delete the folder and build again"):
        write(files(NEW), tmp_path)
    with pytest.raises(ForeignFolder, match="delete the folder and build again"):
        clean(tmp_path)
    assert tree(tmp_path) == before


def test_every_damaged_byte_of_a_receipt_is_noticed(tmp_path: Path) -> None:
    write(files({"a": "a"}), tmp_path)
    receipt = (tmp_path / ".daybook-receipt").read_bytes()
    for place in range(len(receipt)):
        for damaged in (receipt[:place], receipt[:place] + b"x" + receipt[place + 1 :]):
            (tmp_path / ".daybook-receipt").write_bytes(damaged)
            if damaged != receipt:
                with pytest.raises(ForeignFolder, match="records are damaged"):
                    write(files({"a": "a"}), tmp_path)


def test_a_receipt_that_is_a_link_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(files(OLD), out)
    (out / ".daybook-receipt").rename(tmp_path / "elsewhere")
    (out / ".daybook-receipt").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ForeignFolder, match="records are damaged"):
        write(files(OLD), out)


def test_a_failure_of_the_system_keeps_what_is_published_and_the_next_build_goes_on(tmp_path: Path) -> None:
    out, afresh = tmp_path / "out", tmp_path / "afresh"
    write(files(OLD), out)
    (out / "papers/.daybook-tmp").mkdir()  # the file that is written first under this name cannot be
    with pytest.raises(WriteFailed, match=r"cannot write papers/3.html \(File exists\); what is published is whole"):
        write(files(NEW), out)
    assert (out / "papers/2.html").read_text() == "two"
    (out / "papers/.daybook-tmp").rmdir()
    write(files(NEW), out)
    assert tree(out) == built(NEW, afresh)


def test_an_error_in_a_body_is_not_taken_for_one_of_the_folder(tmp_path: Path) -> None:
    def body() -> bytes:
        raise FileNotFoundError("static/logo.svg")

    out = tmp_path / "out"
    with pytest.raises(FileNotFoundError, match="logo"):
        write([*files(OLD), File("logo.svg", "", body)], out)
    write(files(OLD), out)
    assert tree(out) == built(OLD, tmp_path / "afresh")


@pytest.mark.parametrize("name", ["x" * 250, "x" * 300, "x/" * 3000])
def test_a_path_that_is_too_long_is_refused_with_advice(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match=r"\(File name too long\); nothing was touched: choose a shorter path"):
        write(files(NEW), tmp_path / name)


def test_a_path_below_a_file_is_refused_with_advice(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OutputError, match="nothing was touched: choose another folder"):
        write(files(NEW), tmp_path / "file/site")
    assert tree(tmp_path).keys() == {"file"}


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_in_one_that_cannot_be_written_to_is_refused_with_advice(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(OutputError, match=r"\(Permission denied\); nothing was touched: .* you may write to"):
            write(files(NEW), tmp_path / "site")
    finally:
        tmp_path.chmod(0o755)
