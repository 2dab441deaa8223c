"""A trial: an alert that tells of nothing, to see whether a receiver gets it."""

from __future__ import annotations

import datetime as dt

from tocsin.alert.deliver import Outgoing
from tocsin.alert.records import (
    Alert,
    AlertAction,
    DevelopmentKind,
    Headline,
    QuotedDevelopment,
    QuotedSide,
)
from tocsin.records.ids import content_id
from tocsin.records.vocab import IncidentStatus, IncidentType

TRIAL_RULE = "trial"


def trial(receiver: str, now: dt.datetime) -> Outgoing:
    """The message of a trial. Each second has its own id, so that a receiver takes the next one."""
    made_at = now.astimezone(dt.UTC).replace(microsecond=0)
    stamp = made_at.isoformat()
    told = QuotedSide("this is a trial; nothing happened")
    alert = Alert(
        id=content_id("alr", TRIAL_RULE, receiver, stamp),
        rule=TRIAL_RULE,
        action=AlertAction.ALERT,
        made_at=made_at,
        headline=Headline(
            incident_id=content_id("inc", TRIAL_RULE),
            title="Trial of a receiver",
            type=IncidentType.OTHER_ATTACK,
            status=IncidentStatus.UNCONFIRMED,
            origins=0,
        ),
        developments=(QuotedDevelopment(DevelopmentKind.FIRST_REPORT, "incident", None, told),),
        number=1,
        recorded_at=made_at,
        is_test=True,
    )
    return Outgoing(content_id("msg", receiver, alert.id), receiver, (alert,))
