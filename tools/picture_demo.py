"""Draw docs/demo.svg: what `tocsin demo` prints, as a picture for the README.

python tools/picture_demo.py
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from rich.console import Console

from tocsin.cli.demo import print_demo

WIDTH = 132
TITLE = "tocsin demo"
PICTURE = Path(__file__).parents[1] / "docs" / "demo.svg"


def main() -> None:
    """Run the demo into a recording console and save what it shows."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    with tempfile.TemporaryDirectory() as folder:
        print_demo(Path(folder) / "demo.db", console, pages=1)
    console.save_svg(str(PICTURE), title=TITLE)


if __name__ == "__main__":
    main()
