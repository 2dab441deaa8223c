"""The page about the room holds: its example runs, its functions and rules exist."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
import tomllib
from pathlib import Path

import tocsin.when
from tocsin.records import Published
from tocsin.records.vocab import PublishedBasis
from tocsin.when import TimeContext, read_times

PAGE = (Path(__file__).parents[2] / "docs/grounding/when.md").read_text(encoding="utf-8")
TABLE = tomllib.loads(Path(__file__).with_name("expressions.toml").read_text(encoding="utf-8"))


def test_the_example_runs() -> None:
    example = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert example is not None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(example[1], {})
    assert "weekday+part_of_day" in printed.getvalue()
    assert len(example[1].splitlines()) <= 10


def test_every_function_exists() -> None:
    named = set(re.findall(r"^\| `(\w+)\(", PAGE, re.MULTILINE))
    assert named
    assert named <= set(tocsin.when.__all__)


def test_every_rule_of_the_table_fires() -> None:
    written = re.search(r"## Rules(.*?)\n\n\*\*", PAGE, re.DOTALL)
    assert written is not None
    rows = [line.split("|")[-2] for line in written[1].splitlines() if line.startswith("|")]
    named = {rule for row in rows for rule in re.findall(r"`([\w+]+)`", row)}
    fired = set()
    for group in TABLE["group"]:
        day = group.get("published")
        published = day and Published(
            dt.datetime.fromisoformat(day).date(), PublishedBasis.METADATA
        )
        context = TimeContext(published or None, month_first=group.get("month_first"))
        for words, *_ in group["rows"]:
            fired |= {r.rule for r in read_times(re.sub(r"[\[\]]", "", words), context)}
    # a clock or part of the day without a day spans two days where the zone is unknown
    fired |= {rule.removesuffix("+zone_unknown") for rule in fired}
    assert sorted(named - fired) == []
