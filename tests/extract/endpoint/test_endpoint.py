"""The reader behind an address: against a small server, and against answers that lie."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from tests.store.factory import article
from tocsin.errors import EndpointFailed, SettingsError
from tocsin.extract import open_extractor
from tocsin.extract.endpoint.answer import SCHEMA, Answered
from tocsin.extract.endpoint.asking import Endpoint, Usage
from tocsin.extract.endpoint.config import EndpointSettings
from tocsin.extract.endpoint.reader import EndpointExtractor
from tocsin.records import Article, Reading, Region
from tocsin.records.vocab import ActorRole, IncidentType, Outcome, RegionKind

TEXT = (
    "Two rockets hit the depot in Harran on Tuesday, killing three people. Police blamed the\n"
    "Grey Column. Last month a bomb exploded near the depot; nobody was hurt.\n"
    "Read also: Storm kills nine people"
)
CUT = TEXT.index("Read also")
NEWS = article(
    1,
    text=TEXT,
    regions=(Region(0, CUT, RegionKind.BODY), Region(CUT, len(TEXT), RegionKind.RELATED_LINK)),
)
TRUE: dict[str, Any] = {
    "type": "indirect_fire",
    "trigger": "hit",
    "is_main": True,
    "stage": "accomplished",
    "dates": ["on Tuesday"],
    "places": [{"quote": "Harran", "role": "impact"}],
    "weapons": [{"quote": "Two rockets", "type": "rocket"}],
    "targets": [{"quote": "the depot", "kind": "military"}],
    "casualties": [{"quote": "three people", "outcome": "killed", "group": "civilian"}],
    "actors": [{"quote": "the Grey Column", "role": "blamed"}],
    "sources": [{"quote": "Police", "kind": "police"}],
}
SETTINGS = EndpointSettings(url="http://127.0.0.1:9/v1", model="small", price_in=2, price_out=8)


class Stub:
    """An endpoint that says what it was told to."""

    def __init__(self, *incidents: dict[str, Any]) -> None:
        self.answered = Answered.model_validate({"incidents": incidents})
        self.asked: list[str] = []

    def ask(self, text: str) -> tuple[Answered, Usage]:
        self.asked.append(text)
        return self.answered, Usage(1_000, 100)


def read(*incidents: dict[str, Any], news: Article = NEWS) -> tuple[Reading, EndpointExtractor]:
    extractor = EndpointExtractor(SETTINGS, Stub(*incidents))
    return extractor.read(news), extractor


def test_verified_quotes_become_mentions() -> None:
    reading, extractor = read(TRUE)
    (report,) = reading.reports
    assert (report.type, report.trigger.text) == (IncidentType.INDIRECT_FIRE, "hit")
    assert [m.span.text for m in report.times] == ["on Tuesday"]
    assert [(m.span.text, m.outcome) for m in report.casualties] == [
        ("three people", Outcome.KILLED)
    ]
    # The article breaks the line within the name: white space may differ, the words are its own.
    assert [(m.span.text, m.role) for m in report.actors] == [
        ("the\nGrey Column", ActorRole.BLAMED)
    ]
    assert reading.extractor_version == "endpoint/1:small"
    assert [s.text[:11] for s in report.sentences] == ["Two rockets"]
    assert extractor.spent.price(SETTINGS) == pytest.approx((1_000 * 2 + 100 * 8) / 1_000_000)


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({"casualties": [{"quote": "thirty people", "outcome": "killed"}]}, True),
        ({"casualties": [{"quote": "nine people", "outcome": "killed"}]}, True),
        ({"casualties": [{"quote": "hree people", "outcome": "killed"}]}, True),
        ({"casualties": [{"quote": "three people", "outcome": "blessed"}]}, True),
        ({"casualties": [{"quote": "", "outcome": "killed"}]}, True),
        ({"casualties": [{"quote": TEXT + "x" * 300, "outcome": "killed"}]}, True),
        ({"trigger": "exploded loudly"}, False),
        ({"type": "earthquake"}, False),
    ],
)
def test_what_is_not_in_the_article_is_dropped_and_counted(
    change: dict[str, Any], kept: bool
) -> None:
    reading, extractor = read(TRUE | change)
    assert bool(reading.reports) is kept
    assert not any(report.casualties for report in reading.reports)
    assert extractor.spent.quotes_dropped == 1


def test_a_quote_is_taken_where_its_incident_is_told() -> None:
    bomb = {"type": "bombing", "trigger": "exploded", "is_main": False,
            "targets": [{"quote": "the depot", "kind": "military"}]}  # fmt: skip
    reading, _ = read(bomb, TRUE)
    first, second = reading.reports
    assert [r.trigger.text for r in (first, second)] == ["hit", "exploded"]
    assert first.targets[0].span.start < CUT // 2 < second.targets[0].span.start
    again, _ = read(TRUE, TRUE)
    assert len(again.reports) == 1


def test_other_languages_and_nothing_are_not_asked_about() -> None:
    stub = Stub(TRUE)
    extractor = EndpointExtractor(SETTINGS, stub)
    for news in (article(2, language="fr"), article(3, text="  \n", regions=())):
        assert extractor.read(news).reports == ()
    assert stub.asked == []


def test_only_what_was_shown_can_be_quoted() -> None:
    settings = SETTINGS.model_copy(update={"max_text_chars": 100})
    stub = Stub(TRUE | {"trigger": "exploded"})
    assert EndpointExtractor(settings, stub).read(NEWS).reports == ()
    assert stub.asked == [TEXT[:100]]


QUOTES = st.sampled_from(TEXT.split()) | st.text(max_size=30) | st.just("(a+)+$")


@hypothesis_settings(deadline=None)
@given(st.lists(st.tuples(QUOTES, QUOTES, QUOTES), max_size=5))
def test_no_answer_makes_words_that_are_not_there(drawn: list[tuple[str, str, str]]) -> None:
    told = [
        {"type": "bombing", "trigger": one, "dates": [two],
         "casualties": [{"quote": three, "outcome": "killed"}]}
        for one, two, three in drawn
    ]  # fmt: skip
    reading, _ = read(*told)
    for report in reading.reports:
        times = [mention.span for mention in report.times]
        counts = [mention.span for mention in report.casualties]
        for span in (report.trigger, *times, *counts):
            assert TEXT[span.start : span.end] == span.text
            assert span.end <= CUT


class Server:
    """An endpoint on this machine: answers in turn with what it was given."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, bytes]] = []
        self.requests: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {k.lower(): v for k, v in self.headers.items()}
                outer.requests.append((self.path, headers, json.loads(body)))
                status, content = outer.answers.pop(0)
                self.send_response(status)
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    opened = Server()
    yield opened
    opened.close()


