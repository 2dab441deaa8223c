"""Doorkeeper: who asks, where a login is demanded. Sessions for browsers, tokens for programs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from tocsin.api.errors import ApiError
from tocsin.errors import RecordError
from tocsin.people.config import PeopleSettings
from tocsin.people.keys import digest_of, new_key
from tocsin.people.passwords import verify_password
from tocsin.people.throttle import Throttle, network_of
from tocsin.records import AuditAct, AuditEntry, Role, account_name
from tocsin.store import AccountStore, Clock

MINUTE_S: Final = 60.0
TRIES_OF_A_NAME: Final = (10, 5 * MINUTE_S)
"""Passwords tried for one name from one network. Not from everywhere: whoever knows a name could
then shut its owner out."""
TRIES_OF_A_NETWORK: Final = (30, 5 * MINUTE_S)
"""Keys and passwords tried from one network for any name."""
MAX_TRIED_NAME: Final = 64
"""Characters of a name that was tried which the audit log keeps."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks. `name` None: somebody on this machine, where no login is demanded."""

    name: str | None
    role: Role
    session: str | None = None
    """The digest of the browser's session, where it is one."""


OWNER: Final = Asker(None, Role.ADMIN)
"""On one's own machine one may do everything."""


class Doorkeeper:
    """Tells who asks by session or token, lets people in and out, and writes the audit log.

    Used from many threads.
    """

    def __init__(self, accounts: AccountStore, settings: PeopleSettings, clock: Clock) -> None:
        self._accounts = accounts
        self._clock = clock
        self.session_lasts = dt.timedelta(hours=settings.session_h)
        self._requests = Throttle(settings.requests_per_minute, MINUTE_S)
        self._tries = Throttle(*TRIES_OF_A_NAME)
        self._networks = Throttle(*TRIES_OF_A_NETWORK)
        # The hash that unknown names are compared with is worked out once, and now.
        verify_password(None, "")

    def sign_in(self, name: str, password: str, address: str) -> str:
        """The key of a new session. Raises ApiError: 401 for a wrong pair, 429 for too many."""
        now = self._clock()
        try:
            normal = account_name(name)
        except RecordError:
            normal = ""
        network = network_of(address)
        _count(self._networks, network)
        _count(self._tries, f"{normal} {network}")
        if not verify_password(self._accounts.password_hash(normal), password):
            tried = normal or name[:MAX_TRIED_NAME]
            self._accounts.note(AuditEntry(now, AuditAct.SIGN_IN_REFUSED, tried, address=address))
            raise ApiError(
                401, "unauthorized", "this name and this password do not belong together"
            )
        self._tries.forget(f"{normal} {network}")
        key = new_key()
        note = AuditEntry(now, AuditAct.SIGNED_IN, normal, address=address)
        self._accounts.open_session(digest_of(key), now + self.session_lasts, note)
        return key

    def sign_out(self, key: str, address: str) -> None:
        """End the session of a key; an unknown one is none."""
        asker = self.by_session(key)
        if asker is not None and asker.name is not None:
            note = AuditEntry(self._clock(), AuditAct.SIGNED_OUT, asker.name, address=address)
            self._accounts.close_session(digest_of(key), note)

    def by_session(self, key: str) -> Asker | None:
        """Whose session it is; None where it has ended."""
        digest = digest_of(key)
        account = self._accounts.session_holder(digest, self._clock())
        return Asker(account.name, account.role, digest) if account else None

    def by_token(self, key: str, address: str) -> Asker:
        """Whose token it is. Raises ApiError: 401 for none in force, 429 for too many of them."""
        holder = self._accounts.token_holder(digest_of(key), self._clock())
        if holder is None:
            _count(self._networks, network_of(address))
            raise ApiError(401, "unauthorized", "this token opens nothing")
        return Asker(holder.account.name, holder.role)

    def count_request(self, asker: Asker) -> None:
        """Raises ApiError (429) where an account asks more than its share."""
        _count(self._requests, asker.name or "")

    def note_write(self, asker: Asker, about: str, address: str) -> None:
        """Write down that a write was let through."""
        if asker.name is not None:
            self._accounts.note(
                AuditEntry(self._clock(), AuditAct.WROTE, asker.name, about, address)
            )

    def may_review(self, name: str) -> bool:
        """True for the name of somebody who may decide."""
        account = self._accounts.account(name)
        return account is not None and not account.is_disabled and account.role.may(Role.REVIEWER)

    def audit(self, limit: int) -> list[AuditEntry]:
        """The latest lines of the audit log, newest first."""
        return self._accounts.audit(limit)


def _count(throttle: Throttle, key: str) -> None:
    wait_s = throttle.take(key)
    if wait_s > 0:
        raise ApiError(429, "too_many", "too many tries; wait", retry_after_s=int(wait_s) + 1)
