"""No one is let in: whatever a URL, a name or a redirect leads to, no closed address is dialled."""

from __future__ import annotations

import pytest

from tests.attacks import BROKEN, CLOSED, ELSEWHERE, ODD_SPELLINGS
from tests.fetch.network import OTHER_PUBLIC, PUBLIC, Network, fetcher, redirect, response
from tocsin.errors import FetchFailed, FetchFault


@pytest.mark.parametrize("address", CLOSED)
def test_a_name_that_leads_to_a_closed_address(address: str) -> None:
    network = Network()
    with pytest.raises(FetchFailed, match="address") as caught:
        fetcher(network, {"trap.example": [[address]]}).get("http://trap.example/")
    assert caught.value.fault is FetchFault.FORBIDDEN
    assert network.dialled == []


@pytest.mark.parametrize("address", [a for a in CLOSED if "%" not in a])
def test_a_redirect_to_a_closed_address(address: str) -> None:
    host = f"[{address}]" if ":" in address else address
    network = Network({PUBLIC: [redirect(f"http://{host}/secret")]})
    with pytest.raises(FetchFailed) as caught:
        fetcher(network).get("http://news.example/")
    assert caught.value.fault is FetchFault.FORBIDDEN
    assert network.dialled == [(PUBLIC, 80)]


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "169.254.169.254"])
@pytest.mark.parametrize("is_first", [True, False])
def test_one_closed_address_among_open_ones_closes_the_name(address: str, is_first: bool) -> None:
    both = [address, PUBLIC] if is_first else [PUBLIC, address]
    network = Network()
    with pytest.raises(FetchFailed, match=r"read\.fetch\.allow"):
        fetcher(network, {"mixed.example": [both]}).get("http://mixed.example/")
    assert network.dialled == []


def test_a_name_that_answers_otherwise_the_second_time_gains_nothing() -> None:
    network = Network()
    names = {"turns.example": [[PUBLIC], ["127.0.0.1"]]}
    assert fetcher(network, names).get("http://turns.example/").data == b"found"
    assert network.dialled == [(PUBLIC, 80)], "resolved once, dialled what was checked"


def test_a_name_that_turns_between_hops_is_checked_again() -> None:
    network = Network({PUBLIC: [redirect("http://turns.example/again")]})
    names = {"turns.example": [[PUBLIC], ["127.0.0.1"]]}
    with pytest.raises(FetchFailed, match="loopback"):
        fetcher(network, names).get("http://turns.example/")
    assert network.dialled == [(PUBLIC, 80)]


@pytest.mark.parametrize("url", ELSEWHERE + BROKEN)
def test_what_is_no_plain_document_of_the_web_is_not_asked_for(url: str) -> None:
    network = Network()
    with pytest.raises(FetchFailed) as caught:
        fetcher(network).get(url)
    assert caught.value.fault is FetchFault.FORBIDDEN
    assert network.dialled == []


@pytest.mark.parametrize("url", ELSEWHERE)
def test_nor_is_it_followed_to(url: str) -> None:
    network = Network({PUBLIC: [redirect(url)]})
    with pytest.raises(FetchFailed):
        fetcher(network).get("http://news.example/")
    assert network.dialled == [(PUBLIC, 80)]


@pytest.mark.parametrize("host", ODD_SPELLINGS)
def test_odd_spellings_of_an_address_are_judged_by_what_they_resolve_to(host: str) -> None:
    network = Network()
    with pytest.raises(FetchFailed):
        fetcher(network, {host: [["127.0.0.1"]]}).get(f"http://{host}/")
    assert network.dialled == []


def test_secrets_of_an_address_are_not_told() -> None:
    for url in ("http://user:hunter2@news.example/a", "http://nowhere.example/a?token=hunter2"):
        with pytest.raises(FetchFailed) as caught:
            fetcher(Network()).get(url)
        assert "hunter2" not in str(caught.value)
        assert "/a" in str(caught.value)


@pytest.mark.parametrize(
    ("allow", "is_open"),
    [
        ("127.0.0.1", True),
        ("127.0.0.1:8080", True),
        ("127.0.0.0/8", True),
        ("127.0.0.1:8081", False),
        ("127.0.0.2", False),
        ("[::1]:8080", False),
    ],
)
def test_a_closed_address_is_open_where_it_was_allowed(allow: str, is_open: bool) -> None:
    network = Network()
    asking = fetcher(network, allow=(allow,))
    if is_open:
        assert asking.get("http://127.0.0.1:8080/").data == b"found"
    else:
        with pytest.raises(FetchFailed):
            asking.get("http://127.0.0.1:8080/")
    assert bool(network.dialled) is is_open


def test_what_is_allowed_opens_nothing_else() -> None:
    network = Network({"127.0.0.1": [redirect("http://10.0.0.1/")]})
    with pytest.raises(FetchFailed, match="private"):
        fetcher(network, allow=("127.0.0.1",)).get("http://127.0.0.1/")


@pytest.mark.parametrize("allow", ["everything", "10.0.0.1/8", "127.0.0.1:0", "[::1", "1.2.3.4:x"])
def test_a_bad_entry_of_the_list_is_refused(allow: str) -> None:
    with pytest.raises(ValueError, match="is no address"):
        fetcher(Network(), allow=(allow,))


def test_proxies_of_the_environment_are_left_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:3128")
    network = Network()
    fetcher(network).get("http://news.example/")
    assert network.dialled == [(PUBLIC, 80)]


def test_an_open_address_of_either_kind_is_reached() -> None:
    network = Network({OTHER_PUBLIC: [response(b"six")]})
    assert fetcher(network).get("http://other.example/").data == b"six"
