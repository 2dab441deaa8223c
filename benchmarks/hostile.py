"""Real pages, the same as an archive, and inputs made to hurt: `python -m benchmarks.hostile`.

Everything goes through `tocsin run` into one store. Printed: what was refused and why, that the
rest was kept, the rate and the peak memory.
"""

from __future__ import annotations

import gzip
import io
import json
import tempfile
import time
import zipfile
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks.data import data_folder, machine, peak_memory_mb, tocsin

HOSTILE_LINE_BYTES = 200_000_000
BOMB_BYTES = 300_000_000
GOOD = "Gunmen shot dead two people in Kirkuk on Monday, police said."


def pages(folder: Path) -> list[Path]:
    """Every real page of the data set, unpacked into `folder`."""
    found = []
    for packed in sorted((data_folder() / "article_extraction").glob("*/html/*.html.gz")):
        page = folder / f"{packed.parent.parent.name}-{packed.name.removesuffix('.gz')}"
        page.write_bytes(gzip.decompress(packed.read_bytes()))
        found.append(page)
    return found


def archive(path: Path, found: list[Path]) -> None:
    """The pages as one compressed web archive."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for number, page in enumerate(found):
            writer.write_record(_response(writer, f"https://example.org/{number}", page))


def _response(writer: WARCWriter, url: str, page: Path | bytes) -> object:
    body = page if isinstance(page, bytes) else page.read_bytes()
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.0")
    return writer.create_warc_record(
        url, "response", payload=io.BytesIO(body), http_headers=headers
    )


def hostile(folder: Path) -> None:
    """The inputs of the acceptance list, one file each, and one good article among them."""
    folder.mkdir()
    (folder / "a-good.txt").write_text(GOOD, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 4000)
    with (folder / "one-line.jsonl").open("w", encoding="utf-8") as stream:
        stream.write('{"id": "long", "text": "' + "a" * HOSTILE_LINE_BYTES + '"}\n')
        stream.write(json.dumps({"id": "after-the-long-line", "text": GOOD}) + "\n")
    (folder / "broken.jsonl.gz").write_bytes(gzip.compress(GOOD.encode() * 1000)[:-20])
    (folder / "charset.html").write_bytes(
        b'<html><head><meta charset="utf-8"></head><body><p>'
        + "Съобщение за нападение в града, двама убити.".encode("cp1251") * 20
        + b"</p></body></html>"
    )
    (folder / "nested.html").write_text("<div>" * 50_000 + GOOD, encoding="utf-8")
    (folder / "year-one.html").write_text(
        '<html><head><meta property="article:published_time" content="0001-01-01T00:00:00Z">'
        f"</head><body><article><p>{GOOD * 10}</p></article></body></html>",
        encoding="utf-8",
    )
    with (folder / "bomb.warc.gz").open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        writer.write_record(_response(writer, "https://example.org/bomb", b"\0" * BOMB_BYTES))
        page = f"<html><body><article><p>{GOOD * 10}</p></article></body></html>".encode()
        writer.write_record(_response(writer, "https://example.org/after-the-bomb", page))
    with zipfile.ZipFile(folder / "zip.txt", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("inner.txt", "0" * 1_000_000)


def main() -> None:
    """Run the three groups and print what became of them."""
    print(machine())
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "pages").mkdir()
        found = pages(folder / "pages")
        archive(folder / "pages.warc.gz", found)
        hostile(folder / "hostile")
        for name in ("pages", "pages.warc.gz", "hostile"):
            began = time.perf_counter()
            done = tocsin("run", folder / name, "--db", folder / "record.db", "--json-log")
            seconds = time.perf_counter() - began
            counts = json.loads(done.stderr.strip().splitlines()[-1])
            refused = counts.pop("refused")
            rate = counts["read"] / seconds
            print(f"\n{name}: {seconds:.1f} s, {rate:.1f} articles/s, {len(refused)} refused")
            print(f"  {counts}")
            for reason in refused:
                print(f"  refused {reason.replace(str(folder), '')}")
        print(f"\n{len(found)} pages; peak memory {peak_memory_mb():.0f} MiB")


if __name__ == "__main__":
    main()
