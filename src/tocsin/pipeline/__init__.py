"""The way of a report, all steps joined. The first room to read.

    inputs ─ read ─▶ Article ─ extract ─▶ Reading ─ ground ─▶ Extraction ─ keep ─▶ store
    store ─▶ reports not yet resolved ─ resolve ─▶ clusters ─ fuse ─▶ Incidents ─ keep ─▶ store
                     review decisions ─────┴───────────────────┘ (replayed each time)

`extract_all` is the first line: it needs no store and works article by article, so memory stays
flat. `run` adds the second: every article is kept in the store before it counts as done, and what
was kept but not yet resolved (a killed run, say) is resolved by the next one.

`extracting`, `keeping` and `resolving` are the steps in their order, `running` joins them,
`deciding` replays what people decided, and `looking` works out what a look at the record needs.
"""

from __future__ import annotations

from tocsin.pipeline.deciding import standing_decisions
from tocsin.pipeline.extracting import Extracted, Parts, extract_all, extract_guarded
from tocsin.pipeline.keeping import (
    candidate_keys,
    is_copy,
    keep_extracted,
    kept_keys,
    readable_text,
    to_keep,
)
from tocsin.pipeline.looking import check_tallies, lineages_of, with_current_relations
from tocsin.pipeline.resolving import resolve_pending
from tocsin.pipeline.running import BATCH_ARTICLES, RESOLVE_ARTICLES, RunSummary, run

__all__ = [
    "BATCH_ARTICLES",
    "RESOLVE_ARTICLES",
    "Extracted",
    "Parts",
    "RunSummary",
    "candidate_keys",
    "check_tallies",
    "extract_all",
    "extract_guarded",
    "is_copy",
    "keep_extracted",
    "kept_keys",
    "lineages_of",
    "readable_text",
    "resolve_pending",
    "run",
    "standing_decisions",
    "to_keep",
    "with_current_relations",
]
