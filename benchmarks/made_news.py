"""Made news: articles with their reports already read, as many as wanted, for measuring cost.

The stream runs day by day. A day has about `per_day` articles, on bursting days three times that;
most lie in a few theatres of war, there in few towns, by population and by chance. An incident is
told by one outlet or by several in words of their own, and each telling may be reprinted, whole or
cut. Some articles recall an earlier incident of the same town. Nothing is read by an extractor: the
reports are built with the text, every value with the words it rests on.

The same seed gives the same stream, and a longer stream begins with the shorter one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from tocsin.records import (
    Actor,
    Article,
    Casualties,
    Claim,
    Extraction,
    Place,
    Published,
    Quantity,
    Report,
    Source,
    Span,
    TallyClaim,
    TimeInterval,
    Weapon,
    content_id,
    report_id,
)
from tocsin.records.vocab import (
    ActorRole,
    IncidentType,
    Outcome,
    PublishedBasis,
    SourceKind,
    Specificity,
    TallyKind,
    TimeBasis,
    TimePrecision,
    WeaponType,
)
from tocsin.where import Gazetteer, GazetteerEntry

SEED = 20_261_127
FIRST_DAY = dt.date(2016, 1, 1)
PER_DAY = 550
"""Articles a day: a million fill five years, about what one busy collection of conflict news has.
A larger store is a longer stretch of time, so that days stay as crowded as they are."""

BURST = 3
BURST_CHANCE = 1 / 15
VERSION = "made/1"

THEATRES = (
    *("SY", "UA", "AF", "IQ", "YE", "NG", "SO", "PK", "IN", "MX", "ML", "CD", "LY", "SD", "PH"),
    *("CO", "BF", "TR", "IL", "EG", "CM", "MZ", "ET", "MM", "TH", "BR", "KE", "NE", "TD", "CF"),
)
"""Countries with the most news first: the nth gets a share of 1/n."""
MAX_TOWNS = 400
"""Of one theatre, the most important."""

OUTLETS = 180
TELLINGS_TAIL = ((20, 1.1), (5, 1.5), (0, 2.0))
"""From so many killed on, more than n tellings have chance n to the minus that: with 2.0, three
incidents of four are told once, and one of a hundred by ten."""
MAX_TELLINGS = 30
REPRINT_CHANCE = 0.25
REPRINTS_TAIL, MAX_REPRINTS = 1.5, 12
CUT_CHANCE = 0.4
RECALL_CHANCE = 0.1
TALLY_CHANCE = 0.03
VAGUE_CHANCE = 0.08
"""Tellings that give the province for the town, or rest on the day of publication."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of attack: how often of a hundred, the words that tell it, and by what means."""

    type: IncidentType
    share: int
    triggers: tuple[str, ...]
    weapons: tuple[tuple[str, WeaponType], ...]


_T, _W = IncidentType, WeaponType
KINDS = (
    Kind(_T.ARMED_ATTACK, 24, ("opened fire on", "shot at"), (("rifles", _W.FIREARM),)),
    Kind(_T.ARMED_CLASH, 16, ("fought with", "clashed with"), (("machine guns", _W.FIREARM),)),
    Kind(_T.BOMBING, 15, ("bombed", "blew up"), (("a roadside bomb", _W.IED),)),
    Kind(
        _T.INDIRECT_FIRE,
        13,
        ("shelled", "fired on"),
        (("mortars", _W.MORTAR), ("rockets", _W.ROCKET), ("artillery", _W.ARTILLERY)),
    ),
    Kind(_T.AIR_STRIKE, 12, ("struck", "bombed from the air"), (("jets", _W.AIR_CREWED),)),
    Kind(_T.SUICIDE_BOMBING, 4, ("blew himself up at",), (("a vest", _W.SUICIDE_VEST),)),
    Kind(_T.ABDUCTION, 6, ("abducted people from", "seized people at"), (("rifles", _W.FIREARM),)),
    Kind(_T.PROTEST, 7, ("marched on", "rallied at"), ()),
    Kind(_T.ARREST_RAID, 3, ("raided", "searched"), ()),
)

