"""`tocsin ground`: what the words of a phrase mean, and by which rule."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tocsin.cli.gazetteer import candidates_json, open_gazetteer
from tocsin.cli.moments import typed_moment
from tocsin.how_many import QuantityReading, read_quantities
from tocsin.publish.contract import interval_json, place_json, quantity_json, span_json
from tocsin.publish.phrasing import interval_words, place_words, plain, quantity_words
from tocsin.records import Published
from tocsin.records.vocab import (
    PlacePrecision,
    PublishedBasis,
    QuantityStatus,
    VictimGroup,
    ZoneBasis,
)
from tocsin.when import MONTH_FIRST_COUNTRIES, TimeContext, TimeReading, read_times
from tocsin.where import (
    Gazetteer,
    PlaceContext,
    PlaceQuery,
    PlaceReading,
    find_phrases,
    resolve_places,
    uncertainty_km,
)
from tocsin.who import ActorCatalogue, ActorMatch

MAX_CANDIDATES = 10
"""Places of one name that the JSON lists."""


def ground_command(
    text: str,
    *,
    published: str | None,
    place: str | None,
    outlet_country: str | None = None,
    output_format: str,
    gazetteer: Path | None,
    config: Path | None,
) -> None:
    """Print the readings of a phrase. Without `published`, relative dates stay open."""
    if output_format not in {"table", "json"}:
        raise typer.BadParameter(f"{output_format!r} is none of table, json", param_hint="--format")
    if not text.strip():
        raise typer.BadParameter("is empty", param_hint="TEXT")
    opened = open_gazetteer(gazetteer, config)
    zone = _zone(place, opened)
    context = TimeContext(
        published=_published(published),
        zone=zone,
        zone_basis=ZoneBasis.PLACE_OF_EVENT if zone else ZoneBasis.UNKNOWN,
        month_first=outlet_country.upper() in MONTH_FIRST_COUNTRIES if outlet_country else None,
    )
    candidates = tuple(opened.find_places(text))
    candidates_at = {candidate.span.start: candidate.span for candidate in candidates}
    places = resolve_places(
        [
            PlaceQuery(span, is_name=span == candidates_at.get(span.start))
            for span in find_phrases(text, candidates)
        ],
        PlaceContext(text=text, candidates=candidates, dateline_city=place),
        opened,
    )
    times = read_times(text, context)
    # a number inside a date counts nothing
    quantities = [
        quantity
        for quantity in read_quantities(text)
        if not any(time.span.contains(quantity.span) for time in times)
    ]
    actors = ActorCatalogue.open().read_actors(text)
    if output_format == "json":
        readings = {
            "time": [_time_json(reading) for reading in times],
            "places": [_place_json(reading) for reading in places],
            "quantities": [_quantity_json(reading) for reading in quantities],
            "actors": [_actor_json(match) for match in actors],
        }
        typer.echo(json.dumps(readings, ensure_ascii=False))
        return
    Console().print(_table(times, places, quantities, actors))


def _published(text: str | None) -> Published | None:
    if text is None:
        return None
    moment, is_day = typed_moment(text, "--published")
    instant = moment if moment.tzinfo is not None and not is_day else None
    return Published(moment.date(), PublishedBasis.EXTERNAL, instant, "--published")


def _zone(place: str | None, gazetteer: Gazetteer) -> str | None:
    if place is None:
        return None
    entries = gazetteer.look_up(place)
    if not entries:
        raise typer.BadParameter(f"no place named {place!r} is known", param_hint="--place")
    return entries[0].zone


def _time_json(reading: TimeReading) -> dict[str, Any]:
    value = interval_json(reading.interval) if reading.interval else {"earliest": None}
    return {
        **span_json(reading.span),
        **value,
        "rule": reading.rule,
        "explanation": reading.explanation,
    }


def _place_json(reading: PlaceReading) -> dict[str, Any]:
    return {
        **span_json(reading.span),
        **(place_json(reading.place) if reading.place else {"name": None}),
        "rule": reading.rule,
        "explanation": reading.explanation,
        "confidence": reading.confidence,
        "candidates": candidates_json(reading, limit=MAX_CANDIDATES),
    }


def _quantity_json(reading: QuantityReading) -> dict[str, Any]:
    return {
        **span_json(reading.span),
        **quantity_json(reading.quantity),
        "unit": reading.quantity.unit,
        "kind": reading.kind.value,
        "outcome": reading.outcome_hint.value if reading.outcome_hint else None,
        "group": reading.group.value,
        "nationality": reading.nationality,
        "marks": [mark.value for mark in reading.marks],
        "rule": reading.rule,
        "explanation": reading.explanation,
    }


def _counted_words(reading: QuantityReading) -> str:
    """A count with what is counted: `4 killed, civilian (part)`; `no count` for a mere name."""
    if reading.quantity.status is QuantityStatus.NOT_STATED:
        return "no count"
    words = quantity_words(reading.quantity)
    if reading.outcome_hint is not None:
        words += f" {reading.outcome_hint.value}"
    told = [reading.group.value.replace("_", " ")] * (reading.group is not VictimGroup.UNKNOWN)
    told += [reading.nationality] if reading.nationality else []
    marks = [mark.value for mark in reading.marks]
    return ", ".join([words, *told]) + (f" ({', '.join(marks)})" if marks else "")


def _actor_json(match: ActorMatch) -> dict[str, Any]:
    return {
        **span_json(match.span),
        "name": match.entry.name,
        "canonical_id": match.entry.id,
        "class": match.entry.actor_class.value,
        "nationality": match.nationality,
        "rule": match.rule,
        "explanation": match.explanation,
    }


def _table(
    times: list[TimeReading],
    places: list[PlaceReading],
    quantities: list[QuantityReading],
    actors: list[ActorMatch],
) -> Table:
    table = Table(header_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("", "words", "means", "rule", "because"):
        table.add_column(column, overflow="fold")

    def row(room: str, words: str, means: str, rule: str, because: str) -> None:
        # Text, not str: the phrase is shown, never obeyed as markup.
        table.add_row(*map(Text, (room, plain(words), means, rule, plain(because))))

    for time in times:
        means = interval_words(time.interval) if time.interval else "no such day"
        row("when", time.span.text, means, time.rule, time.explanation)
    for place in places:
        row("where", place.span.text, _place_means(place), place.rule, place.explanation)
    for quantity in quantities:
        means = _counted_words(quantity)
        row("how many", quantity.span.text, means, quantity.rule, quantity.explanation)
    for match in actors:
        means = f"{match.entry.name} ({match.entry.actor_class.value})"
        row("who", match.span.text, means, match.rule, match.explanation)
    return table


def _place_means(reading: PlaceReading) -> str:
    """The place, how it lies to it, and how far off the truth may be."""
    place = reading.place
    if place is None:
        return "not known"
    words = place_words(place)
    if place.precision is PlacePrecision.NEAR and place.gazetteer is not None:
        off = "" if place.distance_m is None else f"{place.distance_m / 1_000:.3g} km from "
        words = f"{off or 'near '}{words}"
    within = uncertainty_km(place)
    return words if within is None else f"{words} (± {within:.3g} km)"
