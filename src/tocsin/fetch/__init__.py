"""One document from the open web, and nobody let in by asking for it.

    Fetcher(FetchSettings()).get(url) -> Answer        # in `client`; or FetchFailed, which says why

The host is resolved, every address it has is checked, and the socket is opened to the very address
that was checked, for each redirect anew: `network` makes the only sockets, so no path leads around
the check. Size, time, redirects and decompression are bounded; only http and https are spoken.

The client is imported from its module: its libraries are slow to load, and most commands fetch
nothing.
"""

from __future__ import annotations

from tocsin.fetch.addresses import Allowed, why_forbidden
from tocsin.fetch.answer import Answer
from tocsin.fetch.config import FetchSettings
from tocsin.fetch.showing import shown

__all__ = ["Allowed", "Answer", "FetchSettings", "shown", "why_forbidden"]
