from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from daybook.token_rows import distinct_tokens

TOKENS = st.lists(st.text("ab.", min_size=1, max_size=20), max_size=50)


@given(TOKENS, st.integers(1, 3))
def test_a_row_is_told_by_its_distinct_tokens(tokens: list[str], times: int) -> None:
    row = "".join(f"{token} " + " " * (len(token) % 2) for token in tokens * times).encode()
    distinct, which = distinct_tokens(row)
    assert [distinct[place] for place in which] == row.split()
    assert {*distinct} == {*row.split()}


def test_tokens_of_one_beginning_are_told_apart() -> None:
    tokens = ["a" * length for length in range(1, 40)] + ["a" * 16 + "b", "a" * 8 + "b", "b" * 16]
    distinct, which = distinct_tokens("".join(f"{token} " for token in tokens).encode())
    assert [distinct[place].decode() for place in which] == tokens
