"""The client: bounds of size and time, what is sent, what is understood of an answer."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Sequence

import httpcore
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fetch.network import OTHER_PUBLIC, PUBLIC, Network, fetcher, redirect, response
from tocsin.errors import FetchFailed, FetchFault
from tocsin.fetch import FetchSettings, shown
from tocsin.fetch.body import bounded_body
from tocsin.fetch.client import Fetcher


def fault(asking: Fetcher, url: str = "http://news.example/") -> FetchFault:
    with pytest.raises(FetchFailed) as caught:
        asking.get(url)
    return caught.value.fault


def test_what_is_sent() -> None:
    network = Network()
    asking = fetcher(network, contact="desk@example.org")
    asking.get("http://news.example/feed?a=1", etag='"v1"', last_modified="Mon, 01 Mar 2021")
    sent = b"".join(network.sent).decode()
    assert sent.startswith("GET /feed?a=1 HTTP/1.1\r\n")
    assert "Host: news.example\r\n" in sent
    assert "User-Agent: tocsin (+desk@example.org)\r\n" in sent
    assert 'If-None-Match: "v1"\r\n' in sent
    assert "If-Modified-Since: Mon, 01 Mar 2021\r\n" in sent


def test_a_validator_that_is_no_header_is_not_sent_back() -> None:
    network = Network()
    fetcher(network).get("http://news.example/", etag="a\r\nX-Inner: 1")
    assert b"X-Inner" not in b"".join(network.sent)


def test_what_is_understood_of_an_answer() -> None:
    network = Network(
        {
            PUBLIC: [
                response(
                    b"body",
                    Content_Type="text/HTML; charset=latin-1",
                    ETag='"v2"',
                    Last_Modified="Tue, 02 Mar 2021 10:00:00 GMT",
                )
            ]
        }
    )
    answer = fetcher(network).get("http://news.example/")
    assert (answer.data, answer.kind, answer.charset) == (
        b"body",
        "text/html; charset=latin-1",
        "latin-1",
    )
    assert (answer.etag, answer.last_modified) == ('"v2"', "Tue, 02 Mar 2021 10:00:00 GMT")


@pytest.mark.parametrize("status", [304, 403, 404, 410, 429, 500, 503])
def test_other_statuses_are_answers_without_a_body(status: int) -> None:
    network = Network({PUBLIC: [response(b"", status, Retry_After="120")]})
    answer = fetcher(network).get("http://news.example/")
    assert (answer.status, answer.data, answer.retry_after) == (status, b"", "120")


def test_redirects_are_followed_to_their_end() -> None:
    network = Network({PUBLIC: [redirect("/b"), redirect("http://other.example/c")]})
    answer = fetcher(network).get("http://news.example/a")
    assert answer.url == "http://other.example/c"
    assert network.dialled == [(PUBLIC, 80), (PUBLIC, 80), (OTHER_PUBLIC, 80)]


def test_an_endless_redirect_ends() -> None:
    network = Network({PUBLIC: [redirect("/again")]})
    assert fault(fetcher(network, max_redirects=3)) is FetchFault.MALFORMED
    assert len(network.dialled) == 4


def test_the_second_address_is_tried_where_the_first_is_silent() -> None:
    network = Network(silent=frozenset({PUBLIC}))
    names = {"two.example": [[PUBLIC, OTHER_PUBLIC]]}
    assert fetcher(network, names).get("http://two.example/").data == b"found"
    assert fault(fetcher(network)) is FetchFault.UNREACHABLE


@pytest.mark.parametrize(
    ("wire", "expected"),
    [
        (response(b"x" * 2_000_000), FetchFault.OVERSIZED),
        (response(gzip.compress(bytes(1_900_000)), Content_Encoding="gzip"), FetchFault.OVERSIZED),
        (response(gzip.compress(bytes(10**8)), Content_Encoding="gzip"), FetchFault.OVERSIZED),
        (response(gzip.compress(b"a" * 999)[:-9], Content_Encoding="gzip"), FetchFault.MALFORMED),
        (response(b"no gzip", Content_Encoding="gzip"), FetchFault.MALFORMED),
        (response(b"x", Content_Encoding="br"), FetchFault.MALFORMED),
        (response(b"x", Content_Encoding="gzip, gzip"), FetchFault.MALFORMED),
        (b"SSH-2.0-OpenSSH\r\n", FetchFault.MALFORMED),
        (b"", FetchFault.MALFORMED),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\nshort", FetchFault.MALFORMED),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 500_000, FetchFault.MALFORMED),
    ],
    ids=[
        "long", "packed", "bomb", "cut-gzip", "no-gzip", "other-coding", "two-codings",
        "other-protocol", "nothing", "cut", "long-header",
    ],
)  # fmt: skip
def test_a_hostile_answer_is_refused(wire: bytes, expected: FetchFault) -> None:
    assert fault(fetcher(Network({PUBLIC: [wire]}), max_bytes=1_500_000)) is expected


def test_a_bomb_is_refused_by_its_ratio_before_its_size() -> None:
    packed = gzip.compress(bytes(3 * 2**20))
    limits = FetchSettings(max_ratio=10)
    with pytest.raises(FetchFailed, match="10 times"):
        bounded_body([packed], "gzip", limits, "u")


@given(body=st.binary(max_size=5_000), step=st.integers(1, 700))
@settings(max_examples=60, deadline=None)
def test_a_packed_body_comes_out_whole_however_it_is_cut(body: bytes, step: int) -> None:
    for coding, packed in (("gzip", gzip.compress(body)), ("deflate", zlib.compress(body))):
        portions = [packed[at : at + step] for at in range(0, len(packed), step)]
        assert bounded_body(portions, coding, FetchSettings(), "u") == body


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_no_text_raises_anything_but_a_refusal(url: str) -> None:
    network = Network()
    try:
        fetcher(network).get(url)
    except FetchFailed:
        assert all(address == PUBLIC for address, _ in network.dialled)
    assert shown(url).isprintable()


def test_a_name_that_is_never_resolved_is_not_waited_for() -> None:
    forever = threading.Event()

    def resolve(host: str, port: int) -> Sequence[str]:
        forever.wait(10)
        return []

    asking = Fetcher(FetchSettings(timeout_s=0.2), resolve=resolve, inner=Network())
    before = time.monotonic()
    assert fault(asking) is FetchFault.SLOW
    assert time.monotonic() - before < 5
    forever.set()


def test_a_server_that_drips_is_left_at_the_deadline() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def drip() -> None:
        connection, _ = listener.accept()
        with connection:
            while not over.wait(0.02):
                try:
                    connection.send(b"H")
                except OSError:
                    return

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    asking = Fetcher(FetchSettings(timeout_s=0.5, allow=("127.0.0.1",)))
    before = time.monotonic()
    # each byte comes well before any timeout of a single step; only the whole time ends it
    found = fault(asking, f"http://127.0.0.1:{listener.getsockname()[1]}/")
    over.set()
    thread.join()
    listener.close()
    assert found is FetchFault.SLOW
    assert time.monotonic() - before < 5


def test_a_socket_of_the_machine_is_no_document() -> None:
    from tocsin.fetch.addresses import Allowed
    from tocsin.fetch.network import CheckedNetwork, Deadline

    network: httpcore.NetworkBackend = CheckedNetwork(
        Deadline(1), Allowed(), lambda host, port: [], Network()
    )
    with pytest.raises(FetchFailed, match="socket"):
        network.connect_unix_socket("/run/inner.sock")
