"""Every kind of input ends in articles or in refusals that name it."""

from __future__ import annotations

import gzip
import io
import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pyarrow as pa
import pytest
from pyarrow import parquet
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tocsin.errors import RefusedInput
from tocsin.fetch import FetchSettings
from tocsin.read import GivenMetadata
from tocsin.records import Article
from tocsin.records.vocab import PublishedBasis

Read = Callable[..., list[Article | RefusedInput]]
Page = Callable[..., str]


def only(found: list[Article | RefusedInput]) -> Article:
    assert len(found) == 1, [str(one) for one in found]
    assert isinstance(found[0], Article), str(found[0])
    return found[0]


def refusal(found: list[Article | RefusedInput]) -> RefusedInput:
    assert len(found) == 1, found
    assert isinstance(found[0], RefusedInput), found[0]
    return found[0]


def test_text_file_keeps_every_character(tmp_path: Path, read: Read) -> None:
    raw = "First line.\r\n\tSecond\u00a0line, in the town.\r\r\nLast — line \u2028 end.  \n"
    path = tmp_path / "a.txt"
    path.write_bytes(raw.encode())
    assert only(read(path)).text == raw


def test_byte_order_mark_is_no_text(tmp_path: Path, read: Read, story: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(story.encode("utf-8-sig"))
    assert only(read(path)).text == story


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8", "cp1252"])
def test_encodings_of_text(tmp_path: Path, read: Read, encoding: str) -> None:
    text = "Die Polizei meldete am Montag zwei Verletzte in Zürich – mehr war nicht bekannt."
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    assert only(read(path)).text == text


def test_given_metadata_and_sidecar(tmp_path: Path, read: Read, story: str) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(story, encoding="utf-8")
    (tmp_path / "b.json").write_text('{"published": "12 May 2021", "outlet": "Tarvel Post"}')
    given = GivenMetadata(published="2021-05-11", outlet="Wire", url="https://example.org/a")
    first, second = read(tmp_path, given=given)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (str(first.published and first.published.date), first.outlet) == ("2021-05-11", "Wire")
    assert str(second.published and second.published.date) == "2021-05-12"
    assert (second.outlet, second.url) == ("Tarvel Post", "https://example.org/a")


@pytest.mark.parametrize("suffix", [".txt", ".html"])
@pytest.mark.parametrize("id_", ["tarvel-7", 7])
def test_sidecar_names_the_article(
    tmp_path: Path, read: Read, page: Page, suffix: str, id_: str | int
) -> None:
    (tmp_path / f"a{suffix}").write_text(page() if suffix == ".html" else "A raid.")
    (tmp_path / "a.json").write_text(json.dumps({"id": id_, "title": "Raid at the bridge"}))
    found = only(read(tmp_path))
    assert (found.id, found.title) == (str(id_), "Raid at the bridge")


def test_bad_sidecar_is_refused_and_its_text_kept(tmp_path: Path, read: Read, story: str) -> None:
    (tmp_path / "a.txt").write_text(story, encoding="utf-8")
    (tmp_path / "a.json").write_text('{"published": 7}')
    refused, kept = read(tmp_path / "a.txt")
    assert isinstance(refused, RefusedInput)
    assert "`published`" in refused.reason
    assert isinstance(kept, Article)


def test_unreadable_given_date_is_kept_aside(tmp_path: Path, read: Read, story: str) -> None:
    (tmp_path / "a.txt").write_text(story, encoding="utf-8")
    found = only(read(tmp_path / "a.txt", given=GivenMetadata(published="03/04/2021")))
    assert found.published is None
    assert json.loads(found.extra["published"]) == "03/04/2021"


def test_folder_is_read_sorted_and_hidden_files_left(
    tmp_path: Path, read: Read, story: str
) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", ".git/d.txt", "image.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{name}: {story}", encoding="utf-8")
    texts = [one.text[:5] for one in read(tmp_path) if isinstance(one, Article)]
    assert texts == ["a.txt", "b.txt", "sub/c"]


def test_glob_and_missing_file(tmp_path: Path, read: Read, story: str) -> None:
    (tmp_path / "one.txt").write_text(story, encoding="utf-8")
    assert only(read(tmp_path / "o*.txt")).text == story
    assert "no file" in refusal(read(tmp_path / "x*.txt")).reason
    missing = refusal(read(tmp_path / "none.txt"))
    assert "no such file" in missing.reason
    assert missing.source == str(tmp_path / "none.txt")
    assert "holds no file" in refusal(read_empty_folder(tmp_path, read)).reason


def read_empty_folder(tmp_path: Path, read: Read) -> list[Article | RefusedInput]:
    (tmp_path / "empty").mkdir()
    return read(tmp_path / "empty")


def test_inputs_keep_their_order(tmp_path: Path, read: Read, story: str) -> None:
    for name in ("z.txt", "a.txt"):
        (tmp_path / name).write_text(name + story, encoding="utf-8")
    found = read(tmp_path / "z.txt", "/nowhere/at/all", tmp_path / "a.txt")
    assert [type(one) for one in found] == [Article, RefusedInput, Article]


@pytest.mark.parametrize("name", ["t.csv", "t.tsv", "t.csv.gz"])
def test_tables(tmp_path: Path, read: Read, story: str, name: str) -> None:
    mark = "\t" if ".tsv" in name else ","
    cell = story.replace('"', '""')
    rows = [mark.join(["id", "title", "text", "page"]), mark.join(["7", "T", f'"{cell}"', "9"])]
    rows += [mark.join(["8", "T", "", ""]), mark.join("abcdefg")]
    data = "\n".join(rows).encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    good, empty, wide = read(tmp_path / name)
    assert isinstance(good, Article)
    assert (good.id, good.title, good.text) == ("7", "T", story)
    assert good.extra == {"page": '"9"'}
    assert isinstance(empty, RefusedInput)
    assert isinstance(wide, RefusedInput)
    assert "7 cells under 4 columns" in wide.reason


def test_table_without_text_column(tmp_path: Path, read: Read) -> None:
    (tmp_path / "t.csv").write_text("id,body\n1,x\n")
    assert "no column" in refusal(read(tmp_path / "t.csv")).reason


def test_parquet(tmp_path: Path, read: Read, story: str) -> None:
    table = pa.table({"id": ["a", "b"], "text": [story, None], "n": [1, 2]})
    parquet.write_table(table, tmp_path / "t.parquet")
    good, bad = read(tmp_path / "t.parquet")
    assert isinstance(good, Article)
    assert (good.id, good.text, good.extra) == ("a", story, {"n": "1"})
    assert isinstance(bad, RefusedInput)
    assert bad.locator == "record 2"


def warc(path: Path, *bodies: tuple[bytes, dict[str, str]], compress: bool = True) -> Path:
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=compress)
        for number, (body, headers) in enumerate(bodies):
            http = StatusAndHeaders(
                headers.get("Status", "200 OK"),
                [(k, v) for k, v in headers.items() if k != "Status"],
                protocol="HTTP/1.1",
            )
            record = writer.create_warc_record(
                f"http://example.org/{number}",
                "response",
                payload=io.BytesIO(body),
                length=len(body),
                http_headers=http,
            )
            writer.write_record(record)
    return path


