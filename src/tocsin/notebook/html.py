"""Tables for a notebook. Every word that goes in is escaped: words of articles are never markup."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence

from tocsin.publish.phrasing import plain


def escaped(words: str) -> str:
    """On one line, as text."""
    return html.escape(plain(words))


def facts(title: str, told: Mapping[str, str]) -> str:
    """A title and a line for each fact."""
    lines = "".join(
        f"<tr><th style='text-align:left'>{escaped(name)}</th><td>{escaped(value)}</td></tr>"
        for name, value in told.items()
    )
    return f"<table><caption>{escaped(title)}</caption>{lines}</table>"


def table(rows: Sequence[Mapping[str, str]], caption: str) -> str:
    """A column for each key of the first row."""
    heads = "".join(f"<th>{escaped(name)}</th>" for name in (rows[0] if rows else ()))
    body = "".join(
        "<tr>" + "".join(f"<td>{escaped(cell)}</td>" for cell in row.values()) + "</tr>"
        for row in rows
    )
    return (
        f"<table><caption>{escaped(caption)}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    )


def quoted(words: str) -> str:
    """A quote, as text in italics."""
    return f"<i>{escaped(words)}</i>"


def page(told: Iterable[tuple[str, str, Sequence[str]]]) -> str:
    """Label, value, and the quotes (made by `quoted`) it rests on."""
    lines = "".join(
        f"<tr><th style='text-align:left'>{escaped(label)}</th><td>{escaped(value)}</td>"
        f"<td style='text-align:left'>{'<br>'.join(quotes)}</td></tr>"
        for label, value, quotes in told
    )
    return f"<table>{lines}</table>"
