"""A door: the board, where people read the record. Pages rendered here, beside the API.

    create_board(pool, desk)  ->  an ASGI application;  serve(...)  runs it at an address

Words of articles are hostile: everything is escaped, nothing inline runs, nothing outside loads.
"""

from __future__ import annotations

from tocsin.web.app import create_board
from tocsin.web.serving import DEFAULT_HOST, DEFAULT_PORT, is_loopback, serve

__all__ = ["DEFAULT_HOST", "DEFAULT_PORT", "create_board", "is_loopback", "serve"]
