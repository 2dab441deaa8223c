"""Waiting: how long a server asks to be left alone."""

from __future__ import annotations

import datetime as dt
from email.utils import parsedate_to_datetime

MOST_DIGITS = 9
"""Of a number of seconds: more would be longer than any wait."""
LONGEST_S = 10**8


def retry_after(header: str | None, now: dt.datetime) -> dt.timedelta | None:
    """How long a `Retry-After` asks to wait (RFC 9110: seconds or a date); None if it cannot be
    read. `now` knows its zone."""
    if not header:
        return None
    header = header.strip()
    if header.isascii() and header.isdigit():
        return dt.timedelta(seconds=min(int(header[:MOST_DIGITS]), LONGEST_S))
    try:
        until = parsedate_to_datetime(header)
    except (ValueError, TypeError, OverflowError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    return max(until - now, dt.timedelta())
