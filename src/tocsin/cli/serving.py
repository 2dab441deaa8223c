"""`tocsin serve`: the API and the board at one address of this machine."""

from __future__ import annotations

import sys
from pathlib import Path

from tocsin.api import StorePool
from tocsin.config import Settings, load_settings
from tocsin.publish.phrasing import plain
from tocsin.store import StoreView, open_store
from tocsin.web import create_board, serve
from tocsin.web.serving import check_host


def serve_command(*, db: str | None, host: str, port: int, config: Path | None) -> None:
    """Serve the store until interrupted, making an empty one where there is none."""
    check_host(host)
    settings = load_settings(config)
    serve_store(db or settings.store.url, settings, host, port)


def serve_store(url: str, settings: Settings, host: str, port: int) -> None:
    """Serve one store. It is opened for writing once, so that an older schema is brought forward
    or a missing file made; requests read."""
    with open_store(url, settings.store) as store:
        shown = store.url

    def open_one() -> StoreView:
        return open_store(url, settings.store, create=False, read_only=True)

    def tell(address: str) -> None:
        sys.stdout.write(f"the board of {plain(shown)} is at {address}  (Ctrl-C ends it)\n")
        sys.stdout.flush()

    pool = StorePool(open_one)
    try:
        serve(create_board(pool), host, port, ready=tell)
    finally:
        pool.close()
