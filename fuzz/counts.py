"""Fuzz the reader of words of counting: any text."""

from __future__ import annotations

from tocsin.how_many import QuantityReading, read_quantities, read_quantity, read_toll

WORDS = """
at least more than up to about nearly no one none of the a an another two 12 1,200 2.5 million
dozens several hundred and people soldiers woman children killed wounded were was dead reports
casualties including rockets years old aged % $ km 19th first between toll to 's men other Omar
him whom them as well or half third score 1/2 10-15 thousands
"""
SEEDS = (
    b"At least 12 people, including two children, were killed and dozens more wounded on Monday",
    b"one of the 19 soldiers, aged 21-35, died; no casualties were reported among 1,200 men",
    b"A man, his wife and their three children were among half a million displaced: 2.5% of $3m",
)


def check(data: bytes) -> None:
    """Bounds in order, spans inside the text."""
    text = data.decode("utf-8", "replace")
    for reading in read_quantities(text):
        _check(reading, text)
    for vague in (True, False):
        alone = read_quantity(text, plural_is_vague=vague)
        if alone is not None:
            _check(alone, text)
    read_toll(text)


def _check(reading: QuantityReading, text: str) -> None:
    for span in (reading.span, reading.number_span, reading.noun_span):
        if span is not None:
            span.check(text)
    quantity = reading.quantity
    known = [n for n in (quantity.min, quantity.best, quantity.max) if n is not None]
    if known != sorted(known):
        raise ValueError(f"bounds out of order: {quantity}")
