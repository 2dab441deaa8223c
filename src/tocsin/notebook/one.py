"""OneIncident: an incident with the words that each of its values rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tocsin.errors import InputError
from tocsin.notebook.html import facts, page, quoted
from tocsin.pipeline import with_current_relations
from tocsin.publish.contract import Json, incident_json
from tocsin.publish.show import told_fields
from tocsin.publish.table import status_words
from tocsin.publish.wording import spoken
from tocsin.records import Evidence, FusedField, Incident, Quantity, TimeInterval
from tocsin.store import StoredIncident, StoreView

FIELDS = (
    "type",
    "date",
    "place",
    "killed",
    "injured",
    "attackers_killed",
    "weapons",
    "targets",
    "actors",
    "other_casualties",
    "damage",
    "effects",
)
"""Fields of an incident that have evidence, by their names in docs/contract.md."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an article that a value rests on."""

    text: str
    article_id: str
    start: int
    end: int
    """Code points of the article's stored text, end excluded."""
    outlet: str | None
    published: dt.date | None
    url: str | None

    def __str__(self) -> str:
        day = self.published.isoformat() if self.published else None
        said = ", ".join(filter(None, (self.outlet, day)))
        return f"“{self.text}” ({said or self.article_id})"


class OneIncident:
    """One incident as it was when it was asked for; `incident` is the record itself."""

    def __init__(
        self, store: StoreView, stored: StoredIncident, as_of: dt.datetime | None = None
    ) -> None:
        self._store = store
        self._stored = stored
        self._as_of = as_of

    @property
    def incident(self) -> Incident:
        """The frozen record: every fused value with its rule, alternatives and conflicts."""
        return self._stored.incident

    @property
    def id(self) -> str:
        """`inc_` and 24 hex digits."""
        return self.incident.id

    @property
    def title(self) -> str:
        """Made of the fused values, never of one outlet's wording."""
        return self.incident.title

    @property
    def type(self) -> str:
        """The form: `indirect_fire`, `bombing` ..."""
        return self.incident.type.value.value

    @property
    def status(self) -> str:
        """`unconfirmed`, `corroborated`, `disputed`, `retracted` or `rejected`."""
        return self.incident.status.value

    @property
    def date(self) -> TimeInterval | None:
        """When; None where nothing says so."""
        return self.incident.date.value if self.incident.date else None

    @property
    def killed(self) -> Quantity | None:
        """How many died, attackers left out; None where nothing says so."""
        return self.incident.killed.value if self.incident.killed else None

    @property
    def injured(self) -> Quantity | None:
        """How many were hurt, attackers left out; None where nothing says so."""
        return self.incident.injured.value if self.incident.injured else None

    def evidence(self, field: str | None = None) -> list[Quote]:
        """The words that a field rests on, or all fields; each once, in the order of the fields.

        Raises InputError for a field that is none of FIELDS.
        """
        if field is not None and field not in FIELDS:
            raise InputError(f"field: {field!r} is none of {', '.join(FIELDS)}")
        names = FIELDS if field is None else (field,)
        found = dict.fromkeys(words for name in names for words in self._evidence(name))
        return [self._quote(words) for words in found]

    def _evidence(self, name: str) -> Iterator[Evidence]:
        held: Any = getattr(self.incident, name)
        fields: tuple[FusedField[Any] | None, ...] = held if isinstance(held, tuple) else (held,)
        for one in fields:
            if one is not None:
                yield from one.evidence

    def _quote(self, words: Evidence) -> Quote:
        article = self._store.article(words.article_id)
        return Quote(
            text=words.span.text,
            article_id=words.article_id,
            start=words.span.start,
            end=words.span.end,
            outlet=article.outlet if article else None,
            published=article.published.date if article and article.published else None,
            url=article.url if article else None,
        )

    def json(self) -> Json:
        """As contract JSON, docs/contract.md; relations lead to incidents as they are now."""
        return incident_json(
            with_current_relations(self._store, self.incident, as_of=self._as_of),
            first_seen=self._stored.first_seen,
            last_changed=self._stored.last_changed,
        )

    def __repr__(self) -> str:
        return f"<OneIncident {self.id}: {self.title}>"

    def _repr_html_(self) -> str:
        incident = self.incident
        told = [
            (label, spoken(field.value), [quoted(str(self._quote(e))) for e in field.evidence[:3]])
            for label, field in told_fields(incident)
        ]
        origins = incident.corroboration
        head = facts(
            incident.title,
            {
                "id": incident.id,
                "status": status_words(incident),
                "told by": f"{origins.articles} articles of {origins.lineages} independent origins",
            },
        )
        return head + page(told)
