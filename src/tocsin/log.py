"""Logs: words on a terminal, one JSON object a line for machines; always on standard error."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog


def configure_log(*, json: bool, quiet: bool) -> None:
    """Send logs to standard error; `quiet` keeps warnings and errors only."""
    level = logging.WARNING if quiet else logging.INFO
    processors: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    processors += (
        [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
        if json
        else [
            # Plain tracebacks: the local variables of a fault hold whole articles.
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(),
                exception_formatter=structlog.dev.plain_traceback,
            )
        ]
    )
    structlog.configure(
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    # Libraries that read hostile pages are chatty about each fault; refusals say what matters.
    for name in ("trafilatura", "htmldate", "alembic", "httpx", "httpcore", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
