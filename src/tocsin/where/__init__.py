"""Where: place words to places on the map. Usable alone.

gazetteer = Gazetteer.open()
gazetteer.look_up("Mosul")[0].country                      # "IQ"
resolve_places([PlaceQuery(span)], PlaceContext(text), gazetteer)
"""

from __future__ import annotations

from tocsin.where.disambiguate import RULES, resolve_places
from tocsin.where.distance import place_distance_km, uncertainty_km, zone_of
from tocsin.where.entry import GazetteerEntry, PlaceCandidate
from tocsin.where.gazetteer import Gazetteer
from tocsin.where.lead import find_phrases
from tocsin.where.locate import locate
from tocsin.where.outlets import country_of_host
from tocsin.where.query import PlaceContext, PlaceQuery, PlaceReading
from tocsin.where.whole import end_of_place

__all__ = [
    "RULES",
    "Gazetteer",
    "GazetteerEntry",
    "PlaceCandidate",
    "PlaceContext",
    "PlaceQuery",
    "PlaceReading",
    "country_of_host",
    "end_of_place",
    "find_phrases",
    "locate",
    "place_distance_km",
    "resolve_places",
    "uncertainty_km",
    "zone_of",
]
