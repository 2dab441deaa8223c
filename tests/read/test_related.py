"""Lists of other stories and boxes about authors are set apart; sections of the body are not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.read import mark_regions
from tocsin.records import READABLE_REGIONS

BODY = "Two rockets struck a depot outside Tarvel on Sunday, an army spokesman said."
MORE_BODY = "Nobody claimed the attack, and the extent of the damage was not known at once."


def readable(text: str) -> str:
    """What an extractor may read, in one piece."""
    return "".join(text[r.start : r.end] for r in mark_regions(text) if r.kind in READABLE_REGIONS)


HEADINGS = [
    "You may also like",
    "Trending now",
    "Most read",
    "Related",
    "RELATED STORIES:",
    "More stories from Valley News",
    "Don't miss",
    "Don’t miss this",
    "Most popular in World",
    "What others are reading",
    "Today's top stories",
    "Readers also read",
]
LOOSE_HEADINGS = [
    "More from Oldland",
    "Around the region:",
    "Also in sport",
    "In other news",
    "Elsewhere in Oldland",
    "Latest news from Tarvel",
]
LISTS = [
    "- Bus crash kills 12 on the coast road\n- 58 hurt in market fire: full story",
    "• Six miners dead after shaft floods\n\n• 10 gadgets that changed kitchens",
    "1. Schools stay closed until Monday\n2. Floods: 12 dead in the hills, the year's worst",
    "* He sold his house. Then 40 buyers came\n* Nine held over harbour shooting",
    "Bus crash kills 12 on the coast road\nSix miners dead after shaft floods",
    "58 hurt in market fire\n12 dead as hills flood again",
    "Bus Crash Kills 12\nSix Miners Dead After Flood",
]


@pytest.mark.parametrize("items", LISTS)
@pytest.mark.parametrize("heading", HEADINGS + LOOSE_HEADINGS)
def test_list_below_a_heading(heading: str, items: str) -> None:
    assert readable(f"{BODY}\n\n{heading}\n{items}\n\n{MORE_BODY}") == f"{BODY}\n\n{MORE_BODY}"
    assert readable(f"{BODY}\n{heading}\n{items}") == f"{BODY}\n"


@pytest.mark.parametrize(
    "line",
    [
        "Around the region: 11 killed in Oldland shelling | Newland votes on Tuesday",
        "ALSO IN SPORT: City win the cup; four players sent off",
        "More from Oldland: Bus crash kills 12 on the coast road",
        "Most read: 1. Schools stay closed until Monday 2. Floods: 12 dead in the hills",
        "Trending now 1. Schools stay closed 2. Twelve dead as hills flood 3. Cup final tonight",
        "You may also like • Bus crash kills 12 • Six miners dead after shaft floods",
        "RELATED: Bus crash kills 12 | Six miners dead | Cup final tonight",
        "In other news: Bus crash kills 12 on the coast road",
        "CONTINUE READING: what a siren can and cannot tell",
        "Don't miss: Six miners dead after shaft floods",
    ],
)
def test_list_on_the_line_of_its_label(line: str) -> None:
    assert readable(f"{BODY}\n{line}\n{MORE_BODY}") == f"{BODY}\n{MORE_BODY}"
    assert readable(f"{BODY} {line}\n{MORE_BODY}") == f"{BODY} {MORE_BODY}"


@pytest.mark.parametrize(
    "section",
    [
        # sections of the body under headings that other pages set above links
        "In other news\n- Two men were shot dead in Oldland on Friday, police said.",
        "Elsewhere in Oldland\nTwo men were shot dead on Friday, police said.",
        "Around the region\n1. Two men were shot dead in Oldland, police said.",
        "Elsewhere: two men were shot dead in Oldland, police said.",
        "In other news: Two men were shot dead; police held a third.",
        "More from Tarvel: the governor said two men had died; three were hurt.",
        "More on the attack\nTwo men were shot dead in Oldland on Friday, police said.",
        "The dead\n- Two guards, aged 20 and 31\n- A driver from the coast",
        "What we know\n- Two rockets struck a depot\n- Nobody claimed the attack",
        "Author\nTwo men were shot dead in Oldland on Friday, police said.",
        "The toll in Oldland: 11 killed in shelling; four more missing",
        "Also in Tarvel, two men were shot dead; police held a third.",
    ],
)
def test_sections_of_the_body_are_read(section: str) -> None:
    text = f"{BODY}\n\n{section}\n\n{MORE_BODY}"
    assert readable(text) == text


@pytest.mark.parametrize(
    "box",
    [
        "About the author\nJane Q. Doe served 21 years as an officer and survived four bombings.",
        "ABOUT THE AUTHOR\n\nJane Doe\n\nA reporter in Tarvel, she was hurt in two attacks.",
        "About the author: Jane Doe is a columnist who has survived two bombings.",
        "Meet the author\nJohn Doe covers crime.\nHe saw 30 people die in 2012.",
    ],
)
def test_box_about_the_author(box: str) -> None:
    assert readable(f"{BODY}\n\n{box}\n\n{MORE_BODY}") == f"{BODY}\n\n{MORE_BODY}"


@pytest.mark.parametrize(
    "line",
    [
        "Share this story: Facebook | Twitter | Telegram | Print",
        "Sponsored: Seven torches brighter than the sun",
        "Comments (214)",
        "Name | E-mail | Your comment | Post",
        "Leave a comment: name, e-mail, message (max 500 characters)",
        "Watch: Valley Live   Follow us: Twitter  YouTube  Instagram",
        "Sign up for our morning letter. No spam, ever.",
    ],
)
def test_more_lines_of_boilerplate(line: str) -> None:
    assert readable(f"{BODY}\n{line}\n{MORE_BODY}") == f"{BODY}\n{MORE_BODY}"


PIECES = st.sampled_from(
    [*HEADINGS, *LOOSE_HEADINGS, *LISTS, "", "1. ", "• ", " | ", "; ", "About the author", "x"]
)


@given(st.lists(PIECES, max_size=8).map("\n".join), st.lists(PIECES, max_size=4).map(" ".join))
@settings(deadline=None, max_examples=60)
def test_full_sentences_before_lists_are_never_lost(lists: str, line: str) -> None:
    assert readable(f"{BODY} {MORE_BODY}\n{lists}\n{line}").startswith(f"{BODY} {MORE_BODY}")
