"""Texts of a format (JSON Schema 2020-12, Validation 7; the OpenAPI Format Registry; formats that real schemas use).

Each maker gives a text for a draw. A text of a format is checked like any other candidate, so a maker need not know
of lengths or patterns.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Final

from arazzo_runner.mock.instances import words
from arazzo_runner.mock.instances.draw import Draw

_HEX: Final = "0123456789abcdef"
_LOWER: Final = "abcdefghijklmnopqrstuvwxyz"
_PLAIN: Final = _LOWER + _LOWER.upper() + "0123456789"
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def slug(draw: Draw) -> str:
    """Return two words with a hyphen between them."""
    return f"{draw.pick(words.ADJECTIVES)}-{draw.pick(words.NOUNS)}"


def date(draw: Draw) -> str:
    """Return a full-date of RFC 3339, in a year that is over."""
    return f"2025-{draw.between(1, 12):02}-{draw.between(1, 28):02}"


def time(draw: Draw) -> str:
    """Return a full-time of RFC 3339, in UTC."""
    return f"{draw.between(8, 18):02}:{draw.between(0, 59):02}:{draw.between(0, 59):02}Z"


def date_time(draw: Draw) -> str:
    """Return a date-time of RFC 3339, in UTC."""
    return f"{date(draw)}T{time(draw)}"


def http_date(draw: Draw) -> str:
    """Return an IMF-fixdate of RFC 9110: 6 January 2025 is a Monday."""
    day = draw.between(0, 6)
    return f"{_WEEKDAYS[day]}, {6 + day:02} Jan 2025 {time(draw)[:-1]} GMT"


def uuid(draw: Draw) -> str:
    """Return a UUID of version 4."""
    digits = draw.text(_HEX, 32)
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{draw.pick('89ab')}{digits[17:20]}-{digits[20:]}"


def email(draw: Draw) -> str:
    """Return an address at a host that is reserved for examples."""
    return f"{draw.pick(words.FIRST_NAMES)}.{draw.pick(words.LAST_NAMES)}@example.com".lower()


def host(draw: Draw) -> str:
    """Return a host name below example.com."""
    return f"{draw.pick(words.NOUNS)}.example.com"


def uri(draw: Draw) -> str:
    """Return an absolute URI of a reserved host."""
    return f"https://example.com/{draw.pick(words.NOUNS)}/{draw.between(100, 999)}"


def reference(draw: Draw) -> str:
    """Return a relative reference: an absolute path."""
    return f"/{draw.pick(words.NOUNS)}/{draw.between(100, 999)}"


def ipv4(draw: Draw) -> str:
    """Return an address for documentation (RFC 5737)."""
    return f"192.0.2.{draw.between(1, 254)}"


def ipv6(draw: Draw) -> str:
    """Return an address for documentation (RFC 3849)."""
    return f"2001:db8::{draw.between(1, 0xFFFF):x}"


def encoded(draw: Draw) -> str:
    """Return two words in Base64."""
    return base64.b64encode(slug(draw).encode()).decode()


def url_encoded(draw: Draw) -> str:
    """Return two words in the Base64 of URLs, without padding."""
    return base64.urlsafe_b64encode(slug(draw).encode()).decode().rstrip("=")


def phone(draw: Draw) -> str:
    """Return a telephone number of those for fiction."""
    return f"+120255501{draw.between(0, 99):02}"


def token(draw: Draw) -> str:
    """Return an opaque token."""
    return draw.text(_PLAIN, 32)


def digits(draw: Draw) -> str:
    """Return a whole number as text."""
    return str(draw.between(1000, 9999))


def decimal(draw: Draw) -> str:
    """Return a number with two decimals as text."""
    return f"{draw.between(1, 99)}.{draw.between(0, 99):02}"


def version(draw: Draw) -> str:
    """Return a version in three numbers."""
    return f"{draw.between(1, 4)}.{draw.between(0, 9)}.{draw.between(0, 9)}"


MAKERS: Final[Mapping[str, Callable[[Draw], str]]] = {
    "date": date,
    "time": time,
    "date-time": date_time,
    "datetime": date_time,
    "date-time-local": lambda draw: date_time(draw)[:-1],
    "time-local": lambda draw: time(draw)[:-1],
    "http-date": http_date,
    "date-time-rfc1123": http_date,
    "timestamp": date_time,
    "unix-time": lambda draw: str(draw.between(1_735_689_600, 1_764_000_000)),
    "duration": lambda draw: f"P{draw.between(1, 9)}DT{draw.between(1, 23)}H",
    "uuid": uuid,
    "guid": uuid,
    "ulid": lambda draw: "01" + draw.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 24),
    "email": email,
    "idn-email": email,
    "hostname": host,
    "idn-hostname": host,
    "fqdn": host,
    "domain": lambda _: "example.com",
    "uri": uri,
    "url": uri,
    "iri": uri,
    "uri-reference": reference,
    "iri-reference": reference,
    "uri-template": lambda draw: f"/{draw.pick(words.NOUNS)}/{{id}}",
    "ip": ipv4,
    "ip-address": ipv4,
    "ipv4": ipv4,
    "ipv4-cidr": lambda draw: f"192.0.2.{draw.between(0, 15) * 16}/28",
    "cidr": lambda draw: f"192.0.2.{draw.between(0, 15) * 16}/28",
    "ipv6": ipv6,
    "mac": lambda draw: "02:" + ":".join(draw.text(_HEX, 2) for _ in range(5)),
    "byte": encoded,
    "base64": encoded,
    "base64url": url_encoded,
    "binary": slug,
    "password": lambda draw: f"{slug(draw).title()}-{draw.between(10, 99)}",
    "phone": phone,
    "phone-number": phone,
    "e164": phone,
    "json-pointer": reference,
    "json-pointer-uri-fragment": lambda draw: f"#{reference(draw)}",
    "relative-json-pointer": lambda draw: f"{draw.between(0, 3)}/{draw.pick(words.NOUNS)}",
    "regex": lambda draw: f"^{draw.pick(words.NOUNS)}$",
    "int32": digits,
    "int64": digits,
    "uint32": digits,
    "uint64": digits,
    "integer": digits,
    "long": digits,
    "double": decimal,
    "float": decimal,
    "decimal": decimal,
    "number": decimal,
    "money": decimal,
    "currency": lambda draw: draw.pick(words.CURRENCIES),
    "country-code": lambda draw: draw.pick(words.COUNTRIES)[0],
    "language": lambda draw: draw.pick(words.LANGUAGES),
    "locale": lambda draw: draw.pick(words.LOCALES),
    "color": lambda draw: draw.pick(words.COLORS),
    "hex": lambda draw: draw.text(_HEX, 16),
    "char": lambda draw: draw.pick(_LOWER),
    "slug": slug,
    "semver": version,
    "version": version,
    "json": lambda _: "{}",
    "html": lambda draw: f"<p>{slug(draw)}</p>",
    "markdown": lambda draw: f"**{slug(draw)}**",
    "mime-type": lambda _: "text/plain",
    "jwt": lambda draw: f"{draw.text(_PLAIN, 20)}.{draw.text(_PLAIN, 30)}.{draw.text(_PLAIN, 27)}",
}
"""What makes a text of each format; a format that is not here says nothing about the text."""


def of_length(name: str, low: int, high: int, draw: Draw) -> str | None:
    """Return a text of a format that can be stretched (addresses, encodings) for an uncommon length, else None."""
    if name in ("email", "idn-email"):
        ending = "@example.com" if high >= 16 else "@a.co"
        return draw.text(_LOWER, max(1, min(60, low - len(ending)))) + ending
    if name in ("uri", "url", "iri"):
        start = "https://example.com/" if high >= 24 else "http://a.co/"
        return start + draw.text(_LOWER, max(0, low - len(start)))
    if name in ("hostname", "idn-hostname"):
        return draw.text(_LOWER, max(1, min(60, low, high)))
    if name in ("byte", "base64"):
        return draw.text(_PLAIN, max(4, -(-low // 4) * 4))
    if name in ("uri-reference", "iri-reference", "json-pointer"):
        return "/" + draw.text(_LOWER, max(0, min(low, high) - 1)) if high else ""
    return None
