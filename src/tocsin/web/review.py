"""The review queue: what waits, and one item in full with the texts it rests on side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlencode

from tocsin.api.hands import Whose
from tocsin.api.marks import fields_of, report_marks
from tocsin.api.pool import StorePool
from tocsin.api.queue import QueueItem, QueueKind, QueuePage, ReviewQueue, open_conflicts
from tocsin.desk import made_together
from tocsin.desk.telling import decision_words, field_words
from tocsin.publish.phrasing import plain
from tocsin.publish.show import article_label
from tocsin.publish.wording import conflict_label, side_words, spoken
from tocsin.records import Incident, ReportInContext, ReviewDecision
from tocsin.review import FIELDS, withdrawn
from tocsin.store import Assignment, StoreView
from tocsin.web.beside import ArticleView, excerpt_view
from tocsin.web.rendering import article_href, incident_href

MAX_PANES = 4
"""Texts side by side; the rest are a click away."""
MAX_LOG = 30
"""Decisions listed, the latest first."""

HEADINGS = {
    QueueKind.PAIR: "Alike pairs",
    QueueKind.DISPUTE: "Open disputes",
    QueueKind.DOUBT: "Low confidence",
    QueueKind.OFFER: "Decisions to look at again",
}
QUESTIONS = {
    QueueKind.PAIR: "Do these two tell one incident?",
    QueueKind.DISPUTE: "Accounts exclude each other. Is the record right as it stands?",
    QueueKind.DOUBT: "Was this read rightly?",
    QueueKind.OFFER: "Newer reports speak against this decision. Does it hold?",
}


@dataclass(frozen=True, slots=True)
class Action:
    """A button: the key for it, what it says, the act it posts, and what that means."""

    key: str
    label: str
    act: str
    hint: str


MERGE = Action("m", "Merge", "merge", "they are one incident")
APART = Action("s", "Keep apart", "keep_apart", "they are two, and stay two")
CONFIRM = Action("c", "Confirm", "confirm", "it is right as it stands")
REJECT = Action("x", "Reject", "reject", "there was no such incident")
RENEW = Action("c", "It holds", "renew", "the decision stands beside the new reports")
TAKE_BACK = Action("t", "Take it back", "undo", "the decision is withdrawn")
ACTIONS = {
    QueueKind.PAIR: (MERGE, APART),
    QueueKind.DISPUTE: (CONFIRM, REJECT),
    QueueKind.DOUBT: (CONFIRM, REJECT),
    QueueKind.OFFER: (RENEW, TAKE_BACK),
}


UNDO_TOGETHER = "undo_together"
"""Posted to undo all that was decided in one go."""


class Hands(StrEnum):
    """Whose items are shown."""

    MINE = "mine"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of the page asks for, and who asks."""

    kind: QueueKind | None
    key: str | None
    cursor: str | None
    done: str | None
    by: str | None
    """The name in the address, where nobody signs in."""
    reviewer: str
    whose: Hands | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the queue."""

    key: str
    href: str
    title: str
    note: str
    is_chosen: bool
    held_by: str | None
    """Who has it in hand."""


@dataclass(frozen=True, slots=True)
class Pane:
    """One text, as far as it bears on the item."""

    heading: str
    href: str
    label: str
    view: ArticleView
    report_id: str


@dataclass(frozen=True, slots=True)
class Subject:
    """An incident in short: title, address, and its values in words."""

    title: str
    href: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item in full."""

    question: str
    subjects: tuple[Subject, ...]
    reasons: tuple[tuple[str, str], ...]
    """Class (`for`, `against` or empty) and words: why it waits, what speaks for what."""
    panes: tuple[Pane, ...]
    more_panes: int
    actions: tuple[Action, ...]
    incident_ids: tuple[str, ...]
    decision_id: str | None
    can_split: bool
    sets: tuple[tuple[str, str], ...]
    """Fields in dispute that can be set: name, address of the page to set it."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A kind of thing that waits, and how many."""

    name: str
    href: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class LogLine:
    """A decision made before."""

    id: str
    words: str
    at: str
    is_undone: bool
    together: int = 1
    """How many were decided in one go with it and are not undone, itself among them."""


@dataclass(frozen=True, slots=True)
class ReviewView:
    """Everything the page shows."""

    tabs: tuple[Tab, ...]
    hands: tuple[Tab, ...]
    """Everybody's, mine, nobody's."""
    entries: tuple[Entry, ...]
    actions: tuple[Action, ...]
    """What all the items ticked can be answered with."""
    item: ItemView | None
    previous_href: str | None
    next_href: str | None
    here: str
    """This very page, to come back to."""
    back: str
    """Where to go after a decision: the same queue, at the item after this one."""
    older_href: str | None
    looked_through: int
    done: LogLine | None
    log: tuple[LogLine, ...]
    reviewer: str


