"""The closed vocabularies of the incident model, each a string enumeration.

The values are the words that stand in JSON, in the store and in exports. Where the labelling guide
of the gold data knows a value the model's first draft lacked (`execution`, `medical`, `school`), it
is kept here: see docs/decisions/0003-vocabulary.md.
"""

from __future__ import annotations

from enum import StrEnum


class RegionKind(StrEnum):
    """What a stretch of an article's text is. Only `body`, `headline`, `caption` and
    `editorial_notice` are read for reports; the others never carry a value."""

    BODY = "body"
    HEADLINE = "headline"
    DATELINE = "dateline"
    CAPTION = "caption"
    RELATED_LINK = "related_link"
    BOILERPLATE = "boilerplate"
    EDITORIAL_NOTICE = "editorial_notice"
    DUPLICATE = "duplicate"


class PublishedBasis(StrEnum):
    """How the publication time of an article is known."""

    METADATA = "metadata"
    DATELINE = "dateline"
    PRINTED = "printed"
    INFERRED = "inferred"
    EXTERNAL = "external"
    UNKNOWN = "unknown"


class OutletKind(StrEnum):
    AGENCY = "agency"
    NEWSPAPER = "newspaper"
    BROADCASTER = "broadcaster"
    MILITARY_NEWS = "military_news"
    NGO = "ngo"
    OFFICIAL = "official"
    AGGREGATOR = "aggregator"
    SOCIAL = "social"
    UNKNOWN = "unknown"


class SourceKind(StrEnum):
    """What kind of speaker vouches for a statement."""

    OFFICIAL_MILITARY = "official_military"
    OFFICIAL_CIVIL = "official_civil"
    OFFICIAL = "official"
    POLICE = "police"
    MEDICAL = "medical"
    RESPONDER = "responder"
    EYEWITNESS = "eyewitness"
    JOURNALIST_WITNESS = "journalist_witness"
    ARMED_GROUP = "armed_group"
    FOREIGN_OFFICIAL = "foreign_official"
    ANONYMOUS_OFFICIAL = "anonymous_official"
    NGO = "ngo"
    DOCUMENT = "document"
    OTHER_MEDIA = "other_media"
    OUTLET = "outlet"


class Certainty(StrEnum):
    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNCERTAIN = "uncertain"
    COUNTERFACTUAL = "counterfactual"


class Polarity(StrEnum):
    AFFIRMED = "affirmed"
    DENIED = "denied"


class Reality(StrEnum):
    ACTUAL = "actual"
    HISTORICAL = "historical"
    PLANNED = "planned"
    THREATENED = "threatened"
    HYPOTHETICAL = "hypothetical"
    GENERIC = "generic"


class AttributionBasis(StrEnum):
    DIRECT_QUOTE = "direct_quote"
    PARAPHRASE = "paraphrase"
    WITNESS = "witness"
    UNSOURCED = "unsourced"


class IncidentType(StrEnum):
    """Means and form of an incident (section 3 of the incident model)."""

    INDIRECT_FIRE = "indirect_fire"
    AIR_STRIKE = "air_strike"
    BOMBING = "bombing"
    SUICIDE_BOMBING = "suicide_bombing"
    GRENADE_ATTACK = "grenade_attack"
    CBRN_ATTACK = "cbrn_attack"
    ARMED_CLASH = "armed_clash"
    TERRITORY_TAKEN_STATE = "territory_taken_state"
    TERRITORY_TAKEN_NONSTATE = "territory_taken_nonstate"
    ARMED_ATTACK = "armed_attack"
    EXECUTION = "execution"
    MELEE_ATTACK = "melee_attack"
    ABDUCTION = "abduction"
    HOSTAGE_SIEGE = "hostage_siege"
    HIJACKING = "hijacking"
    SEXUAL_VIOLENCE = "sexual_violence"
    ARSON_SABOTAGE = "arson_sabotage"
    VIOLENT_DEMONSTRATION = "violent_demonstration"
    MOB_VIOLENCE = "mob_violence"
    PROTEST = "protest"
    VIOLENCE_AGAINST_PROTEST = "violence_against_protest"
    ARREST_RAID = "arrest_raid"
    INTERCEPTION = "interception"
    OTHER_ATTACK = "other_attack"


class Modifier(StrEnum):
    TARGETED_KILLING = "targeted_killing"
    SUICIDE = "suicide"
    COMPLEX = "complex"
    FAILED = "failed"
    INTERCEPTED = "intercepted"
    HOSTAGE = "hostage"


class Stage(StrEnum):
    ACCOMPLISHED = "accomplished"
    ATTEMPTED = "attempted"
    FOILED = "foiled"


