"""How fast and how well inputs are read, on real articles and pages.

    TOCSIN_DATA=DIR python -m benchmarks.inputs

prints one JSON object: reading speed and refusals on the article pool, shingle F1 of page text and
pages per second on the extraction benchmark, and agreement of page dates with their gold.
"""

from __future__ import annotations

import gzip
import json
import re
import resource
import time
from collections import Counter
from pathlib import Path

from benchmarks.data import data_folder
from tocsin.errors import RefusedInput
from tocsin.read import Draft, ReadSettings, read_inputs
from tocsin.read.html import read_html, read_page

SHINGLE = 4
"""Words per shingle: the protocol of the scrapinghub article extraction benchmark."""


def measure_texts(data: Path) -> dict[str, float]:
    """Articles of the pool: how many, how many refused, CPU milliseconds each, characters/s."""
    read = refused = chars = 0
    paths = [str(path) for path in sorted((data / "pool").glob("*.jsonl"))]
    # the language model and the patterns are loaded once, before the clock starts
    next(iter(read_inputs(paths, ReadSettings())), None)
    start = time.process_time()
    for found in read_inputs(paths, ReadSettings()):
        if isinstance(found, RefusedInput):
            refused += 1
        else:
            read += 1
            chars += len(found.text)
    seconds = time.process_time() - start
    return {
        "articles": read,
        "refused": refused,
        "ms_per_article": round(1000 * seconds / max(1, read), 3),
        "chars_per_second": round(chars / seconds),
    }


def measure_pages(data: Path) -> dict[str, float]:
    """Text of pages against the true article bodies; precision and recall are page means."""
    folder = data / "article_extraction" / "scrapinghub"
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    precision = recall = 0.0
    start = time.process_time()
    for key, page in truth.items():
        text = _page_text(folder / "html" / f"{key}.html.gz", page["url"])
        true, found = _shingles(page["articleBody"]), _shingles(text)
        shared = sum((true & found).values())
        precision += shared / max(1, sum(found.values()))
        recall += shared / max(1, sum(true.values()))
    seconds = time.process_time() - start
    precision, recall = precision / len(truth), recall / len(truth)
    return {
        "pages": len(truth),
        "shingle_f1": round(2 * precision * recall / (precision + recall), 4),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "pages_per_second": round(len(truth) / seconds, 1),
    }


def _page_text(path: Path, url: str) -> str:
    try:
        # the true bodies have no headline, which reading puts before the text
        return read_page(gzip.decompress(path.read_bytes()), Draft("", str(path), url=url)).text
    except RefusedInput:
        return ""


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    count = max(1, len(words) - SHINGLE + 1)
    return Counter(tuple(words[at : at + SHINGLE]) for at in range(count))


def measure_dates(data: Path) -> dict[str, float]:
    """Publication dates of pages against their gold; `missing` have none."""
    folder = data / "article_extraction" / "webpages"
    total = right = missing = 0
    for line in (folder / "labels.jsonl").read_text("utf-8").splitlines():
        label = json.loads(line)
        if not label.get("htmldate_date"):
            continue
        total += 1
        url = label["url"].split("::")[-1]
        draft = Draft("", label["file"], url=url if url.startswith("http") else None)
        try:
            page = read_html(gzip.decompress((folder / "html" / label["file"]).read_bytes()), draft)
        except RefusedInput:
            missing += 1
            continue
        if page.published is None:
            missing += 1
        else:
            right += str(page.published.date) == label["htmldate_date"]
    return {"pages": total, "agreement": round(right / max(1, total), 4), "missing": missing}


def main() -> None:
    """Measure everything and print it."""
    data = data_folder()
    figures = {
        "texts": measure_texts(data),
        "pages": measure_pages(data),
        "dates": measure_dates(data),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
