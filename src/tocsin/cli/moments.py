"""Days and times as people type them."""

from __future__ import annotations

import datetime as dt

import typer

DAY_CHARS = len("2020-01-09")


def typed_moment(text: str, option: str) -> tuple[dt.datetime, bool]:
    """An ISO 8601 day or time, and whether it is a plain day.

    Raises typer.BadParameter naming the option.
    """
    try:
        return dt.datetime.fromisoformat(text), len(text) == DAY_CHARS
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is not an ISO 8601 date or time", param_hint=option
        ) from None


def typed_as_of(text: str | None) -> dt.datetime | None:
    """An `--as-of` time as UTC; a plain day means its last moment."""
    if text is None:
        return None
    moment, is_day = typed_moment(text, "--as-of")
    if is_day:
        moment += dt.timedelta(days=1) - dt.timedelta(microseconds=1)
    return moment.replace(tzinfo=moment.tzinfo or dt.UTC).astimezone(dt.UTC)
