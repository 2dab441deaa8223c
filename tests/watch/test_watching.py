"""The watch against a real server: what it takes in, what it leaves alone, how it paces itself."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from itertools import pairwise

from tests.watch.world import START, World, article_page, plan_of, rss, story
from tocsin.pipeline import Parts, run
from tocsin.store import open_store
from tocsin.watch import Health, feed_health


def two_articles(world: World) -> str:
    """A feed of two articles; its address."""
    links = [world.site.put_tagged("a", f"/{n}", article_page(n)) for n in (1, 2)]
    body = rss([(link, f"Bomb hits patrol {n}") for n, link in enumerate(links, start=1)])
    return world.site.put_tagged("a", "/feed", body)


def test_once_takes_in_what_a_feed_names(world: World, parts: Parts) -> None:
    feed = two_articles(world)
    counts = world.watch(plan_of(feed), parts)
    assert counts == {
        "polls": 1,
        "failed_polls": 0,
        "pages": 2,
        "failed_pages": 0,
        "taken_in": 2,
    }
    with world.opened() as store:
        articles = list(store.articles())
        assert {a.url for a in articles} == {world.site.url("a", "/1"), world.site.url("a", "/2")}
        assert {a.outlet for a in articles} == {"Valley Wire"}
        assert all(a.published and a.published.date == dt.date(2021, 3, 1) for a in articles)
        assert store.counts().incidents == 2
        assert store.unresolved() == []
        assert store.inbox_counts().waiting == 0
        (state,) = store.feed_states()
        assert state.failures == 0
        assert state.lag_s == 1800 + 5, "published half an hour before, robots.txt asked first"


def test_once_again_asks_for_nothing_that_is_not_due(world: World, parts: Parts) -> None:
    plan = plan_of(two_articles(world))
    world.watch(plan, parts)
    before = len(world.site.log)
    assert world.watch(plan, parts)["polls"] == 0
    assert len(world.site.log) == before


def test_what_did_not_change_is_asked_for_by_its_tag_and_not_sent(
    world: World, parts: Parts
) -> None:
    plan = plan_of(two_articles(world))
    world.watch(plan, parts, hours=24)
    polls = world.site.asked("a", "/feed")
    assert [one.status for one in polls] == [200] + [304] * (len(polls) - 1)
    pages = world.site.asked("a", "/1")
    assert [one.status for one in pages] == [200, 304, 304], "looked at again, ever later"
    with world.opened() as store:
        assert len(store.article_versions(next(store.articles()).id)) == 1


def test_the_interval_follows_the_news(world: World, parts: Parts) -> None:
    plan = plan_of(two_articles(world), min_interval_s=300, max_interval_s=3600)
    world.watch(plan, parts, hours=24)
    at = [one.at for one in world.site.asked("a", "/feed")]
    pauses = [(b - a).total_seconds() for a, b in pairwise(at)]
    assert pauses[0] < 600, "news: soon again"
    assert all(3200 < pause < 4100 for pause in pauses[-3:]), "none: rarely, jitter and all"
    assert 24 < len(at) < 35


def test_an_edited_article_is_a_revision(world: World, parts: Parts) -> None:
    link = world.site.put("a", "/1", article_page(1, killed=3))
    feed = world.site.put("a", "/feed", rss([(link, "Bomb")]))
    plan = plan_of(feed)
    world.watch(plan, parts)
    world.site.put("a", "/1", article_page(1, killed=5))
    world.site.put("a", "/feed", rss([(link, "Bomb")], updated="now five dead"))
    world.clock.wait(7200)
    world.watch(plan, parts)
    with world.opened() as store:
        (article,) = store.articles()
        assert "killing 5" in article.text
        assert [v.number for v in store.article_versions(article.id)] == [1, 2]
        (incident,) = [stored.incident for stored in store.incidents()]
        assert incident.killed is not None
        assert incident.killed.value.best == 5


def test_a_silent_edit_is_found_when_the_page_is_looked_at_again(
    world: World, parts: Parts
) -> None:
    plan = plan_of(two_articles(world))
    world.watch(plan, parts)
    world.site.put_tagged("a", "/1", article_page(1, killed=9))
    world.watch(plan, parts, hours=2)
    with world.opened() as store:
        texts = [article.text for article in store.articles()]
        assert sum("killing 9" in text for text in texts) == 1
        assert len(texts) == 2


def test_one_article_of_two_feeds_is_fetched_once(world: World, parts: Parts) -> None:
    link = world.site.put("a", "/1", article_page(1))
    feeds = [
        world.site.put("a", "/feed", rss([(link, "Bomb")])),
        world.site.put("b", "/feed", rss([(f"{link}?utm_source=b#top", "A bomb, says b")], "B")),
    ]
    world.watch(plan_of(*feeds), parts, hours=0.5)
    assert len(world.site.asked("a", "/1")) == 1
    with world.opened() as store:
        assert store.counts().articles == 1


def test_hosts_are_left_alone_between_requests(world: World, parts: Parts) -> None:
    feeds = []
    for host, robots in (("a", ""), ("b", "User-agent: *\nCrawl-delay: 30\n")):
        world.site.put(host, "/robots.txt", robots)
        links = [world.site.put(host, f"/{n}", article_page(n)) for n in range(6)]
        feeds.append(world.site.put(host, "/feed", rss([(link, link[-1]) for link in links])))
    world.watch(plan_of(*feeds, host_delay_s=7), parts, hours=6)
    pauses = world.site.shortest_pauses_s()
    assert pauses["a.example"] >= 7
    assert pauses["b.example"] >= 30
    for host in "ab":
        assert len(world.site.asked(host, "/robots.txt")) == 1, "believed for a day"
        assert {one.headers["User-Agent"] for one in world.site.asked(host)} == {
            "tocsin (+desk@tocsin.example)"
        }


def test_what_robots_txt_forbids_is_not_asked_for(world: World, parts: Parts) -> None:
    world.site.put("a", "/robots.txt", "User-agent: *\nDisallow: /private/\n")
    open_, closed = (world.site.put("a", p, article_page(1)) for p in ("/1", "/private/2"))
    feed = world.site.put("a", "/feed", rss([(open_, "open"), (closed, "closed")]))
    world.watch(plan_of(feed), parts, hours=3)
    assert world.site.asked("a", "/1")
    assert not world.site.asked("a", "/private/2")


def test_a_host_without_an_answer_on_robots_is_left_alone(world: World, parts: Parts) -> None:
    feed = two_articles(world)
    world.site.put("a", "/robots.txt", status=503)
    world.watch(plan_of(feed), parts, hours=0.5)
    assert not world.site.asked("a", "/feed")
    world.site.put("a", "/robots.txt", "")
    world.watch(plan_of(feed), parts, hours=8)
    assert world.site.asked("a", "/feed"), "it answers again"


def test_too_many_requests_are_answered_by_waiting_as_asked(world: World, parts: Parts) -> None:
    feed = world.site.put("a", "/feed", status=429, headers={"Retry-After": "5400"})
    world.watch(plan_of(feed), parts, hours=6)
    at = [one.at for one in world.site.asked("a") if one.path == "/feed"]
    assert len(at) > 1
    assert all((b - a).total_seconds() >= 5400 for a, b in pairwise(at))


def test_failures_are_told_backed_off_and_end_in_death(world: World, parts: Parts) -> None:
    feed = world.site.put("a", "/feed", status=500)
    world.watch(plan_of(feed), parts, hours=12)
    with world.opened() as store:
        (state,) = store.feed_states()
        assert feed_health(state, world.clock.now()).health is Health.FAILING
        assert state.error == "answers with status 500"
    world.watch(plan_of(feed), parts, hours=24 * 5)
    polls = [one.at for one in world.site.asked("a", "/feed")]
    with world.opened() as store:
        (state,) = store.feed_states()
    assert feed_health(state, world.clock.now()).health is Health.DEAD
    assert (polls[-1] - polls[-2]).total_seconds() > 21 * 3600, "the dead are asked once a day"
    assert len(polls) < 40


def test_a_feed_that_is_gone_is_dead_at_once(world: World, parts: Parts) -> None:
    feed = world.site.put("a", "/feed", status=410)
    world.watch(plan_of(feed), parts)
    with world.opened() as store:
        (state,) = store.feed_states()
    assert feed_health(state, world.clock.now()).health is Health.DEAD


def test_silence_is_told_from_peace(world: World, parts: Parts) -> None:
    feed = two_articles(world)
    plan = plan_of(feed, max_interval_s=3600)
    world.watch(plan, parts, hours=10)
    body = world.site.pages["a.example", "/feed"]
    world.site.put("a", "/feed", status=502)
    world.watch(plan, parts, hours=10)
    world.site.pages["a.example", "/feed"] = body
    world.watch(plan, parts, hours=10)
    with world.opened() as store:
        (gap,) = store.feed_gaps()
        (state,) = store.feed_states()
    assert gap.reason == "answers with status 502"
    assert 9.5 < (gap.until - gap.since).total_seconds() / 3600 < 13
    assert state.failures == 0
    world.clock.wait(86_400)
    with world.opened() as store:
        (state,) = store.feed_states()
    health = feed_health(state, world.clock.now())
    assert health.health is Health.LATE
    assert health.unread_since == state.succeeded_at
    world.watch(plan, parts)
    with world.opened() as store:
        assert store.feed_gaps()[-1].reason == "the watch was not at work"


def test_broken_and_hostile_feeds_cost_themselves_alone(world: World, parts: Parts) -> None:
    world.timeout_s = 3
    site = world.site
    bad = {
        "cut": site.put("b1", "/feed", '<?xml version="1.0"?><rss><chan'),
        "html": site.put("b2", "/feed", "<html><body>We moved.</body></html>"),
        "entities": site.put(
            "b3", "/feed", '<!DOCTYPE r [<!ENTITY a "b">]><rss version="2.0"><channel/></rss>'
        ),
        "slow": site.put("b4", "/feed", rss([]), delay_s=30),
        "inward": site.put("b5", "/feed", status=302, headers={"Location": "http://10.0.0.1/"}),
        "metadata": site.put(
            "b6", "/feed", status=301, headers={"Location": "http://169.254.169.254/latest/"}
        ),
        "loopback": site.put(
            "b7", "/feed", status=301, headers={"Location": "http://127.0.0.1:8081/"}
        ),
        "file": site.put("b8", "/feed", status=302, headers={"Location": "file:///etc/passwd"}),
        "empty": site.put("b9", "/feed", b""),
        "deep": site.put("b10", "/feed", '{"items": ' + "[" * 100_000),
    }
    good = two_articles(world)
    world.watch(plan_of(*bad.values(), good), parts)
    with world.opened() as store:
        states = {state.url: state for state in store.feed_states()}
        assert store.counts().articles == 2
    for name, url in bad.items():
        assert states[url].error, name
    for name in ("inward", "metadata", "loopback"):
        assert "read.fetch.allow" in (states[bad[name]].error or ""), name
    assert not states[good].error
    assert not site.asked("inner")


def test_a_page_that_leads_inward_is_given_up(world: World, parts: Parts) -> None:
    trap = world.site.put("a", "/1", status=302, headers={"Location": "http://192.168.0.1/admin"})
    feed = world.site.put("a", "/feed", rss([(trap, "Bomb")]))
    world.watch(plan_of(feed), parts, hours=24)
    assert len(world.site.asked("a", "/1")) == 1
    with world.opened() as store:
        item = store.watched_items([trap])[trap]
    assert item.due_at is None
    assert "private" in (item.error or "")


def test_a_page_that_fails_for_a_while_comes_all_the_same(world: World, parts: Parts) -> None:
    link = world.site.put("a", "/1", status=500)
    feed = world.site.put("a", "/feed", rss([(link, "Bomb")]))
    world.watch(plan_of(feed), parts, hours=12)
    world.site.put("a", "/1", article_page(1))
    world.watch(plan_of(feed), parts, hours=12)
    with world.opened() as store:
        assert store.counts().articles == 1


def test_feeds_of_every_kind(world: World, parts: Parts) -> None:
    site = world.site
    pages = [site.put("a", f"/news/{n}", article_page(n)) for n in range(5)]
    old = site.put("a", "/news/old", article_page(6))
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom Wire</title><entry>'
        f'<title>Bomb</title><id>x</id><link href="{pages[0]}"/>'
        "<updated>2021-03-01T07:00:00Z</updated></entry></feed>"
    )
    json_feed = json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "J",
            "items": [
                {"id": "1", "url": pages[1], "title": "Bomb"},
                {"id": "2", "title": "Own words", "content_text": story(5)},
            ],
        }
    )
    part = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"<url><loc>{pages[2]}</loc><lastmod>2021-02-28</lastmod></url>"
        f"<url><loc>{old}</loc><lastmod>2019-01-01</lastmod></url></urlset>"
    )
    part_url = site.put("a", "/part.xml", part)
    index = f"<sitemapindex><sitemap><loc>{part_url}</loc></sitemap></sitemapindex>"
    front = '<p><a href="/news/3">one</a> <a href="/about">us</a> <a href="//x.org/news/">x</a>'
    world.watch(
        plan_of(
            site.put("a", "/atom", atom),
            site.put("a", "/json", json_feed),
            {"url": site.put("a", "/sitemap.xml", index), "kind": "sitemap", "outlet": "S"},
            {
                "url": site.put("a", "/front", front, headers={"Content-Type": "text/html"}),
                "kind": "links",
                "prefix": "/news/",
            },
            {"url": site.put("a", "/list.txt", f"{pages[4]}\n"), "kind": "links"},
        ),
        parts,
    )
    with world.opened() as store:
        urls = sorted(article.url or "" for article in store.articles())
        assert store.quarantined() == []
        states = store.feed_states()
    assert [state.error for state in states] == [None] * 5
    assert urls == ["", *sorted(pages)]
    assert not site.asked("a", "/news/old")


def test_a_feed_that_carries_the_text_needs_no_page(world: World, parts: Parts) -> None:
    body = rss([("http://a.example/never", "Bomb hits patrol 1")], updated=story(1))
    feed = {"url": world.site.put("a", "/feed", body), "content": "feed", "outlet": "A"}
    world.watch(plan_of(feed), parts)
    edited = rss([("http://a.example/never", "Bomb hits patrol 1")], updated=story(1, killed=4))
    world.site.put("a", "/feed", edited)
    world.clock.wait(3600)
    world.watch(plan_of(feed), parts)
    assert not world.site.asked("a", "/never")
    with world.opened() as store:
        (article,) = store.articles()
        assert "killing 4" in article.text
        assert len(store.article_versions(article.id)) == 2


def test_a_feed_no_longer_named_keeps_its_past(world: World, parts: Parts) -> None:
    first = two_articles(world)
    second = world.site.put("b", "/feed", rss([]))
    world.watch(plan_of(first), parts)
    world.watch(plan_of(second), parts)
    with world.opened() as store:
        states = {state.url: state for state in store.feed_states()}
    assert feed_health(states[first], START).health is Health.UNWATCHED
    assert states[second].is_watched


def test_a_clock_set_back_does_not_stop_the_watch(world: World, parts: Parts) -> None:
    plan = plan_of(two_articles(world))
    world.watch(plan, parts)
    world.clock.at = START - dt.timedelta(days=365)
    before = len(world.site.asked("a", "/feed"))
    world.watch(plan, parts, hours=1)
    assert len(world.site.asked("a", "/feed")) > before


def test_the_record_equals_that_of_a_batch_run(world: World, parts: Parts) -> None:
    feeds = []
    for host in range(5):
        links = [
            world.site.put(f"h{host}", f"/{n}", article_page(n))
            for n in range(host * 3, host * 3 + 3)
        ]
        feeds.append(
            world.site.put(f"h{host}", "/feed", rss([(x, x[-1]) for x in links], f"Wire {host}"))
        )
    plan = plan_of(*feeds)
    world.watch(plan, parts, hours=3)
    for host in range(5):  # every host edits one of its articles, told or untold
        world.site.put(f"h{host}", f"/{host * 3}", article_page(host * 3, killed=8))
    world.watch(plan, parts, hours=40)
    with world.opened() as store:
        lines = [
            json.dumps(
                {
                    "id": a.id,
                    "text": a.text,
                    "url": a.url,
                    "outlet": a.outlet,
                    "title": a.title,
                    "published": a.published.moment.isoformat()
                    if a.published and a.published.moment
                    else None,
                }
            )
            for a in store.articles()
        ]
        assert len(lines) == 15
        assert sum("killing 8" in line for line in lines) == 5
        watched = [stored.incident for stored in store.incidents()]
    file = world.path.with_name("batch.jsonl")
    file.write_text("\n".join(reversed(lines)), encoding="utf-8")
    batch_path = str(world.path.with_name("batch.db"))
    with open_store(batch_path, world.settings().store) as store:
        run([str(file)], store, world.settings())
        batch = [stored.incident for stored in store.incidents()]
    assert watched == batch
    assert len(watched) > 5


def test_the_same_world_is_watched_in_the_same_way(world: World, parts: Parts) -> None:
    plan = plan_of(two_articles(world), seed=4)
    world.watch(plan, parts, hours=12)
    first = [(one.at, one.host, one.path) for one in world.site.log]
    world.site.log.clear()
    world.path = world.path.with_name("again.db")
    world.clock.at = START
    world.watch(plan, parts, hours=12)
    assert [(one.at, one.host, one.path) for one in world.site.log] == first


def test_validators_are_not_remembered_without_what_came_with_them(
    world: World, parts: Parts
) -> None:
    """The store fails as a poll is kept: the feed is asked again, and as if for the first time."""
    feed = two_articles(world)
    with world.watcher(plan_of(feed), parts) as watcher:
        from tocsin.errors import StoreError

        real = watcher.store.save_poll
        failed: list[object] = []

        def save_poll(state: object, **rest: object) -> None:
            if rest.get("items") and not failed:
                failed.append(state)
                raise StoreError("store.db", "the disk is full")
            real(state, **rest)  # type: ignore[arg-type]

        watcher.store.save_poll = save_poll  # type: ignore[method-assign]
        world.clock.until = world.clock.at + dt.timedelta(hours=1)
        watcher.run()
    assert failed
    sent: list[Mapping[str, str]] = [one.headers for one in world.site.asked("a", "/feed")]
    assert "If-None-Match" not in sent[0]
    assert "If-None-Match" not in sent[1]
    with world.opened() as store:
        assert store.counts().articles == 2
