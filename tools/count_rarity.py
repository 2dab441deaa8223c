"""Count how rare words are in news (`src/tocsin/resolve/rarity.bin`), for the likeness of articles.

    TOCSIN_DATA=... python -m tools.count_rarity

Over the training articles of violent_corpus and the pool: local news of shootings and news of wars.
The file holds one byte for each hash of 16 bits, so that no word can be read out of it. The same
articles give the same bytes. A sketch kept by an earlier table compares with none of a later one:
a new table needs a new store.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.data import data_folder, rows
from tocsin.resolve.sketch import count_articles, rarity_table

TABLE = Path(__file__).parent.parent / "src" / "tocsin" / "resolve" / "rarity.bin"


def articles(data: Path) -> Iterator[tuple[str | None, str]]:
    """Title and text of each article."""
    for path in (
        data / "violent_corpus" / "articles.train.jsonl",
        *sorted((data / "pool").glob("*.jsonl")),
    ):
        for row in rows(path):
            yield row.get("title"), row["text"]


def main() -> None:
    """Write the table."""
    frequencies, count = count_articles(articles(data_folder()))
    TABLE.write_bytes(rarity_table(frequencies, count))
    print(f"{TABLE.name}: {count} articles, {len(frequencies)} words")


if __name__ == "__main__":
    main()
