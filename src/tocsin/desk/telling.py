"""Decisions and offers of review: as lines for the terminal, and as contract JSON."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from rich import box
from rich.table import Table
from rich.text import Text

from tocsin.desk.offers import Offer
from tocsin.publish.contract import SCHEMA_VERSION, Json, evidence_json, value_json
from tocsin.publish.phrasing import NOT_STATED, plain, value_words
from tocsin.publish.table import SHORT_ID_CHARS
from tocsin.records import ReviewDecision
from tocsin.records.vocab import DecisionKind
from tocsin.review import FieldName, parse_value
from tocsin.review.replay import WITHDRAWING


def decision_json(decision: ReviewDecision, *, in_force: bool) -> Json:
    """One line of `tocsin review log --format jsonl`."""
    return {
        "schema_version": SCHEMA_VERSION,
        "id": decision.id,
        "at": decision.at.isoformat(),
        "reviewer": decision.reviewer,
        "kind": decision.kind.value,
        "inputs": list(decision.inputs),
        "outputs": list(decision.outputs),
        "reason": decision.reason,
        "in_force": in_force,
        "values": {name: _value(name, text) for name, text in decision.field_values.items()},
        "evidence": {name: _value(name, text) for name, text in decision.evidence.items()},
        "relation": decision.relation,
        "words": {name: evidence_json(words) for name, words in decision.words.items()},
        "subjects": [
            [{"report_id": anchor.report_id, "article_id": anchor.article_id} for anchor in subject]
            for subject in decision.subjects
        ],
    }


def typed_json(field: str | None, text: str | None) -> object:
    """The JSON text of a field's value as contract JSON; None where there is none."""
    return None if field is None or text is None else _value(field, text)


def _value(field: str, text: str) -> object:
    value = json.loads(text)
    if value is None:
        return None
    parsed = parse_value(FieldName(field), text)
    if isinstance(parsed, tuple):
        return [value_json(entry) for entry in parsed]
    return value_json(parsed)


def field_words(field: str, text: str) -> str:
    """The JSON text of a field's value in words."""
    if json.loads(text) is None:
        return "not known"
    parsed = parse_value(FieldName(field), text)
    if isinstance(parsed, tuple):
        return "; ".join(value_words(entry) for entry in parsed) or "none"
    return value_words(parsed)


def decision_words(decision: ReviewDecision) -> str:
    """`edit inc_3f… killed = 5, by ana: the hospital's own count`."""
    is_apart = decision.kind is DecisionKind.SPLIT and len(decision.inputs) > 1
    words = ["keep apart" if is_apart else decision.kind.value]
    if decision.relation and len(decision.inputs) > 1:
        words += [decision.inputs[0], decision.relation.replace("_", " "), decision.inputs[1]]
    else:
        words += decision.inputs
    if decision.field_values:
        pairs = sorted(decision.field_values.items())
        words.append(", ".join(f"{name} = {field_words(name, text)}" for name, text in pairs))
    why = f": {plain(decision.reason)}" if decision.reason else ""
    return f"{' '.join(words)}, by {plain(decision.reviewer)}{why}"


def decision_table(decisions: Iterable[ReviewDecision], in_force: Collection[str]) -> Table:
    """A row per decision, oldest first; what was undone says so."""
    table = Table(header_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for header in ("when", "id", "decision", ""):
        table.add_column(header, overflow="fold")
    for decision in decisions:
        cells = (
            f"{decision.at:%Y-%m-%d %H:%M}",
            decision.id[:SHORT_ID_CHARS],
            decision_words(decision),
            "" if decision.id in in_force else standing_words(decision),
        )
        table.add_row(*map(Text, cells))
    return table


def standing_words(decision: ReviewDecision) -> str:
    """What stands beside a decision that is not in force."""
    return NOT_STATED if decision.kind in WITHDRAWING else "undone"


def offer_json(offer: Offer) -> Json:
    """One line of `tocsin review offers --format jsonl`."""
    return {
        "schema_version": SCHEMA_VERSION,
        "decision": offer.decision.id,
        "kind": offer.decision.kind.value,
        "incident_id": offer.incident_id,
        "reason": offer.reason,
        "field": offer.field,
        "decided": typed_json(offer.field, offer.decided),
        "now": typed_json(offer.field, offer.now),
        "reports": list(offer.report_ids),
    }


def offer_words(offer: Offer) -> str:
    """An offer as a few lines: the decision, what has come since, what can be done."""
    lines = [f"{offer.decision.id[:SHORT_ID_CHARS]} {decision_words(offer.decision)}"]
    if offer.field and offer.decided and offer.now:
        then = "decided" if offer.decision.field_values else "then"
        was, now = (field_words(offer.field, text) for text in (offer.decided, offer.now))
        lines.append(f"  {offer.reason}: {then} {was}, now {now}")
    else:
        lines.append(f"  {offer.reason}")
    if offer.incident_id:
        lines.append(f"  incident {offer.incident_id}")
    if offer.report_ids:
        lines.append(f"  reports {', '.join(offer.report_ids)}")
    return "\n".join(lines)
