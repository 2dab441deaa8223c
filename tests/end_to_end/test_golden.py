"""Golden outputs of the shipped corpus: a change of the record shows as a diff that can be read.

`pytest tests/end_to_end/test_golden.py --update-golden` writes the files anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.conftest import Tocsin, lines
from tocsin.corpus import corpus_paths

GOLDEN = Path(__file__).parents[1] / "golden"


def compare(name: str, found: str, update: bool) -> None:
    path = GOLDEN / name
    if update:
        path.write_text(found, encoding="utf-8")
    assert path.read_text(encoding="utf-8").splitlines() == found.splitlines()


def count(field: dict[str, Any] | None) -> str:
    if not field:
        return "-"
    value = field["value"]
    return f"{value['min']}/{value['best']}/{value['max']} {value['status']}"


def entry(row: dict[str, Any]) -> str:
    """One incident as a short paragraph without ids or times of writing."""
    date, place = row["date"], row["place"]
    when = f"{date['value']['earliest']}..{date['value']['latest']}" if date else "-"
    where = f"{place['value']['name']}, {place['value']['country']}" if place else "-"
    corroboration = row["corroboration"]
    return "\n".join(
        [
            row["title"],
            f"  {row['type']['value']}, {when}, {where}",
            f"  killed {count(row['killed'])}; injured {count(row['injured'])}",
            f"  weapons {sorted(w['type'] for w in row['weapons'])}",
            f"  actors {sorted((a['name'], a['role']) for a in row['actors'])}",
            f"  {row['status']}, {corroboration['lineages']} of {corroboration['articles']}:"
            f" {sorted({r['article_id'] for r in row['reports']})}",
            f"  differences {sorted((c['field'], c['verdict']) for c in row['conflicts'])}",
            "",
        ]
    )


def test_the_record_of_the_corpus(tocsin: Tocsin, record: Path, update_golden: bool) -> None:
    rows = lines(tocsin("incidents", "--db", record, "-f", "jsonl").stdout)
    found = sorted(map(entry, rows), key=lambda text: text.splitlines()[1:])
    compare("corpus_record.txt", "\n".join(found) + "\n", update_golden)


def test_the_tallies_of_the_corpus(tocsin: Tocsin, record: Path, update_golden: bool) -> None:
    rows = lines(tocsin("tallies", "--db", record, "-f", "jsonl").stdout)
    found = sorted(
        f"{row['article_id']}: {row['text']!r} in {row['window']}: {row['our_count']},"
        f" {row['verdict']}"
        for row in rows
    )
    compare("corpus_tallies.txt", "\n".join(found) + "\n", update_golden)


@pytest.mark.parametrize("name", ["mw-taji-0311", "courier-green-zone-1220", "mw-solhan-0606"])
def test_the_reports_of_an_article(tocsin: Tocsin, name: str, update_golden: bool) -> None:
    source = next(path for path in corpus_paths() if path.name == "articles.jsonl")
    rows = lines(tocsin("extract", source, "--quiet").stdout)
    row = next(row for row in rows if row["article"]["id"] == name)
    found = []
    for report in row["reports"]:
        found.append(f"{'main' if report['is_main'] else 'background'} {report['type']}")
        for slot in ("places", "weapons", "targets", "killed", "injured", "actors", "sources"):
            found += [
                f"  {slot} {item['start']}..{item['end']} {item['text']!r}" for item in report[slot]
            ]
        date = report["date"]
        found.append(f"  date {date and (date['earliest'], date['latest'], date['rule'])}")
        found.append(f"  place {report['place'] and report['place']['name']}")
    compare(f"{name}.txt", "\n".join(found) + "\n", update_golden)
