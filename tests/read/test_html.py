"""Pages: text, metadata, and which of several dates is believed."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.errors import RefusedInput
from tocsin.read.draft import Draft
from tocsin.read.html import opens_with, read_html, read_page, text_of_fragment, without_tags
from tocsin.records import Article
from tocsin.records.vocab import RegionKind

Page = Callable[..., str]
Make = Callable[..., Article]


def draft(url: str | None = None) -> Draft:
    return Draft("", "page", url=url)


def test_declared_metadata(page: Page) -> None:
    ld = json.dumps(
        {
            "@graph": [
                {"@type": "Organization", "name": "No Article"},
                {
                    "@type": "NewsArticle",
                    "headline": "Two soldiers hurt",
                    "author": [{"name": "Jane Doe"}, {"name": "John Public"}],
                    "publisher": {"name": "Valley News"},
                    "datePublished": "2021-05-03T22:30:00+03:00",
                },
            ]
        }
    )
    found = read_html(page(f'<script type="application/ld+json">{ld}</script>'), draft())
    assert (found.title, found.outlet) == ("Two soldiers hurt", "Valley News")
    assert found.byline == "Jane Doe, John Public"
    assert found.published is not None
    assert found.published.moment is not None
    assert found.published.origin == "json-ld datePublished"


def test_outlet_falls_back_to_the_host(page: Page) -> None:
    assert read_html(page(), draft("https://www.example.org/a")).outlet == "example.org"


def test_what_the_input_says_wins(page: Page) -> None:
    known = Draft("", "page", url="https://example.org/x", title="Given", outlet="Wire")
    found = read_html(page('<meta property="og:title" content="Other">'), known)
    assert (found.title, found.outlet, found.url) == ("Given", "Wire", "https://example.org/x")


@pytest.mark.parametrize(
    ("head", "url", "day", "doubts"),
    [
        ('<meta name="date" content="2021-05-03">', None, "2021-05-03", []),
        (
            # a stamp in UTC, and the local day in the address
            '<meta property="article:published_time" content="2021-05-04T01:30:00Z">',
            "https://example.org/2021/05/03/a",
            "2021-05-03",
            ["2021-05-04"],
        ),
        (
            '<meta property="article:published_time" content="0001-01-01T00:00:00Z">',
            "https://example.org/2021/05/03/a",
            "2021-05-03",
            ["0001-01-01"],
        ),
        (
            '<meta property="article:published_time" content="1970-01-01T00:00:00Z">'
            '<meta name="pubdate" content="2021-05-03">',
            None,
            "2021-05-03",
            ["1970-01-01"],
        ),
        (
            # published long after it was last changed
            '<meta property="article:published_time" content="2031-05-03">'
            '<meta property="article:modified_time" content="2021-05-04">'
            '<meta name="pubdate" content="2021-05-03">',
            None,
            "2021-05-03",
            ["2031-05-03"],
        ),
    ],
)
def test_dates_are_checked(
    page: Page, head: str, url: str | None, day: str, doubts: list[str]
) -> None:
    found = read_html(page(head), draft(url))
    assert found.published is not None
    assert str(found.published.date) == day
    assert [str(doubt.date) for doubt in found.published_doubts] == doubts


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 20_000 + "{}" + "</div>" * 20_000,
        "<b><i><table>" * 20_000 + "{}",
        "<p " + "a=b " * 100_000 + ">{}</p>",
        "<!-- " * 20_000 + "--><p>{}</p>",
        "<ul><li>" * 5_000 + "{}",
        "<svg>" * 3_000 + "</svg>" * 3_000 + "<p>{}</p>",
    ],
)
def test_hostile_markup_ends_and_keeps_the_words(markup: str, story: str) -> None:
    found = read_html(markup.format(story), draft())
    assert "Tarvel" in found.text


@pytest.mark.parametrize(
    "markup", ["", "<html></html>", "<script>var a=1</script>", "<<<>>>", "\0\0"]
)
def test_pages_without_text_are_refused(markup: str) -> None:
    with pytest.raises(RefusedInput):
        read_html(markup, draft())


HEADLINE = "Soldiers hurt in raid near Tarvel"


def test_headline_is_put_before_the_text(article: Make, page: Page) -> None:
    head = f'<meta property="og:title" content="{HEADLINE}">'
    markup = page(head).replace("<h1>Checkpoint attacked</h1>", "")
    found = read_html(markup, draft())
    assert found.text == f"{HEADLINE}\n{read_page(markup, draft()).text}"
    made = article(found.text, title=found.title)
    assert made.regions[0].kind is RegionKind.HEADLINE
    assert made.text[made.regions[0].start : made.regions[0].end].strip() == HEADLINE
    assert made.region_at(made.text.index("Gunmen")) is RegionKind.BODY


@pytest.mark.parametrize("kicker", ["", "World\n", "3 May 2021\n"])
@pytest.mark.parametrize("shown", [HEADLINE, HEADLINE.upper() + ".", f"“{HEADLINE}”"])
def test_a_text_that_has_its_headline_gets_no_other(shown: str, kicker: str) -> None:
    assert opens_with(f"{kicker}{shown}\nGunmen opened fire.", HEADLINE)
    assert not opens_with(f"{kicker}Gunmen opened fire.\n{MANY_LINES}{shown}", HEADLINE)


MANY_LINES = "A guard was hurt.\n" * 5


def test_headline_repeated_below_is_a_duplicate(article: Make) -> None:
    short = "Rockets hit Tarvel"
    text = f"{short}\nA guard was hurt, the army said.\n{short.upper()}\nNobody claimed it."
    kinds = [region.kind.value for region in article(text, title=short).regions]
    assert kinds == ["headline", "body", "duplicate", "body"]


def test_a_headline_that_looks_like_furniture_is_a_headline(article: Make) -> None:
    title = "Watch: Rockets hit Tarvel"
    made = article(f"{title}\nA guard was hurt, the army said.", title=title)
    assert [region.kind.value for region in made.regions] == ["headline", "body"]


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        (f"{HEADLINE} | Valley News", HEADLINE),
        (f"{HEADLINE} - VALLEY NEWS", HEADLINE),
        (f"Valley News :: {HEADLINE}", HEADLINE),
        (f"{HEADLINE} | World | Valley News", f"{HEADLINE} | World"),
        ("Checkpoint attacked | Oldland | Elsewhere", "Checkpoint attacked"),
        ("Raid on Tarvel – what is known", "Raid on Tarvel – what is known"),
        ("Valley News", "Valley News"),
        ("Governor&amp;#8217;s guard hurt", "Governor’s guard hurt"),
    ],
)
def test_title_without_the_outlet(page: Page, title: str, headline: str) -> None:
    head = f'<meta property="og:title" content="{title}">'
    head += '<meta property="og:site_name" content="Valley News">'
    assert read_html(page(head), draft()).title == headline


@given(st.lists(st.sampled_from(["a", "|", "-", "::", "Valley", "News", " "]), max_size=9))
@settings(deadline=None, max_examples=40)
def test_any_title_gives_a_headline_of_its_own_words(words: list[str]) -> None:
    title = " ".join(words)
    markup = f"<title>{title}</title><meta property='og:site_name' content='a'><p>{MANY_LINES}</p>"
    found = read_html(markup, draft())
    assert found.text.endswith(read_page(markup, draft()).text)
    assert (found.title or "") in " ".join(title.split())


def test_charset_declared_in_the_page(page: Page, story: str) -> None:
    text = story.replace("Tarvel", "Тарвел")
    markup = page('<meta charset="windows-1251">', body=text)
    encoded = markup.encode("cp1251", "replace")
    assert "Тарвел" in read_html(encoded, draft()).text


def test_fragments() -> None:
    assert text_of_fragment("<p>One &amp; two</p><p>Three</p>") == "One & two\nThree"
    assert text_of_fragment("plain") == "plain"
    assert without_tags("a<!-- b --><script>c</script><i>d</i> &lt;e <") == "a\nd\n<e"
