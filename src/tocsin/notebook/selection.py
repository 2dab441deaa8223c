"""Incidents: a selection of the record, to go through, to show and to hand on as Arrow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from tocsin.area import Circle
from tocsin.notebook.html import table
from tocsin.notebook.one import OneIncident
from tocsin.publish.contract import Json
from tocsin.publish.exports import arrow_schema, record_batches
from tocsin.publish.table import incident_cells
from tocsin.store import IncidentFilter, StoredIncident, StoreView

if TYPE_CHECKING:
    import pyarrow as pa

SHOWN = 20
"""Rows of a table in a notebook; the rest are counted."""


class Incidents:
    """Incidents by first local day, undated ones last. Asked of the store anew each time."""

    def __init__(
        self,
        store: StoreView,
        chosen: IncidentFilter,
        *,
        as_of: dt.datetime | None,
        circle: Circle | None,
        recaps: bool,
    ) -> None:
        self._store = store
        self._chosen = chosen
        self._as_of = as_of
        self._circle = circle
        self._recaps = recaps

    def __iter__(self) -> Iterator[OneIncident]:
        for stored in self._store.incidents(self._chosen, as_of=self._as_of):
            if self._holds(stored):
                yield OneIncident(self._store, stored, self._as_of)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __getitem__(self, number: int) -> OneIncident:
        """The one of this number, from 0, or from -1 backwards. Raises IndexError."""
        at = number if number >= 0 else len(self) + number
        found = next(islice(iter(self), at, None), None) if at >= 0 else None
        if found is None:
            raise IndexError(number)
        return found

    def _holds(self, stored: StoredIncident) -> bool:
        incident = stored.incident
        if incident.background_only and not self._recaps:
            return False
        if self._circle is None:
            return True
        place = incident.place.value if incident.place else None
        if place is None or place.lat is None or place.lon is None:
            return False
        return self._circle.holds(place.lon, place.lat)

    def rows(self) -> Iterator[Json]:
        """Each as contract JSON, docs/contract.md."""
        for one in self:
            yield one.json()

    def to_arrow(self) -> pa.Table:
        """All of them as an Arrow table; its columns are those of the Parquet export."""
        import pyarrow as pa  # noqa: PLC0415 - slow to import

        return pa.Table.from_batches(list(record_batches(self.rows())), schema=arrow_schema())

    def to_pandas(self) -> Any:
        """A pandas DataFrame; needs pandas. Raises ImportError without it."""
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """A Polars DataFrame; needs Polars. Raises ImportError without it."""
        import polars  # noqa: PLC0415 - needs not be there

        return polars.from_arrow(self.to_arrow())

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The Arrow PyCapsule interface: Polars, DuckDB and others take a selection as it is."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return f"<Incidents: {len(self):,}>"

    def _repr_html_(self) -> str:
        shown: list[dict[str, str]] = []
        total = 0
        for one in self:
            total += 1
            if total <= SHOWN:
                shown.append(incident_cells(one.incident))
        more = f", the first {SHOWN} shown" if total > SHOWN else ""
        return table(shown, f"{total:,} incidents{more}")
