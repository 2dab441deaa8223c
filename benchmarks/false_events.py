"""False events: `python -m benchmarks.false_events`.

1,000 short news items of sports, business, health, science, arts and accidents, from the half of
current events that training never sees. None was checked by hand, and an item of business may well
tell of a strike on a refinery: the figure is an upper bound. What each extractor reports is counted
for 100 articles, with the commonest types.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import sys
from collections import Counter

from benchmarks.data import data_folder, machine, model_folder, rows
from tocsin.extract import open_extractor
from tocsin.records import Article, Published
from tocsin.records.vocab import PublishedBasis
from tocsin.train.labels import UNRELATED, is_held_out

ITEMS = 1_000


def main(names: list[str]) -> None:
    """Count the reports of each named reader; without names, of both."""
    path = data_folder() / "current_events" / "current_events.jsonl"
    items = [
        row
        for row in rows(path)
        if row["category"].startswith(UNRELATED) and is_held_out(row["id"])
    ]
    items.sort(key=lambda row: hashlib.sha256(row["id"].encode()).hexdigest())
    print(machine())
    for name in names or ["rules", "learned"]:
        extractor = open_extractor(name, model=model_folder())
        types: Counter[str] = Counter()
        main_reports = articles = 0
        for row in items[:ITEMS]:
            published = Published(dt.date.fromisoformat(row["date"]), PublishedBasis.METADATA)
            article = Article(id=row["id"], sha256="", text=row["text"], published=published)
            reports = extractor.read(article).reports
            types.update(report.type.value for report in reports)
            main_reports += sum(report.is_main for report in reports)
            articles += bool(reports)
        print(
            f"{extractor.version}: {100 * types.total() / len(items[:ITEMS]):.1f} reports per 100 "
            f"articles, {main_reports} of them main, in {articles} of {len(items[:ITEMS])} articles"
        )
        print("  " + ", ".join(f"{kind} {count}" for kind, count in types.most_common(8)))


if __name__ == "__main__":
    main(sys.argv[1:])
