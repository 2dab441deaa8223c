"""Pages of the docs site that are made of the code, so that they cannot lag behind it.

python -m tools.site_pages      prints their names and sizes; `make docs` puts them into the site
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import typer.main

import tocsin
from tocsin import notebook
from tocsin.api import StorePool, create_api
from tocsin.cli.app import app
from tocsin.publish.schemas import SCHEMA_NAMES, load_schema

ROOT: Final = Path(__file__).parents[1]
OUTSIDE: Final = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
"""Pages of the repository that stand outside its docs folder."""
METHODS: Final = ("get", "post", "put", "patch", "delete")


def site_pages() -> dict[str, str]:
    """Every generated page by its address in the site's sources."""
    return {
        "index.md": outside_page("README.md"),
        **{f"project/{name.lower()}": outside_page(name, "../") for name in OUTSIDE[1:]},
        "reference/cli.md": command_page(),
        "reference/api.md": api_page(),
        "reference/schemas.md": schema_page(),
        "reference/python.md": python_page(),
        "decisions/index.md": decisions_page(),
        "tutorial.md": notebook_page(ROOT / "docs" / "tutorial.ipynb"),
    }


def outside_page(name: str, up: str = "") -> str:
    """A page of the repository, its links led to where its targets are in the site."""

    def led(link: re.Match[str]) -> str:
        target = link[1]
        if target in OUTSIDE:
            return f"]({up}{'index.md' if target == OUTSIDE[0] else f'project/{target.lower()}'})"
        if target == "docs/decisions":
            return f"]({up}decisions/index.md)"
        if target.startswith("docs/"):
            return f"]({up}{target.removeprefix('docs/')})"
        return "]" if not target.startswith(("http", "#")) else link[0]

    return re.sub(r"\]\(([^)\s]+)\)", led, (ROOT / name).read_text(encoding="utf-8"))


def led_inside(text: str) -> str:
    """A page of docs/, its links to pages outside led to where those are in the site."""
    for name in OUTSIDE:
        inside = "index.md" if name == OUTSIDE[0] else f"project/{name.lower()}"
        text = text.replace(f"](../{name})", f"]({inside})")
    return text


def decisions_page() -> str:
    """A list of the decisions, by their titles."""
    lines = ["# Decisions", "What was wanted, chosen and turned down, in order of time.\n"]
    for path in sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md")):
        title = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
        lines.append(f"- [{title}]({path.name})")
    return "\n".join(lines) + "\n"


def commands(group: Any = None, path: tuple[str, ...] = ("tocsin",)) -> Iterator[tuple[str, Any]]:
    """Every command that does something, with the words that call it: `tocsin review merge`."""
    group = typer.main.get_command(app) if group is None else group
    for name, command in group.commands.items():
        if getattr(command, "commands", None):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


def command_page() -> str:
    """The reference of the command line."""
    parts = ["# The command line", "`tocsin COMMAND --help` says the same."]
    for name, command in commands():
        arguments = [p for p in command.params if p.param_type_name == "argument"]
        options = [p for p in command.params if p.param_type_name == "option"]
        usage = " ".join((name, *(p.metavar or p.name.upper() for p in arguments)))
        parts += [f"## {name}", f"```\n{usage}\n```", _one_line(command.help or "")]
        rows = [(f"`{p.metavar or p.name.upper()}`", p.help or "", "") for p in arguments]
        rows += [_option(option) for option in options if option.name != "help"]
        parts.append(_table(("option", "meaning", "default"), rows))
    return "\n\n".join(filter(None, parts)) + "\n"


def _option(option: Any) -> tuple[str, str, str]:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    value = f" `{option.metavar}`" if option.metavar else ""
    default = option.default
    is_told = default not in {None, False, ""} and not callable(default)
    return f"{names}{value}", option.help or "", f"`{default}`" if is_told else ""


