"""Write the store that later versions must be able to open. Run once for each schema revision:

python -m tests.store.make_old_store
"""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

from tests.store.factory import SteppingClock, incident, kept
from tocsin.store import open_store
from tocsin.store.config import StoreSettings
from tocsin.store.schema import REVISION


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        with open_store(str(path), StoreSettings(), clock=SteppingClock()) as store:
            store.keep_many([kept(1), kept(2)])
            reports = kept(1).extraction.reports
            store.write_incidents(
                [incident(1, *reports)], gone={}, resolved_report_ids=[r.id for r in reports]
            )
        target = Path(__file__).parent / "data" / f"store-{REVISION}.db.gz"
        target.write_bytes(gzip.compress(path.read_bytes(), mtime=0))


if __name__ == "__main__":
    main()
