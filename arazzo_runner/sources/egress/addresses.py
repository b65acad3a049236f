"""Which addresses lead to the public internet, and which hosts are addresses in disguise.

Theory: the tables of the special-purpose registries (RFC 6890 and its successors), turned round for IPv6, where only
2000::/3 is given out at all. They are written down here, since what the standard library calls global differs between
its versions. An IPv6 address that carries an IPv4 address is no way round: mapped, compatible, 6to4 and Teredo forms
are refused whatever they carry; the well-known prefix of NAT64 (RFC 6052) is judged by the address within, for there
it is how the public internet is reached.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

_V4: Final = tuple(
    (IPv4Network(network), kind)
    for network, kind in (
        ("0.0.0.0/32", "the unspecified address"),
        ("0.0.0.0/8", "an address of this network"),
        ("10.0.0.0/8", "a private address"),
        ("100.64.0.0/10", "an address of a carrier's own network (CGNAT)"),
        ("127.0.0.0/8", "a loopback address"),
        ("169.254.0.0/16", "a link-local address"),
        ("172.16.0.0/12", "a private address"),
        ("192.0.0.0/24", "a reserved address"),
        ("192.0.2.0/24", "an address for documentation"),
        ("192.31.196.0/24", "a reserved address"),
        ("192.52.193.0/24", "a reserved address"),
        ("192.88.99.0/24", "a relay of 6to4"),
        ("192.168.0.0/16", "a private address"),
        ("192.175.48.0/24", "a reserved address"),
        ("198.18.0.0/15", "an address for benchmarks"),
        ("198.51.100.0/24", "an address for documentation"),
        ("203.0.113.0/24", "an address for documentation"),
        ("224.0.0.0/4", "a multicast address"),
        ("255.255.255.255/32", "the broadcast address"),
        ("240.0.0.0/4", "a reserved address"),
    )
)
_NAT64: Final = IPv6Network("64:ff9b::/96")
_GIVEN_OUT: Final = IPv6Network("2000::/3")
_V6: Final = tuple(
    (IPv6Network(network), kind)
    for network, kind in (
        ("::/128", "the unspecified address"),
        ("::1/128", "a loopback address"),
        ("::ffff:0:0/96", "an IPv4 address in the form of IPv6 (mapped)"),
        ("::/96", "an IPv4 address in the form of IPv6 (compatible)"),
        ("::ffff:0:0:0/96", "an IPv4 address in the form of IPv6 (translated)"),
        ("64:ff9b:1::/48", "an address of a local NAT64"),
        ("fc00::/7", "a private address"),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a site-local address"),
        ("ff00::/8", "a multicast address"),
        ("2001::/32", "an IPv4 address in the form of IPv6 (Teredo)"),
        ("2001::/23", "a reserved address"),
        ("2001:db8::/32", "an address for documentation"),
        ("2002::/16", "an IPv4 address in the form of IPv6 (6to4)"),
        ("3fff::/20", "an address for documentation"),
    )
)
_NUMBER: Final = re.compile(r"0[xX](?P<hex>[0-9A-Fa-f]*)|0(?P<octal>[0-7]+)|(?P<decimal>0|[1-9][0-9]*)")
_LONGEST_NUMBER: Final = 40
_MOST_PARTS: Final = 4


def private_kind(address: str) -> str:
    """Return what keeps an address from being a public one, in words; empty where it is public.

    `address` is as a resolver gives it, an IPv6 zone included. What is no address at all is not public either.
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return "no address"
    return _kind_of_four(found) if isinstance(found, IPv4Address) else _kind_of_six(found)


def _kind_of_four(address: IPv4Address) -> str:
    return next((kind for network, kind in _V4 if address in network), "")


def _kind_of_six(address: IPv6Address) -> str:
    if address in _NAT64:
        inner = _kind_of_four(IPv4Address(int(address) & 0xFFFFFFFF))
        return f"{inner} behind NAT64" if inner else ""
    kind = next((kind for network, kind in _V6 if address in network), "")
    return kind or ("" if address in _GIVEN_OUT else "a reserved address")


def literal(host: str) -> str | None:
    """Return the address that a host is when read as a number, in its usual form; None where it is a name.

    Resolvers read `127.1`, `0x7f.1`, `017700000001` and `2130706433` as 127.0.0.1 too. Brackets, a zone and a dot at
    the end don't count.
    """
    bare = host.strip("[]").partition("%")[0]
    if ":" in bare:
        try:
            return str(IPv6Address(bare))
        except ValueError:
            return None
    number = _legacy(bare.removesuffix("."))
    return None if number is None else str(IPv4Address(number))


def _legacy(text: str) -> int | None:
    """Read one to four numbers with dots between them as `inet_aton` does: the last one fills what is left."""
    pieces = text.split(".")
    numbers = [_number(piece) for piece in pieces]
    if len(numbers) > _MOST_PARTS or None in numbers:
        return None
    *leading, last = (number for number in numbers if number is not None)
    if any(number > 0xFF for number in leading) or last >= 256 ** (_MOST_PARTS - len(leading)):
        return None
    return sum(number << (8 * (3 - index)) for index, number in enumerate(leading)) + last


def _number(text: str) -> int | None:
    found = _NUMBER.fullmatch(text) if len(text) <= _LONGEST_NUMBER else None
    if found is None:
        return None
    if found["hex"] is not None:
        return int(found["hex"] or "0", 16)
    return int(found["octal"], 8) if found["octal"] is not None else int(found["decimal"])
