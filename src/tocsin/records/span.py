"""Span: where words stand in one named text."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.errors import SpanError


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open `[start, end)` in Unicode code points of one article's text, and the words there.

    Raises SpanError when the span is empty, reversed, negative or of another length than its text.
    """

    start: int
    end: int
    text: str
    """Equals `article.text[start:end]`; `Span.of` guarantees it, `check` proves it."""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise SpanError("Span", "start", f"not a half-open range: {self.start}..{self.end}")
        if len(self.text) != self.end - self.start:
            raise SpanError(
                "Span", "text", f"{len(self.text)} characters for {self.end - self.start}"
            )

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span `[start, end)` of `text`. Raises SpanError outside the text."""
        if end > len(text):
            raise SpanError("Span", "end", f"{end} is past the text's end {len(text)}")
        return cls(start, end, text[start:end])

    def check(self, text: str) -> None:
        """Raises SpanError unless `text[start:end]` equals the span's own text."""
        if text[self.start : self.end] != self.text:
            raise SpanError("Span", "text", f"differs from the slice {self.start}..{self.end}")

    def overlaps(self, other: Span) -> bool:
        """True where the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """True where `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """A span together with the article it stands in: what an incident's value opens onto."""

    article_id: str
    span: Span
