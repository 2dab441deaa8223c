"""Words of an article that a person shows for a value, and what they may mean.

The words are read as the pipeline reads them: in their article, with its day and the incident's
zone. What comes out is a proposal; a decision is made of it by the person alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tocsin.config import Settings
from tocsin.errors import ReviewError
from tocsin.how_many import read_quantity
from tocsin.records import Article, Evidence, Incident, Place, Span
from tocsin.records.codec import to_json
from tocsin.records.vocab import ZoneBasis
from tocsin.review import FieldName
from tocsin.when import TimeContext, read_times, writes_month_first
from tocsin.where import Gazetteer, PlaceContext, PlaceQuery, resolve_places

SHOWABLE: Final = (
    FieldName.PLACE,
    FieldName.DATE,
    FieldName.KILLED,
    FieldName.INJURED,
    FieldName.ATTACKERS_KILLED,
)
"""Fields whose value a few words of a text can tell."""
MAX_SHOWN_CHARS: Final = 400
"""A value stands in fewer words: more is a slip of the mouse."""


def shown_words(article: Article, start: int, end: int, quote: str | None = None) -> Evidence:
    """The words at `[start, end)`, without blanks around them.

    With `quote` the offsets need only be near: the nearest place where those words stand is meant,
    for a browser counts characters after its own fashion. Raises ReviewError where there are none.
    """
    text = article.text
    if quote is not None:
        quote = quote.strip()
        start = max(start, 0)
        after, before = text.find(quote, start), text.rfind(quote, 0, start + len(quote))
        found = [at for at in (before, after) if at >= 0 and quote]
        if not found:
            raise ReviewError("edit", "the words shown do not stand in the article")
        start = min(found, key=lambda at: abs(at - start))
        end = start + len(quote)
    start, end = max(start, 0), min(end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if not start < end <= start + MAX_SHOWN_CHARS:
        raise ReviewError("edit", f"takes 1 to {MAX_SHOWN_CHARS} characters of the article")
    return Evidence(article.id, article.span(start, end))


def proposed(
    name: FieldName, words: Evidence, article: Article, incident: Incident, settings: Settings
) -> str | None:
    """JSON text of the value that the words may give the field; None where they tell none."""
    match name:
        case FieldName.PLACE:
            found = _place(words.span, PlaceContext(article.text), settings)
            return to_json(found) if found else None
        case FieldName.DATE:
            return _date(words.span.text, article, incident)
        case FieldName.KILLED | FieldName.INJURED | FieldName.ATTACKERS_KILLED:
            reading = read_quantity(words.span.text)
            return to_json(reading.quantity) if reading else None
        case _:
            return None


def find_place(typed: str, settings: Settings) -> Place | None:
    """The place that a typed name means by itself, `Hit, Iraq` as well as `Mosul`."""
    name = typed.partition(",")[0].rstrip()
    if not name:
        return None
    return _place(Span.of(typed, 0, len(name)), PlaceContext(typed), settings, is_name=True)


def _place(
    span: Span, context: PlaceContext, settings: Settings, *, is_name: bool = False
) -> Place | None:
    user = Path(settings.where.gazetteer) if settings.where.gazetteer else None
    gazetteer = Gazetteer.open(user=user)
    (reading,) = resolve_places([PlaceQuery(span, is_name=is_name)], context, gazetteer)
    # A name that no gazetteer holds gets a place without scores, other words one that rests on
    # the article around them: neither is what the words say.
    is_told = bool(reading.scores) if is_name else not reading.is_inferred
    return reading.place if is_told else None


def _date(text: str, article: Article, incident: Incident) -> str | None:
    place = incident.place.value if incident.place else None
    zone = place.zone if place else None
    dateline = article.dateline
    context = TimeContext(
        published=article.published,
        zone=zone,
        zone_basis=ZoneBasis.PLACE_OF_EVENT if zone else ZoneBasis.UNKNOWN,
        dateline_date=dateline.date if dateline else None,
        month_first=writes_month_first(article.url, article.outlet),
    )
    placed = [reading.interval for reading in read_times(text, context) if reading.is_placed]
    return to_json(placed[0]) if placed and placed[0] else None
