"""Real processes that keep and read, to be watched and killed by tests.

Run as a script. It loads everything once, then starts a child process for every line it reads on
standard input, so that a test can afford many: `keep PATH COUNT`, `read PATH COUNT`. A child says
`started` and its process id first; when it is gone, `ended` and its status are said.
"""

from __future__ import annotations

import os
import sys
import time

import alembic.command  # noqa: F401 (loaded once, so that children create a store quickly)

from tests.store.factory import kept, story
from tocsin.records import Article
from tocsin.store import Kept, open_store
from tocsin.store.config import StoreSettings

BATCH = 3
READ_DEADLINE_S = 60


def filler(number: int) -> str:
    """A few thousand characters, so that the log is copied into the file now and then."""
    return " ".join(f"word{number}x{n}" for n in range(600))


def batches_of(count: int) -> list[list[Kept]]:
    """The articles in the order of keeping: one by one, every fourth time three at once.

    Each odd article is a near-copy of the even one before; every fifth is followed by a revision.
    """
    every = []
    for number in range(count):
        bands = [number // 2 * 100 + band for band in range(32)]
        one = kept(number, text=story(number, note=filler(number)))
        every.append(Kept(one.article, one.extraction, bands, one.block_keys))
        if number % 5 == 0:
            two = kept(number, words=("landed",), text=story(number, note="Corrected."))
            every.append(Kept(two.article, two.extraction, bands, two.block_keys))
    batches: list[list[Kept]] = []
    at = 0
    while at < len(every):
        size = BATCH if len(batches) % 4 == 3 else 1
        batches.append(every[at : at + size])
        at += size
    return batches


def is_pair(one: Article, other: Article) -> bool:
    """The judge of near-copies: articles 2n and 2n + 1 are."""
    first, second = (int(article.id.removeprefix("art_")) for article in (one, other))
    return first // 2 == second // 2


def say(*words: object) -> None:
    # One write call each, unbuffered: a killed process cannot leave half a line unsaid.
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def keep(path: str, count: int) -> None:
    """Keep the articles, saying `kept ID SHA` after the store has returned."""
    batches = batches_of(count)
    say("opening")
    with open_store(path, StoreSettings()) as store:
        for batch in batches:
            if len(batch) == 1:
                store.keep(batch[0], is_copy=is_pair)
            else:
                store.keep_many(batch, is_copy=is_pair)
            for one in batch:
                say("kept", one.article.id, one.article.sha256)


def read(path: str, count: int) -> None:
    """Read until `count` articles are there, checking that each state seen is whole."""
    until = time.monotonic() + READ_DEADLINE_S
    seen: list[int] = []
    with open_store(path, StoreSettings(), create=False, read_only=True) as store:
        say("reading")
        while not seen or seen[-1] < count:
            assert time.monotonic() < until, f"saw {seen[-1:]} of {count}"
            counts = store.counts()
            assert counts.reports == 2 * counts.articles, counts
            assert not seen or counts.articles >= seen[-1], "went back in time"
            ids = [article.id for article in store.articles()]
            assert counts.articles <= len(ids) <= count
            for id_ in ids[-2:]:
                extraction = store.extraction(id_)
                assert extraction is not None
                assert len(extraction.reports) == 2
            if not seen or counts.articles > seen[-1]:
                seen.append(counts.articles)
    say("saw", len(seen))


def main() -> None:
    commands = {"keep": keep, "read": read}
    for line in sys.stdin:
        name, path, count = line.split()
        child = os.fork()
        if not child:
            status = 1
            say("started", os.getpid())
            try:
                commands[name](path, int(count))
                status = 0
            finally:
                # Leaves at once: what the parent has opened is not the child's to tidy up.
                os._exit(status)
        _, ended = os.waitpid(child, 0)
        say("ended", ended)


if __name__ == "__main__":
    main()
