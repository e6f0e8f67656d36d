"""How long a service asks us to wait, as the headers of an answer say it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_QUOTED = re.compile(r'"[^"]*"')
_PARAMETER = re.compile(r";\s*([a-z]+)=([0-9]{1,9})(?![0-9.])")


def retry_after(value: str, now: datetime) -> float:
    """Seconds to wait by a Retry-After header, which is a number of seconds or a date; 0 where it makes no sense.

    https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
    """
    text = value.strip()
    if re.fullmatch("[0-9]{1,9}", text):
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, (moment - now).total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0


def rate_limit(value: str) -> float:
    """Seconds until there is something left, by a RateLimit header: `"api";r=0;t=120`; 0 where something is left.

    `r` is how many requests are left, `t` in how many seconds there will be more; of several limits the longest
    counts. https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
    """
    limits = (dict(_PARAMETER.findall(part)) for part in _QUOTED.sub("", value).split(","))
    return max(
        (float(limit["t"]) for limit in limits if limit.keys() >= {"r", "t"} and int(limit["r"]) == 0), default=0
    )
