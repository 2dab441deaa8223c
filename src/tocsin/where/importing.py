"""A GeoNames country dump into the user's gazetteer.

The dump is read twice, line by line: once for the names of its divisions, once for its places. All
of it is one transaction; a country that is there already is replaced.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tocsin.errors import RefusedInput
from tocsin.where.dump import DumpRow, MalformedLine, read_dump
from tocsin.where.gazetteer import Gazetteer
from tocsin.where.names import name_key
from tocsin.where.spellings import alternate_keys, skeletons_of
from tocsin.where.user_file import BATCH_ROWS, UserFile, UserRow
from tocsin.where.usual import usual_name

MAX_MALFORMED = 1_000
"""Malformed lines kept by name; the rest are counted."""

LEFT_OUT = frozenset({"PCLI", "PCLD", "PCLS", "PCLF", "PCL", "PCLIX", "TERR", "ADM1H", "ADM2H"})
"""Countries, which the shipped file has, and divisions that are no more."""


@dataclass(slots=True)
class ImportSummary:
    """What one import did."""

    places: dict[str, int] = field(default_factory=dict)
    """Country code to places imported."""
    replaced: dict[str, int] = field(default_factory=dict)
    """Country code to places there before."""
    malformed: list[MalformedLine] = field(default_factory=list)
    malformed_count: int = 0


def import_dump(
    path: Path,
    target: UserFile,
    gazetteer: Gazetteer,
    on_progress: Callable[[int], None] = lambda _rows: None,
) -> ImportSummary:
    """Import one dump; `on_progress` hears how many places are in.

    Malformed lines are named in the summary and passed over. Raises RefusedInput, with nothing
    changed, where the file cannot be read or holds no place.
    """
    divisions = _division_names(path, gazetteer)
    summary = ImportSummary()
    target.begin()
    try:
        _fill(path, target, divisions, summary, on_progress)
    except BaseException:
        target.roll_back()
        raise
    if not summary.places:
        target.roll_back()
        raise RefusedInput(str(path), "holds no place: is it a GeoNames country dump?")
    target.commit()
    return summary


def _fill(
    path: Path,
    target: UserFile,
    divisions: dict[str, str],
    summary: ImportSummary,
    on_progress: Callable[[int], None],
) -> None:
    rows: list[UserRow] = []
    names: list[tuple[str, int]] = []
    done = 0
    for item in read_dump(path):
        if isinstance(item, MalformedLine):
            summary.malformed_count += 1
            if len(summary.malformed) < MAX_MALFORMED:
                summary.malformed.append(item)
            continue
        if not item.country or item.feature_code in LEFT_OUT:
            continue
        if item.country not in summary.places:
            summary.places[item.country] = 0
            summary.replaced[item.country] = target.forget(item.country)
        summary.places[item.country] += 1
        rows.append(_row(item, divisions))
        names += [(key, item.geonameid) for key in _keys(item)]
        if len(rows) >= BATCH_ROWS:
            target.add(rows, names)
            done += len(rows)
            on_progress(done)
            rows, names = [], []
    target.add(rows, names)
    on_progress(done + len(rows))


def _division_names(path: Path, gazetteer: Gazetteer) -> dict[str, str]:
    """Dotted code ("IQ.01", "IQ.01.0103") to the name of the division, as the shipped file has it
    where it is there, so that provinces of both files are one."""
    found = {}
    for item in read_dump(path):
        if isinstance(item, DumpRow) and item.feature_code in {"ADM1", "ADM2"}:
            code = f"{item.country}.{item.admin1}"
            if item.feature_code == "ADM2":
                code += f".{item.admin2}"
            shipped = gazetteer.with_id(name_key(item.name), item.geonameid)
            found[code] = shipped.name if shipped else usual_name(item.name, item.country)
    return found


def _row(item: DumpRow, divisions: dict[str, str]) -> UserRow:
    code = f"{item.country}.{item.admin1}"
    return UserRow(
        id=item.geonameid,
        name=item.name,
        country=item.country,
        admin1=divisions.get(code),
        admin2=divisions.get(f"{code}.{item.admin2}"),
        lat=item.lat,
        lon=item.lon,
        population=item.population,
        zone=item.zone,
        feature_class=item.feature_class,
        feature_code=item.feature_code,
    )


def _keys(item: DumpRow) -> set[str]:
    keys = {name_key(item.name), *alternate_keys(item.name, item.alternates, item.country)}
    keys.discard("")
    return keys | skeletons_of(keys, item.country)
