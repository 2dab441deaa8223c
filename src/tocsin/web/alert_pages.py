"""Routes of alert rules: the list, one to be tried or changed, and where their forms post to."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request
from fastapi.responses import RedirectResponse, Response

from tocsin.alert import Alerting, RulesFile
from tocsin.api.access import LentStore, SignedIn
from tocsin.api.alert_rules import named_fault, preview, rules_of
from tocsin.api.errors import BadParameter, NotFound
from tocsin.api.form_tokens import TOKEN_FIELD, check_token
from tocsin.errors import SettingsError
from tocsin.web.alert_rules import (
    NEW,
    foreseen_lines,
    posted_values,
    rule_form,
    rule_lines,
)
from tocsin.web.forms import Posted
from tocsin.web.rendering import deciding_page

router = APIRouter(include_in_schema=False)

SEE_OTHER: Final = 303
RuleName = Annotated[str, Path(max_length=64)]


def loaded(rules: RulesFile) -> Alerting:
    """The rules of the file. Raises BadParameter that names what is wrong with it."""
    try:
        return rules.load()
    except SettingsError as error:
        raise named_fault(rules, error) from error


@router.get("/alerts")
def alert_rules(request: Request, store: LentStore) -> Response:
    """Every rule; where the board was given none, how to give it some."""
    if request.app.state.rules is None:
        return deciding_page(request, "alerts.html", {"lines": None, "mark": None})
    lines = rule_lines(store, loaded(rules_of(request)))
    return deciding_page(request, "alerts.html", {"lines": lines, "mark": store.record_mark()})


@router.get("/alerts/{name}")
def alert_rule(request: Request, name: RuleName) -> Response:
    """One rule, or a new one."""
    alerting = loaded(rules_of(request))
    if name != NEW and name not in alerting.rules:
        raise NotFound("alert rule", name)
    values = {"form": rule_form(alerting, name), "found": None, "mark": None}
    return deciding_page(request, "alert_rule.html", values)


@router.post("/alerts/{name}")
def change_rule(
    request: Request, store: LentStore, signed_in: SignedIn, name: RuleName, form: Posted
) -> Response:
    """Try the rule of the form on the past, write it, or take it out."""
    check_token(request, form.one(TOKEN_FIELD), signed_in)
    rules, act = rules_of(request), form.one("act")
    values = posted_values(form)
    given = form.one("name") or ("" if name == NEW else name)
    try:
        match act:
            case "preview":
                found = preview(store, rules.checked(given or "preview", values))
                shown = {
                    "form": replace(rule_form(loaded(rules), name, values), name=given),
                    "found": found,
                    "foreseen": foreseen_lines(found),
                    "mark": None,
                }
                return deciding_page(request, "alert_rule.html", shown)
            case "save":
                rules.put(given, values)
            case "remove":
                rules.remove(name)
            case _:
                raise BadParameter("act", "is preview, save or remove")
    except SettingsError as error:
        raise named_fault(rules, error) from error
    return RedirectResponse("/alerts", SEE_OTHER, headers={"Cache-Control": "no-store"})
