"""`tocsin serve`: the API and the board at one address; for others than oneself behind a login."""

from __future__ import annotations

import sys
import threading
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from tocsin.alert import RulesFile
from tocsin.api import Doorkeeper, ReviewDesk, StorePool
from tocsin.api.incidents import seen
from tocsin.api.query import IncidentQuery
from tocsin.config import Settings, load_settings
from tocsin.errors import SettingsError, TocsinError
from tocsin.publish.phrasing import plain
from tocsin.store import AccountStore, Store, StoreView, open_accounts, open_store, system_clock
from tocsin.store.location import store_path
from tocsin.web import create_board, is_loopback, serve
from tocsin.web.security import LOOPBACK_NAMES
from tocsin.web.serving import Tls, check_host


@dataclass(frozen=True, slots=True)
class Address:
    """Where the board is served, and as whom it is known there."""

    host: str
    port: int
    names: tuple[str, ...] = ()
    """Host names beside those of this machine, as of a proxy in front."""
    login: bool = False
    """Demand a login though only this machine reaches it: others may work on it."""
    tls_certificate: Path | None = None
    tls_key: Path | None = None

    @property
    def needs_login(self) -> bool:
        """True where somebody else than the owner may ask."""
        return self.login or bool(self.names) or not is_loopback(self.host)

    def tls(self) -> Tls | None:
        """Certificate and key, where given. Raises SettingsError for one without the other."""
        if self.tls_certificate is None and self.tls_key is None:
            return None
        if self.tls_certificate is None or self.tls_key is None:
            raise SettingsError("--tls-cert", "goes with --tls-key, and neither without the other")
        found = Tls(self.tls_certificate, self.tls_key)
        found.check()
        return found


def serve_command(
    *, db: str | None, address: Address, alerts: Path | None, config: Path | None
) -> None:
    """Serve the store until interrupted, making an empty one where there is none."""
    settings = load_settings(config)
    rules = RulesFile(alerts) if alerts else None
    if rules is not None:
        rules.load()
    url = db or settings.store.url
    # Looked at before a store is made: a refusal leaves nothing behind.
    if address.needs_login and not _has_accounts(url, settings):
        check_host(address.host, has_login=False)
        raise SettingsError("--login", "no account can sign in; `tocsin users add NAME`")
    serve_store(url, settings, address, rules)


def _look_through(pool: StorePool) -> None:
    """Work out what the board shows first, so that whoever opens it does not wait for it."""
    # What fails here fails again, and is told, where somebody asks.
    with suppress(TocsinError), pool.lend() as store:
        seen(pool, store, IncidentQuery.model_validate({}))


def _has_accounts(url: str, settings: Settings) -> bool:
    """True where somebody could sign in."""
    if not store_path(url).is_file():
        return False
    with open_accounts(url, settings.store) as accounts:
        return any(not account.is_disabled for account in accounts.accounts())


def serve_store(
    url: str, settings: Settings, address: Address, rules: RulesFile | None = None
) -> None:
    """Serve one store. It is opened for writing once, so that an older schema is brought forward
    or a missing file made; requests read."""
    with open_store(url, settings.store) as store:
        shown = store.url
    tls = address.tls()

    def open_one() -> StoreView:
        return open_store(url, settings.store, create=False, read_only=True)

    def open_writable() -> Store:
        return open_store(url, settings.store, create=False)

    def tell(at: str) -> None:
        sys.stdout.write(f"the board of {plain(shown)} is at {at}  (Ctrl-C ends it)\n")
        sys.stdout.flush()

    if tls is None and not is_loopback(address.host):
        sys.stderr.write(
            "warning: passwords cross the network in the clear; give --tls-cert and --tls-key, or"
            " serve this machine alone behind a proxy that speaks TLS (docs/board.md)\n"
        )
    with ExitStack() as stack:
        pool = StorePool(open_one)
        stack.callback(pool.close)
        looking = threading.Thread(target=_look_through, args=(pool,))
        looking.start()
        stack.callback(looking.join)
        keeper = None
        if address.needs_login:
            accounts: AccountStore = stack.enter_context(open_accounts(url, settings.store))
            keeper = Doorkeeper(accounts, settings.people, system_clock)
        board = create_board(
            pool,
            ReviewDesk(open_writable, settings, system_clock),
            doorkeeper=keeper,
            rules=rules,
            names=LOOPBACK_NAMES.union(address.names, {address.host}),
            any_address=not is_loopback(address.host),
        )
        serve(board, address.host, address.port, has_login=keeper is not None, tls=tls, ready=tell)
