"""A door: the record as a REST API. Routes parse, ask a StoreView, and render contract JSON.

    StorePool(open_one)  ->  create_api(pool, desk, doorkeeper)  ->  an ASGI application

Without a ReviewDesk it reads only.

`tocsin.web` puts the board's pages beside the same routes.
"""

from __future__ import annotations

from tocsin.api.app import API_PREFIX, add_api, create_api
from tocsin.api.doorkeeper import Doorkeeper
from tocsin.api.pool import StorePool
from tocsin.api.writing import ReviewDesk

__all__ = ["API_PREFIX", "Doorkeeper", "ReviewDesk", "StorePool", "add_api", "create_api"]