class Specificity(StrEnum):
    """`low`: a mention that can hardly be told apart from others of its kind."""

    HIGH = "high"
    LOW = "low"


class TimePrecision(StrEnum):
    """How fine a time is, finest first."""

    MINUTE = "minute"
    HOUR = "hour"
    PART_OF_DAY = "part_of_day"
    DAY = "day"
    DAYS = "days"
    WEEK = "week"
    MONTH_PART = "month_part"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    BEFORE = "before"
    AFTER = "after"
    UNKNOWN = "unknown"


class ZoneBasis(StrEnum):
    STATED = "stated"
    PLACE_OF_EVENT = "place_of_event"
    DATELINE = "dateline"
    OUTLET = "outlet"
    UNKNOWN = "unknown"


class TimeBasis(StrEnum):
    """What a date rests on: words of the text, the publication day, or a named inference."""

    TEXT = "text"
    PUBLISHED = "published"
    INFERRED = "inferred"


class PlacePrecision(StrEnum):
    """How fine a place is, finest first."""

    POINT = "point"
    SITE = "site"
    NEAR = "near"
    ZONE = "zone"
    SETTLEMENT = "settlement"
    ADM2 = "adm2"
    ADM1 = "adm1"
    REGION = "region"
    COUNTRY = "country"
    UNKNOWN = "unknown"


class PlaceRole(StrEnum):
    """Only `impact` and `target_site` say where an incident happened."""

    IMPACT = "impact"
    LAUNCH = "launch"
    NEAR_LANDMARK = "near_landmark"
    TARGET_SITE = "target_site"
    MEETING_POINT = "meeting_point"
    VICTIM_ORIGIN = "victim_origin"
    DATELINE = "dateline"


LOCATING_ROLES = frozenset({PlaceRole.IMPACT, PlaceRole.TARGET_SITE})
"""The roles of places where an incident happened."""


class WeaponType(StrEnum):
    FIREARM = "firearm"
    ROCKET = "rocket"
    MORTAR = "mortar"
    ARTILLERY = "artillery"
    MISSILE_BALLISTIC = "missile.ballistic"
    MISSILE_CRUISE = "missile.cruise"
    MISSILE_ANTITANK = "missile.antitank"
    MISSILE_UNSPECIFIED = "missile.unspecified"
    DRONE_ONE_WAY = "drone.one_way"
    DRONE_ARMED = "drone.armed"
    DRONE_UNSPECIFIED = "drone.unspecified"
    AIR_UNSPECIFIED = "air.unspecified"
    AIR_CREWED = "air.crewed"
    IED = "ied"
    VEHICLE_BOMB = "vehicle_bomb"
    SUICIDE_VEST = "suicide_vest"
    MINE = "mine"
    GRENADE = "grenade"
    EXPLOSIVE_UNSPECIFIED = "explosive.unspecified"
    INCENDIARY = "incendiary"
    MELEE = "melee"
    VEHICLE_RAMMING = "vehicle_ramming"
    CHEMICAL = "chemical"
    BIOLOGICAL = "biological"
    RADIOLOGICAL = "radiological"
    NONE = "none"
    OTHER = "other"
    UNKNOWN = "unknown"

    @property
    def family(self) -> str:
        """The part before the dot: `missile.cruise` -> `missile`."""
        return self.value.partition(".")[0]


class TargetKind(StrEnum):
    GOVERNMENT_ZONE = "government_zone"
    DIPLOMATIC = "diplomatic"
    GOVERNMENT = "government"
    MILITARY_BASE = "military_base"
    MILITARY = "military"
    FOREIGN_MILITARY = "foreign_military"
    POLICE = "police"
    MILITIA = "militia"
    AIRPORT = "airport"
    ENERGY = "energy"
    TRANSPORT = "transport"
    RELIGIOUS = "religious"
    RESIDENTIAL = "residential"
    COMMERCIAL = "commercial"
    MEDIA = "media"
    AID = "aid"
    MEDICAL = "medical"
    SCHOOL = "school"
    CIVILIANS = "civilians"
    PARTY_OFFICE = "party_office"
    INDIVIDUAL = "individual"
    OTHER = "other"


class ActorRole(StrEnum):
    """Did, claimed, denied, blamed and suspected are different things, each with its speaker."""

    PERPETRATOR = "perpetrator"
    CLAIMED = "claimed"
    DENIED = "denied"
    BLAMED = "blamed"
    SUSPECTED = "suspected"
    ORDERED = "ordered"
    ASSOCIATED = "associated"
    TARGET = "target"
    VICTIM = "victim"
    RESPONDER = "responder"
    UNKNOWN = "unknown"


class ActorLevel(StrEnum):
    """`series`: said of many attacks; it never becomes authorship of one."""

    INCIDENT = "incident"
    SERIES = "series"


