"""Places of a sentence: gazetteer names and names after a locative word, with how they stand there.

A name locates something only where a preposition, a possessive or an enclosing place says so:
"in Kano", "Kano's market", "Kano, Nigeria". A country that acts ("Israel said") is no place here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.extract.nouns import is_name, is_word
from tocsin.extract.sentences import Sentence
from tocsin.extract.words import word_set
from tocsin.records import Article, Span
from tocsin.records.vocab import PlacePrecision
from tocsin.text import Token
from tocsin.where import Gazetteer, GazetteerEntry

_FACILITY_WORDS = word_set("places.facility_words")
_LOCATIVE = word_set("places.locative")
_FIRM = word_set("places.firm")
_AREA_NOUNS = word_set("places.area_nouns")
_DIRECTIONS = word_set("places.directions")
_NOT_PLACES = word_set("places.not_places")
_SPEAKING = word_set("places.speaking")


@dataclass(frozen=True, slots=True)
class PlacePhrase:
    """Tokens `[first, last)` that name a place."""

    first: int
    last: int
    key: str
    """Lower-case name, for comparing."""
    precision: PlacePrecision
    country: str | None
    admin1: str | None
    preposition: str
    """The locative word that governs it; "" for a chained place ("Kano, Nigeria")."""
    is_known: bool
    is_origin: bool = False
    """ "from Kano": where somebody or something came from."""
    is_seat: bool = False
    """Where somebody spoke: "told reporters in Geneva"."""
    start: int = 0
    lat: float | None = None
    lon: float | None = None

    @property
    def is_local(self) -> bool:
        """Finer than a country or a province."""
        return self.precision not in {
            PlacePrecision.COUNTRY,
            PlacePrecision.REGION,
            PlacePrecision.ADM1,
            PlacePrecision.ADM2,
        }


def find_place_phrases(
    article: Article, sentence: Sentence, gazetteer: Gazetteer, times: Sequence[Span] = ()
) -> list[PlacePhrase]:
    """Places that locate something in the sentence, in order. No place overlaps `times`."""
    tokens = sentence.tokens
    found: list[PlacePhrase] = []
    taken = [False] * len(tokens)
    for span in times:
        for at in range(sentence.token_at(span.start), sentence.token_at(span.end)):
            taken[at] = True
    for candidate in gazetteer.find_places(article.text, sentence.start, sentence.end):
        first = sentence.token_at(candidate.span.start)
        last = sentence.token_at(candidate.span.end)
        if first >= last or not candidate.entries or any(taken[first:last]):
            continue
        for at in range(first, last):
            taken[at] = True
        place = _placed(sentence, first, last, candidate.entries[0], found)
        if place is not None:
            found.append(place)
    if not is_title_case(sentence):
        found.extend(_unknown_names(sentence, taken))
    found.sort(key=lambda place: place.first)
    return found


def _placed(
    sentence: Sentence, first: int, last: int, entry: GazetteerEntry, before: list[PlacePhrase]
) -> PlacePhrase | None:
    tokens = sentence.tokens
    if _inside_organisation(sentence, first, last) or _is_demonym(sentence, first, last):
        return None
    if entry.is_country and _modifies(sentence, last):
        return None
    if not entry.is_country and _is_part_of_name(sentence, first, last):
        return None
    preposition, at = _governor(sentence, first)
    is_chained = (
        bool(before)
        and first - before[-1].last in {1, 2}
        and all(
            token.text in {",", "("} or token.lower in {"in", "and", "'", "s"}
            for token in tokens[before[-1].last : first]
        )
    )
    is_possessive = (
        last + 1 < len(tokens) and tokens[last].text in "'’" and tokens[last + 1].lower == "s"
    )
    if not preposition and not is_chained and not is_possessive:
        after = tokens[last].lower if last < len(tokens) else ""
        if after not in _AREA_NOUNS:
            return None
    if is_possessive and not preposition and _is_institution(sentence, last + 2):
        return None
    if preposition == "of" and at > 0 and tokens[at - 1].lower not in _AREA_NOUNS | _DIRECTIONS:
        return None
    if entry.is_country and preposition not in (_FIRM - {"between"}) | {"", "into", "from", "of"}:
        return None
    return PlacePhrase(
        first=first,
        last=last,
        key=" ".join(token.lower for token in tokens[first:last] if is_word(token)),
        precision=entry.precision,
        country=entry.country,
        admin1=entry.admin1,
        preposition=preposition,
        is_known=True,
        is_origin=preposition == "from",
        is_seat=_is_seat(sentence, at) or (bool(before) and is_chained and before[-1].is_seat),
        start=tokens[first].start,
        lat=entry.lat,
        lon=entry.lon,
    )


def _governor(sentence: Sentence, first: int) -> tuple[str, int]:
    """The locative word before a name and its token, over "the northern town of"."""
    tokens = sentence.tokens
    at = first - 1
    floor = max(-1, first - 8)
    while at > floor:
        lower = tokens[at].lower
        if lower == "of" and at > 0 and tokens[at - 1].lower in _AREA_NOUNS:
            at -= 1
            continue
        if lower in _LOCATIVE:
            return lower, at
        if lower in _AREA_NOUNS or lower in _DIRECTIONS or tokens[at].text in "-–":
            at -= 1
            continue
        if is_word(tokens[at]) and lower not in {"said", "told"} and at == first - 1:
            # an adjective in between: "in Iraq's Anbar", "in Syrian Aleppo"
            if is_name(tokens[at]) or lower == "s":
                at -= 1
                continue
            return "", first
        if tokens[at].text in "'’" or is_name(tokens[at]):
            at -= 1
            continue
        return "", first
    return "", first


def _modifies(sentence: Sentence, last: int) -> bool:
    """Whether a country only qualifies what follows: "near US embassy", "Palestine Street"."""
    tokens = sentence.tokens
    if last >= len(tokens):
        return False
    after = tokens[last].lower
    if after in _INSTITUTIONS or after in {"street", "road", "avenue"}:
        return True
    return any(match.first == last for match in sentence.of("targets.head"))


_ORGANISATION_ENDS = word_set("places.organisation_ends")


def is_title_case(sentence: Sentence) -> bool:
    """Whether a sentence is written like a headline: nearly every longer word with a capital."""
    words = [token for token in sentence.tokens if len(token.text) > 3 and token.text.isalpha()]
    capitals = sum(1 for token in words if token.text[0].isupper())
    return len(words) >= 4 and capitals >= 0.75 * len(words)


def _is_demonym(sentence: Sentence, first: int, last: int) -> bool:
    return any(
        match.value == "nation" and match.first <= first and last <= match.last
        for match in sentence.get("actors.named")
    )


def _is_part_of_name(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a longer name goes on: "Bashar al-Assad", "Fateh al-Sham Front"."""
    tokens = sentence.tokens
    if last < len(tokens) and is_title_case(sentence):
        return False
    after = tokens[last] if last < len(tokens) else None
    if (
        after is not None
        and after.text == "-"
        and last + 1 < len(tokens)
        and after.end == tokens[last + 1].start
    ):
        return True
    if after is not None and is_word(after) and is_name(after) and after.lower not in _AREA_NOUNS:
        return after.lower not in _NOT_PLACES and after.lower not in _FACILITY_WORDS
    before = tokens[first - 1] if first else None
    if before is None:
        return False
    if before.text == "-" and first > 1 and before.end == tokens[first].start:
        return tokens[first - 2].lower not in _DIRECTIONS
    return (
        is_word(before)
        and is_name(before)
        and first > 1
        and before.lower not in _DIRECTIONS | _LOCATIVE | _AREA_NOUNS
        and not any(m.first <= first - 1 < m.last for m in sentence.get("actors.named"))
    )


