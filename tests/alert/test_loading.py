"""A file of rules: what is right is read, what is wrong is named by file and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.alert import load_alerting, open_receivers
from tocsin.alert.rules import Atom, Cap
from tocsin.errors import SettingsError
from tocsin.store import Store

WHOLE = """
board = "http://127.0.0.1:8400/"

[rules.north]
on = ["first_report", "toll_up"]
countries = ["TR"]
killed = { min = 3 }
watch = ["fronts"]
send_to = ["desk", "editors", "feed", "cap", "log"]

[watch_lists.fronts]
actors = ["Northern Front"]

[receivers.desk]
kind = "webhook"
url = "https://desk.example/hook"
secret_env = "DESK_SECRET"
storm = { messages = 10, within_min = 30 }

[receivers.editors]
kind = "mail"
host = "mail.example"
sender = "tocsin@news.example"
to = ["editors@news.example"]
user = "tocsin"
password_file = "password"
quiet = { start = 22:00:00, end = 07:00:00, zone = "Europe/Paris", unless_killed = 10 }
digest = { every = "day", at = 07:30:00 }

[receivers.feed]
kind = "atom"
folder = "feeds"

[receivers.cap]
kind = "cap"
folder = "cap"
sender = "tocsin@news.example"
scope = "Public"

[receivers.log]
kind = "command"
command = ["/usr/bin/logger", "--tag", "tocsin"]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "rules.toml"
    path.write_text(WHOLE, encoding="utf-8")
    return path


def test_a_whole_file_is_read(file: Path) -> None:
    read = load_alerting(file)
    feed, cap = read.receivers["feed"], read.receivers["cap"]
    assert isinstance(feed, Atom)
    assert isinstance(cap, Cap)
    assert feed.folder == file.parent / "feeds"
    assert cap.status == "Test"
    assert read.link("inc_1") == "http://127.0.0.1:8400/incidents/inc_1"


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ('on = ["first_report", "toll_up"]', 'on = ["first"]', "rules.north.on.0", "first_report"),
        ('on = ["first_report", "toll_up"]', "on = []", "rules.north.on", "nothing"),
        ('countries = ["TR"]', 'countries = ["Turkey"]', "rules.north.countries.0", "pattern"),
        ('countries = ["TR"]', 'country = "TR"', "rules.north.country", "is no field"),
        ("{ min = 3 }", "{ min = 3, max = 2 }", "rules.north.killed", "above max"),
        ("{ min = 3 }", "{}", "rules.north.killed", "needs min or max"),
        ('"log"]', '"fax"]', "rules.north.send_to", "no receiver 'fax'"),
        ('watch = ["fronts"]', 'watch = ["backs"]', "rules.north.watch", "no watch list 'backs'"),
        ("https://desk", "http://desk", "receivers.desk", "not encrypted"),
        ("https://desk", "https://me:pw@desk", "receivers.desk", "user name or password"),
        ("https://desk", "gopher://desk", "receivers.desk", "no http"),
        ('secret_env = "DESK_SECRET"', 'secret = "x"', "receivers.desk.secret", "is no field"),
        ('user = "tocsin"', "", "receivers.editors", "goes with"),
        ('host = "mail.example"', 'host = "m.example"\ntls = "none"', "receivers.editors", "none"),
        ("Europe/Paris", "Paris", "receivers.editors.quiet.zone", "no IANA time zone"),
        ("start = 22:00:00", "start = 07:00:00", "receivers.editors.quiet", "same time"),
        ('scope = "Public"', "", "receivers.cap", "says who it is for"),
        ('kind = "atom"', 'kind = "fax"', "receivers.feed", "fax"),
        ("[rules.north]", "[rules.North]", "rules.North", "pattern"),
        ("board =", "bord =", "bord", "is no field"),
        ("[rules.north]", "[rules.north", "", "is not TOML"),
    ],
)
def test_a_fault_is_named_by_file_and_field(
    file: Path, old: str, new: str, key: str, reason: str
) -> None:
    assert old in WHOLE
    file.write_text(WHOLE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_alerting(file)
    assert caught.value.key.startswith(str(file))
    assert key in caught.value.key
    assert reason in caught.value.reason


def test_a_file_without_rules_is_refused(file: Path) -> None:
    file.write_text("[rules]\n", encoding="utf-8")
    with pytest.raises(SettingsError):
        load_alerting(file)
    with pytest.raises(SettingsError, match="cannot be read"):
        load_alerting(file.with_name("none.toml"))


def test_secrets_come_from_where_the_file_says_and_are_never_shown(
    file: Path, store: Store, tmp_path: Path
) -> None:
    alerting = load_alerting(file)
    with pytest.raises(SettingsError, match="DESK_SECRET is not set"):
        open_receivers(alerting, store.outbox, {})
    with pytest.raises(SettingsError, match="cannot be read"):
        open_receivers(alerting, store.outbox, {"DESK_SECRET": "hush-hush"})
    password = tmp_path / "password"
    password.write_text("s3same\n", encoding="utf-8")
    mail = alerting.receivers["editors"].model_copy(update={"password_file": password})
    alerting = alerting.model_copy(update={"receivers": {**alerting.receivers, "editors": mail}})
    channels = open_receivers(alerting, store.outbox, {"DESK_SECRET": "hush-hush"})
    assert set(channels) == set(alerting.receivers)
    shown = repr([vars(channel) for channel in channels.values()]) + repr(alerting)
    assert "hush-hush" not in shown
    assert "s3same" not in shown
