from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tocsin.text import find_quotes, tokenize
from tocsin.text.quotes import MAX_QUOTE_CHARS


def test_words_numbers_and_marks() -> None:
    text = "Iraq's U.S.-led force fired 1,200 rounds (7.62)."
    words = " ".join(token.text for token in tokenize(text))
    assert words == "Iraq ' s U.S. - led force fired 1,200 rounds ( 7.62 ) ."


def test_lower_case_beside_the_word() -> None:
    (token,) = tokenize("Gdańsk")
    assert (token.text, token.lower) == ("Gdańsk", "gdańsk")


@given(st.text(max_size=300), st.integers(0, 50))
def test_tokens_are_slices_in_order(text: str, start: int) -> None:
    at = start
    for token in tokenize(text, start):
        assert token.start >= at
        assert text[token.start : token.end] == token.text
        at = token.end


def test_quotes_straight_and_curly() -> None:
    text = 'He said "go" and “stay” then.'
    assert [text[start:end] for start, end in find_quotes(text)] == ['"go"', "“stay”"]


def test_a_mark_without_partner_ends_with_its_paragraph() -> None:
    text = '"Never closed.\n\n"Closed." End.'
    assert [text[start:end] for start, end in find_quotes(text)] == ['"Closed."']


def test_a_quote_is_bounded() -> None:
    text = '"' + "a" * (MAX_QUOTE_CHARS + 10) + '" b "c"'
    assert all(end - start <= MAX_QUOTE_CHARS + 2 for start, end in find_quotes(text))


@given(st.text(alphabet='"“”ab \n', max_size=200))
def test_quotes_do_not_overlap(text: str) -> None:
    at = 0
    for start, end in find_quotes(text):
        assert at <= start < end <= len(text)
        at = end