def _inside_organisation(sentence: Sentence, first: int, last: int) -> bool:
    for category in ("actors.named", "sources.head"):
        for match in sentence.of(category):
            if (
                match.first <= first
                and last <= match.last
                and match.last - match.first > last - first
            ):
                return True
    return False


_INSTITUTIONS = word_set("places.institutions")


def _is_institution(sentence: Sentence, at: int) -> bool:
    return at < len(sentence.tokens) and sentence.tokens[at].lower in _INSTITUTIONS


def _is_seat(sentence: Sentence, at: int) -> bool:
    """Whether the words before the preposition are about speaking."""
    tokens = sentence.tokens
    before = tokens[max(0, at - 3) : at]
    return any(token.lower in _SPEAKING for token in before)


def _unknown_names(sentence: Sentence, taken: list[bool]) -> list[PlacePhrase]:
    """Capitalised names after a locative word that the gazetteer does not know."""
    tokens = sentence.tokens
    if sum(1 for token in tokens if token.text.isupper() and len(token.text) > 1) > len(tokens) / 2:
        return []
    found: list[PlacePhrase] = []
    blocked = {
        at
        for category in ("actors.named", "sources.head", "persons.person")
        for match in sentence.of(category)
        for at in range(match.first, match.last)
    }
    at = 1
    while at < len(tokens):
        token = tokens[at]
        if (
            taken[at]
            or not is_word(token)
            or not is_name(token)
            or token.text[0].isdigit()
            or token.lower in _NOT_PLACES
            or token.lower in _DIRECTIONS
            or at in blocked
        ):
            at += 1
            continue
        preposition, governor = _governor(sentence, at)
        end = at + 1
        while end < len(tokens) and not taken[end] and _continues_name(tokens, end):
            end += 1
        is_area = (
            (end < len(tokens) and tokens[end].lower in _AREA_NOUNS)
            or (tokens[at - 1].lower == "of" and tokens[at - 2].lower in _AREA_NOUNS)
            or tokens[at - 1].lower in _AREA_NOUNS
        )
        names_organisation = tokens[end - 1].lower in _ORGANISATION_ENDS
        has_article = tokens[at - 1].lower == "the"
        if names_organisation or (has_article and not is_area):
            at = end
            continue
        if (
            preposition
            and (preposition in _FIRM - {"on"} or is_area)
            and preposition != "of"
            and len(token.text) > 2
        ):
            found.append(
                PlacePhrase(
                    first=at,
                    last=end,
                    key=" ".join(item.lower for item in tokens[at:end] if is_word(item)),
                    precision=PlacePrecision.SETTLEMENT if is_area else PlacePrecision.UNKNOWN,
                    country=None,
                    admin1=None,
                    preposition=preposition,
                    is_known=False,
                    is_origin=preposition == "from",
                    is_seat=_is_seat(sentence, governor),
                    start=token.start,
                )
            )
        at = end
    return found


def _continues_name(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if is_word(token):
        return is_name(token) and token.lower not in _NOT_PLACES
    if token.text in "-–'’":
        return (
            at + 1 < len(tokens)
            and tokens[at - 1].end == token.start
            and token.end == tokens[at + 1].start
            and tokens[at + 1].lower != "s"
            and is_name(tokens[at + 1])
        )
    return False
