"""Decisions as they are asked for, by JSON or by a form: one model for each act of review."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from tocsin import desk
from tocsin.api.access import DEFAULT_REVIEWER, known_incident
from tocsin.api.errors import NotFound
from tocsin.api.writing import known_decision
from tocsin.config import Settings
from tocsin.desk import By
from tocsin.desk.shown import find_place, shown_words
from tocsin.records import Evidence, Incident, ReviewDecision
from tocsin.records.vocab import RelationKind
from tocsin.review import FieldName, read_typed
from tocsin.store import Store, StoreView

MAX_REASON_CHARS = 2_000
MAX_VALUE_CHARS = 4_000
MAX_NAMED = 100
"""Incidents, reports or articles that one decision names at most."""

Id = Annotated[str, Field(min_length=1, max_length=4_000)]
OFFSET = Field(ge=0, le=10**9)


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: str = Field("", max_length=MAX_REASON_CHARS)
    reviewer: str = Field(
        DEFAULT_REVIEWER,
        min_length=1,
        max_length=100,
        description="Who decides, where nobody is signed in.",
    )


class AskedMerge(_Asked):
    """The incidents are one."""

    kind: Literal["merge"]
    incidents: list[Id] = Field(min_length=2, max_length=MAX_NAMED)

    def act(self, store: Store, _: Settings, by: By) -> ReviewDecision:
        """The decision, not yet carried out."""
        return desk.merge(store, [_incident(store, id_) for id_ in self.incidents], by)


class AskedApart(_Asked):
    """Two incidents that are alike are two."""

    kind: Literal["keep_apart"]
    incidents: list[Id] = Field(min_length=2, max_length=2)

    def act(self, store: Store, _: Settings, by: By) -> ReviewDecision:
        """The decision, not yet carried out."""
        one, other = (_incident(store, id_) for id_ in self.incidents)
        return desk.keep_apart(store, one, other, by)


class AskedSplit(_Asked):
    """Some reports of an incident, named by report or article ids, tell another one."""

    kind: Literal["split"]
    incident: Id
    members: list[Id] = Field(min_length=1, max_length=MAX_NAMED)

    def act(self, store: Store, _: Settings, by: By) -> ReviewDecision:
        """The decision, not yet carried out."""
        return desk.split(store, _incident(store, self.incident), self.members, by)


class AskedConfirmation(_Asked):
    """An incident is as it stands; or a decision that was offered anew holds."""

    kind: Literal["confirm"]
    incident: Id | None = None
    decision: Id | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.incident is None) == (self.decision is None):
            raise ValueError("names either an incident or a decision")
        return self

    def act(self, store: Store, _: Settings, by: By) -> ReviewDecision:
        """The decision, not yet carried out."""
        if self.decision is not None:
            return desk.renew(store, known_decision(store, self.decision), by)
        return desk.confirm(store, _incident(store, self.incident or ""), by)


class AskedRejection(_Asked):
    """There was no such incident."""

    kind: Literal["reject"]
    incident: Id

    def act(self, store: Store, _: Settings, by: By) -> ReviewDecision:
        """The decision, not yet carried out."""
        return desk.reject(store, _incident(store, self.incident), by)


class AskedWords(BaseModel):
    """Words of an article shown for a value; `quote` finds them where the offsets are only near."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    article_id: Id
    start: int = OFFSET
    end: int = OFFSET
    quote: str | None = Field(None, max_length=MAX_VALUE_CHARS)

    def found(self, store: StoreView) -> Evidence:
        """The words themselves. Raises NotFound, or ReviewError where they are not there."""
        article = store.article(self.article_id)
        if article is None:
            raise NotFound("article", self.article_id)
        return shown_words(article, self.start, self.end, self.quote)


class AskedEdit(_Asked):
    """Fields have these values, typed as for `tocsin review edit` or as the store's JSON."""

    kind: Literal["edit"]
    incident: Id
    values: dict[FieldName, Annotated[str, Field(max_length=MAX_VALUE_CHARS)]] = Field(min_length=1)
    words: dict[FieldName, AskedWords] = Field(default_factory=dict)

    def act(self, store: Store, settings: Settings, by: By) -> ReviewDecision:
        """The decision, not yet carried out."""
        incident = _incident(store, self.incident)
        values = {
            name: typed_value(name, text, incident, settings) for name, text in self.values.items()
        }
        words = {name: asked.found(store) for name, asked in self.words.items()}
        return desk.edit(store, incident, values, by, words)


class AskedPin(_Asked):
    """Fields keep the values they have."""

    kind: Literal["pin"]
    incident: Id
    fields: list[FieldName] = Field(min_length=1, max_length=len(FieldName))

    def act(self, store: Store, _: Settings, by: By) -> ReviewDecision:
        """The decision, not yet carried out."""
        return desk.pin(store, _incident(store, self.incident), self.fields, by)


class AskedRelation(_Asked):
    """One incident stands in a relation to another."""

    kind: Literal["relate"]
    incident: Id
    relation: RelationKind
    to: Id

    def act(self, store: Store, _: Settings, by: By) -> ReviewDecision:
        """The decision, not yet carried out."""
        one, other = _incident(store, self.incident), _incident(store, self.to)
        return desk.relate(store, one, self.relation, other, by)


class AskedUndo(_Asked):
    """A decision is withdrawn; an undo too."""

    kind: Literal["undo"]
    decision: Id

    def act(self, store: Store, _: Settings, by: By) -> ReviewDecision:
        """The decision, not yet carried out."""
        return desk.undo(store, known_decision(store, self.decision), by)


AskedDecision = Annotated[
    AskedMerge
    | AskedApart
    | AskedSplit
    | AskedConfirmation
    | AskedRejection
    | AskedEdit
    | AskedPin
    | AskedRelation
    | AskedUndo,
    Field(discriminator="kind"),
]
ASKED: TypeAdapter[AskedDecision] = TypeAdapter(AskedDecision)


def typed_value(name: FieldName, text: str, incident: Incident, settings: Settings) -> str:
    """JSON text of a typed value; a date is meant in the zone the incident has.

    Raises RecordError naming the field where it is no value of it.
    """
    zone = incident.date.value.zone if incident.date else None
    return read_typed(name, text, zone=zone, find_place=lambda typed: find_place(typed, settings))


def _incident(store: StoreView, incident_id: str) -> Incident:
    return known_incident(store, incident_id).incident
