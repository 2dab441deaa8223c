"""Furniture is marked, nothing is cut, and no sentence of the body is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.read import editorial_status, mark_regions
from tocsin.records import Article
from tocsin.records.vocab import RegionKind

Pairs = Callable[[Article], list[tuple[RegionKind, str]]]
Make = Callable[..., Article]

BODY = "Two rockets struck a depot outside Tarvel on Sunday, an army spokesman said."
MORE_BODY = "Nobody claimed the attack, and the extent of the damage was not known at once."

LINES = st.sampled_from(
    [
        BODY,
        MORE_BODY,
        "Advertisement",
        "Share this",
        "READ MORE: Mayor of Tarvel resigns over water bill",
        "RELATED ARTICLES",
        "A soldier stands guard at the gate. (Photo: A. Person/Reuters)",
        "TARVEL (Reuters) - Two rockets struck a depot, the army said.",
        "May 3, 2021",
        "This is a developing story and will be updated.",
        "",
        "  ",
        "(Picture: X/Getty) MORE: ONE Two Three",
        "\u2028",
        "Correction: an earlier version misstated the day.",
    ]
)


def kinds(text: str, title: str | None = None) -> list[tuple[str, str]]:
    return [(r.kind.value, text[r.start : r.end].strip()) for r in mark_regions(text, title)]


@given(st.one_of(st.text(), st.lists(LINES, max_size=12).map("\n".join)), st.text(max_size=40))
@settings(deadline=None)
def test_regions_cover_the_text_exactly(text: str, title: str) -> None:
    for declared in (None, title):
        at = 0
        for region in mark_regions(text, declared):
            assert region.start == at
            assert region.end > at
            at = region.end
        assert at == len(text)


@given(st.lists(LINES, max_size=12).map("\n".join))
@settings(deadline=None)
def test_marking_is_the_same_each_time(text: str) -> None:
    assert mark_regions(text) == mark_regions(text)


@pytest.mark.parametrize(
    "line",
    [
        "advertisement",
        "ADVERTISEMENT",
        "Continue reading",
        "Leave a Reply",
        "3 min read",
        "Reading time: 4 minutes",
        "Share on Facebook",
        "Your email address will not be published. Required fields are marked *",
        "This site uses Akismet to reduce spam. Learn how your comment data is processed.",
        "We use cookies to improve your experience on this site.",
        "Sign up for our morning newsletter and never miss a story",
        "Subscribe to our channel for daily updates",
        "Follow us on Twitter and Facebook",
        "Skip to main content",
        "%d bloggers like this:",
        "© 2021 Valley Media Group",
        "Copyright 2021 Valley Media. All rights reserved.",
        "By Jane Doe and John Q. Public",
        "(Reporting by Jane Doe; Editing by John Public)",
        "news@example.org",
        "12 comments",
        "Image 3 of 14",
        "You may also like...",
        "___",
    ],
)
def test_lines_of_boilerplate(line: str) -> None:
    marked = kinds(f"{BODY}\n\n{line}\n\n{MORE_BODY}")
    assert marked == [("body", BODY), ("boilerplate", line), ("body", MORE_BODY)]


@pytest.mark.parametrize(
    "sentence",
    [
        "By Monday evening police had found three bodies in the river.",
        "Share prices fell after the blast, which killed four people in the capital.",
        "Advertising signs were torn down by the blast in the main street of the town.",
        "More than 40 people were killed in the bombing, officials said.",
        "Related charges against the two men were dropped last year, a court heard.",
        "Comments by the minister set off protests in which one man was shot dead.",
        "Copyright law was the subject of the talks that the bomb threat ended.",
        "He was the editor of a newsletter; gunmen shot him at his door on Friday.",
        "Watch towers along the border came under fire before dawn, the army said.",
        "Police shot dead a man (pictured) who had attacked them with a knife.",
        "Three people (one of them a child) died when a shell hit their home.",
        "Corrections officers were held hostage for six hours in the prison riot.",
        "The update came hours after a mine killed two deminers near the bridge.",
        "Breaking the siege cost the army 12 men, a commander told reporters.",
        "Photographs showed smoke over the port, where two tankers had been hit.",
        "The story of the raid was told by two survivors, who hid in a well.",
    ],
)
def test_sentences_of_the_body_stay_body(sentence: str) -> None:
    assert kinds(f"{BODY}\n{sentence}\n{MORE_BODY}") == [
        ("body", f"{BODY}\n{sentence}\n{MORE_BODY}")
    ]


def test_links_below_a_heading_and_behind_labels() -> None:
    text = (
        f"{BODY}\n\nRELATED: Mayor of Tarvel resigns over water bill\n\n{MORE_BODY}\n\n"
        "Related articles\nBridge closed for repairs until autumn\n"
        "Plane crash kills 176 in neighbouring country\n\n"
        f"Ten houses were damaged, the governor said."
    )
    assert kinds(text) == [
        ("body", BODY),
        ("related_link", "RELATED: Mayor of Tarvel resigns over water bill"),
        ("body", MORE_BODY),
        ("boilerplate", "Related articles"),
        (
            "related_link",
            "Bridge closed for repairs until autumn\nPlane crash kills 176 in neighbouring country",
        ),
        ("body", "Ten houses were damaged, the governor said."),
    ]


def test_captions_and_links_run_into_a_paragraph() -> None:
    caption = "Smoke rises over the depot on Sunday (Picture: A. Person/Getty Images)"
    links = (
        "MORE: WORLD Ferry with 90 on board sinks off the southern islands "
        "Minister says talks were ‘a waste of time’"
    )
    last = "The governor ordered an inquiry into how the rockets had reached the depot."
    text = f"{BODY} {caption} {links} {last} {MORE_BODY}"
    assert kinds(text) == [
        ("body", BODY),
        ("caption", caption),
        ("related_link", links),
        ("body", f"{last} {MORE_BODY}"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "A soldier stands guard at the depot. (Photo: Jane Doe/Valley News)",
        "A soldier stands guard at the depot. (AP Photo/Jane Doe)",
        "A soldier stands guard at the depot [Jane Doe/Reuters]",
        "The depot is seen after the rocket attack in Tarvel, May 3, 2021",
        "FILE PHOTO: The depot outside Tarvel in an undated picture",
        "Smoke rises over the town. Photo: Jane Doe",
        "A guard at the gate. Jane Doe/AFP via Getty Images",
        "In this May 2, 2021 photo, smoke rises over the depot.",
    ],
)
def test_caption_lines(line: str) -> None:
    assert ("caption", line) in kinds(f"{BODY}\n{line}\n{MORE_BODY}")


def test_headline_by_title_and_by_look() -> None:
    headline = "Two rockets strike depot outside Tarvel"
    assert kinds(f"{headline}\n\n{BODY}\n{MORE_BODY}")[0] == ("headline", headline)
    assert kinds(f"Home\n{headline}.\n{BODY}", headline)[1] == ("headline", f"{headline}.")
    assert kinds(f"{headline} {BODY}", headline)[0] == ("headline", headline)
    assert kinds(f"{BODY}\n{MORE_BODY}")[0][0] == "body"


def test_what_is_printed_twice_is_a_duplicate() -> None:
    headline = "Two rockets strike depot outside Tarvel"
    marked = kinds(f"{headline}\n{headline}\n{BODY}\n{MORE_BODY}\n{BODY}")
    assert [kind for kind, _ in marked] == ["headline", "duplicate", "body", "duplicate"]


@pytest.mark.parametrize(
    ("notice", "status"),
    [
        ("This is a breaking story and will be updated.", (True, False, False)),
        ("This is a developing story. Check back for updates.", (True, False, False)),
        ("More details to follow.", (True, False, False)),
        ("Correction: An earlier version of this story misstated the day.", (False, True, False)),
        ("This article was amended on 4 May 2021 to correct a name.", (False, True, False)),
        ("(Corrects spelling of name in paragraph 2)", (False, True, False)),
        ("This article has been withdrawn.", (False, False, True)),
        ("BREAKING - This story is being updated.", (True, False, False)),
        ("Update: This is a developing story.", (True, False, False)),
        ("Figures in this report may change as more is known.", (True, False, False)),
        ("(Corrects toll to 12, not 14)", (False, True, False)),
        ("CORRECTED: the raid was on Friday, not Sunday.", (False, True, False)),
        ("Updated 7:45 p.m.: adds toll from the governor, claim.", (False, False, False)),
        ("Editor's note: The writer is a retired officer.", (False, False, False)),
        ("Editor's note: A first report misstated the day of the raid.", (False, True, False)),
    ],
)
def test_editorial_notices(article: Make, notice: str, status: tuple[bool, bool, bool]) -> None:
    found = article(f"{BODY}\n\n{notice}\n\n{MORE_BODY}")
    assert ("editorial_notice", notice) in kinds(found.text)
    standing = editorial_status(found)
    assert status == (standing.is_provisional, standing.is_correction, standing.is_retraction)
    inline = article(f"{BODY} {notice}")
    assert editorial_status(inline) == standing


@pytest.mark.parametrize(
    "notice",
    [
        "Correction: Our first report gave the dead as 14. The figure is withdrawn.",
        "An earlier version of this article said 14 people had died. The correct figure is 11.",
        "Correction\nAn earlier version of this article said 14 people had died; 11 had.",
    ],
)
def test_a_withdrawn_figure_stays_in_its_notice(article: Make, notice: str) -> None:
    for before in (f"{BODY}\n\n", f"{BODY} "):
        if "\n" in notice and not before.endswith("\n"):
            continue
        found = article(f"{before}{notice}\n\n{MORE_BODY}")
        assert found.region_at(found.text.index("14")) is RegionKind.EDITORIAL_NOTICE
        last = found.text.index(MORE_BODY) - 3
        assert found.region_at(last) is RegionKind.EDITORIAL_NOTICE
        assert found.region_at(found.text.index(MORE_BODY)) is RegionKind.BODY
        assert editorial_status(found).is_correction


def test_a_notice_behind_a_dateline(article: Make) -> None:
    found = article(f"TARVEL - This is a developing story. Figures will change.\n\n{BODY}")
    assert found.dateline is not None
    assert found.dateline.city == "TARVEL"
    assert [kind for kind, _ in kinds(found.text)] == ["dateline", "editorial_notice", "body"]
    assert editorial_status(found).is_provisional


def test_breaking_labels_news_that_stays_readable(article: Make) -> None:
    found = article(f"BREAKING: {BODY}\n{MORE_BODY}")
    assert ("body", f"{BODY}\n{MORE_BODY}") in kinds(found.text)
    assert editorial_status(found).is_provisional
    headed = article(f"BREAKING: Rockets strike depot in Tarvel\n\n{BODY}\n{MORE_BODY}")
    assert editorial_status(headed).is_provisional


@pytest.mark.parametrize(
    "sentence",
    [
        "The numbers will change little, the minister said on Sunday.",
        "Breaking - and entering - cost the man nine years in prison.",
        "Correction officers said the figures may rise.",
        "The figures could change the course of the war, he said.",
        "An earlier report in this newspaper gave the first figures.",
    ],
)
def test_sentences_that_only_sound_like_notices(article: Make, sentence: str) -> None:
    found = article(f"{BODY}\n\n{sentence}\n\n{MORE_BODY}")
    assert [kind for kind, _ in kinds(found.text)] == ["body"]
    standing = editorial_status(found)
    assert (standing.is_provisional, standing.is_correction) == (False, False)


def test_a_plain_article_has_no_special_standing(article: Make) -> None:
    standing = editorial_status(article(f"{BODY}\n{MORE_BODY}", title="Two rockets strike depot"))
    assert (standing.is_provisional, standing.is_correction) == (False, False)
    assert editorial_status(article(BODY, title="BREAKING: Rockets strike")).is_provisional


def test_update_label_leaves_its_news_readable() -> None:
    marked = kinds(f"{BODY}\nUPDATE @ 5:30 p.m.: A third rocket fell into a field, police said.")
    assert ("body", "A third rocket fell into a field, police said.") in marked