def review_view(pool: StorePool, store: StoreView, queue: ReviewQueue, asked: Asked) -> ReviewView:
    """Gather the page: the item of that key, or the first of its kind."""
    found = queue.page(pool, store, asked.cursor)
    hands = store.assignments()
    mine = asked.reviewer if asked.whose is Hands.MINE else None
    whose = Whose(mine, free=asked.whose is Hands.FREE)
    page = replace(found, items=whose.chosen(found.items, hands))
    chosen = asked.kind or next((k for k in QueueKind if page.of(k)), QueueKind.PAIR)
    items = page.of(chosen)
    at = next((number for number, item in enumerate(items) if item.key == asked.key), 0)
    kept = {"cursor": asked.cursor, "by": asked.by, "whose": asked.whose}

    def href(item: QueueItem | None, **changes: str | None) -> str:
        query = {"kind": chosen.value, "item": item.key if item else None, **kept, **changes}
        return "/review?" + urlencode({name: value for name, value in query.items() if value})

    following = items[at + 1] if at + 1 < len(items) else (items[at - 1] if at else None)
    log = pool.remembered(store, "decisions", store.decisions)
    undone = withdrawn(log)
    lines = [_line(store, log, decision, undone) for decision in reversed(log[-MAX_LOG:])]
    return ReviewView(
        tabs=tuple(_tabs(page, chosen, kept)),
        hands=tuple(_hands(found.of(chosen), hands, asked, href)),
        entries=tuple(
            Entry(
                item.key,
                href(item),
                _title(item),
                _note(item),
                number == at,
                hands[item.key].reviewer if item.key in hands else None,
            )
            for number, item in enumerate(items)
        ),
        actions=ACTIONS[chosen],
        item=_item(store, items[at]) if items else None,
        previous_href=href(items[at - 1]) if items and at else None,
        next_href=href(items[at + 1]) if at + 1 < len(items) else None,
        here=href(items[at] if items else None),
        back=href(following),
        older_href=href(None, cursor=page.next_cursor) if page.next_cursor else None,
        looked_through=page.looked_through,
        done=log_line(pool, store, asked.done),
        log=tuple(lines),
        reviewer=asked.reviewer,
    )


def _hands(
    items: Sequence[QueueItem],
    hands: Mapping[str, Assignment],
    asked: Asked,
    href: Callable[..., str],
) -> Iterator[Tab]:
    for whose, name, wanted in (
        (None, "All", Whose()),
        (Hands.MINE, "Mine", Whose(asked.reviewer)),
        (Hands.FREE, "Nobody’s", Whose(free=True)),
    ):
        count = len(wanted.chosen(items, hands))
        yield Tab(name, href(None, whose=whose), count, whose is asked.whose)


def _tabs(page: QueuePage, chosen: QueueKind, kept: Mapping[str, str | None]) -> Iterator[Tab]:
    for kind in QueueKind:
        asked = {"kind": kind.value, **{name: value for name, value in kept.items() if value}}
        found = len(page.of(kind))
        yield Tab(HEADINGS[kind], f"/review?{urlencode(asked)}", found, kind is chosen)


def _title(item: QueueItem) -> str:
    if item.offer and not item.incident:
        return decision_words(item.offer.decision)
    return plain(item.incident.title) if item.incident else item.key


def _note(item: QueueItem) -> str:
    if item.pair:
        return f"and {plain(item.pair.other.title)}, {item.pair.score.score:.2f}"
    if item.offer:
        return plain(item.offer.reason)
    if item.kind is QueueKind.DISPUTE and item.incident:
        return ", ".join(conflict_label(one) for one in open_conflicts(item.incident))
    return f"confidence {item.incident.confidence:.2f}" if item.incident else ""


def _item(store: StoreView, item: QueueItem) -> ItemView:
    pair = item.pair
    told = (pair.one, pair.other) if pair else ((item.incident,) if item.incident else ())
    panes, more = _panes(store, item, told)
    is_single = item.kind in {QueueKind.DISPUTE, QueueKind.DOUBT}
    return ItemView(
        question=QUESTIONS[item.kind],
        subjects=tuple(_subject(incident) for incident in told),
        reasons=tuple(_reasons(item)),
        panes=panes,
        more_panes=more,
        actions=ACTIONS[item.kind],
        incident_ids=tuple(incident.id for incident in told),
        decision_id=item.offer.decision.id if item.offer else None,
        can_split=is_single and any(len(incident.reports) > 1 for incident in told),
        sets=tuple(_sets(item)),
    )


