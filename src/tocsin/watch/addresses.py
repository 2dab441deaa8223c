"""Addresses of items: one article has one, whatever campaign its link was made for."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

PORTS = {"http": 80, "https": 443}
TRACKING_PREFIXES = ("utm_", "at_", "mc_", "ns_")
TRACKING = frozenset({"cmpid", "fbclid", "gclid", "igshid", "msclkid", "ocid", "rss", "smid"})
"""Parameters that tell the outlet where a reader came from, and nothing about the article."""


def item_address(link: str, base: str) -> str | None:
    """The normalised address of a link found at `base`; None for what is no http(s) address.

    Host and scheme in lower case, no default port, no fragment, no tracking parameter, the other
    parameters as they stand.
    """
    try:
        parts = urlsplit(urljoin(base, link.strip()))
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in PORTS or not host or parts.username is not None:
        return None
    host = f"[{host}]" if ":" in host else host
    netloc = host if port in {None, PORTS[parts.scheme]} else f"{host}:{port}"
    query = parts.query
    if query:
        pairs = parse_qsl(query, keep_blank_values=True)
        kept = [pair for pair in pairs if not _is_tracking(pair[0])]
        if len(kept) < len(pairs):
            query = urlencode(kept)
    return urlunsplit((parts.scheme, netloc, parts.path or "/", query, ""))


def host_of(url: str) -> str:
    """The host, with its port where one is named: what requests are paced by."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()


def _is_tracking(name: str) -> bool:
    name = name.lower()
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)
