"""What every route asks of the application it runs in: who asks, a store of its own, the pool.

Who asks, and may they do this? `admitted` answers for every route of an application made by
`new_app`, whether or not the route names it:

- where no login is demanded (`app.state.doorkeeper` is None) everybody is the owner;
- else a session's cookie or an API token must be in force, or the answer is 401;
- a method that may change something also passes the check against forged writes (403), wants the
  role of a reviewer (403), and leaves a line in the audit log.

So a route that writes depends on nothing more to be safe. It takes `SignedIn` for the name that
its decision is kept under, and opens a store for writing of its own: `LentStore` only reads. A
route for a higher role depends on `Admin`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Final, cast

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool

from tocsin.api.doorkeeper import OWNER, Asker, Doorkeeper
from tocsin.api.errors import ApiError, NotFound
from tocsin.api.pool import StorePool
from tocsin.api.same_site import SAFE_METHODS, check_same_site
from tocsin.pipeline import check_tallies, with_current_relations
from tocsin.publish.contract import Json, incident_json
from tocsin.records import Role, TallyCheck
from tocsin.store import StoredIncident, StoredTally, StoreView


def pool_of(request: Request) -> StorePool:
    """The pool the application was made with."""
    return cast("StorePool", request.app.state.pool)


def lent_store(request: Request) -> Iterator[StoreView]:
    """A store for the length of one request."""
    with pool_of(request).lend() as store:
        yield store


Pool = Annotated[StorePool, Depends(pool_of)]
LentStore = Annotated[StoreView, Depends(lent_store)]

SESSION_COOKIE: Final = "tocsin_session"
BEARER: Final = "bearer "
OPEN_PATHS: Final = frozenset({"/login", "/logout"})
"""Asked by whoever is not signed in yet or no more; the check against forged writes holds there."""


def doorkeeper_of(request: Request) -> Doorkeeper | None:
    """Who stands at the door; None where no login is demanded."""
    return cast("Doorkeeper | None", request.app.state.doorkeeper)


def address_of(request: Request) -> str:
    """The network address that asks; of the client, where a proxy on this machine names it."""
    return request.client.host if request.client else ""


async def admitted(request: Request) -> Asker:
    """Who asks, when they may. Raises ApiError: 401, 403 or 429."""
    keeper = doorkeeper_of(request)
    writes = request.method not in SAFE_METHODS
    if writes:
        check_same_site(request, has_cookie=SESSION_COOKIE in request.cookies)
    if keeper is None or request.url.path in OPEN_PATHS:
        asker = OWNER if keeper is None else NOBODY
    else:
        asker = await run_in_threadpool(_asker, keeper, request)
        if writes:
            require(asker, Role.REVIEWER)
            about = f"{request.method} {request.url.path}"
            await run_in_threadpool(keeper.note_write, asker, about, address_of(request))
    request.state.asker = asker
    return asker


NOBODY: Final = Asker(None, Role.VIEWER)
"""Who is on the way in or out. The pages of that show nothing of the record."""


def _asker(keeper: Doorkeeper, request: Request) -> Asker:
    authorization = request.headers.get("authorization", "")
    if authorization.lower().startswith(BEARER):
        asker = keeper.by_token(authorization[len(BEARER) :].strip(), address_of(request))
    else:
        key = request.cookies.get(SESSION_COOKIE)
        found = keeper.by_session(key) if key else None
        if found is None:
            raise ApiError(401, "unauthorized", "sign in, or send an API token")
        asker = found
    keeper.count_request(asker)
    return asker


def asker_of(request: Request) -> Asker:
    """Who asks, as `admitted` found."""
    return cast("Asker", request.state.asker)


def require(asker: Asker, role: Role) -> None:
    """Raises ApiError (403) for someone who may not."""
    if not asker.role.may(role):
        raise ApiError(403, "forbidden", f"is for a {role.value}, and you are a {asker.role.value}")


Asking = Annotated[Asker, Depends(admitted)]


def signed_in(asker: Asking) -> str | None:
    """The name a decision is kept under; None where nobody signs in and whoever asks names one."""
    return asker.name


def admin_only(asker: Asking) -> Asker:
    """Who asks, an admin. Raises ApiError (403) for others."""
    require(asker, Role.ADMIN)
    return asker


DEFAULT_REVIEWER: Final = "local"
"""The reviewer where nobody signs in and none is named."""
SignedIn = Annotated[str | None, Depends(signed_in)]
Admin = Annotated[Asker, Depends(admin_only)]


def stored_json(store: StoreView, stored: StoredIncident, as_of: dt.datetime | None = None) -> Json:
    """A stored incident as contract JSON, its relations pointing to what is there now, or was."""
    return incident_json(
        with_current_relations(store, stored.incident, as_of=as_of),
        first_seen=stored.first_seen,
        last_changed=stored.last_changed,
    )


def known_incident(
    store: StoreView, incident_id: str, as_of: dt.datetime | None = None
) -> StoredIncident:
    """The incident of an id, or the one it went into. Raises NotFound."""
    stored = store.incident(incident_id, as_of=as_of)
    if stored is None:
        raise NotFound("incident", incident_id)
    return stored


TALLIES = "tallies"
MAX_CHECKED = 5_000
"""Incidents up to which every tally is checked while someone waits for another page: a second or
two. Beyond it that is left to whoever asks for the tallies themselves."""


def tally_checks(pool: StorePool, store: StoreView) -> list[tuple[StoredTally, TallyCheck]]:
    """Every aggregate claim beside the record's own count; remembered until the record changes."""
    return pool.remembered(store, TALLIES, lambda: check_tallies(store))


def has_quick_tallies(pool: StorePool, store: StoreView) -> bool:
    """True where the tally checks are known, or soon will be."""
    if pool.is_remembered(store, TALLIES):
        return True
    counts = pool.remembered(store, "counts", store.counts, of_incidents=True)
    return counts.incidents <= MAX_CHECKED