@pytest.mark.parametrize("compress", [True, False])
def test_web_archive(tmp_path: Path, read: Read, page: Page, *, compress: bool) -> None:
    html = {"Content-Type": "text/html"}
    path = warc(
        tmp_path / ("w.warc.gz" if compress else "w.warc"),
        (page().encode(), html),
        (b"\x89PNG....", {"Content-Type": "image/png"}),
        (b"<html>not found</html>", {"Content-Type": "text/html", "Status": "404 Not Found"}),
        (gzip.compress(page().encode()), html | {"Content-Encoding": "gzip"}),
        compress=compress,
    )
    first, second = read(path)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.url == "http://example.org/0"
    assert "Tarvel" in first.text
    assert second.source.endswith("record 4")


def test_damaged_archive_keeps_what_came_before(tmp_path: Path, read: Read, page: Page) -> None:
    path = warc(tmp_path / "w.warc.gz", *[(page().encode(), {"Content-Type": "text/html"})] * 3)
    path.write_bytes(path.read_bytes()[:-150])
    *kept, last = read(path)
    assert [type(one) for one in kept] == [Article, Article]
    assert isinstance(last, RefusedInput)
    assert last.locator == "record 3"


LOOPBACK = FetchSettings(allow=("127.0.0.1",))

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Valley News</title><item>
<title>Two hurt</title><link>https://example.org/1</link><guid>g1</guid>
<pubDate>Mon, 03 May 2021 22:30:00 +0300</pubDate>
<description>&lt;p&gt;Two people were hurt in a blast &lt;b&gt;near&lt;/b&gt; the mill.&lt;/p&gt;
</description></item></channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Valley News</title>
<entry><id>g1</id><title>Two hurt</title><link href="https://example.org/1"/>
<published>2021-05-03T22:30:00+03:00</published>
<content type="html">&lt;p&gt;Two people were hurt in a blast near the mill.&lt;/p&gt;</content>
</entry></feed>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Valley News",
        "items": [
            {
                "id": "g1",
                "url": "https://example.org/1",
                "title": "Two hurt",
                "date_published": "2021-05-03T22:30:00+03:00",
                "content_text": "Two people were hurt in a blast near the mill.",
            }
        ],
    }
)


