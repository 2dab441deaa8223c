"""A packed profile is the profile."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.resolve.factory import tell
from tests.resolve.test_cluster import report_sets
from tocsin.resolve import sketch_of
from tocsin.resolve.packing import PROFILE_VERSION, pack_profile, packed_profile, unpack_profile
from tocsin.resolve.profile import profile

TOLD = tell(
    "a1",
    "Amal Rashid Noor, 34, died on Mill Street in another blast near the market.",
    killed=3,
    sketch=sketch_of("Blast", "A blast tore through the market near Mill Street."),
)


@settings(max_examples=40, deadline=None)
@given(report_sets(), st.sampled_from([b"", TOLD.sketch]))
def test_packing_loses_nothing(reports, sketch) -> None:  # type: ignore[no-untyped-def]
    for context in reports:
        whole = profile(replace(context, sketch=sketch))
        packed = pack_profile(whole)
        assert unpack_profile(packed, lineage=whole.lineage, sketch=sketch) == whole
        assert pack_profile(whole) == packed


def test_what_another_version_packed_is_not_read() -> None:
    packed = packed_profile(TOLD)
    other = bytes([PROFILE_VERSION + 1]) + packed[1:]
    assert unpack_profile(other, lineage="l", sketch=b"") is None
    assert unpack_profile(b"", lineage="l", sketch=b"") is None


def test_a_profile_that_changed_has_a_new_version() -> None:
    digest = hashlib.sha256(packed_profile(TOLD)).hexdigest()[:12]
    assert (PROFILE_VERSION, digest) == (1, "e35ab925a50c")
