"""Settings: defaults, then the file, then the environment; an unknown key is an error."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

import tocsin
from tocsin.config import Settings, load_settings
from tocsin.errors import SettingsError


def test_nothing_given_gives_the_defaults() -> None:
    assert load_settings(environ={}) == Settings()


def test_the_file_changes_what_it_names_and_the_environment_wins(tmp_path: Path) -> None:
    path = tmp_path / "tocsin.toml"
    path.write_text('[store]\nurl = "a.db"\nbusy_timeout_s = 5\n', encoding="utf-8")
    settings = load_settings(environ={"TOCSIN_CONFIG": str(path), "TOCSIN_STORE__URL": "b.db"})
    assert settings.store.url == "b.db"
    assert settings.store.busy_timeout_s == 5
    assert settings.read == Settings().read


@pytest.mark.parametrize(
    ("environ", "key"),
    [
        ({"TOCSIN_STORE__URLL": "x"}, "store.urll"),
        ({"TOCSIN_SHOP": "x"}, "shop"),
        ({"TOCSIN_READ__MAX_TEXT_CHARS": "many"}, "read.max_text_chars"),
        ({"TOCSIN_READ__MAX_TEXT_CHARS": "-1"}, "read.max_text_chars"),
    ],
)
def test_a_bad_variable_is_named(environ: dict[str, str], key: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(environ=environ)
    assert caught.value.key == key


def test_data_folder_and_other_programs_variables_are_no_settings() -> None:
    assert load_settings(environ={"TOCSIN_DATA": "/somewhere", "PATH": "/bin"}) == Settings()


@pytest.mark.parametrize("content", ["[store\n", "[store]\ncolour = 1\n"])
def test_a_bad_file_is_an_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "tocsin.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError):
        load_settings(path, environ={})


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(tmp_path / "none.toml", environ={})


def test_every_setting_is_documented_with_its_default() -> None:
    page = Path(tocsin.__file__).parents[2] / "docs" / "settings.md"
    text = page.read_text(encoding="utf-8")
    for name, value in flat("", Settings()):
        assert f"| `{name}` | `{value}` |" in text, f"docs/settings.md lacks {name}"


def flat(prefix: str, section: BaseModel) -> Iterator[tuple[str, object]]:
    """Every setting by its dotted name."""
    for name, value in section:
        if isinstance(value, BaseModel):
            yield from flat(f"{prefix}{name}.", value)
        else:
            yield f"{prefix}{name}", value
