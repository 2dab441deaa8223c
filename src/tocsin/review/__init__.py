"""Review: what people decided, replayed over what the reports say.

standing = replay(decisions, find_again(...))     # the log, in order, without what was withdrawn
resolve(..., rulings=standing.rulings)            # which reports belong together, which do not
decided(fuse(reports), standing, owner)           # pins, verdicts and stated relations
agreements(decisions)                             # how alike reviewers judge
"""

from __future__ import annotations

from tocsin.review.agreement import Agreement, PairAgreement, Question, agreements
from tocsin.review.anchors import find_again
from tocsin.review.apply import decided
from tocsin.review.fields import FIELDS, FieldName, parse_value, value_text
from tocsin.review.replay import NOTHING_STANDS, Standing, active, replay, withdrawn
from tocsin.review.typed import read_typed

__all__ = [
    "FIELDS",
    "NOTHING_STANDS",
    "Agreement",
    "FieldName",
    "PairAgreement",
    "Question",
    "Standing",
    "active",
    "agreements",
    "decided",
    "find_again",
    "parse_value",
    "read_typed",
    "replay",
    "value_text",
    "withdrawn",
]
