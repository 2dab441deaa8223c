"""Ties between reports, in and out of the tables.

Every function runs inside the caller's transaction. A tie stands from either end; one with a report
that is no longer current is left lying and not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select, text
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from tocsin.records import KnownTies, Tie
from tocsin.store import reading, schema
from tocsin.store.listed import among, array_of

_SEARCHED = select(schema.tie_searches.c.report_key).where(
    among(schema.tie_searches.c.report_key),
    schema.tie_searches.c.version == bindparam("version"),
)

_TIES = text(
    # CROSS JOIN: in SQLite, the order in which the tables are to be read
    "SELECT t.report_key, t.other_key, t.score, t.log_odds"
    " FROM json_each(:ids) own CROSS JOIN ties t ON t.report_key = own.value"
)
_CURRENT_IDS = text(
    "SELECT r.key, r.id FROM json_each(:ids) wanted CROSS JOIN reports r ON r.key = wanted.value"
    " CROSS JOIN articles a ON a.current_extraction = r.extraction_key"
)

_LOOSE = text(
    "DELETE FROM ties WHERE (report_key, other_key) IN (SELECT t.other_key, t.report_key"
    " FROM json_each(:ids) own CROSS JOIN ties t ON t.report_key = own.value)"
)
_LOOSE_OWN = delete(schema.ties).where(among(schema.ties.c.report_key))
_SEARCHED_EVER = select(schema.tie_searches.c.report_key).where(
    among(schema.tie_searches.c.report_key)
)


def ties_of(connection: Connection, report_ids: Iterable[str], version: str) -> KnownTies:
    """See `StoreView.ties_of`."""
    current = reading.current_keys(connection, report_ids)
    if not current:
        return KnownTies(frozenset(), ())
    known = {"ids": array_of(sorted(current)), "version": version}
    looked = set(connection.execute(_SEARCHED, known).scalars())
    rows = connection.execute(_TIES, {"ids": array_of(sorted(looked))}).all()
    ids = {key: current[key] for key in looked}
    # ends are looked up once each, not once for each tie
    far = sorted({other for _, other, _, _ in rows} - looked)
    ids.update((key, id_) for key, id_ in connection.execute(_CURRENT_IDS, {"ids": array_of(far)}))
    ties = []
    for key, other, score, log_odds in rows:
        if other in ids and not (other in looked and other < key):
            one, two = ids[key], ids[other]
            ties.append(Tie(*((one, two) if one < two else (two, one)), score, log_odds))
    return KnownTies(frozenset(current[key] for key in looked), tuple(sorted(ties)))


def write_ties(connection: Connection, ties: Mapping[str, Sequence[Tie]], version: str) -> None:
    """Note that these reports looked for candidates, and with what success.

    A report that looked before has its former ties replaced.
    """
    if not ties:
        return
    ends = {id_ for some in ties.values() for tie in some for id_ in (tie.a, tie.b)}
    keys = {id_: key for key, id_ in reading.current_keys(connection, ends | ties.keys()).items()}
    searched = sorted(keys[id_] for id_ in ties if id_ in keys)
    again = array_of(connection.execute(_SEARCHED_EVER, {"ids": array_of(searched)}).scalars())
    connection.execute(_LOOSE, {"ids": again})
    connection.execute(_LOOSE_OWN, {"ids": again})
    rows = {
        (one, other): {
            "report_key": one,
            "other_key": other,
            "score": tie.score,
            "log_odds": tie.log_odds,
        }
        for some in ties.values()
        for tie in some
        if tie.a in keys and tie.b in keys
        for one, other in ((keys[tie.a], keys[tie.b]), (keys[tie.b], keys[tie.a]))
    }
    if rows:
        connection.execute(
            insert(schema.ties).prefix_with("OR REPLACE"), [rows[at] for at in sorted(rows)]
        )
    noted = sqlite_insert(schema.tie_searches)
    noted = noted.on_conflict_do_update(
        index_elements=[schema.tie_searches.c.report_key],
        set_={"version": noted.excluded.version},
    )
    if searched:
        connection.execute(noted, [{"report_key": key, "version": version} for key in searched])
