"""Import of recorded answers and archives: every entry is accounted for, nothing that is stored is lost."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybook import import_report, json_rows, listing_files, pick_files
from daybook.importing import Busy, Imported, import_files
from daybook.load import check
from daybook.model import Listing, PaperId, Pick
from daybook.source import Unusable
from tests.sites import TOY
from tests.trees import stamps

ANSWERS = Path(__file__).parent / "answers"
TUESDAY = date(2026, 3, 3)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TOY / "content", tmp_path / "content"))


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A recorded answer or an archive of each kind."""
    folder = tmp_path / "recorded"
    folder.mkdir()
    days = {"ordinary": "2026-03-03.json", "ill-formed": "2026-03-04.json"}
    made = [Path(shutil.copy(ANSWERS / f"huggingface/{name}.json", folder / day)) for name, day in days.items()]
    made += [Path(shutil.copy(path, folder)) for path in sorted((ANSWERS / "arxiv").glob("*.xml"))]
    (folder / "rows.jsonl").write_text("\n".join(ROWS), "utf-8")
    (folder / "more.jsonl.gz").write_bytes(gzip.compress(json.dumps(row(7)).encode()))
    return [*made, folder / "rows.jsonl", folder / "more.jsonl.gz"]


def row(number: int, **given: object) -> dict[str, Any]:
    plain = {"id": f"2601.{number:05}", "title": "A Title", "authors": ["Ada Ash"], "published": "2026-01-02"}
    return {**plain, "abstract": "Short.", "categories": ["cs.HC"], "upvotes": None, "source": "an archive", **given}


ROWS = [
    "\ufeff" + json.dumps(row(1)),
    json.dumps(row(2, upvotes=3, comments=0, github="https://x.example//", keywords=["naps", "naps"])),
    "",
    json.dumps(row(3, keywords=[], withdrawn="2026-02-01")),
    json.dumps(row(1, title="The Same Once More", abstract=None)),
    json.dumps(row(4, id=2601.1)),
    json.dumps(row(4, github="git@x.y")),
    '{"id": "2601.00005", "title": ',
    "[]",
    "[" * 100_000,
]


def taken(content: Path, *files: Path, **given: Any) -> list[tuple[int, int, int, str]]:
    """Kept, merged, dropped and why refused, for each file."""
    done = import_files(files, content, **given)
    assert all(one.listed == one.kept + one.merged + one.dropped for one in done)
    return [(one.kept, one.merged, one.dropped, one.refused) for one in done]


def stored(content: Path, day: date = TUESDAY) -> Listing:
    listing = listing_files.read(content, "huggingface", day)
    assert listing is not None
    return listing


def picked(content: Path, number: int) -> Pick:
    pick = pick_files.read(content, PaperId(f"2601.{number:05}"))
    assert pick is not None
    return pick


# All of it -----------------------------------------------------------------------------------------------------------


def test_every_entry_is_kept_merged_or_dropped(content: Path, files: list[Path]) -> None:
    done = dict(zip([file.name for file in files], taken(content, *files), strict=True))
    assert done == {
        "2026-03-03.json": (3, 0, 0, ""),
        "2026-03-04.json": (5, 0, 20, ""),
        "error.xml": (0, 0, 0, 'arXiv says: "incorrect id format for nap"'),
        "nothing.xml": (0, 0, 0, ""),
        "of-2016.xml": (1, 0, 1, ""),
        "of-2026.xml": (4, 0, 2, ""),
        "rows.jsonl": (4, 1, 4, ""),
        "more.jsonl.gz": (1, 0, 0, ""),
    }
    assert check(content) == ()


def test_a_second_import_writes_nothing(content: Path, files: list[Path]) -> None:
    import_files(files, content)
    before = stamps(content)
    again = import_files(files, content)
    assert [one.stored for one in again] == [0] * len(files)
    assert stamps(content) == before


def test_the_order_of_files_does_not_matter(content: Path, files: list[Path], tmp_path: Path) -> None:
    other = Path(shutil.copytree(content, tmp_path / "other" / "content"))
    import_files(files, content)
    import_files(files[::-1], other)
    assert tree(content) == tree(other)


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.json")}


