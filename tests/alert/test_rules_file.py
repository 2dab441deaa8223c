"""A file of rules changed one rule at a time: everything else stays, letter by letter."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.alert import RulesFile
from tocsin.alert.rules_file import rule_toml, rule_values, with_rule
from tocsin.errors import SettingsError

FILE = """# who is told of what
board = "http://127.0.0.1:8400"

[rules.kirkuk]   # the north
countries = ["IQ"]
send_to = ["feed"]

[rules.kirkuk.near]
lat = 35.47
lon = 44.39
radius_km = 80

# the fronts, from two origins on
[rules.fronts]
watch = ["fronts"]
min_origins = 2

[watch_lists.fronts]
actors = ["Grey Column"]

[receivers.feed]
kind = "atom"
folder = "feeds"
"""


@pytest.fixture
def rules(tmp_path: Path) -> RulesFile:
    path = tmp_path / "rules.toml"
    path.write_text(FILE, encoding="utf-8")
    path.chmod(0o640)
    return RulesFile(path)


def text_of(rules: RulesFile) -> str:
    return rules.path.read_text(encoding="utf-8")


def test_a_rule_is_changed_and_the_rest_stays(rules: RulesFile) -> None:
    after = rules.put("kirkuk", {"countries": ["IQ", "SY"], "killed": {"min": 3}})
    assert rule_values(after.rules["kirkuk"]) == {"countries": ["IQ", "SY"], "killed": {"min": 3}}
    assert after == rules.load()
    text = text_of(rules)
    assert text.startswith(
        '# who is told of what\nboard = "http://127.0.0.1:8400"\n\n[rules.kirkuk]'
    )
    assert text.endswith(FILE[FILE.index("# the fronts") :])
    assert rules.path.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in rules.path.parent.iterdir()] == ["rules.toml"]


def test_a_new_rule_comes_last(rules: RulesFile) -> None:
    rules.put("new-one", {"on": ["retracted"], "send_to": ["feed"]})
    assert text_of(rules).startswith(FILE)
    assert list(rules.load().rules) == ["kirkuk", "fronts", "new-one"]


def test_a_rule_is_taken_out_with_its_tables(rules: RulesFile) -> None:
    rules.remove("kirkuk")
    assert list(rules.load().rules) == ["fronts"]
    assert "near" not in text_of(rules)
    with pytest.raises(SettingsError, match="no such rule"):
        rules.remove("kirkuk")
    # a file without rules is none
    with pytest.raises(SettingsError):
        rules.remove("fronts")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"countries": ["Iraq"]}, "countries"),
        ({"killed": {"min": 5, "max": 1}}, "killed"),
        ({"near": {"lat": 35.0, "lon": "east"}}, "near"),
        ({"send_to": ["nobody"]}, "send_to"),
        ({"watch": ["nothing"]}, "watch"),
        ({"on": []}, "on"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_is_no_rule_is_refused_by_field(
    rules: RulesFile, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        rules.put("kirkuk", values)
    assert f"rules.kirkuk.{field}" in caught.value.key
    assert text_of(rules) == FILE


@pytest.mark.parametrize("name", ["", "Big", "a b", 'x"]\n[receivers.evil', "../x", "a" * 65])
def test_a_name_that_is_none_is_refused(rules: RulesFile, name: str) -> None:
    with pytest.raises(SettingsError, match="name"):
        rules.put(name, {})
    assert text_of(rules) == FILE


def test_what_only_a_person_can_change_is_left(tmp_path: Path) -> None:
    path = tmp_path / "inline.toml"
    text = 'rules = { one = { countries = ["IQ"] }, two = {} }\n'
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match="edit the file"):
        RulesFile(path).put("one", {"countries": ["SY"]})
    assert path.read_text(encoding="utf-8") == text


def test_a_table_in_a_text_is_no_table(tmp_path: Path) -> None:
    """What looks like a header inside a long string cannot lead a change astray."""
    path = tmp_path / "tricky.toml"
    text = '[rules.one]\nplaces = ["""\n[rules.two]\n"""]\n\n[rules.two]\ncountries = ["IQ"]\n'
    path.write_text(text, encoding="utf-8")
    rules = RulesFile(path)
    try:
        after = rules.put("two", {"countries": ["SY"]})
    except SettingsError:
        assert path.read_text(encoding="utf-8") == text
    else:
        assert after.rules["one"].places == ("\n[rules.two]\n",)


def test_a_trial_writes_nothing(rules: RulesFile) -> None:
    tried = rules.checked("trial", {"watch": ["fronts"]})
    assert list(tried.rules) == ["trial"]
    assert text_of(rules) == FILE


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
values = st.fixed_dictionaries(
    {},
    optional={
        "places": st.lists(words, max_size=3),
        "actors": st.lists(words, max_size=3),
        "min_origins": st.integers(0, 99),
        "recaps": st.booleans(),
        "near": st.fixed_dictionaries(
            {"lat": st.floats(-90, 90), "lon": st.floats(-180, 180), "radius_km": st.floats(1, 99)}
        ),
    },
)


@given(values=values)
def test_what_is_written_is_what_is_read(values: dict[str, Any]) -> None:
    assert tomllib.loads(rule_toml("x", values)) == {"rules": {"x": values}}
    read = tomllib.loads(with_rule(FILE, "fronts", values))
    assert read["rules"]["fronts"] == values
    read["rules"]["fronts"] = tomllib.loads(FILE)["rules"]["fronts"]
    assert read == tomllib.loads(FILE)
