"""The inbox: what breaks a stage is set aside with its error, and stops nothing else."""

from __future__ import annotations

import dataclasses
import errno
from collections.abc import Iterator
from typing import Any

import pytest

from tests.watch.world import World, article_page
from tocsin.errors import StoreError
from tocsin.pipeline import Parts
from tocsin.records import Article, Extraction
from tocsin.store import Received, Store
from tocsin.watch.intake import MAX_ATTEMPTS, Intake
from tocsin.watch.visits import article_id

POISON = "hydra"


@dataclasses.dataclass(frozen=True, slots=True)
class Breaking:
    """Parts that break on one word."""

    parts: Parts

    @property
    def extractor(self) -> Any:
        return self.parts.extractor

    def extract(self, article: Article) -> Extraction:
        if POISON in article.text:
            raise ZeroDivisionError("of the word")
        return self.parts.extract(article)


def received(number: int, body: str | bytes | None = None, kind: str = "text/html") -> Received:
    body = article_page(number) if body is None else body
    url = f"http://a.example/{number}"
    return Received(
        source=url,
        body=body.encode() if isinstance(body, str) else body,
        kind=kind,
        charset=None,
        article_id=article_id(url),
        url=url,
        outlet="A",
        title=None,
        published="2021-03-01",
    )


@pytest.fixture
def store(world: World) -> Iterator[Store]:
    with world.opened() as opened:
        yield opened


def take_in(store: Store, world: World, parts: Any) -> int:
    intake, taken = Intake(store, parts, world.settings()), 0
    while step := intake.step(2):
        taken += step
    return taken


def test_what_breaks_a_stage_is_set_aside_and_the_rest_goes_on(
    store: Store, world: World, parts: Parts
) -> None:
    poisoned = article_page(2, note=f"A {POISON} was seen.")
    documents = [
        received(1),
        received(2, poisoned),
        received(3, b"\x89PNG\r\n\x1a\n\0\0", "image/png"),
        received(4, ""),
        received(5, '{"items": ' + "[" * 50_000, "application/feed+json"),
        received(6),
    ]
    store.save_poll(None, received=documents)
    assert take_in(store, world, Breaking(parts)) == 6
    found = {item.received.source[-1]: item for item in store.quarantined()}
    assert {number: item.stage for number, item in found.items()} == {
        "2": "extract",
        "3": "read",
        "4": "read",
        "5": "read",
    }
    assert "ZeroDivisionError: of the word" in (found["2"].error or "")
    assert store.counts().articles == 2
    assert store.inbox_counts().waiting == 0

    assert store.release([found["2"].key]) == 1, "the reader was mended"
    assert take_in(store, world, parts) == 1
    assert store.counts().articles == 3
    assert len(store.quarantined()) == 3
    assert store.release() == 3, "or all are tried again"
    take_in(store, world, parts)
    assert len(store.quarantined()) == 3


def test_a_document_that_ends_the_process_is_set_aside_in_the_end(
    store: Store, world: World, parts: Parts
) -> None:
    store.save_poll(None, received=[received(1), received(2)])
    for _ in range(MAX_ATTEMPTS):
        assert store.take_inbox(1), "begun, and the process ended"
    assert take_in(store, world, parts) == 2
    (item,) = store.quarantined()
    assert (item.received.source[-1], item.stage) == ("1", "start")
    assert store.counts().articles == 1


def test_a_document_taken_in_twice_is_one_article(store: Store, world: World, parts: Parts) -> None:
    store.save_poll(None, received=[received(1)])
    take_in(store, world, parts)
    before = list(store.incidents())
    store.save_poll(None, received=[received(1)])
    take_in(store, world, parts)
    assert list(store.incidents()) == before
    (article,) = store.articles()
    assert len(store.article_versions(article.id)) == 1


def test_an_id_of_another_article_is_no_revision(store: Store, world: World, parts: Parts) -> None:
    first = received(1)
    elsewhere = "<html><body><p>The river rose above its banks near the old mill, and shopkeepers"
    elsewhere += (
        " carried their goods upstairs, said the mayor of the lower town.</p></body></html>"
    )
    other = dataclasses.replace(received(2, elsewhere), article_id=first.article_id)
    store.save_poll(None, received=[first, other])
    take_in(store, world, parts)
    (item,) = store.quarantined()
    assert item.stage == "keep"
    assert "taken by another article" in (item.error or "")


def test_a_full_disk_is_no_fault_of_the_document(
    store: Store, world: World, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> object:
        raise OSError(errno.ENOSPC, "No space left on device")

    store.save_poll(None, received=[received(1)])
    with monkeypatch.context() as patch:
        patch.setattr("tocsin.watch.intake.read_payload", full)
        for _ in range(MAX_ATTEMPTS + 1):
            with pytest.raises(StoreError, match="No space left"):
                Intake(store, parts, world.settings()).step()
    assert store.quarantined() == []
    take_in(store, world, parts)
    assert store.counts().articles == 1