def test_progress_is_told_file_by_file(content: Path, files: list[Path]) -> None:
    told: list[tuple[int, int]] = []
    import_files(files[:3], content, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


# Days ----------------------------------------------------------------------------------------------------------------


def test_a_recorded_day_was_read_on_its_own_day_unless_told_otherwise(content: Path, files: list[Path]) -> None:
    import_files(files[:1], content)
    assert (stored(content).read, stored(content).complete) == (TUESDAY, False)
    import_files(files[:1], content, read=date(2026, 3, 17))
    assert (stored(content).read, stored(content).complete) == (date(2026, 3, 17), True)


def test_a_stored_day_grows_by_a_recording(content: Path, files: list[Path]) -> None:
    import_files(files[:1], content)
    listed = json.loads(files[0].read_text("utf-8"))
    listed[0]["paper"]["upvotes"], listed[2]["paper"]["id"] = 40, "2603.00777"
    files[0].write_text(json.dumps(listed), "utf-8")
    assert taken(content, files[0]) == [(1, 2, 0, "")]
    grown = [(entry.paper.id.text, entry.votes, entry.last_seen) for entry in stored(content).entries]
    assert grown == [
        ("2603.00101", 40, None),
        ("2603.00102", 7, None),
        ("2603.00777", 0, None),
        ("2602.09999", 0, TUESDAY),
    ]


def test_a_day_that_has_mistakes_is_left_alone(content: Path, files: list[Path]) -> None:
    import_files(files[:1], content)
    path = content / listing_files.listing_name("huggingface", TUESDAY)
    path.write_text("<<<<<<< HEAD\n{}", "utf-8")
    [(*_, refused), (kept, *_)] = taken(content, files[0], files[-1])
    assert refused.startswith("content/listings/2026/03/2026-03-03.huggingface.json:1:1: ")
    assert kept == 1
    assert path.read_text("utf-8") == "<<<<<<< HEAD\n{}"


@pytest.mark.parametrize("name", ["today.json", "2026-02-30.json", "2026-03-03.huggingface.json", "2026-3-3.json"])
def test_an_answer_has_to_be_called_after_its_day(content: Path, files: list[Path], name: str) -> None:
    renamed = files[0].rename(files[0].with_name(name))
    [(*_, refused)] = taken(content, renamed)
    assert refused == "an answer of Hugging Face has to be called after its day, as 2026-01-05.json"


def test_without_hugging_faces_data_none_is_stored_and_what_was_goes(content: Path, files: list[Path]) -> None:
    import_files(files[:-2], content)
    import_files(files[-2:], content, read=date(2026, 3, 17))
    assert stored(content).entries[0].votes == 41
    assert picked(content, 2).entry.votes == 3
    import_files(files, content, huggingface_data=False)
    assert [entry.votes for entry in stored(content).entries] == [None, None, None]
    assert picked(content, 2).entry.votes is None
    assert "napl" not in tree(content)["listings/2026/03/2026-03-03.huggingface.json"].decode().lower()


# Picks ---------------------------------------------------------------------------------------------------------------


def test_rows_become_picks_of_whoever_counted(content: Path, files: list[Path]) -> None:
    [done] = import_files([files[-2]], content, read=date(2026, 3, 17))
    one, two, three, four = (picked(content, number) for number in (1, 2, 3, 4))
    assert (one.source, one.read, one.entry.paper.abstract) == ("arxiv", None, "Short.")
    assert one.entry.paper.title == "The Same Once More"
    assert (two.source, two.read, two.entry.votes, two.entry.comments) == ("huggingface", date(2026, 3, 17), 3, 0)
    assert (two.entry.code, two.entry.keywords) == ("https://x.example", ("naps",))
    assert (three.source, three.entry.paper.withdrawn) == ("arxiv", date(2026, 2, 1))
    assert four.entry.code is None
    assert [f"{each.what}: {each.reason}" for each in done.reasons] == [
        '"A Title": Its identifier is a number, not text.',
        "Line 8: It is cut, or no JSON.",
        "Line 9: It is a list, not a block of keys.",
        "Line 10: It is cut, or no JSON.",
    ]
    assert [f"{each.what}: {each.reason}" for each in done.omitted] == [
        '2601.00004: Its github "git@x.y" is no complete address of the web (http or https).'
    ]


def test_counts_of_rows_need_a_day(content: Path, files: list[Path]) -> None:
    [done] = import_files([files[-2]], content)
    assert (picked(content, 2).entry.votes, picked(content, 2).entry.comments) == (None, None)
    assert "2601.00002: Its counts have no day: say with --read when they were read." in [
        f"{each.what}: {each.reason}" for each in done.omitted
    ]


def test_a_pick_that_has_mistakes_is_left_alone(content: Path, files: list[Path]) -> None:
    path = content / "picks" / "2601.00007.json"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"\xff")
    [done] = import_files([files[-1]], content)
    assert (done.kept, done.merged, done.dropped, done.refused) == (0, 0, 1, "")
    assert "has mistakes, and stays as it is: content/picks/2601.00007.json:1:1: " in done.reasons[0].reason
    assert path.read_bytes() == b"\xff"


# Files that are no good ----------------------------------------------------------------------------------------------