_OBJECTS = (
    *("a checkpoint", "a market", "a police post", "an army base", "a mosque", "a school", "a bus"),
    *("a convoy", "a clinic", "a farm", "a bank", "a bridge", "a village", "a depot", "a court"),
)
_GROUPS = ("Gunmen", "Militants", "Rebels", "Troops", "Fighters", "Raiders", "A crowd", "Forces")
_SPEAKERS = (
    ("police", SourceKind.POLICE),
    ("the army", SourceKind.OFFICIAL_MILITARY),
    ("a doctor", SourceKind.MEDICAL),
    ("residents", SourceKind.EYEWITNESS),
    ("the governor", SourceKind.OFFICIAL_CIVIL),
)
_FIRST = (
    *("Amin", "Yusuf", "Daniel", "Maria", "Ngozi", "Pavlo", "Leila", "Tariq", "Rosa", "Ivan"),
    *("Sani", "Amina", "Jorge", "Olena", "Habib", "Grace", "Musa", "Nadia", "Kofi", "Elena"),
)
_LAST = (
    *("Karimo", "Belaska", "Odunde", "Tarvani", "Hollim", "Sarkova", "Menteri", "Jalloun"),
    *("Vashenko", "Ibarrola", "Nakuru", "Zahiri", "Pellegro", "Dorsami", "Quintal", "Rahbani"),
)
_NOUNS = (
    *("road", "shop", "door", "cousin", "teacher", "lorry", "wall", "farmer", "river", "driver"),
    *("council", "siren", "window", "stall", "family", "officer", "field", "bakery", "nurse"),
    *("convoy", "tower", "station", "garden", "soldier", "elder", "camp", "hotel", "engine"),
    *("warehouse", "neighbour", "tent", "generator", "well", "ambulance", "crowd", "corner"),
)
_ADJECTIVES = (
    *("old", "northern", "burnt", "narrow", "crowded", "empty", "frightened", "local", "new"),
    *("broken", "distant", "quiet", "eastern", "wounded", "grey", "nearby", "second", "small"),
    *("tall", "closed", "angry", "tired", "central", "rural", "unpaved", "wooden", "busy"),
)
_VERBS = (
    *("left", "crossed", "watched", "reached", "searched", "closed", "heard", "carried", "passed"),
    *("blocked", "entered", "followed", "repaired", "guarded", "called", "found", "avoided"),
)
_TIMES = (
    *("before noon", "after dark", "at first light", "for an hour", "since the weekend"),
    *("without warning", "in the rain", "again", "two days earlier", "at the same time"),
)


@dataclass(frozen=True, slots=True)
class Happening:
    """A made incident: what is so, whoever tells it."""

    number: int
    day: dt.date
    town: GazetteerEntry
    kind: Kind
    group: str
    thing: str
    killed: int
    injured: int
    victim: str | None
    age: int


class Composer:
    """A text that grows sentence by sentence and gives the span of what was added."""

    def __init__(self) -> None:
        self.text = ""

    def add(self, words: str) -> tuple[int, int]:
        """Append words; their place in the text."""
        start = len(self.text)
        self.text += words
        return start, len(self.text)


