"""read_inputs: files, folders, globs, standard input and URLs in, articles and refusals out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tocsin.errors import RefusedInput
from tocsin.read.build import build_article
from tocsin.read.config import ReadSettings
from tocsin.read.draft import Draft, GivenMetadata
from tocsin.read.json_lines import read_json_lines
from tocsin.read.published import parse_published
from tocsin.records import Article


def read_inputs(
    inputs: Sequence[str],
    settings: ReadSettings,
    *,
    given: GivenMetadata = GivenMetadata(),  # noqa: B008 - frozen
) -> Iterator[Article | RefusedInput]:
    """Articles of all inputs, in order, lazily. What cannot be read is a RefusedInput in its
    place; nothing an input holds raises."""
    for name in inputs:
        path = Path(name)
        try:
            if path.suffix in {".jsonl", ".ndjson"}:
                with path.open("rb") as stream:
                    yield from read_json_lines(stream, name, settings)
            else:
                published = given.published
                draft = Draft(
                    text=path.read_bytes().decode(),
                    source=name,
                    url=given.url,
                    outlet=given.outlet,
                    published=parse_published(published, origin="command line")
                    if published
                    else None,
                )
                yield build_article(draft, settings)
        except RefusedInput as refusal:
            yield refusal
        except (OSError, UnicodeDecodeError) as error:
            yield RefusedInput(name, f"cannot be read: {error}")