def test_a_file_that_cannot_be_read_keeps_no_other_one_out(content: Path, files: list[Path], tmp_path: Path) -> None:
    bad = {
        "2026-03-05.json": b"<html>",
        "a.csv": b"id",
        "cut.jsonl.gz": gzip.compress(b"\n".join(json.dumps(row(n)).encode() for n in (8, 9)), mtime=0)[:-12],
        "plain.jsonl.gz": b"{}",
        "2026-03-06.json.gz": b"",
    }
    for name, body in bad.items():
        (tmp_path / name).write_bytes(body)
    done = taken(content, tmp_path / "absent.xml", *(tmp_path / name for name in bad), tmp_path, files[-1])
    reasons = [refused for *_, refused in done]
    assert "No such file" in reasons[0]
    assert reasons[1] == "the answer is a page of HTML or XML, not JSON"
    assert reasons[2] == "it is of no known kind: DATE.json, *.xml, *.jsonl, each perhaps with .gz"
    assert reasons[3].startswith("the file is cut or damaged: ")
    assert reasons[4].startswith("the file is cut or damaged: ")
    assert reasons[5] == "the answer is empty, not even a list"
    assert reasons[6].startswith("it is of no known kind")
    assert done[-1] == (1, 0, 0, "")


def test_a_bomb_is_not_taken_home(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daybook.importing._LARGEST_ANSWER", 1_000)
    monkeypatch.setattr("daybook.importing._LARGEST_ROWS", 1_000)
    bombs = [tmp_path / "2026-03-03.json.gz", tmp_path / "a.xml.gz", tmp_path / "a.jsonl.gz"]
    for bomb in bombs:
        bomb.write_bytes(gzip.compress(b" " * 10_000_000))
    assert [refused for *_, refused in taken(content, *bombs)] == [
        "the file is larger than 1,000 bytes",
        "the file is larger than 1,000 bytes",
        "the file has more than 1,000 bytes: what comes after them was left alone",
    ]


def test_a_line_without_end_is_dropped_and_the_next_one_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_rows, "LONGEST", 300)
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join([json.dumps(row(1, abstract="x" * 1_000)), json.dumps(row(2, abstract=None)), "x" * 999]))
    with path.open("rb") as file:
        found = [each.paper for each in json_rows.rows(file, 10_000, None)]
    assert [each.reason if not isinstance(each, Pick) else each.entry.paper.id.text for each in found] == [
        "It is longer than 300 bytes.",
        "2601.00002",
        "It is longer than 300 bytes.",
    ]


def test_lines_without_number_come_to_an_end(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(json_rows, "MOST", 2)
    path = tmp_path / "rows.jsonl"
    path.write_text("1\n2\n3\n")
    found: list[json_rows.Row] = []
    with path.open("rb") as file, pytest.raises(Unusable, match="more than 2 lines"):
        found.extend(json_rows.rows(file, 10_000, None))
    assert len(found) == 2


@given(body=st.binary(max_size=200), kind=st.sampled_from(["2026-03-03.json", "a.xml", "a.jsonl", "a.jsonl.gz"]))
def test_any_file_is_taken_or_refused(tmp_path_factory: pytest.TempPathFactory, body: bytes, kind: str) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / kind).write_bytes(body)
    (folder / "content").mkdir()
    [one] = import_files([folder / kind], folder / "content")
    assert one.kept == one.merged == one.stored == 0


def test_two_imports_at_once_do_not_mix(content: Path, files: list[Path]) -> None:
    with listing_files.held(content), pytest.raises(Busy):
        import_files(files, content)


# The report ----------------------------------------------------------------------------------------------------------


def test_the_table_has_every_file_and_the_reasons_below(content: Path, files: list[Path]) -> None:
    done = import_files([files[0], files[2], files[-2]], content)
    assert list(import_report.lines(done)) == [
        "file                listed       kept     merged    dropped",
        "2026-03-03.json          3          3          0          0",
        "error.xml                0          0          0          0",
        "rows.jsonl               9          4          1          4",
        "3 files                 12          7          1          4",
        'error.xml: refused: arXiv says: "incorrect id format for nap"',
        'rows.jsonl: dropped "A Title": Its identifier is a number, not text.',
        "rows.jsonl: dropped Line 8: It is cut, or no JSON.",
        "rows.jsonl: dropped Line 9: It is a list, not a block of keys.",
        "rows.jsonl: dropped Line 10: It is cut, or no JSON.",
        "rows.jsonl: left out of 2601.00002: Its counts have no day: say with --read when they were read.",
        'rows.jsonl: left out of 2601.00004: Its github "git@x.y" is no complete address of the web (http or https).',
        "5 files of content/ changed",
    ]


def test_a_long_list_of_reasons_is_cut_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("1\n" * 1_500)
    (tmp_path / "content").mkdir()
    [done] = import_files([path], tmp_path / "content")
    assert (done.dropped, len(done.reasons)) == (1_500, 1_000)
    assert list(import_report.lines([done]))[-2:] == ["rows.jsonl: dropped 1,480 more", "0 files of content/ changed"]


def outcomes() -> Iterator[tuple[list[str], int]]:
    yield [""], 0
    yield ["", ""], 0
    yield ["", "why"], 1
    yield ["why", "why"], 2


@pytest.mark.parametrize(("refused", "code"), [*outcomes()])
def test_the_exit_code_says_whether_files_were_taken(refused: list[str], code: int) -> None:
    assert import_report.exit_code([Imported(Path("x"), refused=why) for why in refused]) == code
