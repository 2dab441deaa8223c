"""Whatever is asked, the answer is one of those the OpenAPI document names, and never a fault."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
LIKELY = st.sampled_from(
    [
        "", "0", "1", "-1", "200", "99999999999999999999", "nan", "inf", "1e999", "2020-03-03",
        "0001-01-01", "9999-12-31", "9999-12-31T23:59:59-14:00", "disputed", "newest", "true", "TR",
        "39,36.9,10", "170,-20,-170,0", "0,0,1,0,1,1", '"', '" OR', "a*", "NEAR(", "\0", "%00",
        "art_0001", "inc_0001", "../..", "WyJhIl0", "rocket",
    ]
)  # fmt: skip
VALUE = LIKELY | TEXT
ENDLESS = {"/api/v1/changes"}


@st.composite
def requests(draw: st.DrawFn, document: dict[str, Any]) -> tuple[str, str]:
    """An address of the document with any values, and the path it is an instance of."""
    readable = {path for path, methods in document["paths"].items() if "get" in methods}
    path = draw(st.sampled_from(sorted(readable - ENDLESS)))
    address, asked = path, {}
    for parameter in document["paths"][path]["get"].get("parameters", []):
        name = parameter["name"]
        if parameter["in"] == "path":
            value = draw(VALUE.filter(bool))
            address = address.replace(f"{{{name}}}", quote(value, safe=""))
        elif parameter.get("required") or draw(st.integers(0, 3)) == 0:
            asked[name] = draw(VALUE)
    return f"{address}?{urlencode(asked)}", path


def test_no_request_is_answered_with_a_fault(client: TestClient) -> None:
    document = client.get("/api/v1/openapi.json").json()

    @hypothesis_settings(
        deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow]
    )
    @given(requests(document))
    def ask(request: tuple[str, str]) -> None:
        address, path = request
        answer = client.get(address)
        assert answer.status_code < 500, (address, answer.text)
        if answer.status_code == 404 and "no " not in answer.text:
            return  # the value changed the path: `..` is another address
        assert str(answer.status_code) in document["paths"][path]["get"]["responses"], address
        if answer.status_code >= 400:
            error = answer.json()["error"]
            assert set(error) == {"code", "message", "field"}

    ask()
