"""Every page of the board, by address: a new page is one line here, and each check below visits it.

`{incident}` and `{article}` stand for ids of the test record; `Record.address` puts them in.
"""

from __future__ import annotations

PAGES = {
    "board": "/",
    "board, filtered": "/?text=Kirkuk&since=2021-01-01",
    "board, nothing passes": "/?country=FJ",
    "incident": "/incidents/{incident}",
    "incident, article beside": "/incidents/{incident}?article={article}&start=0&end=20",
    "article": "/articles/{article}",
    "lineage of an incident": "/incidents/{incident}/lineage",
    "review": "/review",
    "agreement of reviewers": "/review/agreement",
    "coder's table": "/coding",
    "tallies": "/tallies",
    "sources": "/sources",
    "alert rules, none given": "/alerts",
    "search": "/search?q=rockets",
    "search, empty": "/search",
    "not found": "/incidents/none",
    "cannot be asked": "/?since=yesterday",
}
FAILING = {"not found": 404, "cannot be asked": 422}
"""Pages that tell what went wrong, and with which status."""
