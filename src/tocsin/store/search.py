"""SearchIndex: full-text and map look-ups, which every database does its own way.

All that is special to SQLite's FTS5 and R*Tree is here, so that a twin for another database is one
class beside this one. The index follows the tables; the caller says when, in the same transaction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import (
    Connection,
    Integer,
    Select,
    Text,
    and_,
    column,
    literal_column,
    or_,
    select,
    table,
    text,
)

from tocsin.store.base import ArticleHit, BoundingBox, SnippetPiece

_QUOTED_OR_WORD = re.compile(r'"([^"]*)"|([^\s"]+)')

SNIPPET_WORDS = 24

BOX_MARGIN = 1e-4
"""Degrees added around a box for the R*Tree: above the error of a 32-bit float at 180 (8e-6)."""

_OPEN, _CLOSE = "\x02", "\x03"
"""Marks around matches inside SQLite; control characters that no reader lets into a text."""

_ADD_ARTICLE = text(
    "INSERT INTO article_search (rowid, title, text)"
    " SELECT key, title, text FROM searchable_articles WHERE key = :key"
)
_DROP_ARTICLE = text(
    "INSERT INTO article_search (article_search, rowid, title, text)"
    " SELECT 'delete', key, title, text FROM searchable_articles WHERE key = :key"
)
_FIND_ARTICLES = text(
    # The best are chosen first: beside a join, SQLite would make a snippet of every match.
    "WITH best AS MATERIALIZED (SELECT rowid AS key, rank AS place FROM article_search"
    " WHERE article_search MATCH :query ORDER BY rank, rowid LIMIT :limit)"
    " SELECT a.id, v.title, snippet(article_search, 1, :open, :close, '…', :words)"
    " FROM best CROSS JOIN article_search s ON s.rowid = best.key"
    " CROSS JOIN articles a ON a.key = best.key"
    " CROSS JOIN article_versions v ON v.key = a.current_version"
    " WHERE article_search MATCH :query ORDER BY best.place, a.id"
)
_ADD_INCIDENT = text(
    "INSERT INTO incident_search (rowid, title, words)"
    " SELECT key, title, words FROM searchable_snapshots WHERE key = :key"
)
_ADD_POINT = text(
    "INSERT INTO incident_places (key, south, north, west, east)"
    " VALUES (:key, :lat, :lat, :lon, :lon)"
)


def match_query(words: str) -> str | None:
    """An FTS5 query that asks for every word, and "quoted words" as a phrase; None if none is left.

    Each is quoted, so nothing a user types can be an operator or a syntax error.
    """
    phrases = []
    for phrase, word in _QUOTED_OR_WORD.findall(words.replace("\0", " ")):
        wanted = phrase or word
        if any(character.isalnum() for character in wanted):
            phrases.append(f'"{wanted}"')
    return " ".join(phrases) or None


class SearchIndex:
    """FTS5 and R*Tree beside the tables `articles` and `incident_history`."""

    def add_articles(self, connection: Connection, article_keys: Sequence[int]) -> None:
        """Index the articles' current versions."""
        if article_keys:
            connection.execute(_ADD_ARTICLE, [{"key": key} for key in article_keys])

    def drop_article(self, connection: Connection, article_key: int) -> None:
        """Take the article's current version out, before another one becomes current."""
        connection.execute(_DROP_ARTICLE, {"key": article_key})

    def add_incident(
        self, connection: Connection, history_key: int, lat: float | None, lon: float | None
    ) -> None:
        """Index a snapshot; past ones stay, so that the record can be searched as it was."""
        connection.execute(_ADD_INCIDENT, {"key": history_key})
        if lat is not None and lon is not None:
            connection.execute(_ADD_POINT, {"key": history_key, "lat": lat, "lon": lon})

    def articles(self, connection: Connection, words: str, limit: int) -> list[ArticleHit]:
        """Current article versions that hold all the words, best first."""
        query = match_query(words)
        if query is None:
            return []
        rows = connection.execute(
            _FIND_ARTICLES,
            {
                "query": query,
                "limit": limit,
                "open": _OPEN,
                "close": _CLOSE,
                "words": SNIPPET_WORDS,
            },
        )
        return [ArticleHit(id_, title, _pieces(snippet or "")) for id_, title, snippet in rows]

    def snapshots_with(self, words: str) -> Select[int] | None:
        """Keys of snapshots that hold all the words; None where the words ask for nothing."""
        query = match_query(words)
        if query is None:
            return None
        index = table("incident_search", column("rowid"), column("incident_search", Text))
        return select(index.c.rowid).where(index.c.incident_search.op("MATCH")(query))

    def snapshots_within(self, box: BoundingBox) -> Select[int]:
        """Keys of snapshots whose place may lie in the box.

        R*Tree keeps 32-bit floats, so it is asked for a little more, and the caller compares the
        exact columns too.
        """
        index = table("incident_places", *map(column, ("key", "south", "north", "west", "east")))
        found: Select[int] = select(literal_column("key", Integer)).select_from(index)
        found = found.where(
            index.c.north >= box.south - BOX_MARGIN, index.c.south <= box.north + BOX_MARGIN
        )
        sides = (index.c.east >= box.west - BOX_MARGIN, index.c.west <= box.east + BOX_MARGIN)
        return found.where(and_(*sides) if box.west <= box.east else or_(*sides))

    def faults(self, connection: Connection) -> list[str]:
        """Faults that SQLite finds in the indexes, in words."""
        found = []
        for name in ("article_search", "incident_search"):
            try:
                connection.execute(
                    text(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)")  # noqa: S608 (two fixed names)
                )
            # Whatever the driver raises here is the finding itself.
            except Exception as error:  # noqa: BLE001
                found.append(f"{name}: {error}")
        said = connection.execute(text("SELECT rtreecheck('incident_places')")).scalar_one()
        return found if said == "ok" else [*found, f"incident_places: {said}"]


def _pieces(snippet: str) -> tuple[SnippetPiece, ...]:
    pieces = []
    is_match = False
    for piece in re.split(f"([{_OPEN}{_CLOSE}])", snippet):
        if piece in {_OPEN, _CLOSE}:
            is_match = piece == _OPEN
        elif piece:
            pieces.append(SnippetPiece(piece, is_match))
    return tuple(pieces)
