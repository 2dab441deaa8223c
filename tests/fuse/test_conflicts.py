"""Differences are kept with their class; only what excludes each other is a dispute."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuse.factory import (
    NONE_REPORTED,
    NONE_STATED,
    QUARTER,
    count,
    harm,
    killed,
    said_by,
    tell,
    who,
)
from tocsin.fuse import fuse
from tocsin.records import (
    Actor,
    Casualties,
    Claim,
    Incident,
    Quantity,
    ReportInContext,
    Span,
    Statement,
    TallyClaim,
    Target,
    TimeInterval,
    Weapon,
)
from tocsin.records.vocab import (
    ActorLevel,
    ActorRole,
    ConflictVerdict,
    IncidentStatus,
    IncidentType,
    Outcome,
    PlacePrecision,
    PlaceRole,
    SourceKind,
    Specificity,
    StatementKind,
    TallyKind,
    TargetKind,
    TimePrecision,
    VictimGroup,
    WeaponType,
)

V = ConflictVerdict


def verdicts(incident: Incident) -> set[tuple[str, ConflictVerdict]]:
    return {(conflict.field, conflict.verdict) for conflict in incident.conflicts}


def words(text: str, start: int = 0) -> Span:
    return Span(start, start + len(text), text)


def named(person: str) -> Claim[Casualties]:
    """A death told by naming the dead."""
    return Claim(Casualties(Outcome.KILLED, count(1)), (words(person),))


# ------------------------------------------------------------------ figures


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (killed((13, None, None)), killed(22), V.PRECISION),
        (killed(Quantity(50, 50, 50, approx=True)), killed(52), V.PRECISION),
        (killed(NONE_REPORTED), killed(NONE_STATED), V.CERTAINTY),
        (killed(NONE_REPORTED), killed(3), V.CERTAINTY),
        (killed(NONE_STATED), killed(3), V.OPEN),
        (killed(12, group=VictimGroup.SECURITY_FORCE), killed(15), V.SCOPE),
        (killed(0, group=VictimGroup.SECURITY_FORCE), killed(0), V.SCOPE),
        (killed(15, group=VictimGroup.SECURITY_FORCE), killed(12), V.OPEN),
        (killed((1, 1, None)), killed((2, 2, None)), V.COMPLEMENTARY),
        (killed(5), killed(9), V.OPEN),
    ],
)
def test_two_figures_differ_for_a_reason(
    one: Claim[Casualties], other: Claim[Casualties], verdict: ConflictVerdict
) -> None:
    for first, second in ((one, other), (other, one)):
        incident = fuse([tell("a", casualties=[first]), tell("b", casualties=[second])])
        assert verdicts(incident) == {("killed", verdict)}


def test_equal_figures_do_not_differ() -> None:
    assert not fuse(
        [tell("a", casualties=[killed(5)]), tell("b", casualties=[killed(5)])]
    ).conflicts


def test_the_dead_of_one_group_are_among_all_the_dead() -> None:
    soldiers = killed(12, group=VictimGroup.SECURITY_FORCE)
    incident = fuse([tell("a", casualties=[soldiers]), tell("b", casualties=[killed(15)])])
    assert incident.killed is not None
    assert incident.killed.value.best == 15
    alone = fuse([tell("a", casualties=[soldiers])])
    assert alone.killed is not None
    assert alone.killed.value.best == 12, "a group that nobody sets beside others is the figure"


def test_named_dead_set_a_floor_and_add_no_dispute() -> None:
    reports = [
        tell("a", casualties=[named("the governor")]),
        tell("b", casualties=[killed(4)]),
        tell("c", casualties=[named("Col. Davit Marr")]),
    ]
    incident = fuse(reports)
    assert incident.killed is not None
    assert incident.killed.value.best == 4
    assert verdicts(incident) == {("killed", V.PRECISION)}


def test_dead_here_and_wounded_there_complete_each_other() -> None:
    dead, hurt = killed(1), harm(Outcome.INJURED, (2, None, None))
    apart = fuse([tell("a", casualties=[dead]), tell("b", casualties=[hurt])])
    assert ("casualties", V.COMPLEMENTARY) in verdicts(apart)
    together = fuse([tell("a", casualties=[dead, hurt]), tell("b", casualties=[hurt])])
    assert not verdicts(together)


def test_a_bound_on_projectiles_is_no_rival_of_their_number() -> None:
    vague = Weapon(WeaponType.ROCKET, count=count((13, None, None)))
    exact = Weapon(WeaponType.ROCKET, count=count(22))
    incident = fuse([tell("a", weapons=[vague]), tell("b", weapons=[exact])])
    assert ("weapon_count:rocket", V.PRECISION) in verdicts(incident)


# ------------------------------------------------------------------ what, where, with what


@pytest.mark.parametrize(
    ("coarse", "fine", "verdict"),
    [
        (WeaponType.AIR_UNSPECIFIED, WeaponType.DRONE_ARMED, V.PRECISION),
        (WeaponType.MISSILE_UNSPECIFIED, WeaponType.MISSILE_CRUISE, V.PRECISION),
        (WeaponType.MISSILE_UNSPECIFIED, WeaponType.ROCKET, V.WORDING),
    ],
)
def test_a_coarse_word_for_a_weapon(
    coarse: WeaponType, fine: WeaponType, verdict: ConflictVerdict
) -> None:
    incident = fuse([tell("a", weapons=[Weapon(coarse)]), tell("b", weapons=[Weapon(fine)])])
    assert verdicts(incident) == {("weapons", verdict)}


def test_a_landmark_near_it_is_finer_than_the_quarter() -> None:
    mill = replace(
        QUARTER,
        name="Grain Mill",
        precision=PlacePrecision.SITE,
        role=PlaceRole.NEAR_LANDMARK,
        uncertainty_km=0.3,
    )
    far = replace(mill, name="Far Mill", lat=44.5)
    report = tell("a").report
    near, aside = (Claim(place, (words("mill", 7),)) for place in (mill, far))
    assert verdicts(fuse([replace(tell("a"), report=replace(report, places=(near,)))])) == {
        ("place", V.PRECISION)
    }
    assert not fuse([replace(tell("a"), report=replace(report, places=(aside,)))]).conflicts


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("Valley Guards", "a hardline faction", V.PRECISION),
        ("a faction", "several militias", V.COMPLEMENTARY),
        ("Valley Guards", "Guards of the Valley", V.WORDING),
    ],
)
def test_one_target_in_the_words_of_two_origins(
    one: str, other: str, verdict: ConflictVerdict
) -> None:
    hit = [Target(name, TargetKind.MILITIA) for name in (one, other)]
    incident = fuse([tell("a", targets=[hit[0]]), tell("b", targets=[hit[1]])])
    assert {v for field, v in verdicts(incident) if field == "targets"} in ({verdict}, set())
    assert not fuse([tell("a", targets=hit)]).conflicts, "one text that names two means two"


# ------------------------------------------------------------------ who


def test_a_denial_that_meets_an_unnamed_culprit_is_a_dispute() -> None:
    blamed = who("an outlaw group", ActorRole.BLAMED, by="the ministry")
    denied = who("River Brigade", ActorRole.DENIED, by="River Brigade")
    assert verdicts(fuse([tell("a", actors=[blamed, denied])])) == {("actors", V.OPEN)}
    assert verdicts(fuse([tell("a", actors=[denied])])) == {("actors", V.OPEN)}


def test_a_denial_disputes_nothing_where_another_claims_it() -> None:
    claimed = who("Hill Front", ActorRole.CLAIMED)
    denied = who("River Brigade", ActorRole.DENIED)
    assert not verdicts(fuse([tell("a", actors=[claimed, denied])]))


def test_what_some_state_as_fact_and_others_leave_out_is_attribution() -> None:
    fact = who("River Brigade", ActorRole.PERPETRATOR)
    incident = fuse([tell("a", actors=[fact]), tell("b")])
    assert verdicts(incident) == {("actors", V.ATTRIBUTION)}
    assert incident.status is IncidentStatus.CORROBORATED
    assert not fuse([tell("a", actors=[fact]), tell("b", actors=[fact])]).conflicts


def test_blame_for_a_series_is_not_blame_for_this_one() -> None:
    series = Claim(
        Actor("River Brigade", ActorRole.BLAMED, ActorLevel.SERIES),
        (words("River Brigade"),),
        (said_by("the ministry"),),
    )
    incident = fuse([tell("a", actors=[series])])
    assert not incident.actors
    assert verdicts(incident) == {("actors", V.ATTRIBUTION)}
    here = who("River Brigade", ActorRole.BLAMED, by="the ministry")
    assert not fuse([tell("a", actors=[series, here])]).conflicts


# ------------------------------------------------------------------ sources, doubts, sayings


def test_the_army_and_its_command_are_one_voice() -> None:
    cited = [
        ("the Kosovar army", SourceKind.OFFICIAL_MILITARY),
        ("the Kosovar Joint Command", SourceKind.OFFICIAL_MILITARY),
    ]
    incident = fuse([tell("a", sources=cited)])
    assert [s.name for s in incident.corroboration.primary_sources] == ["the Kosovar Joint Command"]
    assert verdicts(incident) == {("sources", V.SAME_SOURCE)}
    foreign = [("the Serbian army", SourceKind.OFFICIAL_MILITARY), cited[1]]
    assert len(fuse([tell("a", sources=foreign)]).corroboration.primary_sources) == 2


def hedged(article: str, sentence: str, hedge: str, **told: object) -> ReportInContext:
    context = tell(article, **told)  # type: ignore[arg-type]
    at = sentence.index(hedge)
    report = replace(
        context.report,
        hedges=(words(hedge, at),),
        sentences=(words(sentence),),
    )
    return replace(context, report=report)


def test_what_the_body_leaves_open_is_less_sure_than_the_lead() -> None:
    rockets = [Weapon(WeaponType.ROCKET, count=count((2, None, None)))]
    unsure = "It was unclear what was hit and how many rockets landed."
    incident = fuse([hedged("a", unsure, "unclear", weapons=rockets)])
    assert ("weapon_count", V.CERTAINTY) in verdicts(incident)
    other = "It was unclear who fired and from where."
    assert not fuse([hedged("a", other, "unclear", weapons=rockets)]).conflicts


def of_words(article: str, trigger: str, **told: object) -> ReportInContext:
    context = tell(article, **told)  # type: ignore[arg-type]
    claim = replace(context.report.type, evidence=(words(trigger),))
    return replace(context, report=replace(context.report, type=claim))


def test_a_vague_mention_of_attacks_may_count_more_than_one() -> None:
    vague = of_words("a", "earlier rocket attacks", specificity=Specificity.LOW, is_main=False)
    one = of_words("b", "a rocket attack")
    incident = fuse([vague, one])
    assert verdicts(incident) == {("count", V.OPEN)}
    assert incident.status is IncidentStatus.CORROBORATED, "no key fact"
    assert not fuse([of_words("a", "the rocket attacks"), one]).conflicts


def statement(article: str, speaker: str, text: str, at: int = 0) -> Statement:
    span = words(f"{speaker} {text}", at)
    return Statement(
        f"sta_{article}{at}", article, StatementKind.ASSESSMENT, span, words(speaker, at)
    )


def test_one_utterance_in_two_wordings() -> None:
    one = statement("a", "Premier Lena Ortiz", "said they seem to stop")
    other = statement("b", "Ortiz", "said they appear to stand down")
    told = [replace(tell("a"), statements=(one,)), replace(tell("b"), statements=(other,))]
    assert verdicts(fuse(told)) == {("statements", V.WORDING)}
    copy = replace(told[1], lineage_id="a")
    assert not fuse([told[0], copy]).conflicts, "of one origin"


def test_he_who_is_not_named_is_inferred() -> None:
    group = statement("a", "Valley Front", "announced a countdown")
    he = statement("a", "He", "posted a photograph", at=60)
    assert verdicts(fuse([replace(tell("a"), statements=(group, he))])) == {
        ("statements", V.COREFERENCE)
    }
    assert not fuse([replace(tell("a"), statements=(he,))]).conflicts, "nobody to mistake"


def tally(article: str, figure: int, first: int, last: int) -> TallyClaim:
    window = replace(
        WEEK, earliest=WEEK_START.replace(day=first), latest=WEEK_START.replace(day=last)
    )
    return TallyClaim(
        f"tal_{article}{figure}",
        article,
        TallyKind.INCIDENTS,
        count(figure),
        "attacks",
        words(f"{figure} attacks"),
        window=window,
    )


WEEK_START = dt.datetime(2021, 3, 1)
WEEK = TimeInterval(WEEK_START, WEEK_START.replace(day=8), TimePrecision.DAYS)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((4, 8, 10), (11, 1, 10), {("tally", V.SCOPE)}),
        ((4, 1, 10), (11, 1, 10), {("tally", V.OPEN)}),
        ((4, 1, 10), (4, 1, 10), set()),
        ((4, 1, 5), (11, 6, 10), set()),
    ],
)
def test_counts_of_attacks_beside_each_other(
    one: tuple[int, int, int],
    other: tuple[int, int, int],
    expected: set[tuple[str, ConflictVerdict]],
) -> None:
    told = [
        replace(tell("a"), tallies=(tally("a", *one),)),
        replace(tell("b"), tallies=(tally("b", *other),)),
    ]
    assert verdicts(fuse(told)) == expected


# ------------------------------------------------------------------ properties


@st.composite
def clusters(draw: st.DrawFn) -> list[ReportInContext]:
    return [
        replace(
            tell(
                f"art{n}",
                type_=draw(st.sampled_from([IncidentType.BOMBING, IncidentType.SUICIDE_BOMBING])),
                casualties=[
                    killed(
                        draw(st.integers(0, 4)),
                        group=draw(st.sampled_from([VictimGroup.UNKNOWN, VictimGroup.CIVILIAN])),
                        by=draw(st.sampled_from([None, "police"])),
                    )
                ],
                targets=draw(st.sampled_from([(), (Target("a mill", TargetKind.COMMERCIAL),)])),
                actors=draw(
                    st.sampled_from(
                        [
                            (),
                            (who("River Brigade", ActorRole.PERPETRATOR),),
                            (who("River Brigade", ActorRole.DENIED),),
                        ]
                    )
                ),
                sources=draw(
                    st.sampled_from([(), (("the Kosovar army", SourceKind.OFFICIAL_MILITARY),)])
                ),
                specificity=draw(st.sampled_from(list(Specificity))),
                day=draw(st.integers(9, 12)),
                is_main=draw(st.booleans()),
            ),
            statements=draw(
                st.sampled_from([(), (statement(f"art{n}", "Ortiz", f"said words {n}"),)])
            ),
            tallies=draw(st.sampled_from([(), (tally(f"art{n}", 3 + n, 1, 5),)])),
        )
        for n in range(draw(st.integers(1, 4)))
    ]


def copied(context: ReportInContext, article: str) -> ReportInContext:
    """The same text under another masthead, a day later at the earliest."""
    report = replace(context.report, id=f"rep_zz{article}", article_id=article)
    day = context.published
    assert day is not None
    return replace(
        context,
        report=report,
        outlet=f"outlet of {article}",
        published=replace(day, date=day.date.replace(day=20)),
        statements=tuple(replace(s, article_id=article) for s in context.statements),
        tallies=tuple(replace(t, article_id=article) for t in context.tallies),
    )


def shape(incident: Incident) -> object:
    return [(c.field, c.verdict, [s.value for s in c.sides]) for c in incident.conflicts]


@settings(max_examples=60, deadline=None)
@given(clusters(), st.data())
def test_a_verbatim_copy_brings_no_conflict_and_takes_none(cluster, data) -> None:  # type: ignore[no-untyped-def]
    original = data.draw(st.sampled_from(cluster))
    before = fuse(cluster)
    after = fuse([*cluster, copied(original, "copy")])
    assert shape(after) == shape(before)
    assert after.corroboration.primary_sources == before.corroboration.primary_sources
    assert after.corroboration.lineages == before.corroboration.lineages


@settings(max_examples=60, deadline=None)
@given(clusters(), st.randoms(use_true_random=False))
def test_conflicts_do_not_depend_on_order_and_rest_on_words(cluster, random) -> None:  # type: ignore[no-untyped-def]
    expected = fuse(cluster)
    random.shuffle(cluster)
    assert fuse(cluster).conflicts == expected.conflicts
    for conflict in expected.conflicts:
        assert len(conflict.sides) > 1
        assert all(side.evidence and side.report_ids for side in conflict.sides)
