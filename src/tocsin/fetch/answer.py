"""What a server answered, freed of transfer encodings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. Any status may be here: 304 and 429 are answers too."""

    status: int
    url: str
    """Where it was found, after redirects."""
    data: bytes = b""
    """Empty for anything but a 2xx."""
    kind: str = ""
    """Content type, lower case."""
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    retry_after: str | None = None
    """As sent: seconds or a date."""

    @property
    def is_ok(self) -> bool:
        """Whether it carries the document asked for."""
        return self.status == 200
