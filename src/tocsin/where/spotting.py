"""Names of places in running text: capitalised runs, looked up longest first.

Linear in the text's length: one pass finds capitalised words, and a run of them is tried in windows
of at most `MAX_WORDS`. Precision comes before recall: an English word, a surname or an organisation
that happens to be the name of a village is no place unless the words around it say so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from tocsin.records import Span
from tocsin.text.nations import nation_named, nation_of
from tocsin.where.entry import GazetteerEntry, PlaceCandidate
from tocsin.where.names import name_key
from tocsin.where.place_words import MODIFIERS

if TYPE_CHECKING:
    from tocsin.where.gazetteer import Gazetteer

MAX_WORDS = 6
"""Words in the longest names: "Democratic Republic of the Congo" counts four capitalised."""

WORDS_FILE = "data/common_words.txt"
NEVER_FILE = "data/never_words.txt"

UNSUPPORTED_FLOOR = 15_000
"""People a place must have to be believed without a preposition or a parent beside it."""

CAPITALS_FLOOR = 100_000
"""The same in text all in capitals, where every word looks like a name."""

ALL_CAPS_SHARE = 0.6
"""Share of upper-case letters from which a text counts as written in capitals."""

_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_WORD = re.compile(
    rf"(?:(?<![\w'’])(?:al|el|ad|as|ash|an|ar|at|az|ed|es|ez|er|en|et|ul|d|l)[-'’])?"
    rf"(?<![^\W_])(?:(?:{_UPPER}\.){{2,}}|(?:St|Ste|Mt|Ft)\.(?= [A-Z])"
    rf"|{_UPPER}[\w'’]*(?:-[\w'’]+)*)"
)
_GAPS = frozenset(
    {" ", "-", " & ", "\u00a0", " al-", " el-", " ez-", " az-", " ash-", " ar-", " ad-", " an-"}
    | {" as-", " at-", " es-", " ed-", " of ", " of the ", " de ", " del ", " de la ", " de los "}
    | {" da ", " do ", " dos ", " la ", " le ", " el ", " al ", " ez ", " ash ", " ar ", " ad "}
    | {" as ", " on ", " upon ", " sur ", " and ", " y ", " e ", " am ", " bin ", " du ", " des "}
    | {" van ", " den "}
)
"""What may stand between the capitalised words of one name."""
_POSSESSIVE = re.compile(r"['’]s?$")
_LOCATIVE = re.compile(
    r"(?:\b(?:in|at|near|outside|inside|from|to|toward|towards|around|into|across|throughout|"
    r"of|between|over|on|off|leaving|entering|downtown|central|northern|southern|eastern|western|"
    r"north|south|east|west|northeast|northwest|southeast|southwest|northeastern|northwestern|"
    r"southeastern|southwestern|mainland|city of|town of|village of|province of|"
    r"besieged|rebel-held|capital|city|town|village|neighbou?ring|nearby)\s+(?:the\s+)?)$",
    re.IGNORECASE,
)
_FIRM = re.compile(
    r"\b(?:in|near|outside|inside|downtown|city of|town of|village of|capital|city|town|village)"
    r"\s+$",
    re.IGNORECASE,
)
"""What must stand before a name that is also a word or a person's name."""
_PERSONAL = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Gen|Maj|Col|Lt|Sgt|Capt|Cpl|Pvt|Rev|Sen|Rep|Gov|President|"
    r"Prime Minister|Minister|General|Colonel|Major|Captain|Sergeant|Sheikh|Sheik|Judge|"
    r"Justice|Senator|Governor|Chief|Officer|Detective|King|Queen|Prince|Princess|Pope|Imam|Mullah|Ayatollah|Professor|Sir)"
    r"\.?\s+$"
)
_AFTER_PLACE = re.compile(
    r"(?:['’]s)?\s+(?:city|province|governorate|district|county|region|state|oblast|village|town|"
    r"neighbou?rhood|area|airport|international|air\s?base|prefecture|suburb|countryside|quarter|"
    r"airfield|dam|border|valley|mountains?|hospital|university|camp|crossing|street|checkpoint)\b",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\s+(?:Post|Times|Herald|Tribune|Journal|News|Gazette|Daily|Globe|Chronicle|Press|Star|Sun|"
    r"Examiner|Observer|United|FC|Inc|Corp|Ltd|LLC|Group|Bank|Agency|Party|Foundation|Institute|"
    r"Convention|Accords?|Agreement|Treaty|Summit|Law|Act|Protocol|Declaration|Process)\b"
)
_PARENT_AHEAD = re.compile(rf",\s+(?:the\s+|al-)?({_UPPER}[\w'’.-]*(?:\s{_UPPER}[\w'’.-]*)?)")
_JOINED = re.compile(r",? (?:and|or) ")
_ACRONYM_CHARS = 5
_LOOK_BACK = 24
_LOOK_AHEAD = 48


class _Word(NamedTuple):
    start: int
    end: int


class _Window(NamedTuple):
    """The words `[at, stop)` of a run."""

    run: list[_Word]
    at: int
    stop: int
    is_joined: bool
    """Does "and" join it to a town?"""


def find_places(
    text: str, gazetteer: Gazetteer, start: int = 0, end: int | None = None
) -> list[PlaceCandidate]:
    """Places named in `text[start:end]`, in order, none overlapping another."""
    end = len(text) if end is None else min(end, len(text))
    in_capitals = is_all_caps(text[start:end])
    found: list[PlaceCandidate] = []
    for run in capitalised_runs(text, start, end):
        at = 0
        while at < len(run):
            hit = _longest(text, run, at, gazetteer, in_capitals=in_capitals, before=found[-1:])
            if hit is None:
                at += 1
                continue
            candidate, at = hit
            found.append(candidate)
    return found


def is_all_caps(text: str) -> bool:
    """True for text whose letters are mostly upper case; the first 4,000 characters decide."""
    letters = [char for char in text[:4_000] if char.isalpha()]
    return len(letters) > 20 and sum(map(str.isupper, letters)) > ALL_CAPS_SHARE * len(letters)


@cache
def common_words() -> frozenset[str]:
    """English words, first names and titles that are names of places too, as look-up keys."""
    return _words(WORDS_FILE)


@cache
def never_words() -> frozenset[str]:
    """Words that name no place by themselves whatever stands beside them: months, directions."""
    return _words(NEVER_FILE) | MODIFIERS


def _words(file: str) -> frozenset[str]:
    text = files("tocsin.where").joinpath(file).read_text(encoding="utf-8")
    lines = (line.partition("#")[0] for line in text.splitlines())
    return frozenset(word for line in lines for word in line.split())


def capitalised_runs(text: str, start: int, end: int) -> list[list[_Word]]:
    """Capitalised words that stand side by side, joined by spaces, hyphens and small words."""
    runs: list[list[_Word]] = []
    last_end = -10
    for match in _WORD.finditer(text, start, end):
        word = _Word(match.start(), match.end())
        if word.start - last_end <= 8 and text[last_end : word.start] in _GAPS:
            runs[-1].append(word)
        else:
            runs.append([word])
        last_end = word.end
    return runs


def _longest(
    text: str,
    run: list[_Word],
    at: int,
    gazetteer: Gazetteer,
    *,
    in_capitals: bool,
    before: Sequence[PlaceCandidate],
) -> tuple[PlaceCandidate, int] | None:
    """The longest acceptable name that begins with word `at`, and the word after it.

    `before` is the name found last, if any: what "and" joins to a town is a town.
    """
    begin = run[at].start
    for stop in range(min(len(run), at + MAX_WORDS), at, -1):
        end = run[stop - 1].end
        words = text[begin:end]
        if words.endswith(("'s", "’s", "'", "’")):
            words = _POSSESSIVE.sub("", words)
            end = begin + len(words)
        if len(words) < 2:
            continue
        key = name_key(words)
        if stop - at == 1 and words in {"Us", "It", "Is"}:
            continue
        entries = gazetteer.entries_of(key)
        if not entries:
            continue
        found = PlaceCandidate(Span(begin, end, words), entries)
        window = _Window(run, at, stop, any(_is_joined(text, one, begin) for one in before))
        if _is_believable(text, window, found, gazetteer, in_capitals):
            return found, stop
    return None


def _is_joined(text: str, before: PlaceCandidate, begin: int) -> bool:
    """True for "Samarra and" before `begin`, Samarra being a town."""
    return not before.entries[0].is_division and bool(
        _JOINED.fullmatch(text, before.span.end, begin)
    )


def _is_believable(
    text: str, window: _Window, found: PlaceCandidate, gazetteer: Gazetteer, in_capitals: bool
) -> bool:
    """Is the name a place here, judged by its own weight and by the words beside it?"""
    run, at, stop, is_joined = window
    begin, end, words = found.span.start, found.span.end, found.span.text
    entries = found.entries
    best = entries[0]
    key = name_key(words)
    is_common = key in common_words()
    is_single = stop - at == 1
    after = text[end : end + _LOOK_AHEAD]
    if _ORGANISATION.match(after) or (is_single and key in never_words()):
        return False
    before = text[max(0, begin - _LOOK_BACK) : begin]
    if _PERSONAL.search(before):
        return False
    if nation_of(words) is not None and nation_named(words) is None:
        return False
    if is_single and not in_capitals and words.isupper() and len(words) <= _ACRONYM_CHARS:
        # "SANA", "EST": an abbreviation, not the town of that name
        return best.is_country or best.source == "curated"
    strong = best.is_country or best.source == "curated" or best.population >= 200_000
    if not is_common and strong and not (in_capitals and is_single and len(key) < 4):
        return not (is_single and _is_person_like(text, run, at))
    has_evidence = bool(
        _LOCATIVE.search(before)
        or _AFTER_PLACE.match(after)
        or _has_parent(after, entries, gazetteer)
        or (is_joined and best.population >= UNSUPPORTED_FLOOR)
    )
    if is_single and len(run) > 1 and not _AFTER_PLACE.match(after) and (at > 0 or stop < len(run)):
        # part of a longer name that is no place: a person, an organisation
        is_first = at == 0 or is_joined
        has_evidence = has_evidence and is_first and best.population >= UNSUPPORTED_FLOOR
    if is_common and is_single:
        is_firm = bool(_FIRM.search(before)) or _has_parent(after, entries, gazetteer)
        return is_firm and not in_capitals and len(run) == 1
    if has_evidence:
        return True
    floor = CAPITALS_FLOOR if in_capitals else UNSUPPORTED_FLOOR
    if is_single and (len(run) > 1 or _opens_sentence(text, begin)):
        floor = CAPITALS_FLOOR
    weight = best.population if not best.is_division else max(best.population, floor)
    return weight >= floor


def _is_person_like(text: str, run: list[_Word], at: int) -> bool:
    """ "Michael Jordan", "Paris Hilton": one word of a name that as a whole is no place."""
    if len(run) == 1:
        return False
    if at > 0 and run[at].start - run[at - 1].end == 1:
        before = name_key(text[run[at - 1].start : run[at - 1].end])
        return before in common_words() | never_words() and before not in _PLACE_MODIFIERS
    return False


_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_PLACE_MODIFIERS = MODIFIERS | _DAYS | {"from", "to", "of", "new", "port", "city", "town"}


def _has_parent(after: str, entries: tuple[GazetteerEntry, ...], gazetteer: Gazetteer) -> bool:
    """Does ", Parent" follow, a division or country that holds one of the entries?"""
    match = _PARENT_AHEAD.match(after)
    if match is None:
        return False
    if any(entry.country == "US" for entry in entries):
        abbreviation = match.group(1).split()[0]
        state = gazetteer.us_state(abbreviation) or gazetteer.us_state(abbreviation.rstrip("."))
        if state is not None:
            return True
    words = match.group(1)
    for name in (words, words.split()[0]):
        for parent in gazetteer.entries_of(name_key(name)):
            if parent.is_division and any(entry.country in parent.countries for entry in entries):
                return True
    return False


def _opens_sentence(text: str, begin: int) -> bool:
    """True at the start of the text, of a line, or after a full stop or an opening quote."""
    at = begin - 1
    while at >= 0 and text[at] in " \t\"'“‘(":
        at -= 1
    return at < 0 or text[at] in ".!?\n\r:•—–"