def _sets(item: QueueItem) -> Iterator[tuple[str, str]]:
    if item.kind is QueueKind.DISPUTE and item.incident:
        for conflict in open_conflicts(item.incident):
            if conflict.field in FIELDS:
                href = f"{incident_href(item.incident.id)}/edit?field={conflict.field}"
                yield conflict_label(conflict), href


def _subject(incident: Incident) -> Subject:
    values = tuple(
        (keyed.slot.replace("-", " "), spoken(keyed.field.value)) for keyed in fields_of(incident)
    )
    return Subject(plain(incident.title), incident_href(incident.id), values)


def _reasons(item: QueueItem) -> Iterator[tuple[str, str]]:
    if item.pair:
        score = item.pair.score
        yield from (("for", plain(reason)) for reason in score.reasons_for)
        yield from (("against", plain(reason)) for reason in score.reasons_against)
    if item.kind is QueueKind.DISPUTE and item.incident:
        for conflict in open_conflicts(item.incident):
            sides = " or ".join(side_words(side.value) for side in conflict.sides)
            yield "", f"{conflict_label(conflict)}: {sides}"
    if item.kind is QueueKind.DOUBT and item.incident:
        origins = item.incident.corroboration.lineages
        yield "", f"confidence {item.incident.confidence:.2f} over {origins} independent origins"
    if item.offer:
        offer = item.offer
        yield "", plain(decision_words(offer.decision))
        yield "against", plain(offer.reason)
        if offer.field and offer.decided and offer.now:
            yield "", f"decided: {field_words(offer.field, offer.decided)}"
            yield "", f"now: {field_words(offer.field, offer.now)}"


def _panes(
    store: StoreView, item: QueueItem, told: Sequence[Incident]
) -> tuple[tuple[Pane, ...], int]:
    """The texts to look at, and how many more there are."""
    if item.pair:
        wanted = [item.pair.score.a, item.pair.score.b]
        if wanted[0] not in {member.report_id for member in item.pair.one.reports}:
            wanted.reverse()
    elif item.offer and item.offer.report_ids:
        wanted = list(item.offer.report_ids)
    else:
        sided = [
            side.report_ids[0]
            for incident in told
            for conflict in open_conflicts(incident)
            for side in conflict.sides
            if side.report_ids
        ]
        everybody = [member.report_id for incident in told for member in incident.reports]
        wanted = list(dict.fromkeys((*sided, *everybody)))
    contexts = store.reports_in_context(wanted[:MAX_PANES])
    return tuple(_report_panes(store, contexts)), max(0, len(wanted) - MAX_PANES)


def _report_panes(store: StoreView, contexts: Iterable[ReportInContext]) -> Iterator[Pane]:
    for number, context in enumerate(contexts, start=1):
        report = context.report
        article = store.article(report.article_id)
        if article is None:
            continue
        label = article_label(article.outlet, article.published, article.title, article.url)
        yield Pane(
            heading=plain(label.title or article.id),
            href=article_href(article.id, report.trigger.start, report.trigger.end) + "#words",
            label=f"{plain(label.outlet)}, {label.published}",
            view=excerpt_view(article, report_marks(report, f"pane-{number}")),
            report_id=report.id,
        )


def _line(
    store: StoreView,
    log: Sequence[ReviewDecision],
    decision: ReviewDecision,
    undone: frozenset[str],
) -> LogLine:
    at = f"{decision.at:%Y-%m-%d %H:%M}"
    together = sum(one.id not in undone for one in made_together(log, decision))
    return LogLine(decision.id, _words(store, log, decision), at, decision.id in undone, together)


def _words(store: StoreView, log: Sequence[ReviewDecision], decision: ReviewDecision) -> str:
    """A decision in words, with titles in the place of ids."""
    words = plain(decision_words(decision))
    for id_ in decision.inputs:
        named = next((known for known in log if known.id == id_), None)
        stored = None if named else store.incident(id_)
        if named:
            words = words.replace(id_, f"“{plain(decision_words(named))}”", 1)
        elif stored:
            words = words.replace(id_, f"“{plain(stored.incident.title)}”", 1)
    return words


def log_line(pool: StorePool, store: StoreView, decision_id: str | None) -> LogLine | None:
    """A decision of the log, for the page that is shown after it; None where there is none."""
    if not decision_id:
        return None
    log = pool.remembered(store, "decisions", store.decisions)
    undone = withdrawn(log)
    return next((_line(store, log, one, undone) for one in log if one.id == decision_id), None)
