"""Profiles packed: what is compared of a report, small enough to be kept beside it.

A report is compared with some hundred candidates, few of which are its like. To put each of them
together again from its claims, and to read its sentences anew for names and streets, costs ten
times what comparing does. A packed profile is one byte of version and JSON.

The lineage is left out, because it may change, and the sketch, which is kept already.
"""

from __future__ import annotations

import json
from dataclasses import replace

from tocsin.records import ReportInContext
from tocsin.records.codec import from_json, to_json
from tocsin.resolve.profile import Profile, profile

PROFILE_VERSION = 1
"""0 to 255. To be raised whenever a report gets another profile than before: what is packed under
another version is made anew from its report."""

_SETS = ("actors", "place_names", "targets", "weapons")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def pack_profile(one: Profile) -> bytes:
    """The profile, packed; equal profiles give equal bytes."""
    record = json.loads(to_json(replace(one, lineage="", sketch=b"")))
    details = record["details"]
    for sets, name in [(record, name) for name in _SETS] + [(details, name) for name in details]:
        sets[name].sort()
    return bytes([PROFILE_VERSION]) + _ENCODER.encode(record).encode()


def packed_profile(context: ReportInContext) -> bytes:
    """What is compared of a report in its context, packed."""
    return pack_profile(profile(context))


def unpack_profile(packed: bytes, *, lineage: str, sketch: bytes) -> Profile | None:
    """The profile; None where it was packed under another version, or not at all."""
    if not packed or packed[0] != PROFILE_VERSION:
        return None
    found = from_json(Profile, packed[1:])
    # Nobody else has it yet. `replace` would copy its thirty fields, which costs as much as reading
    # them, a hundred times for each report that looks for its like.
    object.__setattr__(found, "lineage", lineage)
    object.__setattr__(found, "sketch", sketch)
    return found
