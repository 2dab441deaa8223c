"""Usual English names of native spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.where import Gazetteer
from tocsin.where.usual import native_keys, usual_name


@pytest.mark.parametrize(
    ("native", "country", "usual"),
    [
        ("Jalālābād", "AF", "Jalalabad"),
        ("Gǝncǝ", "AZ", "Ganja"),
        ("Ar Raqqah", "SY", "Raqqa"),
        ("Bogota D.C.", "CO", "Bogotá"),
        ("Bogotá", "CO", "Bogotá"),
        ("Şanlıurfa", "TR", "Şanlıurfa"),
        ("Sétif", "DZ", "Sétif"),
        ("Yegor’yevsk", "RU", "Yegoryevsk"),
        ("Ohio", "US", "Ohio"),
    ],
)
def test_name_is_the_usual_english_one(native: str, country: str, usual: str) -> None:
    assert usual_name(native, country) == usual


@given(st.text(max_size=40), st.sampled_from(["IQ", "AZ", "FR", "DZ"]))
def test_usual_names_are_stable(name: str, country: str) -> None:
    once = usual_name(name, country)
    assert usual_name(once, country) == usual_name(once, country)
    assert name.isascii() or country != "FR" or once == name


def test_usual_names_find_their_places(gazetteer: Gazetteer) -> None:
    for key, natives in native_keys().items():
        countries = {entry.country for entry in gazetteer.entries_of(key)}
        for country, native in natives:
            if any(e.country == country for e in gazetteer.entries_of(native)):
                assert country in countries, key


def test_admin1_has_its_usual_name_too(gazetteer: Gazetteer) -> None:
    ganja = next(e for e in gazetteer.look_up("Ganja") if e.country == "AZ")
    assert (ganja.name, ganja.admin1) == ("Ganja", "Ganja")
    bogota = gazetteer.look_up("Bogota")[0]
    assert (bogota.name, bogota.admin1) == ("Bogotá", "Bogotá")
