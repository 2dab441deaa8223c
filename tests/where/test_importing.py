"""Country dumps: read line by line, imported whole or not at all, found beside the shipped file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import RefusedInput, StoreError
from tocsin.records.vocab import PlacePrecision
from tocsin.where import Gazetteer
from tocsin.where.config import user_gazetteer
from tocsin.where.dump import COLUMNS, DumpRow, MalformedLine, parse_row, read_dump
from tocsin.where.importing import import_dump
from tocsin.where.spellings import alternate_keys, is_latin, skeletons_of
from tocsin.where.user_file import UserFile


def line(number: int, name: str, **values: object) -> str:
    cells = {
        "id": number, "name": name, "ascii": name, "alternates": "", "lat": 33.5, "lon": 44.5,
        "class": "P", "code": "PPL", "country": "IQ", "cc2": "", "admin1": "01", "admin2": "0101",
        "admin3": "", "admin4": "", "population": 0, "elevation": "", "dem": "30",
        "zone": "Asia/Baghdad", "modified": "2024-01-01", **values,
    }  # fmt: skip
    return "\t".join(map(str, cells.values()))


DUMP = [
    line(900_001, "Anbar", **{"class": "A", "code": "ADM1", "admin2": ""}),
    line(900_002, "Zzubla District", **{"class": "A", "code": "ADM2"}),
    line(900_003, "Zzubla", alternates="Az Zzublah,Town of Zubbla,زبلا,zzbla"),
    line(900_004, "Zzubla Airfield", **{"class": "S", "code": "AIRF"}),
    line(900_005, "Mosul", population=7, lat=30.1),
]


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "IQ.txt"
    path.write_text("\n".join(DUMP) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def user(tmp_path: Path) -> UserFile:
    return UserFile.open_to_write(tmp_path / "mine" / "gazetteer.sqlite")


def test_imported_places_are_found_beside_the_shipped_ones(
    gazetteer: Gazetteer, dump: Path, user: UserFile
) -> None:
    summary = import_dump(dump, user, gazetteer)
    assert summary.places == {"IQ": 5}
    assert summary.malformed == []
    with_mine = Gazetteer.open(user=user.path)
    (village,) = with_mine.look_up("al-Zzubla")
    assert (village.name, village.admin1, village.admin2) == ("Zzubla", "Anbar", "Zzubla District")
    assert (village.country, village.zone) == ("IQ", "Asia/Baghdad")
    assert village.precision is PlacePrecision.SETTLEMENT
    assert with_mine.look_up("Zzubla Airfield")[0].precision is PlacePrecision.SITE
    assert with_mine.look_up("Town of Zubbla") == []  # an alternate of the division around it
    assert with_mine.look_up("Mosul")[0].population > 500_000
    assert 900_005 in {entry.id for entry in with_mine.look_up("Mosul")}
    assert gazetteer.look_up("Zzubla") == []
    with_mine.close()


def test_importing_again_replaces_the_country(
    gazetteer: Gazetteer, dump: Path, user: UserFile
) -> None:
    import_dump(dump, user, gazetteer)
    dump.write_text(line(900_009, "Qqarma") + "\n", encoding="utf-8")
    summary = import_dump(dump, user, gazetteer)
    assert (summary.places, summary.replaced) == ({"IQ": 1}, {"IQ": 5})
    assert user.countries() == {"IQ": 1}
    with_mine = Gazetteer.open(user=user.path)
    assert with_mine.look_up("Zzubla") == []
    assert with_mine.look_up("Qqarma")[0].id == 900_009


def test_other_countries_stay(gazetteer: Gazetteer, dump: Path, user: UserFile) -> None:
    import_dump(dump, user, gazetteer)
    dump.write_text(line(900_020, "Ttarma", country="SY") + "\n", encoding="utf-8")
    import_dump(dump, user, gazetteer)
    assert user.countries() == {"IQ": 5, "SY": 1}


def test_malformed_lines_are_named_and_stop_nothing(
    gazetteer: Gazetteer, dump: Path, user: UserFile
) -> None:
    bad = [
        "three\tcolumns\tonly",
        line(900_010, "North", lat=95),
        line(900_011, "Nowhere", lon="east"),
        line(900_012, " "),
        line(900_013, "Many", population="-3"),
        line(900_014, "Long", alternates="x" * 70_000),
        line(900_015, "Iraqland", country="Iraq"),
    ]
    text = "\n".join([DUMP[2], *bad, DUMP[3]]) + "\n"
    dump.write_bytes(text.encode() + b"\xff\xfe\tbroken\n" + DUMP[4].encode())
    summary = import_dump(dump, user, gazetteer)
    assert summary.places == {"IQ": 3}
    assert [one.number for one in summary.malformed] == [2, 3, 4, 5, 6, 7, 8, 10]
    assert "3 columns, not 19" in summary.malformed[0].reason
    assert "latitude is out of range" in summary.malformed[1].reason
    assert "is not UTF-8" in summary.malformed[-1].reason


def test_a_file_without_places_changes_nothing(
    gazetteer: Gazetteer, dump: Path, user: UserFile
) -> None:
    import_dump(dump, user, gazetteer)
    dump.write_text("this is no dump\n", encoding="utf-8")
    with pytest.raises(RefusedInput, match="holds no place"):
        import_dump(dump, user, gazetteer)
    with pytest.raises(RefusedInput, match="cannot be read"):
        import_dump(dump.with_name("none.txt"), user, gazetteer)
    assert user.countries() == {"IQ": 5}


def test_a_failing_import_is_undone(gazetteer: Gazetteer, dump: Path, user: UserFile) -> None:
    import_dump(dump, user, gazetteer)

    def stop(_rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_dump(dump, user, gazetteer, on_progress=stop)
    assert user.countries() == {"IQ": 5}


def test_the_shipped_file_never_changes(gazetteer: Gazetteer, dump: Path, user: UserFile) -> None:
    shipped = Path(gazetteer._file.path)
    before = (shipped.stat().st_size, shipped.stat().st_mtime_ns)
    import_dump(dump, user, gazetteer)
    assert (shipped.stat().st_size, shipped.stat().st_mtime_ns) == before


def test_strange_files_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no gazetteer is there"):
        UserFile.open(tmp_path / "none.sqlite")
    other = tmp_path / "other.sqlite"
    other.write_bytes(b"no database at all, only words and words")
    with pytest.raises(StoreError, match="is not a gazetteer"):
        UserFile.open(other)
    with pytest.raises(StoreError):
        Gazetteer.open(user=other)
    old = UserFile.open_to_write(tmp_path / "old.sqlite")
    old.close()
    with sqlite3.connect(old.path) as connection:
        connection.execute("UPDATE meta SET value = '0' WHERE key = 'key_version'")
    connection.close()
    with pytest.raises(StoreError, match="another version"):
        UserFile.open(old.path)


def test_the_data_folder_is_told_by_the_environment(tmp_path: Path) -> None:
    assert user_gazetteer({}) is None
    assert user_gazetteer({"HOME": "/home/me"}) == Path(
        "/home/me/.local/share/tocsin/gazetteer.sqlite"
    )
    assert user_gazetteer({"HOME": "/home/me", "XDG_DATA_HOME": "/data"}) == Path(
        "/data/tocsin/gazetteer.sqlite"
    )
    assert user_gazetteer({"XDG_DATA_HOME": "relative", "HOME": "/h"}) == Path(
        "/h/.local/share/tocsin/gazetteer.sqlite"
    )


def reason(text: str) -> str | None:
    """Why a line is no place; None where it is one. Nothing else may be raised."""
    try:
        parse_row(text)
    except ValueError as error:
        return str(error)
    return None


@given(st.text(max_size=200))
def test_any_line_is_a_place_or_has_a_reason(text: str) -> None:
    assert reason(text) != ""


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\t\r\n")),
                min_size=COLUMNS, max_size=COLUMNS))  # fmt: skip
def test_any_cells_are_a_place_or_have_a_reason(cells: list[str]) -> None:
    assert reason("\t".join(cells)) != ""


def test_lines_are_numbered_from_one(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text(f"bad\n\n{DUMP[2]}\nworse\n", encoding="utf-8")
    items = list(read_dump(path))
    assert [type(item) for item in items] == [MalformedLine, DumpRow, MalformedLine]
    assert [item.number for item in items if isinstance(item, MalformedLine)] == [1, 4]


def test_spellings_that_news_may_use() -> None:
    keys = alternate_keys(
        "Harbin", ["Kharbin", "ha'erbin", "哈尔滨", "HRB", "City of Harbin"], "CN"
    )
    assert keys == {"kharbin"}
    assert is_latin("Łódź")
    assert not is_latin("Лодзь")
    assert skeletons_of({"tall abyad"}, "SY") == skeletons_of({"tel abiad"}, "SY")
    assert skeletons_of({"tall abyad"}, "FR") == set()
