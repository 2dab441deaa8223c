"""Feeds and CAP files: valid by their standards whatever an article holds, written whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from lxml import etree

from tests.alert.conftest import HandClock
from tests.alert.factory import NOW, WITHDRAWN, alerting, fill, happening, killed, origins, write
from tocsin.alert import Alerting, collect, deliver, open_receivers
from tocsin.alert.atom import atom_feed
from tocsin.alert.cap import cap_alert, cap_time
from tocsin.alert.deliver import NotDelivered
from tocsin.alert.files import write_whole
from tocsin.alert.records import (
    Alert,
    AlertAction,
    DevelopmentKind,
    Headline,
    Quote,
    QuotedDevelopment,
    QuotedSide,
    Reference,
)
from tocsin.alert.rules import Cap
from tocsin.alert.telling import alert_json, body, subject
from tocsin.alert.trial import trial
from tocsin.records.vocab import IncidentStatus, IncidentType
from tocsin.store import Store

CAP_SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "data" / "CAP-v1.2.xsd"))
"""The schema of the standard, as OASIS publishes it."""
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
SAFE = etree.XMLParser(resolve_entities=False, no_network=True)


def cap_settings(**changes: Any) -> Cap:
    values = {"kind": "cap", "folder": "cap", "sender": "tocsin@news.example", "scope": "Public"}
    return Cap.model_validate(values | changes)


def parsed(document: bytes) -> etree._Element:
    root = etree.fromstring(document, SAFE)
    CAP_SCHEMA.assertValid(root)
    return root


def words(root: etree._Element, tag: str) -> list[str | None]:
    return [one.text for one in root.iter(CAP + tag)]


def sent(store: Store, rules: Alerting, clock: HandClock) -> int:
    channels = open_receivers(rules, store.outbox, {}, clock=clock)
    collect(store, rules, clock=clock)
    return deliver(store.outbox, channels, rules, clock=clock).sent


def both(folder: Path) -> Alerting:
    receivers = {
        "feed": {"kind": "atom", "folder": str(folder / "feeds"), "entries": 2},
        "cap": cap_settings(folder=str(folder / "cap")).model_dump(),
    }
    return alerting(receivers, board="https://board.example")


def test_a_rule_has_a_feed_and_each_alert_a_cap_file(
    store: Store, clock: HandClock, tmp_path: Path
) -> None:
    rules = both(tmp_path)
    fill(store, 1)
    collect(store, rules, clock=clock)
    for state in ({}, {"corroboration": origins(2)}, {"status": WITHDRAWN}):
        clock.move(hours=1)
        write(store, happening(**state))
        assert sent(store, rules, clock) == 2
    feed = feedparser.parse((tmp_path / "feeds" / "all.xml").read_bytes())
    assert not feed.bozo
    assert [entry.title.partition(":")[0] for entry in feed.entries] == ["Cancelled", "Update"]
    assert feed.entries[0].link == "https://board.example/incidents/inc_0001"
    assert "A rocket [hit] the depot" in feed.entries[0].content[0].value
    found = {
        root.findtext(CAP + "msgType"): root
        for root in (parsed(path.read_bytes()) for path in (tmp_path / "cap").iterdir())
    }
    assert set(found) == {"Alert", "Update", "Cancel"}
    first = found["Alert"]
    told = f"tocsin@news.example,{first.findtext(CAP + 'identifier')},2021-03-01T13:00:00-00:00"
    assert words(found["Update"], "references") == [told]
    assert words(first, "status") == ["Test"]
    assert words(first, "circle") == ["36.9000,39.0000 5.0"]
    assert words(first, "geocode") != []
    assert words(first, "severity") == ["Severe"]


def test_an_operator_may_opt_in_and_a_trial_stays_a_test() -> None:
    actual = cap_settings(status="Actual")
    assert words(parsed(cap_alert(made(), actual, alerting())), "status") == ["Actual"]
    (alert,) = trial("cap", NOW).alerts
    assert words(parsed(cap_alert(alert, actual, alerting())), "status") == ["Test"]


def test_a_private_message_names_its_addressees() -> None:
    private = cap_settings(scope="Private", addresses=["desk@news.example", "ops"])
    root = parsed(cap_alert(made(), private, alerting()))
    assert words(root, "addresses") == ["desk@news.example ops"]


@pytest.mark.parametrize(
    ("deaths", "severity"), [(None, "Unknown"), (0, "Minor"), (1, "Severe"), (10, "Extreme")]
)
def test_severity_follows_the_toll(deaths: int | None, severity: str) -> None:
    alert = made(deaths=deaths)
    assert words(parsed(cap_alert(alert, cap_settings(), alerting())), "severity") == [severity]


def test_times_are_written_as_the_standard_wants_them() -> None:
    assert cap_time(NOW) == "2021-03-01T12:00:00-00:00"


def made(text: str = "three", **top: Any) -> Alert:
    """An alert that holds `text` wherever an article could put words."""
    quote = Quote("art", 0, len(text) or 1, text, text, text, text, text, text, text, text)
    side = QuotedSide(text, (quote,), 2)
    headline: dict[str, Any] = {
        "incident_id": "inc_1",
        "title": text,
        "type": IncidentType.BOMBING,
        "status": IncidentStatus.UNCONFIRMED,
        "origins": 1,
        "place": text,
        "killed": text,
    }
    return Alert(
        id="alr_1",
        rule="all",
        action=AlertAction.UPDATE,
        made_at=NOW,
        headline=Headline(**(headline | top)),
        developments=(
            QuotedDevelopment(DevelopmentKind.TOLL_UP, "killed", side, side),
            QuotedDevelopment(DevelopmentKind.FIRST_REPORT, "incident", None, side),
        ),
        number=2,
        recorded_at=NOW,
        references=(Reference("alr_0", NOW),),
    )


ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60)
"""Everything a store can hold: half a surrogate pair is no text."""


@hypothesis_settings(deadline=None)
@given(ANY_TEXT)
def test_whatever_an_article_says_the_documents_are_valid(text: str) -> None:
    alert, rules = made(text), alerting()
    parsed(cap_alert(alert, cap_settings(), rules))
    feed = etree.fromstring(atom_feed("all", [alert], rules), SAFE)
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 1
    assert alert_json(alert, rules)["developments"][0]["after"]["quotes"][0]["exact"] == text


@hypothesis_settings(deadline=None)
@given(ANY_TEXT)
def test_whatever_an_article_says_a_mail_is_harmless_in_a_terminal(text: str) -> None:
    told = body([made(text)], alerting()) + subject([made(text)])
    assert all(char == "\n" or char.isprintable() or ord(char) > 0xA0 for char in told)
    assert "\n" not in subject([made(text)])


def test_a_script_in_a_title_is_words() -> None:
    feed = atom_feed("all", [made("<script>alert(1)</script>&xxe;")])
    assert b"<script>" not in feed


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a" / "feed.xml"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert [one.name for one in path.parent.iterdir()] == ["feed.xml"]
    (tmp_path / "file").touch()
    with pytest.raises(NotDelivered, match="cannot be written"):
        write_whole(tmp_path / "file" / "feed.xml", b"three")


def test_the_feed_is_the_same_each_time_it_is_written(
    store: Store, clock: HandClock, tmp_path: Path
) -> None:
    rules = both(tmp_path)
    fill(store, 1)
    collect(store, rules, clock=clock)
    write(store, happening(killed=killed(4)))
    sent(store, rules, clock)
    path = tmp_path / "feeds" / "all.xml"
    before = path.read_bytes()
    channel = open_receivers(rules, store.outbox, {})["feed"]
    channel.send(trial("feed", NOW))
    assert path.read_bytes() == before
