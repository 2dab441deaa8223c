"""What mkdocs calls while it builds the site: pages made of the code join those of docs/."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

sys.path.insert(0, str(Path(__file__).parents[1]))

from tools.site_pages import led_inside, site_pages


def on_files(files: Files, config: Any) -> Files:
    """Add the generated pages."""
    for address, text in site_pages().items():
        files.append(File.generated(config, address, content=text))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Links out of docs/ lead to the pages made of those files."""
    return led_inside(markdown)
