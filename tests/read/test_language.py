"""Language of short and long texts."""

from __future__ import annotations

import pytest

from tocsin.read.language import identify_language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Gunmen kill at least five soldiers and injure several others near the border.", "en"),
        ("Six gunmen are killed in a shootout in Zamfara State, Nigeria, police say.", "en"),
        ("Die Polizei meldete am Montag zwei Verletzte nach einer Explosion in der Stadt.", "de"),
        ("La police a annoncé lundi que deux soldats avaient été blessés dans une attaque.", "fr"),
        (
            "De politie meldde dat de man in de stad is omgekomen en dat zijn broer was gevlucht.",
            "nl",
        ),
        ("Полиция сообщила в понедельник о двух раненых после взрыва в центре города.", "ru"),
        (
            "Dos soldados murieron el lunes en un ataque cerca de la frontera, dijo la policía.",
            "es",
        ),
        ("Police said", None),
        ("12 34 56 " * 40, None),
    ],
)
def test_language(text: str, code: str | None) -> None:
    assert identify_language(None, text) == code


def test_title_helps() -> None:
    assert identify_language("Two soldiers were hurt in an attack near the border", "Zwei.") == "en"