class MadeNews:
    """The stream of articles. Opening it reads the towns of the gazetteer once."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        per_day: int = PER_DAY,
        seed: int = SEED,
        first_day: dt.date = FIRST_DAY,
    ) -> None:
        self._first_day = first_day
        self._per_day = per_day
        self._seed = seed
        self._towns: dict[str, list[GazetteerEntry]] = {code: [] for code in THEATRES}
        for entry in gazetteer.settlements():
            towns = self._towns.get(entry.country or "")
            if towns is not None and len(towns) < MAX_TOWNS and entry.lat is not None:
                towns.append(entry)
        chance = Random(f"{seed}:towns")
        self._weights = {
            code: [
                (entry.population + 1000) ** 0.5 * chance.lognormvariate(0, 1.5) for entry in towns
            ]
            for code, towns in self._towns.items()
        }

    def articles(self) -> Iterator[tuple[Article, Extraction]]:
        """Every article with what it reports, by the day of what it tells; without end."""
        number = 0
        day = self._first_day
        recent: dict[int, Happening] = {}
        while True:
            chance = Random(f"{self._seed}:{day}")
            wanted = self._per_day * (0.75 + chance.random() / 2)
            if chance.random() < BURST_CHANCE:
                wanted *= BURST
            told = 0
            while told < wanted:
                happening = self._happening(number, day, chance)
                earlier = recent.get(happening.town.id)
                for article, extraction in self._told(happening, earlier, chance):
                    told += 1
                    yield article, extraction
                recent[happening.town.id] = happening
                number += 1
            day += dt.timedelta(days=1)

    def _happening(self, number: int, day: dt.date, chance: Random) -> Happening:
        shares = [1 / rank for rank in range(1, len(THEATRES) + 1)]
        code = chance.choices(THEATRES, shares)[0]
        town = chance.choices(self._towns[code], self._weights[code])[0]
        kind = chance.choices(KINDS, [kind.share for kind in KINDS])[0]
        is_deadly = kind.type not in {_T.PROTEST, _T.ARREST_RAID} and chance.random() < 0.6
        killed = min(int(chance.paretovariate(1.3)), 150) if is_deadly else 0
        names = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
        return Happening(
            number=number,
            day=day,
            town=town,
            kind=kind,
            group=chance.choice(_GROUPS),
            thing=chance.choice(_OBJECTS),
            killed=killed,
            injured=min(int(chance.paretovariate(1.1)), 300) if chance.random() < 0.5 else 0,
            victim=names if killed and chance.random() < 0.3 else None,
            age=chance.randint(16, 80),
        )

    def _told(
        self, happening: Happening, earlier: Happening | None, chance: Random
    ) -> Iterator[tuple[Article, Extraction]]:
        """Every article on one incident: tellings of its own words, and their reprints."""
        tail = next(tail for killed, tail in TELLINGS_TAIL if happening.killed >= killed)
        for telling in range(min(int(chance.paretovariate(tail)), MAX_TELLINGS)):
            composed = _compose(happening, earlier, chance)
            reprints = 0
            if chance.random() < REPRINT_CHANCE:
                reprints = min(int(chance.paretovariate(REPRINTS_TAIL)), MAX_REPRINTS)
            for copy in range(1 + reprints):
                text = composed.text
                if copy and chance.random() < CUT_CHANCE:
                    text = text[: composed.cut_at]
                id_ = f"made-{happening.number}-{telling}-{copy}"
                published = happening.day + dt.timedelta(
                    days=chance.choices((0, 1, 2), (6, 3, 1))[0]
                )
                outlet = f"Outlet {chance.randrange(OUTLETS)}"
                article = _article(id_, text, outlet, published)
                yield article, composed.extraction(article, published)


@dataclass(frozen=True, slots=True)
class Composed:
    """A text and where in it the values stand, so that each reprint gets reports of its own."""

    text: str
    cut_at: int
    """Where a cut reprint ends: after the last sentence that tells anything."""
    told: tuple[Told, ...]
    tally: tuple[int, int] | None

    def extraction(self, article: Article, published: dt.date) -> Extraction:
        """What one copy of the text reports."""
        tallies: tuple[TallyClaim, ...] = ()
        if self.tally is not None:
            span = article.span(*self.tally)
            id_ = content_id("tly", article.id, str(span.start))
            country = self.told[0].happening.town.country
            window = TimeInterval(
                dt.datetime.combine(published.replace(month=1, day=1), dt.time()),
                dt.datetime.combine(published, dt.time()) + dt.timedelta(days=1),
                TimePrecision.AFTER,
            )
            tallies = (
                TallyClaim(
                    id_,
                    article.id,
                    TallyKind.INCIDENTS,
                    Quantity(12, 12, 12, unit="incident"),
                    "attacks",
                    span,
                    window=window,
                    window_span=span,
                    scope_country=country,
                ),
            )
        reports = tuple(
            told.report(article, published, is_main=not number)
            for number, told in enumerate(self.told)
        )
        return Extraction(article.id, VERSION, reports, tallies)


@dataclass(frozen=True, slots=True)
class Told:
    """One incident in a text: the places of its words."""

    happening: Happening
    sentence: tuple[int, int]
    trigger: tuple[int, int]
    place: tuple[int, int]
    killed: tuple[int, int] | None
    injured: tuple[int, int] | None
    weapon: tuple[int, int] | None
    weapon_type: WeaponType | None
    group: tuple[int, int]
    speaker: tuple[int, int]
    speaker_kind: SourceKind
    is_vague: bool

    def report(self, article: Article, published: dt.date, *, is_main: bool) -> Report:
        """The report of it in one article."""
        happening = self.happening

        def words(at: tuple[int, int]) -> tuple[Span, ...]:
            return (article.span(*at),)

        day = happening.day
        basis = TimeBasis.TEXT
        if self.is_vague and is_main:
            day, basis = published, TimeBasis.PUBLISHED
        start = dt.datetime.combine(day, dt.time())
        zone = happening.town.zone
        time = TimeInterval(
            start, start + dt.timedelta(days=1), TimePrecision.DAY, zone, basis=basis
        )
        date = Claim(time, words(self.sentence))
        place: Claim[Place] = Claim(happening.town.place(), words(self.place))
        counts = ((Outcome.KILLED, self.killed), (Outcome.INJURED, self.injured))
        figures = {Outcome.KILLED: happening.killed, Outcome.INJURED: happening.injured}
        trigger = article.span(*self.trigger)
        return Report(
            id=report_id(article.id, VERSION, trigger, happening.kind.type),
            article_id=article.id,
            extractor_version=VERSION,
            is_main=is_main,
            type=Claim(happening.kind.type, (trigger,)),
            trigger=trigger,
            specificity=Specificity.HIGH,
            date=date,
            times=(date,),
            place=place,
            places=(place,),
            weapons=(
                (Claim(Weapon(self.weapon_type), words(self.weapon)),)
                if self.weapon and self.weapon_type
                else ()
            ),
            casualties=tuple(
                Claim(Casualties(outcome, Quantity(*(figures[outcome],) * 3)), words(at))
                for outcome, at in counts
                if at is not None
            ),
            actors=(
                Claim(
                    Actor(article.text[slice(*self.group)], ActorRole.PERPETRATOR),
                    words(self.group),
                ),
            ),
            sources=(
                Claim(
                    Source(article.text[slice(*self.speaker)], self.speaker_kind),
                    words(self.speaker),
                ),
            ),
            sentences=words(self.sentence),
            confidence=0.7,
        )


def _compose(happening: Happening, earlier: Happening | None, chance: Random) -> Composed:
    writer = Composer()
    told = [_tell(writer, happening, chance)]
    for _ in range(chance.randint(2, 4)):
        _add_filler(writer, chance)
    if earlier is not None and chance.random() < RECALL_CHANCE:
        writer.add("The town had been hit before. ")
        told.append(_tell(writer, earlier, chance))
    tally = None
    if chance.random() < TALLY_CHANCE:
        tally = writer.add("twelve attacks since the beginning of the year")
        writer.add(" have been counted there. ")
    cut_at = len(writer.text)
    for _ in range(chance.randint(3, 7)):
        _add_filler(writer, chance)
    return Composed(writer.text, cut_at, tuple(told), tally)


def _tell(writer: Composer, happening: Happening, chance: Random) -> Told:
    """The sentences that tell one incident, in words of this telling."""
    begin = len(writer.text)
    group = writer.add(happening.group)
    writer.add(" ")
    trigger = writer.add(chance.choice(happening.kind.triggers))
    writer.add(f" {happening.thing} ")
    weapon = weapon_type = None
    if happening.kind.weapons and chance.random() < 0.7:
        name, weapon_type = happening.kind.weapons[happening.number % len(happening.kind.weapons)]
        writer.add("with ")
        weapon = writer.add(name)
        writer.add(" ")
    writer.add(chance.choice(("in ", "outside ", "at ", "close to ")))
    place = writer.add(happening.town.name)
    writer.add(f" on {happening.day:%A}")
    killed = injured = None
    if happening.killed:
        writer.add(chance.choice((", killing ", ", leaving dead ")))
        killed = writer.add(f"{happening.killed} people")
    if happening.injured:
        writer.add(chance.choice((" and wounding ", ", with injuries to ")))
        injured = writer.add(f"{happening.injured} others")
    writer.add(", ")
    name, speaker_kind = chance.choice(_SPEAKERS)
    speaker = writer.add(name)
    writer.add(" said. ")
    if happening.victim and chance.random() < 0.5:
        writer.add(f"{happening.victim}, {happening.age}, was among the dead. ")
    _add_filler(writer, chance)
    return Told(
        happening,
        (begin, len(writer.text) - 1),
        trigger,
        place,
        killed,
        injured,
        weapon,
        weapon_type,
        group,
        speaker,
        speaker_kind,
        is_vague=chance.random() < VAGUE_CHANCE,
    )


def _add_filler(writer: Composer, chance: Random) -> None:
    """A sentence that tells nothing: words drawn anew, so that only reprints share its shingles."""

    def thing() -> str:
        return f"the {chance.choice(_ADJECTIVES)} {chance.choice(_NOUNS)}"

    parts: Sequence[str] = (thing(), chance.choice(_VERBS), thing(), chance.choice(_TIMES))
    sentence = " ".join(parts)
    writer.add(f"{sentence[0].upper()}{sentence[1:]}. ")


def _article(id_: str, text: str, outlet: str, published: dt.date) -> Article:
    return Article(
        id=id_,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        outlet=outlet,
        title=text.partition(",")[0],
        language="en",
        published=Published(published, PublishedBasis.METADATA),
        source="made",
    )
