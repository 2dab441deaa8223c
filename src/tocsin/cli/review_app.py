"""The commands of `tocsin review` and their options. Bodies live in `review`."""

from __future__ import annotations

from typing import Annotated

import typer

from tocsin.cli.options import ConfigFile, Db

review_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

IncidentId = Annotated[
    str, typer.Argument(metavar="ID", help="An incident id, or the beginning of one.")
]
DecisionId = Annotated[
    str, typer.Argument(metavar="DECISION", help="A decision id, or the beginning of one.")
]
Reviewer = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who decides. Default: your user name.")
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for the log.")]
JsonOutput = Annotated[bool, typer.Option("--json", help="The decision as a JSON line.")]
LogFormat = Annotated[str, typer.Option("--format", "-f", help="table or jsonl.")]


@review_app.command()
def merge(
    incident_ids: Annotated[
        list[str], typer.Argument(metavar="ID ID...", help="Incident ids, or their beginnings.")
    ],
    db: Db = None,
    by: Reviewer = None,
    reason: Reason = "",
    json_output: JsonOutput = False,
    config: ConfigFile = None,
) -> None:
    """Make one incident of several."""
    from tocsin.cli.review import Options, merge_command

    merge_command(incident_ids, Options(db, by, reason, json_output, config))


@review_app.command()
def split(
    incident_id: IncidentId,
    members: Annotated[
        list[str],
        typer.Argument(
            metavar="REPORT...", help="Report or article ids that tell another incident."
        ),
    ],
    db: Db = None,
    by: Reviewer = None,
    reason: Reason = "",
    json_output: JsonOutput = False,
    config: ConfigFile = None,
) -> None:
    """Take reports out of an incident: they tell another one."""
    from tocsin.cli.review import Options, split_command

    split_command(incident_id, members, Options(db, by, reason, json_output, config))


@review_app.command()
def confirm(
    name: Annotated[
        str, typer.Argument(metavar="ID", help="An incident; or a decision that was re-offered.")
    ],
    db: Db = None,
    by: Reviewer = None,
    reason: Reason = "",
    json_output: JsonOutput = False,
    config: ConfigFile = None,
) -> None:
    """Say that an incident is as it stands, or that a decision holds."""
    from tocsin.cli.review import Options, confirm_command

    confirm_command(name, Options(db, by, reason, json_output, config))


@review_app.command()
def reject(
    incident_id: IncidentId,
    db: Db = None,
    by: Reviewer = None,
    reason: Reason = "",
    json_output: JsonOutput = False,
    config: ConfigFile = None,
) -> None:
    """Say that there was no such incident."""
    from tocsin.cli.review import Options, reject_command

    reject_command(incident_id, Options(db, by, reason, json_output, config))


@review_app.command()
def edit(
    incident_id: IncidentId,
    values: Annotated[
        list[str],
        typer.Argument(
            metavar="FIELD=VALUE...",
            help="type, stage, status, date, place, killed, injured, attackers_killed, weapons,"
            " targets or actors; a word, a number, a range, a day, or JSON.",
        ),
    ],
    db: Db = None,
    by: Reviewer = None,
    reason: Reason = "",
    json_output: JsonOutput = False,
    config: ConfigFile = None,
) -> None:
    """Set values of an incident: killed=3-5 date=2021-03-09 place=Mosul."""
    from tocsin.cli.review import Options, edit_command

    edit_command(incident_id, values, Options(db, by, reason, json_output, config))


@review_app.command()
def pin(
    incident_id: IncidentId,
    fields: Annotated[list[str], typer.Argument(metavar="FIELD...", help="As for edit.")],
    db: Db = None,
    by: Reviewer = None,
    reason: Reason = "",
    json_output: JsonOutput = False,
    config: ConfigFile = None,
) -> None:
    """Keep values of an incident as they are."""
    from tocsin.cli.review import Options, pin_command

    pin_command(incident_id, fields, Options(db, by, reason, json_output, config))


@review_app.command()
def relate(
    incident_id: IncidentId,
    kind: Annotated[
        str, typer.Argument(metavar="KIND", help="retaliation_for, follows, part_of ...")
    ],
    other_id: Annotated[str, typer.Argument(metavar="ID", help="The incident it leads to.")],
    db: Db = None,
    by: Reviewer = None,
    reason: Reason = "",
    json_output: JsonOutput = False,
    config: ConfigFile = None,
) -> None:
    """State a relation between two incidents."""
    from tocsin.cli.review import Options, relate_command

    relate_command(incident_id, kind, other_id, Options(db, by, reason, json_output, config))


@review_app.command()
def undo(
    decision_id: DecisionId,
    db: Db = None,
    by: Reviewer = None,
    reason: Reason = "",
    json_output: JsonOutput = False,
    config: ConfigFile = None,
) -> None:
    """Withdraw a decision, an undo too. Both stay in the log."""
    from tocsin.cli.review import Options, undo_command

    undo_command(decision_id, Options(db, by, reason, json_output, config))


@review_app.command()
def log(db: Db = None, output_format: LogFormat = "table", config: ConfigFile = None) -> None:
    """Every decision made, oldest first."""
    from tocsin.cli.review import log_command

    log_command(db=db, output_format=output_format, config=config)


@review_app.command()
def offers(db: Db = None, output_format: LogFormat = "table", config: ConfigFile = None) -> None:
    """Decisions that newer reports speak against."""
    from tocsin.cli.review import offers_command

    offers_command(db=db, output_format=output_format, config=config)
