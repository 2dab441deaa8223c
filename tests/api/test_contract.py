"""Requests made from the OpenAPI document, good and bad: no fault, no breach of the document."""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    negative_data_rejection,
    positive_data_acceptance,
)

from tocsin.api import StorePool, create_api

EXAMPLES = 12
"""Requests of each route and kind. The same ones each time: a suite that finds something else on
each run says nothing of the change it is run for."""
ENDLESS = "/api/v1/changes"
"""A stream of events has no end to wait for; tests/web asks it for its first one."""


def test_requests_are_answered_as_the_document_says(pool: StorePool) -> None:
    document = schemathesis.openapi.from_asgi("/api/v1/openapi.json", create_api(pool))
    asked = set()
    for found in document.exclude(path=ENDLESS).get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()
        asked.add(operation.label)
        for mode in GenerationMode:
            ask_many(operation, mode)
    assert "GET /api/v1/incidents" in asked


def ask_many(operation: Any, mode: GenerationMode) -> None:
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        # Days, boxes and cursors are strings to the document: one that means nothing gets 422.
        # Nor must all that the document forbids be refused: forms send what is left empty, and
        # a route takes that for left out.
        case.call_and_validate(excluded_checks=[positive_data_acceptance, negative_data_rejection])

    try:
        ask()
    except Unsatisfiable:
        # A route without parameters, or with none but a free string: nothing sent to it is bad.
        assert mode is GenerationMode.NEGATIVE
