"""What the docs say can be typed can be typed: commands, options and links of every page."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main

from tocsin.cli.app import app

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NAMES = [str(path.relative_to(ROOT)) for path in PAGES]
SEPARATORS = ("|", ">", ">>", "&&", ";")


@cache
def root() -> Any:
    return typer.main.get_command(app)


def typed(text: str) -> Iterator[str]:
    """Command lines of a page: lines of shell blocks, and code within sentences."""
    for block in re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        for line in block.replace("\\\n", " ").splitlines():
            found = re.match(r"(?:\.venv/bin/)?(tocsin .*)", line.strip())
            if found:
                yield found[1].partition(" #")[0]
    prose = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    for code in re.findall(r"`(tocsin [^`]+)`", prose):
        yield " ".join(code.split())


def faults(line: str) -> Iterator[str]:
    """What of a command line the command does not know."""
    words = [word.rstrip(",") for word in shlex.split(line)[1:]]
    for at, word in enumerate(words):
        if word in SEPARATORS:
            words = words[:at]
            break
    command = root()
    while words and getattr(command, "commands", None) and not words[0].startswith("-"):
        if words[0] in command.commands:
            command = command.commands[words.pop(0)]
        elif re.fullmatch(r"[a-z][a-z-]*", words[0]) and command is root():
            yield f"no command {words[0]!r}"
            return
        elif re.fullmatch(r"[a-z][a-z-]*", words[0]):
            yield f"no {words[0]!r} in {command.name!r}"
            return
        else:
            break
    known = options(command)
    for word in words:
        name = word.partition("=")[0]
        if re.fullmatch(r"--?[a-z][a-z-]*", name) and name not in known:
            yield f"no option {name!r} of {command.name!r}"


def options(command: Any) -> set[str]:
    """Options of a command; of a group, also those of the commands in it."""
    names = {"--help", "-h"}
    for param in command.params:
        names.update((*param.opts, *param.secondary_opts))
    for inner in getattr(command, "commands", {}).values():
        if command is not root():
            names |= options(inner)
    return names


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_every_command_and_option_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    wrong = [f"{line}: {fault}" for line in typed(text) for fault in faults(line)]
    assert wrong == []


def test_the_check_sees_what_is_not_there() -> None:
    block = "```sh\ntocsin runn x.txt   # --no\n.venv/bin/tocsin run x --dbb y | head\n```\n"
    page = f"{block}`tocsin store mend`"
    found = [fault for line in typed(page) for fault in faults(line)]
    assert found == ["no command 'runn'", "no option '--dbb' of 'run'", "no 'mend' in 'store'"]


def anchors(text: str) -> set[str]:
    """Of the headings, as GitHub and mkdocs make them."""
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", head.lower()) for head in heads)
    return {head.strip().replace(" ", "-") for head in plain}


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if target.startswith(("http:", "https:", "mailto:")):
            continue
        file, _, anchor = target.partition("#")
        aim = path.parent / file if file else path
        assert aim.exists(), target
        if anchor:
            assert anchor in anchors(aim.read_text(encoding="utf-8")), target


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_every_page_named_in_words_is_there(path: Path) -> None:
    for name in re.findall(
        r"\bdocs/[\w/.-]+\.(?:md|ipynb|svg|png)\b", path.read_text(encoding="utf-8")
    ):
        assert (ROOT / name).exists(), name
