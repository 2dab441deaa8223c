"""Routes of alert rules: those of the file the board was given, changed, and tried on the past."""

from __future__ import annotations

import datetime as dt
import itertools
import time
from dataclasses import dataclass
from typing import Annotated, Any, Final, cast

from fastapi import APIRouter, Body, Path, Request
from fastapi.responses import JSONResponse, Response

from tocsin.alert import Alerting, RulesFile, foreseen
from tocsin.alert.records import Alert
from tocsin.alert.rules_file import rule_values
from tocsin.alert.telling import alert_json
from tocsin.api.access import LentStore, SignedIn
from tocsin.api.answers import answer
from tocsin.api.described import ANY_OBJECT, json_answer, list_of
from tocsin.api.errors import ApiError, BadParameter
from tocsin.errors import SettingsError
from tocsin.publish.contract import Json
from tocsin.store import StoreView, system_clock

router = APIRouter(prefix="/alert-rules", tags=["alerts"])

PREVIEW_DAYS: Final = 30
MAX_FORESEEN: Final = 200
"""Alerts of a preview at most: a rule that says more wants narrowing, not reading."""
PREVIEW_S: Final = 5.0
"""How long a preview looks back for at most: it reads every change of its time."""

RuleName = Annotated[str, Path(max_length=64)]
RuleValues = Annotated[dict[str, Any], Body(description="Fields of a rule (docs/alerts.md).")]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a rule would have sent."""

    alerts: tuple[Alert, ...]
    """Oldest first."""
    since: dt.datetime
    is_cut: bool
    """There was more: the time or the room for it ran out."""


def rules_of(request: Request) -> RulesFile:
    """The rules the board was given. Raises ApiError (404) where it was given none."""
    rules = cast("RulesFile | None", request.app.state.rules)
    if rules is None:
        raise ApiError(404, "not_found", "no rules are shown here: `tocsin serve --alerts FILE`")
    return rules


def preview(store: StoreView, alerting: Alerting) -> Foreseen:
    """What the rules would have said of the changes of the last month, as far as there is time."""
    since = system_clock() - dt.timedelta(days=PREVIEW_DAYS)
    until_s = time.monotonic() + PREVIEW_S
    late: list[bool] = []

    def go_on() -> bool:
        late.append(time.monotonic() > until_s)
        return not late[-1]

    told = foreseen(store, alerting, since=since, go_on=go_on)
    found = tuple(itertools.islice(told, MAX_FORESEEN + 1))
    return Foreseen(found[:MAX_FORESEEN], since, len(found) > MAX_FORESEEN or any(late))


def named_fault(rules: RulesFile, error: SettingsError) -> BadParameter:
    """A fault of a rule, by the field it is in; where the file lies is not told."""
    where = error.key.removeprefix(f"{rules.path}: ")
    return BadParameter("rules" if where == str(rules.path) else where, error.reason)


@router.get("", responses=json_answer(list_of(ANY_OBJECT)))
def list_rules(request: Request) -> Response:
    """The rules, and the names of receivers and watch lists they may use."""
    rules = rules_of(request)
    try:
        alerting = rules.load()
    except SettingsError as error:
        raise named_fault(rules, error) from error
    items = [{"name": name, **rule_values(rule)} for name, rule in alerting.rules.items()]
    body: Json = {
        "items": items,
        "receivers": {name: one.kind for name, one in alerting.receivers.items()},
        "watch_lists": sorted(alerting.watch_lists),
    }
    return answer(request, body)


@router.post("/{name}/preview", responses=json_answer(ANY_OBJECT))
def preview_rule(
    request: Request, store: LentStore, signed_in: SignedIn, name: RuleName, values: RuleValues
) -> Response:
    """What such a rule would have said of the changes of the last 30 days. Nothing is sent."""
    del signed_in
    rules = rules_of(request)
    try:
        alerting = rules.checked(name, values)
    except SettingsError as error:
        raise named_fault(rules, error) from error
    found = preview(store, alerting)
    body: Json = {
        "items": [alert_json(one, alerting) for one in found.alerts],
        "since": found.since.isoformat(),
        "is_cut": found.is_cut,
    }
    return JSONResponse(body, headers={"Cache-Control": "no-store"})


@router.put("/{name}", responses=json_answer(ANY_OBJECT))
def put_rule(request: Request, signed_in: SignedIn, name: RuleName, values: RuleValues) -> Response:
    """Write a rule, new or in the place of one. It may send to receivers of the file alone."""
    del signed_in
    rules = rules_of(request)
    try:
        alerting = rules.put(name, values)
    except SettingsError as error:
        raise named_fault(rules, error) from error
    body: Json = {"name": name, **rule_values(alerting.rules[name])}
    return JSONResponse(body, headers={"Cache-Control": "no-store"})


@router.delete("/{name}", responses=json_answer(ANY_OBJECT))
def remove_rule(request: Request, signed_in: SignedIn, name: RuleName) -> Response:
    """Take a rule out of the file. What it said stays in the store."""
    del signed_in
    rules = rules_of(request)
    try:
        rules.remove(name)
    except SettingsError as error:
        raise named_fault(rules, error) from error
    return JSONResponse({"name": name}, headers={"Cache-Control": "no-store"})