def api_page() -> str:
    """The reference of the REST API, from its OpenAPI document."""
    document = create_api(StorePool(_no_store)).openapi()
    parts = [
        "# The REST API",
        "`tocsin serve` answers here; the same as a document: `/api/v1/openapi.json`. "
        "How to sign in, page and poll: [the board](../board.md).",
    ]
    for path, methods in document["paths"].items():
        for method in METHODS:
            if method in methods:
                route = methods[method]
                parts += [
                    f"## {method.upper()} `{path}`",
                    _one_line(route.get("description", "")),
                    _table(
                        ("parameter", "in", "meaning"),
                        [
                            (f"`{p['name']}`", p["in"], p.get("description", ""))
                            for p in route.get("parameters", ())
                        ],
                    ),
                ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _no_store() -> Any:
    raise AssertionError("the document of the API is made without a store")


def schema_page() -> str:
    """The fields of the JSON outputs, from their schemas."""
    parts = [
        "# Schemas",
        "Fields of the JSON outputs as their schemas have them; in words: "
        "[the contract](../contract.md). "
        "The schemas themselves: `tocsin.publish.schemas.load_schema`.",
    ]
    for name in SCHEMA_NAMES:
        schema = load_schema(name)
        parts += [f"## {schema['title']}", schema.get("description", "")]
        parts.append(_fields(schema))
        for key, inner in schema["$defs"].items():
            if "enum" in inner:
                values = ", ".join(f"`{value}`" for value in inner["enum"])
                parts += [f"### {name}: {key}", values]
            elif "properties" in inner:
                parts += [f"### {name}: {key}", inner.get("description", ""), _fields(inner)]
    return "\n\n".join(filter(None, parts)) + "\n"


def _fields(schema: Mapping[str, Any]) -> str:
    required = schema.get("required", ())
    rows = [
        (f"`{field}`", _kind(told), "always" if field in required else "")
        for field, told in schema.get("properties", {}).items()
    ]
    return _table(("field", "kind", "there"), rows)


def _kind(told: Mapping[str, Any] | bool) -> str:
    if isinstance(told, bool):
        return "any"
    if "$ref" in told:
        return str(told["$ref"]).removeprefix("#/$defs/")
    for key in ("anyOf", "oneOf"):
        if key in told:
            return " or ".join(dict.fromkeys(_kind(inner) for inner in told[key]))
    if "const" in told:
        return f"`{json.dumps(told['const'])}`"
    if told.get("type") == "array":
        return f"list of {_kind(told.get('items', {}))}"
    if "value" in told.get("properties", {}):
        return f"fused {_kind(told['properties']['value'])}"
    kind = told.get("type", "any")
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def python_page() -> str:
    """The reference of the record in Python."""
    parts = [
        "# The record in Python",
        "How to use it: [the guide](../python.md), [the tutorial](../tutorial.md).",
        "## tocsin.open",
        f"```python\ntocsin.open{inspect.signature(tocsin.open)}\n```",
        inspect.getdoc(tocsin.open) or "",
    ]
    for name in ("Record", "Incidents", "OneIncident", "Quote"):
        kind = getattr(notebook, name)
        parts += [f"## {name}", inspect.getdoc(kind) or ""]
        for member, value in vars(kind).items():
            if member.startswith("_"):
                continue
            if isinstance(value, property):
                parts += [f"### {name}.{member}", inspect.getdoc(value) or ""]
            elif inspect.isfunction(value):
                signature = f"```python\n{member}{inspect.signature(value)}\n```"
                parts += [f"### {name}.{member}()", signature, inspect.getdoc(value) or ""]
    return "\n\n".join(filter(None, parts)) + "\n"


def notebook_page(path: Path) -> str:
    """A notebook's words and code; its results are made anew by whoever runs it."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    parts = []
    for cell in cells:
        source = "".join(cell["source"])
        parts.append(source if cell["cell_type"] == "markdown" else f"```python\n{source}\n```")
    parts.insert(1, "To run it yourself: [tutorial.ipynb](tutorial.ipynb).")
    return "\n\n".join(parts) + "\n"


def _one_line(words: str) -> str:
    return re.sub(
        r"[ \t]*\n[ \t]*(?!\n)", " ", inspect.cleandoc(words).replace("\n\n", "\0")
    ).replace("\0", "\n\n")


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    if not rows:
        return ""
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    lines += [f"| {' | '.join(map(_cell, row))} |" for row in rows]
    return "\n".join(lines)


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    for address, text in site_pages().items():
        print(f"{address}: {len(text):,} characters")