class ActorClass(StrEnum):
    STATE_FORCES = "state_forces"
    REBEL = "rebel"
    POLITICAL_MILITIA = "political_militia"
    IDENTITY_MILITIA = "identity_militia"
    EXTERNAL_FORCES = "external_forces"
    PRIVATE_SECURITY = "private_security"
    PROTESTERS = "protesters"
    RIOTERS = "rioters"
    CIVILIANS = "civilians"
    CRIMINAL = "criminal"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """What happened to the persons a casualty figure counts."""

    KILLED = "killed"
    INJURED = "injured"
    MISSING = "missing"
    ABDUCTED = "abducted"
    ARRESTED = "arrested"


class VictimGroup(StrEnum):
    CIVILIAN = "civilian"
    SECURITY_FORCE = "security_force"
    FOREIGN_MILITARY = "foreign_military"
    CONTRACTOR = "contractor"
    MILITANT = "militant"
    ATTACKER = "attacker"
    OFFICIAL = "official"
    DIPLOMAT = "diplomat"
    JOURNALIST = "journalist"
    AID_WORKER = "aid_worker"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class QuantityStatus(StrEnum):
    """How a count was given. `none_stated` says there were none; `none_reported` only that none
    were known."""

    STATED = "stated"
    IMPLIED = "implied"
    VAGUE = "vague"
    NONE_STATED = "none_stated"
    NONE_IMPLIED = "none_implied"
    NONE_REPORTED = "none_reported"
    NOT_STATED = "not_stated"


class DamageLevel(StrEnum):
    NONE = "none"
    MINOR = "minor"
    MATERIAL_UNSPECIFIED = "material_unspecified"
    SOME = "some"
    SEVERE = "severe"
    DESTROYED = "destroyed"


class EffectKind(StrEnum):
    SIRENS = "sirens"
    EXPLOSIONS_HEARD = "explosions_heard"
    AIRSPACE_CLOSED = "airspace_closed"
    EVACUATION = "evacuation"
    ARRESTS = "arrests"
    WEAPONS_SEIZED = "weapons_seized"


class StatementKind(StrEnum):
    THREAT = "threat"
    CLAIM = "claim"
    DENIAL = "denial"
    CONDEMNATION = "condemnation"
    ASSESSMENT = "assessment"
    ACCUSATION = "accusation"
    VOW = "vow"


class TallyKind(StrEnum):
    """What an aggregate claim counts. `strength` (troops, members) is kept and ignored."""

    INCIDENTS = "incidents"
    CASUALTIES = "casualties"
    STRENGTH = "strength"


class IncludesCurrent(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Agreement(StrEnum):
    """How the reports of one incident agree on one field."""

    AGREE = "agree"
    COMPATIBLE = "compatible"
    COMPLEMENTARY = "complementary"
    CONFLICT = "conflict"
    SINGLE = "single"


class IncidentStatus(StrEnum):
    """`rejected`: a person said that it is no incident; it is shown only where asked for."""

    UNCONFIRMED = "unconfirmed"
    CORROBORATED = "corroborated"
    DISPUTED = "disputed"
    RETRACTED = "retracted"
    REJECTED = "rejected"


class ConflictVerdict(StrEnum):
    """Why the sides of a conflict differ; only `open` is a dispute."""

    ZONE_READING = "zone_reading"
    WORDING = "wording"
    PRECISION = "precision"
    SCOPE = "scope"
    CERTAINTY = "certainty"
    COMPLEMENTARY = "complementary"
    ATTRIBUTION = "attribution"
    SAME_SOURCE = "same_source"
    COREFERENCE = "coreference"
    OPEN = "open"


class RelationKind(StrEnum):
    SAME_SERIES = "same_series"
    PART_OF = "part_of"
    FOLLOWS = "follows"
    RETALIATION_FOR = "retaliation_for"
    IN_RESPONSE_TO = "in_response_to"
    TRIGGERED = "triggered"
    PRECEDED_BY_THREAT = "preceded_by_threat"
    COORDINATED_WITH = "coordinated_with"
    IN_TALLY = "in_tally"
    DUPLICATE_OF = "duplicate_of"


TO_ASIDES = frozenset({RelationKind.PRECEDED_BY_THREAT, RelationKind.IN_TALLY})
"""Relations to what is said beside incidents: a statement, an aggregate claim."""


class DecisionKind(StrEnum):
    MERGE = "merge"
    SPLIT = "split"
    EDIT = "edit"
    CONFIRM = "confirm"
    REJECT = "reject"
    UNMERGE = "unmerge"
    RELATE = "relate"
    PIN = "pin"
    UNDO = "undo"
