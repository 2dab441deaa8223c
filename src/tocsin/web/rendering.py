"""Templates to pages: everything that comes from the record is escaped, whatever it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

from fastapi import Request
from fastapi.responses import Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from tocsin import __version__
from tocsin.api.access import asker_of
from tocsin.api.answers import tagged
from tocsin.api.form_tokens import tokens_of
from tocsin.api.writing import has_desk
from tocsin.publish.phrasing import day_words, plain
from tocsin.publish.wording import spaced
from tocsin.records import Evidence, Role, TimeInterval

LINKED_SCHEMES: Final = frozenset({"http", "https"})
"""An article's address is a link only with one of these: `javascript:` is an address too."""


def incident_href(
    incident_id: str, evidence: Evidence | None = None, as_of: str | None = None
) -> str:
    """The page of an incident, with the words beside it where they are given."""
    asked: dict[str, str | int] = {"as_of": as_of} if as_of else {}
    if evidence is not None:
        asked |= {
            "article": evidence.article_id,
            "start": evidence.span.start,
            "end": evidence.span.end,
        }
    return f"/incidents/{quote(incident_id, safe='')}" + (f"?{urlencode(asked)}" if asked else "")


def article_href(article_id: str, start: int | None = None, end: int | None = None) -> str:
    """The page of an article, at some words of it."""
    asked = {} if start is None else {"start": start} | ({"end": end} if end is not None else {})
    return f"/articles/{quote(article_id, safe='')}" + (f"?{urlencode(asked)}" if asked else "")


def turning_href(incident_id: str, article_id: str, as_of: str | None) -> str:
    """The page of an incident with one article beside it, open for a `start=` to be added."""
    asked = {"as_of": as_of} if as_of else {}
    query = urlencode({**asked, "article": article_id})
    return f"{incident_href(incident_id)}?{query}&"


def inline(text: str) -> str:
    """`plain`, but a blank at either end stays: the text is a piece of a sentence."""
    words = plain(text)
    if not words:
        return " " if text else ""
    return f"{' ' * text[0].isspace()}{words}{' ' * text[-1].isspace()}"


def outside_href(url: str | None) -> str | None:
    """The address of an article as a link; None where it is not one to be followed."""
    if url is None or any(character.isspace() or ord(character) < 32 for character in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in LINKED_SCHEMES and parts.netloc else None


def utc_words(interval: TimeInterval) -> str | None:
    """The bounds in UTC, for whoever points at a local time; None where no clock time is known."""
    first, last = interval.instants()
    if first is None or last is None:
        return None
    return f"{first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC"


def moment_words(moment: dt.datetime) -> str:
    """`27 Nov 2026 18:02 UTC`."""
    utc = moment.astimezone(dt.UTC)
    return f"{day_words(utc.date())} {utc:%H:%M} UTC"


def environment() -> Environment:
    """Autoescape for every template, and an error for every name that is not given."""
    made = Environment(
        loader=PackageLoader("tocsin.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "plain": plain,
        "day": day_words,
        "spaced": spaced,
        "at": moment_words,
        "inline": inline,
    }
    made.globals |= {
        "version": __version__,
        "incident_href": incident_href,
        "article_href": article_href,
        "turning_href": turning_href,
    }
    return made


_ENVIRONMENT = environment()


def page(
    request: Request, template: str, values: Mapping[str, Any], *, status: int = 200
) -> Response:
    """A page, or 304 where the browser has it."""
    # A host name that is refused, or a path of no route, never came to the question who asks.
    asker = getattr(request.state, "asker", None)
    html = _ENVIRONMENT.get_template(template).render(
        **values, path=request.url.path, signed_in=asker.name if asker else None
    )
    body = html.encode("utf-8", "replace")
    if status != 200:
        return Response(body, status_code=status, media_type="text/html")
    return tagged(request, body, "text/html; charset=utf-8")


def deciding_page(
    request: Request, template: str, values: Mapping[str, Any], *, status: int = 200
) -> Response:
    """A page with forms that decide, with the token they post.

    `can_decide` is false where this board, or this person, only reads.
    """
    asker = asker_of(request)
    can_decide = has_desk(request) and asker.role.may(Role.REVIEWER)
    token = tokens_of(request).of(asker.name or "") if can_decide else ""
    asked = {"can_decide": can_decide, "token": token}
    return page(request, template, {**values, **asked}, status=status)
