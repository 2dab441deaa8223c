"""`tocsin extract --explain`: how each article was read, as lines or as one page."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from tocsin.cli import EXIT_NOTHING_DONE, EXIT_SOME_REFUSED
from tocsin.cli.output import output
from tocsin.config import Settings
from tocsin.errors import RefusedInput
from tocsin.extract import Explainer
from tocsin.pipeline import Parts
from tocsin.publish.explain import explanation_lines, explanation_page
from tocsin.publish.phrasing import plain
from tocsin.read import GivenMetadata, read_inputs


def explain_command(
    inputs: Sequence[str],
    settings: Settings,
    *,
    given: GivenMetadata,
    out: Path | None,
    page: Path | None,
) -> None:
    """Windows, scores and what was left out, for each article; the first one also as a page."""
    parts = Parts.open(settings)
    explainer = parts.extractor
    if not isinstance(explainer, Explainer):
        raise typer.BadParameter(
            f"the reader {explainer.version} keeps no scores; use --reader learned",
            param_hint="--explain",
        )
    read = refused = 0
    with output(out) as stream:
        for article in read_inputs(inputs, settings.read, given=given):
            if isinstance(article, RefusedInput):
                refused += 1
                sys.stderr.write(f"refused: {plain(str(article))}\n")
                continue
            explanation = explainer.explain(article)
            if page is not None and not read:
                page.write_text(explanation_page(article, explanation), encoding="utf-8")
            read += 1
            for line in explanation_lines(article, explanation):
                stream.write(line + "\n")
    if refused:
        raise typer.Exit(EXIT_SOME_REFUSED if read else EXIT_NOTHING_DONE)
