"""Where a login is demanded: who gets in, how far, and that no page elsewhere can act for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx2
import pytest
from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, Response
from fastapi.testclient import TestClient

from tests.web.test_security import check
from tocsin.api import Doorkeeper, StorePool
from tocsin.api import doorkeeper as doorkeeper_module
from tocsin.api.access import OPEN_PATHS, SESSION_COOKIE, SignedIn
from tocsin.people.config import PeopleSettings
from tocsin.people.keys import digest_of
from tocsin.people.passwords import hash_password
from tocsin.records import Account, ApiToken, Role
from tocsin.store import AccountStore, open_accounts, open_store
from tocsin.store.config import StoreSettings
from tocsin.web import create_board
from tocsin.web.login import own_path

ORIGIN = "http://127.0.0.1:8400"
PASSWORD = "a tall lamp in the hall"
STORE = StoreSettings()
HASH = hash_password(PASSWORD)


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 11, 27, 20, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now


writes = APIRouter()


@writes.post("/api/v1/note")
def write_note(name: SignedIn) -> Response:
    """A write that asks for nothing but the name: the least a route can do."""
    return PlainTextResponse(f"noted by {name}")


@writes.post("/bare", include_in_schema=False)
def bare() -> Response:
    """A write that forgot to ask anything."""
    return PlainTextResponse("done")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(tmp_path: Path, clock: Clock) -> Iterator[AccountStore]:
    path = tmp_path / "store.db"
    open_store(str(path), STORE).close()
    with open_accounts(str(path), STORE) as opened:
        for name, role in (("vera", Role.VIEWER), ("rex", Role.REVIEWER), ("ada", Role.ADMIN)):
            opened.add_account(Account(name, role, clock()), HASH)
        yield opened


@pytest.fixture
def board(tmp_path: Path, accounts: AccountStore, clock: Clock) -> Iterator[TestClient]:
    path = tmp_path / "store.db"
    keeper = Doorkeeper(accounts, PeopleSettings(session_h=1), clock)
    with ExitStack() as stack:
        pool = StorePool(lambda: open_store(str(path), STORE, create=False, read_only=True), size=2)
        stack.callback(pool.close)
        app = create_board(pool, doorkeeper=keeper, any_address=True, more_routes=[writes])
        yield stack.enter_context(
            TestClient(app, base_url=ORIGIN, raise_server_exceptions=False, follow_redirects=False)
        )


def sign_in(
    board: TestClient, name: str, password: str = PASSWORD, **headers: str
) -> httpx2.Response:
    return board.post(
        "/login",
        data={"name": name, "password": password, "then": "/tallies"},
        headers={"Sec-Fetch-Site": "same-origin", **headers},
    )


def bearer(
    accounts: AccountStore, name: str, role: Role, key: str = "tocsin_key"
) -> dict[str, str]:
    made = ApiToken(f"tok_{name}", name, "test", role, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    accounts.add_token(made, digest_of(key))
    return {"Authorization": f"Bearer {key}"}


def test_a_page_leads_to_the_login_and_back(board: TestClient) -> None:
    for address in ("/", "/tallies", "/search?q=x", "/incidents/inc_1", "/articles/a"):
        answer = board.get(address)
        assert answer.status_code == 303
        to_login = answer.headers["location"]
        assert to_login.startswith("/login")
        page = board.get(to_login)
        assert page.status_code == 200
        check(page.text)
        assert f'name="then" value="{address}"' in page.text


def test_every_route_asks_who_is_there(board: TestClient) -> None:
    document = board.get("/api/v1/openapi.json").json()
    assert len(document["paths"]) > 10
    for path, operations in document["paths"].items():
        for method in operations:
            answer = board.request(method, path.replace("{", "").replace("}", ""))
            assert answer.status_code == 401, path
            assert answer.json()["error"]["code"] == "unauthorized"
            assert answer.headers["www-authenticate"] == "Bearer"
    assert frozenset({"/login", "/logout"}) == OPEN_PATHS


def test_signing_in_and_out(board: TestClient) -> None:
    answer = sign_in(board, "Rex")
    assert (answer.status_code, answer.headers["location"]) == (303, "/tallies")
    cookie = answer.headers["set-cookie"]
    for part in ("HttpOnly", "SameSite=strict", "Path=/", "Max-Age=3600"):
        assert part in cookie
    assert "Secure" not in cookie, "the browser would drop it: this is not TLS"
    page = board.get("/")
    assert page.status_code == 200
    assert "Sign out" in page.text
    assert board.get("/api/v1/me").json() == {"name": "rex", "role": "reviewer"}
    held = board.cookies[SESSION_COOKIE]
    out = board.post("/logout", headers={"Sec-Fetch-Site": "same-origin"})
    assert out.headers["location"] == "/login"
    assert SESSION_COOKIE not in board.cookies
    board.cookies.set(SESSION_COOKIE, held)
    assert board.get("/").status_code == 303, "the session itself has ended, not the cookie alone"


def test_over_tls_the_cookie_stays_there(board: TestClient) -> None:
    board.base_url = "https://127.0.0.1:8400"
    assert "Secure" in sign_in(board, "rex").headers["set-cookie"]


def test_signing_in_anew_ends_the_session_before(board: TestClient) -> None:
    sign_in(board, "rex")
    before = board.cookies[SESSION_COOKIE]
    sign_in(board, "rex")
    assert board.cookies[SESSION_COOKIE] != before
    board.cookies.clear()
    board.cookies.set(SESSION_COOKIE, before)
    assert board.get("/").status_code == 303


def test_a_session_ends_by_itself(board: TestClient, clock: Clock) -> None:
    sign_in(board, "rex")
    clock.now += dt.timedelta(minutes=59)
    assert board.get("/").status_code == 200
    clock.now += dt.timedelta(minutes=1)
    assert board.get("/").status_code == 303


@pytest.mark.parametrize(
    ("name", "password"),
    [("rex", "a tall lamp in the hal"), ("nobody", PASSWORD), ("", ""), ("<b>x", PASSWORD)],
)
def test_a_wrong_pair_says_no_more_than_that(board: TestClient, name: str, password: str) -> None:
    answer = sign_in(board, name, password)
    assert answer.status_code == 401
    assert "do not belong together" in answer.text
    assert "set-cookie" not in answer.headers
    check(answer.text)


def test_a_form_of_nonsense_is_a_wrong_pair(board: TestClient) -> None:
    headers = {"Sec-Fetch-Site": "same-origin"}
    for body in (b"\xff\xfe", b"&&&", b"name", b"a=1&" * 50, b"{}"):
        assert board.post("/login", content=body, headers=headers).status_code == 401
    assert board.post("/login", content=b"x" * 1_100_000, headers=headers).status_code == 413


def test_tries_are_few(board: TestClient) -> None:
    limit, _ = doorkeeper_module.TRIES_OF_A_NAME
    for _ in range(limit):
        assert sign_in(board, "rex", "wrong").status_code == 401
    shut = sign_in(board, "rex")
    assert shut.status_code == 429
    assert int(shut.headers["retry-after"]) > 0
    assert sign_in(board, "vera").status_code == 303, "another name is not shut out"


def test_wrong_tokens_are_few(board: TestClient) -> None:
    limit, _ = doorkeeper_module.TRIES_OF_A_NETWORK
    wrong = {"Authorization": "Bearer tocsin_wrong"}
    said = [board.get("/api/v1/me", headers=wrong).status_code for _ in range(limit + 1)]
    assert said == [401] * limit + [429]


def test_an_account_has_its_share(tmp_path: Path, accounts: AccountStore, clock: Clock) -> None:
    keeper = Doorkeeper(accounts, PeopleSettings(requests_per_minute=10), clock)
    pool = StorePool(
        lambda: open_store(str(tmp_path / "store.db"), STORE, create=False, read_only=True)
    )
    with TestClient(create_board(pool, doorkeeper=keeper), base_url=ORIGIN) as client:
        held = bearer(accounts, "rex", Role.REVIEWER)
        said = [client.get("/api/v1/me", headers=held).status_code for _ in range(11)]
    pool.close()
    assert said == [200] * 10 + [429]


def test_roles(board: TestClient, accounts: AccountStore) -> None:
    expected = {"vera": (403, 403), "rex": (200, 403), "ada": (200, 200)}
    for name, (may_write, may_audit) in expected.items():
        account = accounts.account(name)
        assert account is not None
        held = bearer(accounts, name, account.role, f"tocsin_{name}")
        assert board.get("/api/v1/health", headers=held).status_code == 200
        assert board.post("/api/v1/note", headers=held).status_code == may_write
        assert board.post("/bare", headers=held).status_code == may_write
        assert board.get("/api/v1/audit", headers=held).status_code == may_audit
    signed = board.post("/api/v1/note", headers={"Authorization": "Bearer tocsin_rex"})
    assert signed.text == "noted by rex"


def test_a_token_does_no_more_than_it_was_made_for(
    board: TestClient, accounts: AccountStore, clock: Clock
) -> None:
    held = bearer(accounts, "ada", Role.VIEWER)
    assert board.get("/api/v1/me", headers=held).json()["role"] == "viewer"
    assert board.post("/api/v1/note", headers=held).status_code == 403
    accounts.set_disabled("ada", True, clock())
    assert board.get("/api/v1/me", headers=held).status_code == 401


FORGED: tuple[dict[str, str], ...] = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://evil.example"},
    {"Origin": "http://127.0.0.1:9999"},
    {"Origin": "null"},
    {"Origin": "http://[", "Sec-Fetch-Site": "cross-site"},
    {},
)


def test_no_other_page_writes_for_whoever_is_signed_in(board: TestClient) -> None:
    sign_in(board, "rex")
    for headers in FORGED:
        for address in ("/api/v1/note", "/bare", "/logout"):
            assert board.post(address, headers=headers).status_code == 403, (headers, address)
    assert board.get("/api/v1/me").status_code == 200, "still signed in"


def test_no_other_page_signs_anybody_in(board: TestClient) -> None:
    for headers in FORGED[:-1]:
        data = {"name": "rex", "password": PASSWORD}
        answer = board.post("/login", data=data, headers=headers)
        assert answer.status_code == 403, headers
        assert "set-cookie" not in answer.headers


def test_our_own_page_writes(board: TestClient) -> None:
    sign_in(board, "rex")
    for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Origin": ORIGIN}):
        assert board.post("/api/v1/note", headers=headers).status_code == 200, headers


def test_everything_done_is_in_the_audit_log(board: TestClient, accounts: AccountStore) -> None:
    sign_in(board, "rex", "wrong")
    sign_in(board, "rex")
    board.post("/api/v1/note", headers={"Origin": ORIGIN})
    board.post("/logout", headers={"Origin": ORIGIN})
    held = bearer(accounts, "ada", Role.ADMIN)
    lines = board.get("/api/v1/audit?limit=5", headers=held).json()["items"]
    acts = [(line["act"], line["who"]) for line in reversed(lines)]
    assert acts == [
        ("sign_in_refused", "rex"),
        ("signed_in", "rex"),
        ("wrote", "rex"),
        ("signed_out", "rex"),
        ("token_added", "ada"),
    ]
    assert lines[2]["about"] == "POST /api/v1/note"
    assert lines[2]["address"] == "testclient"


def test_no_secret_is_kept(board: TestClient, accounts: AccountStore, tmp_path: Path) -> None:
    sign_in(board, "rex")
    bearer(accounts, "ada", Role.ADMIN, "tocsin_a_very_secret_key")
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    for secret in (board.cookies[SESSION_COOKIE], PASSWORD, "tocsin_a_very_secret_key"):
        assert secret.encode() not in kept


def test_on_ones_own_machine_nobody_signs_in(empty_board: TestClient) -> None:
    assert empty_board.get("/api/v1/me").json() == {"name": None, "role": "admin"}
    assert empty_board.get("/api/v1/audit").json() == {"items": []}
    assert empty_board.get("/login").status_code == 404
    for headers in FORGED[:-1]:
        assert empty_board.post("/api/v1/me", headers=headers).status_code in {403, 405}


@pytest.mark.parametrize(
    "then",
    ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "evil", "",
     "/\t/evil.example", "javascript:alert(1)", "/x\r\nSet-Cookie: a=b", "http://[", "/\u202e"],
)  # fmt: skip
def test_the_login_leads_nowhere_else(then: str) -> None:
    assert own_path(then) == "/"


@pytest.mark.parametrize(
    "then", ["/", "/incidents/inc_1?as_of=2020-01-01", "/articles/a%2Fb?start=1"]
)
def test_the_login_leads_back(then: str) -> None:
    assert own_path(then) == then


@pytest.mark.parametrize(
    ("host", "status"),
    [("192.168.1.7:8400", 303), ("[fe80::1]", 303), ("localhost", 303), ("evil.example", 421)],
)
def test_addresses_are_answered_and_foreign_names_not(
    board: TestClient, host: str, status: int
) -> None:
    assert board.get("/", headers={"Host": host}).status_code == status
