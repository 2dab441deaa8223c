"""Step 4, same? Which articles share an origin, which reports tell one incident, and why."""

from __future__ import annotations

from tocsin.resolve.block import BLOCK_VERSION, block_keys, sought_keys
from tocsin.resolve.cluster import Cluster, Link, Neighbours, Resolution, resolve, resolve_tied
from tocsin.resolve.config import ResolveSettings
from tocsin.resolve.identity import incident_id
from tocsin.resolve.lineage import (
    SIGNATURE_VERSION,
    Signature,
    bands,
    is_near_copy,
    lineage_id,
    signature,
)
from tocsin.resolve.memory import PairMemory
from tocsin.resolve.packing import packed_profile
from tocsin.resolve.reprint import compare_texts, descend
from tocsin.resolve.score import SCORE_VERSION, PairScore, score_pair
from tocsin.resolve.sketch import sketch_keys, sketch_of

__all__ = [
    "BLOCK_VERSION",
    "SCORE_VERSION",
    "SIGNATURE_VERSION",
    "Cluster",
    "Link",
    "Neighbours",
    "PairMemory",
    "PairScore",
    "Resolution",
    "ResolveSettings",
    "Signature",
    "bands",
    "block_keys",
    "compare_texts",
    "descend",
    "incident_id",
    "is_near_copy",
    "lineage_id",
    "packed_profile",
    "resolve",
    "resolve_tied",
    "score_pair",
    "signature",
    "sketch_keys",
    "sketch_of",
    "sought_keys",
]
