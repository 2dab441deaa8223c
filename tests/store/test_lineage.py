"""Near-copies share a lineage, whoever came first."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from tests.store.factory import VERSION, article, contents, incident, kept, story
from tocsin.errors import StoreError
from tocsin.records import Article, Extraction
from tocsin.store import Kept, Store, open_store
from tocsin.store.config import StoreSettings
from tocsin.store.keeping import lineage_id_of
from tocsin.store.reading import MAX_ARTICLES_PER_BAND, signed_64


def banded(number: int, bands: list[int], **changes: Any) -> Kept:
    one = kept(number, **changes)
    return Kept(one.article, one.extraction, bands, one.block_keys)


def never(one: Article, other: Article) -> bool:
    raise AssertionError("asked for a judgement")


def test_band_matches_come_by_bands_shared_then_id(store: Store) -> None:
    store.keep_many([banded(3, [1, 2]), banded(1, [1]), banded(2, [1, 2, 3]), banded(4, [9])])
    assert store.band_matches([1, 2, 3]) == ["art_0002", "art_0003", "art_0001"]
    assert store.band_matches([1, 2, 3], limit=1) == ["art_0002"]
    assert store.band_matches([2], exclude="art_0002") == ["art_0003"]
    assert store.band_matches([77]) == []
    assert store.band_matches([]) == []


def test_bands_may_be_signed_or_not(store: Store) -> None:
    store.keep(banded(1, [2**64 - 5]))
    assert store.band_matches([-5]) == ["art_0001"]
    assert signed_64(2**63) == -(2**63)
    assert signed_64(2**63 - 1) == 2**63 - 1


def test_a_crowded_band_is_read_in_part_and_true_copies_come_first(store: Store) -> None:
    crowd = range(MAX_ARTICLES_PER_BAND + 5)
    store.keep_many([Kept(article(n), Extraction(article(n).id, VERSION), [1]) for n in crowd])
    store.keep(banded(9_000, [1, 2, 3]))
    store.keep(banded(9_001, [2, 3]))
    matches = store.band_matches([1, 2, 3], exclude="art_9001", limit=50)
    assert matches[0] == "art_9000"
    assert len(matches) == 50


def test_joined_lineages_take_the_smallest_id(store: Store) -> None:
    store.keep_many([kept(n) for n in range(4)])
    first = store.join_lineages(["art_0000", "art_0001"])
    assert first == min(lineage_id_of("art_0000"), lineage_id_of("art_0001"))
    store.join_lineages(["art_0002", "art_0003"])
    whole = store.join_lineages(["art_0001", "art_0003"])
    own = [lineage_id_of(f"art_{n:04}") for n in range(4)]
    assert whole == min(own)
    assert set(store.lineage_of(f"art_{n:04}" for n in range(4)).values()) == {whole}
    assert store.counts().lineages == 1


def test_joining_an_unknown_article_is_an_error(store: Store) -> None:
    store.keep(kept(1))
    with pytest.raises(StoreError, match="unknown"):
        store.join_lineages(["art_0001", "art_9999"])


def test_reports_whose_lineage_changed_are_unresolved_again(store: Store) -> None:
    pair = [kept(0), kept(1)]
    store.keep_many(pair)
    reports = [r for one in pair for r in one.extraction.reports]
    store.write_incidents(
        [incident(1, *reports)], gone={}, resolved_report_ids=[r.id for r in reports]
    )
    assert store.unresolved() == []
    lineage = store.join_lineages(["art_0000", "art_0001"])
    changed = [n for n in (0, 1) if lineage_id_of(f"art_{n:04}") != lineage]
    assert {c.report.article_id for c in store.unresolved()} == {f"art_{n:04}" for n in changed}
    assert {c.lineage_id for c in store.unresolved()} == {lineage}


def shares_note(one: Article, other: Article) -> bool:
    """A stand-in judge: the notes at the end of two stories share a word."""
    notes = (set(a.text.rpartition("revenge. ")[2].split()) for a in (one, other))
    return bool(set.intersection(*notes))


def test_copies_are_joined_in_any_order_of_arrival(tmp_path: Path, settings: StoreSettings) -> None:
    bands = [1, 2, 3]
    batch = [
        banded(0, bands, text=story(0, note="alpha")),
        banded(1, bands, text=story(1, note="alpha beta")),
        banded(2, bands, text=story(2, note="beta")),
        banded(3, bands, text=story(3, note="gamma")),
    ]
    seen = []
    orders = list(itertools.permutations(batch))[::3]
    for number, order in enumerate(orders):
        with open_store(str(tmp_path / f"{number}.db"), settings) as store:
            for one in order:
                store.keep(one, is_copy=shares_note)
            seen.append(contents(store))
    assert all(one == seen[0] for one in seen)
    lineages = seen[0]["lineages"]
    assert lineages["art_0000"] == lineages["art_0001"] == lineages["art_0002"]
    assert lineages["art_0003"] != lineages["art_0000"]


def test_a_copy_of_a_superseded_text_is_a_copy(store: Store) -> None:
    store.keep(banded(1, [1], text=story(1, note="alpha")), is_copy=shares_note)
    store.keep(banded(1, [2], text=story(1, note="omega")), is_copy=shares_note)
    store.keep(banded(2, [1], text=story(2, note="alpha")), is_copy=shares_note)
    assert store.counts().lineages == 1


def test_nothing_is_judged_without_a_shared_band_or_twice(store: Store) -> None:
    store.keep_many([banded(1, [1]), banded(2, [2])], is_copy=never)
    store.keep_many([banded(1, [1])], is_copy=never)
