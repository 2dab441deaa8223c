"""Contradictions, statuses and relations of the seeds: `python -m benchmarks.contradictions`.

The five seeds carry 25 contradictions with their class, 12 incidents with the statuses that are
accepted for each, and 22 relations. Measured twice: with the gold's values and clusters given, so
that what is wrong is fusing's fault (for relations: the finding of them, the reports given), and
end to end, by `tocsin run`.

A contradiction is classed as there when the record holds a conflict with that verdict whose sides
rest on words of at least two of its sides, each in another side of ours. Words match where they
overlap, stand in one sentence, or are a phrase that the other quotes.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

from benchmarks.data import data_folder, machine
from benchmarks.seed_reports import Gold, GoldArticle, read_gold
from tocsin.config import load_settings
from tocsin.fuse import check_tally, fuse, relate
from tocsin.pipeline import run
from tocsin.records import Conflict, Evidence, Incident, ReportInContext
from tocsin.records.vocab import ConflictVerdict, RelationKind
from tocsin.store import open_store

MAX_SIDES = 6
"""Sides of one conflict that are tried against the gold's: more would only cost time."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is scored: incidents, and which of them each gold incident became."""

    incidents: tuple[Incident, ...]
    of_gold: Mapping[str, Incident | None]
    tallied: frozenset[tuple[str, str]]
    """(incident id, id of a tally) for each incident that a tally check counts."""
    tally_ids: Mapping[str, str]
    """Gold id of a tally to ours."""
    statement_ids: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Texts:
    """The seeds by the ids that evidence names."""

    articles: Mapping[str, GoldArticle]

    def touches(self, evidence: Evidence, side: Gold) -> bool:
        """True where the words overlap those of a gold side, share their sentence, or stand in
        both."""
        article = self.articles.get(evidence.article_id)
        if article is None or article.file != side["file"]:
            return False
        start, end = side["span"]
        if evidence.span.start < end and start < evidence.span.end:
            return True
        if article.sentence_at(start) == article.sentence_at(evidence.span.start):
            return True
        return " " in evidence.span.text and evidence.span.text in side["text"]


def is_classed(contradiction: Gold, conflicts: Iterable[Conflict], texts: Texts) -> bool:
    """True where a conflict of that verdict has two of the contradiction's sides as its own."""
    for conflict in conflicts:
        if conflict.verdict.value != contradiction["verdict"]:
            continue
        sides = conflict.sides[:MAX_SIDES]
        touched = [
            [any(texts.touches(words, side) for words in mine.evidence) for mine in sides]
            for side in contradiction["sides"]
        ]
        for one, other in permutations(range(len(touched)), 2):
            if any(
                touched[one][a] and touched[other][b] for a, b in permutations(range(len(sides)), 2)
            ):
                return True
    return False


def is_found(relation: Gold, record: Record) -> bool:
    """True where the record holds the relation between the incidents that the gold's became."""
    source = record.of_gold.get(relation["from"])
    if source is None:
        return False
    kind = RelationKind(relation["type"])
    if kind is RelationKind.IN_TALLY:
        wanted = record.tally_ids.get(relation["to"])
        stated = any(one.kind is kind and one.to == wanted for one in source.relations)
        return stated or (source.id, wanted) in record.tallied
    target = record.of_gold.get(relation["to"])
    ids = {target.id} if target else {record.statement_ids.get(relation["to"])}
    files = {relation["article"][:3]}
    return any(
        one.kind is kind and one.to in ids and files & {e.article_id for e in one.evidence}
        for one in source.relations
    )


def fused_gold(articles: Sequence[GoldArticle]) -> Record:
    """The record that fusing makes of the gold's values, clustered as the gold clusters them."""
    clusters: dict[str, list[ReportInContext]] = defaultdict(list)
    for article in articles:
        for label, context in zip(article.gold["reports"], article.contexts, strict=True):
            clusters[label["incident_id"]].append(context)
    names = sorted(clusters)
    contexts = [context for name in names for context in clusters[name]]
    incidents = relate([fuse(clusters[name]) for name in names], contexts)
    tallied = {
        (incident_id, tally.id)
        for article in articles
        for tally in article.tallies
        for incident_id in check_tally(tally, incidents).counted
    }
    return Record(
        incidents,
        dict(zip(names, incidents, strict=True)),
        frozenset(tallied),
        {
            one["tally_id"]: tally.id
            for article in articles
            for one, tally in zip(article.gold["tallies"], article.tallies, strict=True)
        },
        {
            one["statement_id"]: statement.id
            for article in articles
            for one, statement in zip(article.gold["statements"], article.statements, strict=True)
        },
    )


