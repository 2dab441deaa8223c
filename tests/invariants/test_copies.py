"""A verbatim copy is another page and nothing more."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.invariants.conftest import SETTINGS, add, ready, record
from tocsin.pipeline import Parts
from tocsin.records import Alternative, FusedField, Incident
from tocsin.store import Kept, Store, open_store


def told(thing: Any) -> Any:
    """What is concluded, without whose page it stands on: values, rivals, verdicts, counts."""
    if isinstance(thing, FusedField):
        rivals = sorted({repr(told(other)) for other in thing.alternatives})
        return thing.value, thing.rule, thing.agreement, rivals, thing.pinned_by
    if isinstance(thing, Alternative):
        return thing.value, thing.note
    if isinstance(thing, tuple | list):
        return [told(inner) for inner in thing]
    if isinstance(thing, Incident):
        conflicts = [(c.field, c.verdict, [s.value for s in c.sides]) for c in thing.conflicts]
        corroboration = replace(thing.corroboration, articles=0, reports=0)
        left_out = {"id", "reports", "conflicts", "corroboration", "relations", "confidence"}
        return {
            "conflicts": conflicts,
            "corroboration": corroboration,
            "relations": [(r.kind, r.hedged) for r in thing.relations],
            **{
                field.name: told(getattr(thing, field.name))
                for field in fields(thing)
                if field.name not in left_out
            },
        }
    return thing


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_verbatim_copy_changes_the_counts_of_pages_alone(
    corpus: list[Kept],
    parts: Parts,
    tmp_path_factory: Any,
    data: st.DataObject,
) -> None:
    telling = [kept for kept in corpus if kept.extraction.reports]
    original = data.draw(st.sampled_from(telling), label="original").article
    article = replace(original, id="copy of a page", outlet="Echo", url=None)
    path = tmp_path_factory.mktemp("copies") / "record.db"
    with open_store(str(path), SETTINGS.store) as store:
        add(store, corpus)
        before = record(store)
        add(store, [ready(article, parts.extract(article))])
        after = record(store)
        lineages = store.lineage_of([original.id, article.id])
        assert lineages[original.id] == lineages[article.id]
        assert len(after) == len(before)
        grown = 0
        for incident_id, incident in before.items():
            now = _now(store, incident_id)
            assert told(now) == told(incident)
            grown += now.corroboration.articles - incident.corroboration.articles
        assert grown == len(
            {_now(store, i.id).id for i in before.values() if _tells(i, original.id)}
        )


def _tells(incident: Incident, article_id: str) -> bool:
    return any(member.article_id == article_id for member in incident.reports)


def _now(store: Store, incident_id: str) -> Incident:
    stored = store.incident(incident_id)
    assert stored is not None
    return stored.incident
