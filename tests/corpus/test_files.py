"""The shipped files are well-formed, fictional where they must be, and of the promised kinds."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import html

from tocsin.corpus import CORPUS_DIR, corpus_paths

Shipped = Any  # an article as this folder's conftest reads it

WORDS = range(80, 261)
OUTLETS = {
    "Meridian Wire",
    "Baghdad Courier",
    "Levant One",
    "The Evening Lantern",
    "Potomac Ledger",
    "Ironsight Dispatch",
    "Khyber Observer",
    "Galle Face Herald",
    "Sahel Morning Post",
    "Roundup Planet",
}
RESERVED_DOMAINS = ("example.com", "example.org", "example.net")
REAL_OUTLETS = re.compile(
    r"\b(?:AFP|Agence France|AP|Associated Press|Reuters|BBC|CNN|Al[ -]Jazeera|Al[ -]Arabiya|Xinhua"
    r"|Anadolu|TASS|DPA|EFE|New York Times|Washington Post|Guardian|Telegraph|Daily Mail"
    r"|Fox News|NBC|CBS|ABC News|Sky News|Rudaw|Kurdistan24|TOLO|Tolonews|Dawn|Press TV|Fars"
    r"|Task & Purpose|Stars and Stripes|Military Times|Le Monde|RFI|DW|Bloomberg|Politico"
    r"|Wall Street Journal|USA Today|Haaretz|Times of Israel|Middle East Eye|Daily Mirror)\b"
)


def test_inputs_are_listed_once_and_sidecars_are_not() -> None:
    names = [path.name for path in corpus_paths()]
    assert names == sorted(set(names))
    assert [name for name in names if name.endswith(".json")] == []
    assert all(path.is_file() for path in corpus_paths())


def test_three_formats_in_the_promised_numbers(shipped: dict[str, Shipped]) -> None:
    kinds = [article.file.rpartition(".")[2] for article in shipped.values()]
    assert (kinds.count("jsonl"), kinds.count("txt"), kinds.count("html")) == (25, 5, 5)


def test_each_line_has_the_contract_fields() -> None:
    for line in (CORPUS_DIR / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        assert set(json.loads(line)) == {"id", "url", "outlet", "published", "title", "text"}


def test_each_sidecar_describes_a_text() -> None:
    for sidecar in CORPUS_DIR.glob("*.json"):
        assert sidecar.with_suffix(".txt").is_file()
        assert set(json.loads(sidecar.read_text(encoding="utf-8"))) <= {
            "id",
            "url",
            "outlet",
            "published",
            "title",
        }


def test_dates_parse_and_some_carry_a_clock(shipped: dict[str, Shipped]) -> None:
    stamps = [a.meta["published"] for a in shipped.values() if "published" in a.meta]
    moments = [dt.datetime.fromisoformat(stamp) for stamp in stamps if "T" in stamp]
    days = [dt.date.fromisoformat(stamp) for stamp in stamps if "T" not in stamp]
    assert moments
    assert days
    assert all(moment.tzinfo is not None for moment in moments)
    assert {moment.utcoffset() for moment in moments} >= {dt.timedelta(0), dt.timedelta(hours=3)}
    assert {day.year for day in [*days, *(m.date() for m in moments)]} <= {2019, 2020, 2021}


def test_articles_are_short(shipped: dict[str, Shipped]) -> None:
    lengths = {name: len(article.prose.split()) for name, article in shipped.items()}
    assert {name: n for name, n in lengths.items() if n not in WORDS} == {}


def test_addresses_use_reserved_domains(shipped: dict[str, Shipped]) -> None:
    for article in shipped.values():
        host = urlsplit(article.meta["url"]).hostname or ""
        assert host.endswith(tuple(f".{domain}" for domain in RESERVED_DOMAINS)), host
        for found in re.findall(r"https?://([^/\"'\s]+)", article.raw):
            assert found.endswith((*RESERVED_DOMAINS, "schema.org", "ogp.me")), found
    urls = [article.meta["url"] for article in shipped.values()]
    assert len(set(urls)) == len(urls)


def test_only_made_up_outlets_are_named(shipped: dict[str, Shipped]) -> None:
    assert {article.meta["outlet"] for article in shipped.values()} == OUTLETS
    for name, article in shipped.items():
        text = article.raw if article.file.endswith(".html") else json.dumps(article.meta)
        assert not (found := REAL_OUTLETS.search(f"{text} {article.prose}")), (name, found)


@pytest.mark.parametrize("path", sorted(CORPUS_DIR.glob("*.html")), ids=lambda path: path.name)
def test_pages_declare_a_date_and_carry_furniture(path: object) -> None:
    tree = html.parse(str(path)).getroot()
    declared = tree.xpath(
        "//script[@type='application/ld+json']/text()"
        " | //meta[@property='article:published_time' or @name='date']/@content"
    )
    assert declared
    for block in tree.xpath("//script[@type='application/ld+json']/text()"):
        json.loads(block)
    links = tree.xpath("//ul//li | //ol//li | //aside//a | //div[@id='side']//a")
    assert len(links) >= 2


def test_readme_explains_every_article(shipped: dict[str, Shipped], readme: str) -> None:
    listed = re.findall(r"^\| `([^`]+)` \|", readme, flags=re.MULTILINE)
    assert sorted(listed) == sorted(shipped)
    assert all(outlet in readme.replace("\n", " ") for outlet in OUTLETS)