def end_to_end(articles: Sequence[GoldArticle], seeds: Path) -> Record:
    """The record of `tocsin run` over the seeds. A gold incident became the one of ours in which
    most of its reports' triggers are told, if any is."""
    settings = load_settings()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/seeds.db", settings.store, create=True)
        with store:
            run([str(seeds)], store, settings)
            incidents = tuple(stored.incident for stored in store.incidents())
            tallies = [stored.tally for stored in store.tallies()]
            extracted = {
                article.article.id: store.extraction(article.article.id) for article in articles
            }
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    by_id = {incident.id: incident for incident in incidents}
    for article in articles:
        for label, context in zip(article.gold["reports"], article.contexts, strict=True):
            for incident in incidents:
                votes[label["incident_id"]][incident.id] += _shared(incident, context, article)
    of_gold: dict[str, Incident | None] = {}
    for name, counted in votes.items():
        best = min(counted, key=lambda id_: (-counted[id_], id_))
        if counted[best]:
            of_gold[name] = by_id[best]
    tally_ids: dict[str, str] = {}
    statement_ids: dict[str, str] = {}
    for article in articles:
        found = extracted[article.article.id]
        if found is None:
            continue
        for one, given in zip(article.gold["tallies"], article.tallies, strict=True):
            for tally in found.tallies:
                if article.sentence_at(tally.span.start) == article.sentence_at(given.span.start):
                    tally_ids.setdefault(one["tally_id"], tally.id)
        for one, said in zip(article.gold["statements"], article.statements, strict=True):
            for statement in found.statements:
                if statement.span.start <= said.span.start < statement.span.end:
                    statement_ids.setdefault(one["statement_id"], statement.id)
    tallied = {
        (incident_id, tally.id)
        for tally in tallies
        for incident_id in check_tally(tally, incidents).counted
    }
    return Record(incidents, of_gold, frozenset(tallied), tally_ids, statement_ids)


def _shared(incident: Incident, context: ReportInContext, article: GoldArticle) -> int:
    """How much of a gold report an incident tells: 3 for its trigger's sentence, else 1 where both
    are the news of the article."""
    report = context.report
    words = [e for e in incident.type.evidence if e.article_id == report.article_id]
    if article.sentence_at(report.trigger.start) in {
        article.sentence_at(e.span.start) for e in words
    }:
        return 3
    is_news = any(m.is_main and m.article_id == report.article_id for m in incident.reports)
    return int(report.is_main and is_news)


def report(name: str, gold: Gold, record: Record, texts: Texts, *, every: bool) -> None:
    """Print one record's scores; with `every`, what was missed."""
    conflicts = [conflict for incident in record.incidents for conflict in incident.conflicts]
    classed = {one["id"]: is_classed(one, conflicts, texts) for one in gold["contradictions"]}
    accepted = {
        one["incident_id"]: (found := record.of_gold.get(one["incident_id"])) is not None
        and found.status.value in one["status_accept"]
        for one in gold["incidents"]
    }
    relations = {at: is_found(one, record) for at, one in enumerate(gold["relations"])}
    verdicts = Counter(conflict.verdict for conflict in conflicts)
    print(f"\n{name}")
    for what, scored in (
        ("contradictions classed as there", list(classed.values())),
        ("statuses accepted", list(accepted.values())),
        ("relations found", list(relations.values())),
    ):
        print(f"  {what}: {sum(scored)} of {len(scored)}")
    print(f"  incidents: {len(record.incidents)}, gold incidents with one: {len(record.of_gold)}")
    shown = ", ".join(f"{verdict.value} {verdicts[verdict]}" for verdict in ConflictVerdict)
    print(f"  conflicts in the record: {len(conflicts)} ({shown})")
    if not every:
        return
    for one in gold["contradictions"]:
        if not classed[one["id"]]:
            print(f"  missed {one['id']} {one['field']} {one['verdict']} of {one['about']}")
    for one in gold["incidents"]:
        if not accepted[one["incident_id"]]:
            got = record.of_gold.get(one["incident_id"])
            print(f"  status of {one['incident_id']}: {got.status.value if got else 'not found'}")
    for at, one in enumerate(gold["relations"]):
        if not relations[at]:
            print(f"  missed {one['from']} {one['type']} {one['to']}: {one['text']}")


def main(arguments: list[str]) -> None:
    """Print the scores with the gold given, then end to end. `--misses` lists what was missed."""
    folder = data_folder() / "seeds"
    gold, articles = read_gold(folder)
    texts = Texts({article.article.id: article for article in articles})
    every = "--misses" in arguments
    print(machine())
    report("gold values given", gold, fused_gold(articles), texts, every=every)
    record = end_to_end(articles, folder / "articles.jsonl")
    report("end to end", gold, record, texts, every=every)


if __name__ == "__main__":
    main(sys.argv[1:])
