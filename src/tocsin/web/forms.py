"""Posted forms: fields as a browser sends them, and the decision they ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from fastapi import Depends, Request
from pydantic import ValidationError

from tocsin.api.access import DEFAULT_REVIEWER
from tocsin.api.asked import ASKED, AskedDecision
from tocsin.api.errors import ApiError, BadParameter

FORM_TYPE = "application/x-www-form-urlencoded"
MAX_FIELDS = 300
REVIEW = "/review"


@dataclass(frozen=True, slots=True)
class PostedForm:
    """The fields of a form, each with its values in order."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def one(self, name: str) -> str | None:
        """The first value; None where there is none or it is empty."""
        return next((value for value in self.fields.get(name, ()) if value), None)

    def all(self, name: str) -> list[str]:
        """Every value that is not empty."""
        return [value for value in self.fields.get(name, ()) if value]


async def posted_form(request: Request) -> PostedForm:
    """The form of a request. Raises ApiError (415) for another body, BadParameter for a bad one."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != FORM_TYPE:
        raise ApiError(415, "not_a_form", "takes a form of this board")
    body = await request.body()
    try:
        pairs = parse_qsl(
            body.decode("utf-8"),
            keep_blank_values=True,
            max_num_fields=MAX_FIELDS,
            errors="strict",
        )
    except ValueError:
        raise BadParameter("form", "is not a form that can be read") from None
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return PostedForm(fields)


Posted = Annotated[PostedForm, Depends(posted_form)]


def asked_decision(form: PostedForm) -> AskedDecision:
    """The decision a form asks for. Raises BadParameter naming the field that means nothing."""
    try:
        return ASKED.validate_python(_body(form))
    except ValidationError as error:
        first = error.errors()[0]
        where = [str(part) for part in first["loc"]]
        raise BadParameter(where[-1] if where else "act", str(first["msg"])) from None


def asked_of_items(form: PostedForm, act: str) -> list[AskedDecision]:
    """The decision that one act means for each item ticked. Raises BadParameter where an item is
    none, or the act is none of its kind."""
    return [_asked_of_item(key, act) for key in form.all("item")]


def _asked_of_item(key: str, act: str) -> AskedDecision:
    kind, *ids = key.split(":")
    body: dict[str, Any]
    match kind, act, ids:
        case "pair", "merge" | "keep_apart", [one, other]:
            body = {"kind": act, "incidents": [one, other]}
        case "dispute" | "doubt", "confirm" | "reject", [incident]:
            body = {"kind": act, "incident": incident}
        case "offer", "renew" | "undo", [decision, _]:
            body = {"kind": "confirm" if act == "renew" else act, "decision": decision}
        case _:
            raise BadParameter("item", f"{act} is no answer to {key}")
    try:
        return ASKED.validate_python(body)
    except ValidationError as error:
        raise BadParameter("item", str(error.errors()[0]["msg"])) from None


def _body(form: PostedForm) -> dict[str, Any]:
    act = form.one("act") or ""
    body: dict[str, Any] = {
        "kind": "confirm" if act == "renew" else act,
        "reason": form.one("reason") or "",
        "reviewer": form.one("reviewer") or DEFAULT_REVIEWER,
    }
    match act:
        case "merge" | "keep_apart":
            body["incidents"] = form.all("incident")
        case "renew" | "undo":
            body["decision"] = form.one("decision")
        case "split":
            body |= {"incident": form.one("incident"), "members": form.all("member")}
        case "edit":
            body |= {"incident": form.one("incident")} | _edit(form)
        case _:
            body["incident"] = form.one("incident")
    return body


def _edit(form: PostedForm) -> dict[str, Any]:
    """One field: a value typed, or else the one read from the words; and the words."""
    name = form.one("field") or ""
    edit: dict[str, Any] = {"values": {name: form.one("value") or form.one("read") or ""}}
    if form.one("article"):
        words = {"article_id": form.one("article"), "start": form.one("start")}
        edit["words"] = {name: words | {"end": form.one("end")}}
    return edit


def local_address(address: str | None, **added: str | None) -> str:
    """An address of this board to go on to, with more in its query; the queue for any other.

    `//elsewhere` and `/\\elsewhere` are other hosts to a browser.
    """
    parts = urlsplit(address or REVIEW)
    is_local = not parts.scheme and not parts.netloc and parts.path.startswith("/")
    if not is_local or "\\" in (address or "") or parts.path.startswith("//"):
        parts = urlsplit(REVIEW)
    asked = [pair for pair in parse_qsl(parts.query) if pair[0] not in added]
    asked += [(name, value) for name, value in added.items() if value]
    return urlunsplit(("", "", parts.path, urlencode(asked), parts.fragment))
