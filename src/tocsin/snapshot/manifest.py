"""The manifest of a snapshot: which data, made by which code, of which content."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tocsin.errors import RecordError
from tocsin.publish.contract import Json
from tocsin.records import content_id
from tocsin.records.codec import from_json, to_json

FORMAT_VERSION: Final = 1
"""Of the file. A reader refuses a newer one."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """What the people who publish it call it. Both may be empty."""

    name: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class PartDigest:
    """One part of a snapshot: its lines, its bytes and their SHA-256, before compression."""

    sha256: str
    size_bytes: int
    lines: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot says of itself. Raises RecordError for a format of a later version."""

    format: int
    dataset: Dataset
    code_version: str
    """Of Tocsin, that made the record's fused values."""
    schema_version: int
    """Of the JSON lines, docs/contract.md."""
    extractors: tuple[str, ...]
    """Versions of the readers whose reports are in it, sorted."""
    as_of: str | None
    """The moment whose knowledge it holds; None for all that the store knew."""
    last_changed: str | None
    """When the newest change in it was recorded; None for an empty record."""
    parts: Mapping[str, PartDigest]
    """By name."""

    def __post_init__(self) -> None:
        if self.format != FORMAT_VERSION:
            raise RecordError("Manifest", "format", f"{self.format} is not {FORMAT_VERSION}")

    @property
    def id(self) -> str:
        """Made of all the rest: equal ids, equal content."""
        return content_id("snp", _text(json.loads(to_json(self))))

    def to_bytes(self) -> bytes:
        """As it stands in the file, its id first."""
        return _text({"id": self.id, **json.loads(to_json(self))}, indent=1).encode() + b"\n"

    @classmethod
    def from_bytes(cls, data: bytes) -> Manifest:
        """Raises RecordError for what is none, or one whose id is not that of its content."""
        try:
            fields: Json = json.loads(data)
            stated = fields.pop("id")
        except (ValueError, AttributeError, KeyError, TypeError) as error:
            raise RecordError("Manifest", "id", "is not a manifest") from error
        manifest = from_json(cls, json.dumps(fields))
        if manifest.id != stated:
            raise RecordError("Manifest", "id", f"{stated} is not that of its content")
        return manifest

    def citation(self) -> str:
        """One line that names this very data."""
        name = " ".join(
            filter(None, (self.dataset.name or "Incident record", self.dataset.version))
        )
        day = f", as of {(self.as_of or self.last_changed or '')[:10]}" if self.last_changed else ""
        lines = self.parts["incidents.jsonl"].lines
        return f"{name}{day}: {lines:,} incidents. Tocsin {self.code_version}, {self.id}."


def _text(value: Any, indent: int | None = None) -> str:
    """JSON in one spelling, so that it can be hashed."""
    separators = (",", ":") if indent is None else None
    return json.dumps(
        value, sort_keys=indent is None, ensure_ascii=False, separators=separators, indent=indent
    )
