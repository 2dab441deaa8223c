from __future__ import annotations

from collections.abc import Callable

import pytest

from tocsin.records import Reading

ReadText = Callable[..., Reading]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        (
            "A rocket hit two civilian vehicles near Taiz on Tuesday.",
            ["two civilian vehicles"],
        ),
        (
            "Masked men executed three captives in Raqqa on Tuesday.",
            ["three captives"],
        ),
        (
            "Warplanes targeted the separatist fighters near Aden on Tuesday.",
            ["the separatist fighters"],
        ),
    ],
)
def test_what_was_hit_in_its_longest_words(text: str, targets: list[str], read: ReadText) -> None:
    (report,) = read(text).reports
    assert [target.span.text for target in report.targets] == targets