def completion(content: str, **usage: Any) -> tuple[int, bytes]:
    body = {"choices": [{"message": {"role": "assistant", "content": content}}], "usage": usage}
    return 200, json.dumps(body).encode()


def asked(server: Server, **changes: Any) -> tuple[Answered, Usage]:
    settings = EndpointSettings(url=server.url, model="small", key=SecretStr("k-1"), **changes)
    endpoint = Endpoint(settings, pause=lambda _: None)
    try:
        return endpoint.ask(TEXT)
    finally:
        endpoint.close()


def test_it_asks_for_structured_output_and_counts_tokens(server: Server) -> None:
    answer = completion(json.dumps({"incidents": [TRUE]}), prompt_tokens=70, completion_tokens=9)
    server.answers.append(answer)
    answered, usage = asked(server)
    assert answered.incidents[0].trigger == "hit"
    assert usage == Usage(70, 9)
    ((path, headers, body),) = server.requests
    assert path == "/v1/chat/completions"
    assert headers["authorization"] == "Bearer k-1"
    assert body["response_format"]["json_schema"]["schema"] == SCHEMA
    assert (body["model"], body["temperature"]) == ("small", 0)
    assert body["messages"][-1] == {"role": "user", "content": TEXT}


def test_it_tries_again_where_that_may_help(server: Server) -> None:
    server.answers += [(503, b""), (429, b""), completion('{"incidents": []}')]
    answered, usage = asked(server)
    assert (answered.incidents, usage) == ([], Usage(0, 0))
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("answer", "requests", "reason"),
    [
        ((503, b""), 2, "answers 503"),
        ((401, b""), 1, "answers 401"),
        ((302, b""), 1, "answers 302"),
        ((200, b"hello"), 1, "something else"),
        ((200, b"[" * 200), 1, "something else"),
        (completion("no JSON"), 1, "something else"),
        (completion('{"incidents": 5}'), 1, "something else"),
        (completion(json.dumps({"incidents": [TRUE] * 25})), 1, "something else"),
        ((200, b'"' + b"x" * 5_000), 1, "more than 4096 bytes"),
    ],
)
def test_every_other_answer_is_a_failure_by_name(
    server: Server, answer: tuple[int, bytes], requests: int, reason: str
) -> None:
    server.answers += [answer] * 2
    limit = 4_096 if "more than" in reason else 1_048_576
    with pytest.raises(EndpointFailed, match=reason) as raised:
        asked(server, tries=2, max_answer_bytes=limit)
    assert len(server.requests) == requests
    assert "k-1" not in str(raised.value)


def test_a_dead_address_is_a_failure() -> None:
    endpoint = Endpoint(SETTINGS, pause=lambda _: None)
    with pytest.raises(EndpointFailed, match="cannot be reached"):
        endpoint.ask(TEXT)
    endpoint.close()


def test_it_needs_an_address_and_a_model() -> None:
    with pytest.raises(SettingsError, match=r"endpoint\.url"):
        open_extractor("endpoint")
    with pytest.raises(SettingsError, match=r"endpoint\.model"):
        open_extractor("endpoint", endpoint=EndpointSettings(url="http://127.0.0.1/v1"))
    with pytest.raises(ValidationError):
        EndpointSettings(url="file:///etc/passwd")
    assert "k-1" not in repr(EndpointSettings(key=SecretStr("k-1")))
