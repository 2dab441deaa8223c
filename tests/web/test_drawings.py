"""The drawings of an incident's page: who goes back to whom, and the toll by who said it."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desk.factory import bombing
from tests.resolve.factory import tell
from tocsin.records import Evidence, FusedField, PrimarySource, Quantity, ReportInContext
from tocsin.records.vocab import Agreement, Outcome, SourceKind
from tocsin.web.graph import BOX, MAX_ARTICLES, WIDTH, Told, origin_graph
from tocsin.web.toll import HEIGHT, LEFT, TOP, toll_charts
from tocsin.web.toll import WIDTH as TOLL_WIDTH


def told(number: int, origin: int) -> Told:
    return Told(str(number), f"art {number}", f"Outlet {number}", "1 Mar 2021", f"lin_{origin}")


def source(name: str, *origins: int) -> tuple[PrimarySource, frozenset[str]]:
    named = PrimarySource(name, SourceKind.POLICE, len(origins))
    return named, frozenset(f"lin_{origin}" for origin in origins)


def test_each_article_is_tied_to_its_origin_and_each_source_to_all_of_its() -> None:
    articles = [told(1, 1), told(2, 2), told(3, 1)]
    graph = origin_graph(articles, [source("police", 1, 2), source("a medic", 2)])
    assert graph is not None
    assert [box.label for box in graph.articles] == [
        "[1] Outlet 1, 1 Mar 2021",
        "[3] Outlet 3, 1 Mar 2021",
        "[2] Outlet 2, 1 Mar 2021",
    ]
    assert [disc.title for disc in graph.origins] == ["origin 1: 2 articles", "origin 2: 1 article"]
    assert [box.title for box in graph.sources] == ["police, police", "a medic, police"]
    assert len(graph.edges) == len(articles) + 3
    assert graph.articles[0].href == "/articles/art%201"
    assert graph.left_out == 0


def test_a_single_article_that_cites_nobody_is_not_drawn() -> None:
    assert origin_graph([told(1, 1)], []) is None


@given(
    st.lists(st.integers(1, 5), min_size=2, max_size=40),
    st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=5), max_size=30),
)
def test_nothing_is_drawn_outside_nor_lost_unsaid(
    origins: list[int], cited: list[list[int]]
) -> None:
    articles = [told(number, origin) for number, origin in enumerate(origins)]
    sources = [source(f"s{number}", *found) for number, found in enumerate(cited)]
    graph = origin_graph(articles, sources)
    assert graph is not None
    boxes = (*graph.articles, *graph.sources)
    for box in boxes:
        assert BOX / 2 <= box.y <= graph.height - BOX / 2
        assert box.x + box.width <= WIDTH
    for column in (graph.articles, graph.sources):
        heights = [box.y for box in column]
        assert all(b - a >= BOX for a, b in itertools.pairwise(heights))
    assert len(boxes) + graph.left_out == len(articles) + len(sources)
    assert len(graph.articles) <= MAX_ARTICLES


def href(evidence: Evidence) -> str:
    return f"/{evidence.article_id}"


def charts(*contexts: ReportInContext, killed: Quantity | None = None) -> list[Any]:
    field = (
        FusedField(killed, "inferred:test", Agreement.SINGLE, (), ())
        if killed is not None
        else None
    )
    return list(toll_charts(contexts, {Outcome.KILLED: field}, href))


def test_figures_stand_in_order_each_leading_to_its_words() -> None:
    (chart,) = charts(
        bombing("ledger", killed=3), bombing("courier", killed=12), killed=Quantity(3, 12, 12)
    )
    assert chart.outcome == "killed"
    assert [figure.href for figure in chart.figures] == ["/ledger", "/courier"]
    first, last = chart.figures
    assert LEFT < first.x < last.x < TOLL_WIDTH
    assert first.best > last.best == TOP
    assert [value for _, value in chart.ticks] == [0, 12]
    assert chart.band is not None
    assert "3 killed, says" in first.title


def test_one_figure_is_no_drawing() -> None:
    assert charts(bombing("ledger", killed=3)) == []
    assert charts(tell("a"), tell("b")) == []


@given(st.lists(st.integers(0, 10_000), min_size=2, max_size=70))
def test_figures_stay_inside_the_drawing(counts: list[int]) -> None:
    contexts = [bombing(f"art{number}", killed=count) for number, count in enumerate(counts)]
    (chart,) = charts(*contexts)
    for figure in chart.figures:
        assert TOP <= figure.best <= HEIGHT
        assert LEFT <= figure.x <= TOLL_WIDTH
    assert len(chart.figures) + chart.left_out == len(counts)
    named = {colour for colour, _ in chart.speakers}
    assert {figure.colour for figure in chart.figures} <= named


def test_the_page_draws_what_its_lists_say(board: Any) -> None:
    (item,) = board.get("/api/v1/incidents").json()["items"]
    page = board.get(f"/incidents/{item['id']}").text
    graph = re.search(r'<figure class="graph">.*?</figure>', page, re.DOTALL)
    assert graph is not None
    assert graph[0].count("<title>origin ") == item["corroboration"]["lineages"]
    assert "style=" not in page
    assert '<figure class="toll">' in page


@pytest.mark.parametrize("state", ["1", "99"])
def test_a_state_of_the_history_can_be_asked_for(board: Any, state: str) -> None:
    (item,) = board.get("/api/v1/incidents").json()["items"]
    answer = board.get(f"/incidents/{item['id']}?state={state}")
    assert answer.status_code == (200 if state == "1" else 404)
    if state == "1":
        assert "As it was known on" in answer.text
