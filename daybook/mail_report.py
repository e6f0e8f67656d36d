"""What became of a mail, or would, for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from daybook.mail_addresses import Recipients
from daybook.mail_ledger import DEFERRED, REFUSED, SENT, TRYING, Ledger, due
from daybook.words import number

_TOLD = {
    REFUSED: "refused, and not tried again",
    TRYING: "may have got it: a run broke off in the moment of sending (--retry-uncertain sends it again)",
    DEFERRED: "did not get it: a later run tries again",
}


@dataclass(frozen=True, slots=True)
class MailReport:
    """Whom a mail was for, and who got it."""

    recipients: Recipients
    kept: Ledger

    @property
    def exit_code(self) -> int:
        """0: everybody has it; 1: somebody does not, or may not."""
        sent = self._of(SENT)
        return int(len(sent) < len(self.recipients.addresses) or bool(self.recipients.faults))

    def lines(self) -> Iterator[str]:
        """Everybody who did not get it, with the reason, and how many did."""
        yield from (f"left out: {fault}" for fault in self.recipients.faults)
        for outcome, told in _TOLD.items():
            for address in self._of(outcome):
                reply = self.kept.replies.get(address)
                yield f"{address}: {told}{f' ({reply})' if reply else ''}"
        yield self.count

    @property
    def count(self) -> str:
        """How many have it."""
        return f"{number(len(self._of(SENT)))} of {number(len(self.recipients.addresses))} have it"

    def plan(self, what: str, uncertain: bool) -> Iterator[str]:
        """What would be sent, and to whom."""
        yield from (f"left out: {fault}" for fault in self.recipients.faults)
        addresses = due(self.recipients.addresses, self.kept, uncertain)
        yield from addresses
        yield f"{what} would go to {number(len(addresses))}; {self.count}. Nothing was sent."

    def _of(self, outcome: str) -> list[str]:
        found = self.kept.outcomes
        return [address for address in self.recipients.addresses if found.get(address, DEFERRED) == outcome]
