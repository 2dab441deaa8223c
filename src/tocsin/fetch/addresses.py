"""Which addresses are the open internet's: everything else is closed unless allowed by name.

The rule is what is let through, not a list of what is kept out: global unicast alone, less what the
special-purpose registries of IANA take from it (RFC 6890), less the forms of IPv6 in which an IPv4
address travels hidden, which are judged by what they hide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

GLOBAL_UNICAST = IPv6Network("2000::/3")
NAT64 = IPv6Network("64:ff9b::/96")
"""IPv4 as seen from a network that has only IPv6 (RFC 6052)."""

SPECIAL_4: tuple[tuple[IPv4Network, str], ...] = tuple(
    (IPv4Network(network), kind)
    for network, kind in (
        ("0.0.0.0/8", "this network's"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "a carrier's internal"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "reserved"),
        ("192.52.193.0/24", "reserved"),
        ("192.88.99.0/24", "relay"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "reserved"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("168.63.129.16/32", "cloud provider's internal"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
SPECIAL_6: tuple[tuple[IPv6Network, str], ...] = tuple(
    (IPv6Network(network), kind)
    for network, kind in (
        ("::1/128", "loopback"),
        ("::/128", "unspecified"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "private"),
        ("ff00::/8", "multicast"),
        ("2001::/23", "reserved"),  # Teredo among it, which tunnels to any IPv4 address
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "relay"),  # 6to4 holds an IPv4 address of its own
        ("3fff::/20", "documentation"),
    )
)


def why_forbidden(address: Address) -> str | None:
    """What kind of closed address it is ("loopback"); None for one of the open internet."""
    if isinstance(address, IPv4Address):
        return next((kind for network, kind in SPECIAL_4 if address in network), None)
    hidden = address.ipv4_mapped
    if address in NAT64:
        hidden = IPv4Address(int(address) & 0xFFFFFFFF)
    if hidden is not None:
        return why_forbidden(hidden)
    special = next((kind for network, kind in SPECIAL_6 if address in network), None)
    return special or (None if address in GLOBAL_UNICAST else "reserved")


def parse_address(text: str) -> Address:
    """An address as a resolver gives it; a zone (`%eth0`) is left off. Raises ValueError."""
    return ip_address(text.partition("%")[0])


@dataclass(frozen=True, slots=True)
class Allowed:
    """Closed addresses that may be reached: networks, each for all ports (None) or for one."""

    networks: tuple[tuple[Network, int | None], ...] = ()

    @classmethod
    def parse(cls, entries: Sequence[str]) -> Allowed:
        """`127.0.0.1:8080`, `[::1]:8080`, `10.1.0.0/16`, `::1`. Raises ValueError naming one."""
        return cls(tuple(_entry(entry) for entry in entries))

    def covers(self, address: Address, port: int) -> bool:
        """Whether this address and port were allowed."""
        return any(
            address in network and wanted in {None, port} for network, wanted in self.networks
        )


def _entry(entry: str) -> tuple[Network, int | None]:
    host, port = entry, None
    if entry.startswith("["):
        host, bracket, after = entry[1:].partition("]")
        host = host if bracket else entry
        port = after.removeprefix(":") or None
    elif entry.count(":") == 1:
        host, _, port = entry.partition(":")
    try:
        number = int(port) if port else None
        if number is not None and not 0 < number < 2**16:
            raise ValueError
        return ip_network(host), number
    except ValueError:
        raise ValueError(f"{entry!r} is no address, network or ADDRESS:PORT") from None
