"""The commands and their options. Bodies live in the modules beside this one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tocsin import __version__
from tocsin.cli.alert_app import alert_app
from tocsin.cli.options import (
    Alerts,
    AsOf,
    ConfigFile,
    Db,
    Inputs,
    Jobs,
    JsonLog,
    Out,
    OutletName,
    Published,
    Quiet,
    Reader,
    Url,
    UserGazetteer,
)
from tocsin.cli.people_app import tokens_app, users_app
from tocsin.cli.review_app import review_app
from tocsin.cli.snapshot_app import snapshot_app
from tocsin.cli.store_app import store_app
from tocsin.cli.watch_app import watch_app

app = typer.Typer(
    name="tocsin",
    help="News reports in, one incident record out: every value opens onto the words it rests on.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"tocsin {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """News reports in, one incident record out."""


@app.command()
def run(
    inputs: Inputs,
    db: Db = None,
    published: Published = None,
    outlet: OutletName = None,
    url: Url = None,
    jobs: Jobs = 1,
    reader: Reader = None,
    gazetteer: UserGazetteer = None,
    alerts: Alerts = None,
    config: ConfigFile = None,
    quiet: Quiet = False,
    json_log: JsonLog = False,
) -> None:
    """Read articles into the record.

    Reads, extracts, grounds and keeps each article, resolves and fuses their reports, and ends
    with a table of the incidents that changed. What is kept survives an interruption; run again
    to go on.
    """
    from tocsin.cli.reading import Given, run_command

    run_command(
        inputs,
        db=db,
        given=Given(published=published, outlet=outlet, url=url),
        jobs=jobs,
        reader=reader,
        gazetteer=gazetteer,
        alerts=alerts,
        config=config,
        quiet=quiet,
        json_log=json_log,
    )


@app.command()
def extract(
    inputs: Inputs,
    out: Out = None,
    published: Published = None,
    outlet: OutletName = None,
    url: Url = None,
    jobs: Jobs = 1,
    reader: Reader = None,
    gazetteer: UserGazetteer = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="How each was read, in words, instead of JSON.")
    ] = False,
    explain_html: Annotated[
        Path | None,
        typer.Option("--explain-html", metavar="FILE", help="The first article with its marks."),
    ] = None,
    config: ConfigFile = None,
    quiet: Quiet = False,
    json_log: JsonLog = False,
) -> None:
    """Reports of each article as JSON lines.

    No store: one line per article, in input order (docs/contract.md).
    """
    from tocsin.cli.reading import Given, extract_command

    extract_command(
        inputs,
        out=out,
        given=Given(published=published, outlet=outlet, url=url),
        jobs=jobs,
        explain=explain or explain_html is not None,
        explain_html=explain_html,
        reader=reader,
        gazetteer=gazetteer,
        config=config,
        quiet=quiet,
        json_log=json_log,
    )


@app.command()
def incidents(
    db: Db = None,
    output_format: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            help="table, jsonl, csv, parquet, geojson, kml, stix, acled-csv or ged-csv.",
        ),
    ] = "table",
    out: Out = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="On this local day or later.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DAY", help="On this local day or earlier.")
    ] = None,
    country: Annotated[
        str | None, typer.Option("--country", metavar="ISO", help="ISO 3166-1 alpha-2, e.g. IQ.")
    ] = None,
    incident_type: Annotated[
        str | None, typer.Option("--type", metavar="TYPE", help="e.g. indirect_fire.")
    ] = None,
    status: Annotated[
        str | None, typer.Option("--status", help="unconfirmed, corroborated, disputed, retracted.")
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", metavar="WORDS", help="Words in title, place or actors.")
    ] = None,
    min_lineages: Annotated[
        int, typer.Option("--min-lineages", min=0, help="At least so many independent origins.")
    ] = 0,
    recaps: Annotated[
        bool, typer.Option("--recaps/--no-recaps", help="With incidents known from recaps only.")
    ] = True,
    as_of: AsOf = None,
    config: ConfigFile = None,
) -> None:
    """The record, as a table or a file."""
    from tocsin.cli.record import Filters, incidents_command

    incidents_command(
        db=db,
        output_format=output_format,
        out=out,
        filters=Filters(
            since=since,
            until=until,
            country=country,
            incident_type=incident_type,
            status=status,
            text=text,
            min_lineages=min_lineages,
            recaps=recaps,
        ),
        as_of=as_of,
        config=config,
    )


@app.command()
def show(
    incident_id: Annotated[
        str, typer.Argument(metavar="ID", help="An incident id, or the beginning of one.")
    ],
    db: Db = None,
    as_of: AsOf = None,
    json_output: Annotated[
        bool, typer.Option("--json", help="The incident as contract JSON.")
    ] = False,
    history: Annotated[
        bool, typer.Option("--history", help="What changed, when, and because of what.")
    ] = False,
    config: ConfigFile = None,
) -> None:
    """One incident in full.

    Each value, the words it rests on, who says so, and what others say.
    """
    from tocsin.cli.record import show_command

    show_command(
        incident_id,
        db=db,
        as_of=as_of,
        json_output=json_output,
        history=history,
        config=config,
    )


@app.command()
def lineage(
    incident_id: Annotated[
        str, typer.Argument(metavar="ID", help="An incident id, or the beginning of one.")
    ],
    db: Db = None,
    config: ConfigFile = None,
) -> None:
    """The independent origins behind an incident.

    Who printed each text first, which are copies, reprints and updates of it, and what those added,
    cut or changed.
    """
    from tocsin.cli.lineage import lineage_command

    lineage_command(incident_id, db=db, config=config)


@app.command()
def tallies(
    db: Db = None,
    output_format: Annotated[str, typer.Option("--format", "-f", help="table or jsonl.")] = "table",
    as_of: AsOf = None,
    config: ConfigFile = None,
) -> None:
    """Aggregate claims beside our own count.

    "The 19th attack since October": what was claimed, what the record holds, the gap.
    """
    from tocsin.cli.record import tallies_command

    tallies_command(db=db, output_format=output_format, as_of=as_of, config=config)


@app.command()
def ground(
    phrase: Annotated[str, typer.Argument(metavar="TEXT", help="A phrase or a sentence.")],
    published: Published = None,
    place: Annotated[
        str | None, typer.Option("--place", metavar="NAME", help="Where the event was.")
    ] = None,
    outlet_country: Annotated[
        str | None,
        typer.Option("--outlet-country", metavar="CC", help="Who reads 03/04/2020: US or another."),
    ] = None,
    output_format: Annotated[str, typer.Option("--format", "-f", help="table or json.")] = "table",
    gazetteer: UserGazetteer = None,
    config: ConfigFile = None,
) -> None:
    """What the words of a phrase mean, and why.

    The time, place, count and actor readings, each with its rule.
    """
    from tocsin.cli.grounding import ground_command

    ground_command(
        phrase,
        published=published,
        place=place,
        outlet_country=outlet_country,
        output_format=output_format,
        gazetteer=gazetteer,
        config=config,
    )


app.add_typer(
    review_app,
    name="review",
    help="Merge, split, confirm, reject, edit, pin, relate, undo; the log; what is re-offered.",
)

app.add_typer(
    watch_app,
    name="watch",
    help="Poll feeds into the record: CONFIG.toml; status; quarantine; opml.",
)
app.add_typer(users_app, name="users", help="Who may sign in to the board; what they did there.")
app.add_typer(tokens_app, name="tokens", help="Keys to the API for programs.")

app.add_typer(
    alert_app,
    name="alerts",
    help="Tell receivers what changed: run, list, preview, test (docs/alerts.md).",
)

app.add_typer(
    snapshot_app,
    name="snapshot",
    help="Freeze the record into a file to cite: create, verify, diff, load (docs/snapshots.md).",
)
app.add_typer(store_app, name="store", help="Backup, restore, check and upgrade the store.")

gazetteer_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(gazetteer_app, name="gazetteer", help="The places known: import dumps, show a name.")


@gazetteer_app.command("import")
def gazetteer_import(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="GeoNames country dumps: IQ.txt")
    ],
    gazetteer: UserGazetteer = None,
    config: ConfigFile = None,
) -> None:
    """Add full GeoNames country dumps to your places.

    The shipped gazetteer stays as it is: dumps go into a file of yours beside it. A country that is
    there already is replaced. Malformed lines are named and passed over.
    """
    from tocsin.cli.gazetteer import import_command

    import_command(files, gazetteer=gazetteer, config=config)


@gazetteer_app.command("show")
def gazetteer_show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A place name.")],
    near: Annotated[
        str | None, typer.Option("--near", metavar="PLACE", help="Another place it is named with.")
    ] = None,
    context: Annotated[
        str | None, typer.Option("--context", metavar="TEXT", help="Words it is named in.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many.")] = 10,
    output_format: Annotated[str, typer.Option("--format", "-f", help="table or json.")] = "table",
    gazetteer: UserGazetteer = None,
    config: ConfigFile = None,
) -> None:
    """The places of a name, ranked, and why the first is chosen."""
    from tocsin.cli.gazetteer import show_command

    show_command(
        name,
        near=near,
        context=context,
        limit=limit,
        output_format=output_format,
        gazetteer=gazetteer,
        config=config,
    )


@app.command("serve")
def serve_(
    db: Db = None,
    host: Annotated[
        str,
        typer.Option(
            "--host", metavar="HOST", help="Another address demands a login (tocsin users)."
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="PORT", min=0, max=65535, help="0: any free one.")
    ] = 8400,
    names: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="NAME", help="A host name others call it by."),
    ] = None,
    login: Annotated[
        bool, typer.Option("--login", help="Demand a login on this machine too.")
    ] = False,
    tls_cert: Annotated[
        Path | None, typer.Option("--tls-cert", metavar="FILE", help="Certificate chain, PEM.")
    ] = None,
    tls_key: Annotated[
        Path | None, typer.Option("--tls-key", metavar="FILE", help="Its key, PEM.")
    ] = None,
    alerts: Annotated[
        Path | None,
        typer.Option("--alerts", metavar="FILE", help="Alert rules to show, try and change."),
    ] = None,
    config: ConfigFile = None,
) -> None:
    """The board and the REST API at an address.

    Open the printed address in a browser: map, timeline and list of the record, each value beside
    the words it rests on. For this machine alone, and then without a login; nothing is loaded from
    elsewhere.
    """
    from tocsin.cli.serving import Address, serve_command

    address = Address(host, port, tuple(names or ()), login, tls_cert, tls_key)
    serve_command(db=db, address=address, alerts=alerts, config=config)


@app.command()
def demo(
    db: Annotated[
        str | None,
        typer.Option("--db", metavar="FILE", help="Keep the demo's store here (must not exist)."),
    ] = None,
    quiet: Quiet = False,
    board: Annotated[
        bool | None,
        typer.Option("--board/--no-board", help="Serve the board then. Default: at a terminal."),
    ] = None,
) -> None:
    """Read the shipped corpus, print the record, serve the board.

    A fresh store each time; nothing on your machine is touched. Ctrl-C ends the board.
    """
    from tocsin.cli.demo import demo_command

    demo_command(db=db, quiet=quiet, board=board)


train_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(train_app, name="train", help="Fit the learned parts (needs the training extra).")


@train_app.command("reader")
def train_reader(
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="The data sets.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the model goes.")],
    labels: Annotated[
        Path, typer.Option("--labels", metavar="DIR", help="The project's own labels.")
    ] = Path("training/labels"),
    recipe: Annotated[Path, typer.Option("--recipe", metavar="FILE", help="How to fit.")] = Path(
        "training/reader.toml"
    ),
    version: Annotated[
        str, typer.Option("--as", metavar="VERSION", help="Version kept with each report.")
    ] = "reader/dev",
    first_stage: Annotated[
        int,
        typer.Option(
            min=1, metavar="N", help="Above 1: go on with stage N from the weights in the folder."
        ),
    ] = 1,
) -> None:
    """Fit the reader: one model folder for `--reader learned`.

    An hour and a half on two cores. What it learns from and what came out: docs/training.md.
    """
    from tocsin.cli.training import train_reader_command

    train_reader_command(
        data=data,
        labels=labels,
        recipe=recipe,
        out=out,
        version=version,
        first_stage=first_stage,
    )


@train_app.command("gate")
def train_gate(
    model: Annotated[Path, typer.Argument(metavar="MODEL", help="The folder of a fitted model.")],
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="The data sets.")],
) -> None:
    """Teach a model's first gate which articles its encoder need not read."""
    from tocsin.cli.training import gate_command

    gate_command(model, data=data)


@train_app.command("pack")
def train_pack(
    weights: Annotated[Path, typer.Argument(metavar="WEIGHTS", help="As training keeps them.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the model goes.")],
    recipe: Annotated[
        Path, typer.Option("--recipe", metavar="FILE", help="Thresholds are taken from it.")
    ] = Path("training/reader.toml"),
    version: Annotated[
        str, typer.Option("--as", metavar="VERSION", help="Version kept with each report.")
    ] = "reader/dev",
) -> None:
    """Make a model folder of weights, those of an unfinished training too."""
    from tocsin.cli.training import pack_command

    pack_command(weights, recipe=recipe, out=out, version=version)
