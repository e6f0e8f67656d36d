"""What arXiv says of one paper, for a person who waits for it."""

from __future__ import annotations

from pathlib import Path

from daybook.answer_cache import FOLDER, AnswerCache
from daybook.clock import Clock, SystemClock
from daybook.model import Entry, PaperId, Settings
from daybook.polite import Client, Failed, Limits, user_agent
from daybook.source import Answer, Unusable
from daybook.source_arxiv import Arxiv

PATIENCE = Limits(attempts=3, silence=15, answer=30, patience=60, run=120)
"""A person would rather type the title than wait for minutes."""

_ARXIV = Arxiv()
_CLOCK = SystemClock()


def ask_arxiv(root: Path, paper: PaperId, settings: Settings, arxiv: Arxiv = _ARXIV, clock: Clock = _CLOCK) -> Entry:
    """The paper as arXiv has it; `root` is the repository. Raises Unusable where it does not tell, for any reason."""
    with Client(user_agent(settings), AnswerCache(root / FOLDER), clock, PATIENCE) as client:
        for _ in range(2):  # now and then it leaves out a paper that it knows
            answer, missing = _ask(paper, client, arxiv)
            if not missing:
                return answer.entries[0]
    why = "; ".join(dropped.reason for dropped in answer.dropped)
    raise Unusable(why or "it knows no such paper; look at the number, or try again tomorrow if it is new")


def _ask(paper: PaperId, client: Client, arxiv: Arxiv) -> tuple[Answer, tuple[PaperId, ...]]:
    try:
        return client.ask(arxiv.by_ids([paper]), arxiv.pause, lambda body: arxiv.parse_ids(body, [paper]))
    except Failed as failed:
        raise Unusable(str(failed)) from failed