@pytest.mark.parametrize(
    ("name", "feed"), [("f.xml", RSS), ("f.rss", ATOM), ("f.json", JSON_FEED), ("f.txt", RSS)]
)
def test_feeds(tmp_path: Path, read: Read, name: str, feed: str) -> None:
    (tmp_path / name).write_text(feed, encoding="utf-8")
    found = only(read(tmp_path / name))
    assert found.text == "Two people were hurt in a blast near the mill."
    assert (found.id, found.outlet, found.title) == ("g1", "Valley News", "Two hurt")
    assert found.url == "https://example.org/1"
    assert found.published is not None
    assert found.published.moment is not None
    assert found.published.moment.isoformat() == "2021-05-03T22:30:00+03:00"


def test_json_list_and_single_record(tmp_path: Path, read: Read, story: str) -> None:
    record = {"id": "x", "text": story}
    (tmp_path / "a.json").write_text(json.dumps([record, {"id": "y"}], indent=1))
    (tmp_path / "b.json").write_text(json.dumps(record, indent=1))
    good, bad = read(tmp_path / "a.json")
    assert isinstance(good, Article)
    assert isinstance(bad, RefusedInput)
    assert bad.locator == "record 2"
    assert only(read(tmp_path / "b.json")).id == "x"


@pytest.mark.parametrize("form", ["text", "jsonl", "html", "rss"])
def test_standard_input_is_told_by_content(
    monkeypatch: pytest.MonkeyPatch, read: Read, story: str, page: Page, form: str
) -> None:
    data = {"text": story, "jsonl": json.dumps({"text": story}), "html": page(), "rss": RSS}[form]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    found = only(read("-"))
    assert found.source.startswith("-")
    assert "<" not in found.text
    assert not found.text.startswith("{")


def test_content_beats_suffix(tmp_path: Path, read: Read, page: Page) -> None:
    (tmp_path / "page.txt").write_text(page(), encoding="utf-8")
    assert "<p>" not in only(read(tmp_path / "page.txt")).text


class _Site(BaseHTTPRequestHandler):
    pages: ClassVar[dict[str, tuple[int, dict[str, str], bytes]]] = {}

    def do_GET(self) -> None:
        if self.path == "/slow":
            time.sleep(1.5)
        status, headers, body = self.pages.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:  # the reader left, as it should
            return

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(page: Page) -> Iterator[str]:
    html = {"Content-Type": "text/html; charset=utf-8"}
    _Site.pages = {
        "/a": (200, html, page().encode()),
        "/gz": (200, html | {"Content-Encoding": "gzip"}, gzip.compress(page().encode())),
        "/bomb": (200, html | {"Content-Encoding": "gzip"}, gzip.compress(bytes(2**22))),
        "/big": (200, html, bytes(2**22)),
        "/feed": (200, {"Content-Type": "application/rss+xml"}, RSS.encode()),
        "/hop": (302, {"Location": "/a"}, b""),
        "/loop": (302, {"Location": "/loop"}, b""),
        "/file": (302, {"Location": "file:///etc/hosts"}, b""),
        "/slow": (200, html, page().encode()),
    }
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    # looks for the call to shut down this often; the default of 0.5 s is most of a test's time
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_url_page_feed_and_redirect(site: str, read: Read) -> None:
    for path in ("/a", "/gz", "/hop"):
        found = only(read(site + path, fetch=LOOPBACK))
        assert "Tarvel" in found.text
        assert found.url in {f"{site}/a", f"{site}/gz"}
    assert only(read(f"{site}/feed", fetch=LOOPBACK)).outlet == "Valley News"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/none", "status 404"),
        ("/loop", "redirects more than"),
        ("/file", "not http or https"),
        ("/big", "larger than"),
        ("/bomb", "unpacks to"),
        ("/slow", "took longer"),
    ],
)
def test_url_refusals(site: str, read: Read, path: str, words: str) -> None:
    found = read(
        site + path,
        fetch=FetchSettings(
            allow=("127.0.0.1",), timeout_s=0.5 if path == "/slow" else 20, max_bytes=2**20
        ),
    )
    assert words in refusal(found).reason
    assert refusal(found).source == site + path


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data",
        "http://10.1.2.3/",
        "http://[::ffff:192.168.0.1]/",
        "http://0.0.0.0/",
    ],
)
def test_private_addresses_are_refused(read: Read, url: str) -> None:
    assert "(read.fetch.allow)" in refusal(read(url)).reason


def test_html_declared_date_keeps_clock_and_zone(tmp_path: Path, read: Read, page: Page) -> None:
    head = '<meta property="article:published_time" content="2021-05-03T23:30:00-04:00">'
    (tmp_path / "a.html").write_text(page(head), encoding="utf-8")
    found = only(read(tmp_path / "a.html")).published
    assert found is not None
    assert (str(found.date), found.basis) == ("2021-05-03", PublishedBasis.METADATA)
    assert found.moment is not None
    assert found.moment.isoformat() == "2021-05-03T23:30:00-04:00"
    assert found.origin == "meta article:published_time"
