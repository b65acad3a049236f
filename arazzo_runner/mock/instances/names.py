"""What a member's name says about its value: an ``email`` is one, ``createdAt`` is a time, ``hasMore`` is false.

A name is cut into words; its last words decide, the longest ending first. Nothing here is binding: each text or
number is a candidate that has to fit the schema like any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from arazzo_runner.mock.instances import formats, words
from arazzo_runner.mock.instances.draw import Draw

_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_MAX_NAME: Final = 200
_HEX: Final = "0123456789abcdef"


def split(name: str) -> tuple[str, ...]:
    """Cut a name into its words in lower case: ``createdAt``, ``created_at`` and ``Created-At`` are the same."""
    return tuple(word.lower() for word in _WORD.findall(name[:_MAX_NAME]))


def _first(draw: Draw) -> str:
    return draw.pick(words.FIRST_NAMES)


def _last(draw: Draw) -> str:
    return draw.pick(words.LAST_NAMES)


def _title(draw: Draw) -> str:
    return f"{draw.pick(words.ADJECTIVES)} {draw.pick(words.NOUNS)}".capitalize()


def _sentence(draw: Draw) -> str:
    return draw.pick(words.SENTENCES)


def _company(draw: Draw) -> str:
    return f"{draw.pick(words.NOUNS).title()} {draw.pick(words.SUFFIXES)}"


def _hash(draw: Draw) -> str:
    return draw.text(_HEX, 40)


def _identifier(draw: Draw) -> str:
    return draw.text(_HEX, 12)


_TEXTS: Final[Mapping[str, Callable[[Draw], str]]] = {
    "email": formats.email,
    "email address": formats.email,
    "mail": formats.email,
    "url": formats.uri,
    "uri": formats.uri,
    "href": formats.uri,
    "link": formats.uri,
    "location": formats.uri,
    "website": formats.uri,
    "endpoint": formats.uri,
    "webhook": formats.uri,
    "callback": formats.uri,
    "avatar": formats.uri,
    "homepage": formats.uri,
    "at": formats.date_time,
    "created on": formats.date_time,
    "updated on": formats.date_time,
    "time": formats.date_time,
    "timestamp": formats.date_time,
    "created": formats.date_time,
    "updated": formats.date_time,
    "modified": formats.date_time,
    "expires": formats.date_time,
    "expiration": formats.date_time,
    "date": formats.date,
    "day": formats.date,
    "birthday": formats.date,
    "dob": formats.date,
    "last modified": formats.http_date,
    "retry after": lambda _: "1",
    "id": _identifier,
    "ids": _identifier,
    "identifier": _identifier,
    "key": _identifier,
    "uuid": formats.uuid,
    "guid": formats.uuid,
    "name": _title,
    "title": _title,
    "label": _title,
    "subject": _title,
    "first name": _first,
    "given name": _first,
    "last name": _last,
    "family name": _last,
    "surname": _last,
    "full name": lambda draw: f"{_first(draw)} {_last(draw)}",
    "user name": lambda draw: f"{_first(draw)}{draw.between(10, 99)}".lower(),
    "username": lambda draw: f"{_first(draw)}{draw.between(10, 99)}".lower(),
    "login": lambda draw: f"{_first(draw)}{draw.between(10, 99)}".lower(),
    "author": lambda draw: f"{_first(draw)} {_last(draw)}",
    "company": _company,
    "organization": _company,
    "organisation": _company,
    "company name": _company,
    "description": _sentence,
    "summary": _sentence,
    "message": _sentence,
    "content": _sentence,
    "comment": _sentence,
    "text": _sentence,
    "body": _sentence,
    "note": _sentence,
    "notes": _sentence,
    "reason": _sentence,
    "detail": _sentence,
    "details": _sentence,
    "phone": formats.phone,
    "phone number": formats.phone,
    "mobile": formats.phone,
    "fax": formats.phone,
    "city": lambda draw: draw.pick(words.CITIES),
    "street": lambda draw: draw.pick(words.STREETS),
    "address": lambda draw: draw.pick(words.STREETS),
    "line": lambda draw: draw.pick(words.STREETS),
    "ip": formats.ipv4,
    "ip address": formats.ipv4,
    "region": lambda draw: draw.pick(words.REGIONS),
    "province": lambda draw: draw.pick(words.REGIONS),
    "country": lambda draw: draw.pick(words.COUNTRIES)[1],
    "country code": lambda draw: draw.pick(words.COUNTRIES)[0],
    "zip": lambda draw: draw.text("123456789", 5),
    "zip code": lambda draw: draw.text("123456789", 5),
    "postal code": lambda draw: draw.text("123456789", 5),
    "postcode": lambda draw: draw.text("123456789", 5),
    "currency": lambda draw: draw.pick(words.CURRENCIES),
    "currency code": lambda draw: draw.pick(words.CURRENCIES),
    "language": lambda draw: draw.pick(words.LANGUAGES),
    "lang": lambda draw: draw.pick(words.LANGUAGES),
    "locale": lambda draw: draw.pick(words.LOCALES),
    "timezone": lambda draw: draw.pick(words.TIME_ZONES),
    "time zone": lambda draw: draw.pick(words.TIME_ZONES),
    "color": lambda draw: draw.pick(words.COLORS),
    "colour": lambda draw: draw.pick(words.COLORS),
    "status": lambda _: "active",
    "state": lambda _: "active",
    "token": formats.token,
    "secret": formats.token,
    "cursor": formats.url_encoded,
    "e tag": lambda draw: f'"{draw.text(_HEX, 16)}"',
    "etag": lambda draw: f'"{draw.text(_HEX, 16)}"',
    "hash": _hash,
    "sha": _hash,
    "checksum": _hash,
    "digest": _hash,
    "version": formats.version,
    "slug": formats.slug,
    "tag": lambda draw: draw.pick(words.NOUNS),
    "tags": lambda draw: draw.pick(words.NOUNS),
    "code": lambda draw: draw.text("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 6),
    "host": formats.host,
    "hostname": formats.host,
    "domain": lambda _: "example.com",
    "filename": lambda draw: f"{formats.slug(draw)}.txt",
    "file name": lambda draw: f"{formats.slug(draw)}.txt",
    "file": lambda draw: f"{formats.slug(draw)}.txt",
    "path": formats.reference,
    "content type": lambda _: "text/plain",
    "mime type": lambda _: "text/plain",
    "media type": lambda _: "text/plain",
    "amount": formats.decimal,
    "price": formats.decimal,
    "total": formats.decimal,
    "token type": lambda _: "Bearer",
    "count": formats.digits,
}

_NUMBERS: Final[Mapping[str, tuple[int, int]]] = {
    "id": (1000, 99_999),
    "count": (1, 9),
    "total": (1, 9),
    "size": (1, 50),
    "limit": (10, 50),
    "page": (1, 1),
    "offset": (0, 0),
    "quantity": (1, 9),
    "age": (20, 70),
    "year": (2020, 2025),
    "month": (1, 12),
    "day": (1, 28),
    "hour": (0, 23),
    "minute": (0, 59),
    "second": (0, 59),
    "price": (5, 200),
    "amount": (5, 200),
    "balance": (5, 200),
    "cost": (5, 200),
    "latitude": (-60, 60),
    "lat": (-60, 60),
    "longitude": (-170, 170),
    "lng": (-170, 170),
    "lon": (-170, 170),
    "percent": (1, 100),
    "percentage": (1, 100),
    "rating": (1, 5),
    "score": (1, 100),
    "port": (8000, 8999),
    "width": (100, 1920),
    "height": (100, 1080),
    "duration": (1, 600),
    "timestamp": (1_735_689_600, 1_764_000_000),
    "time": (1_735_689_600, 1_764_000_000),
    "at": (1_735_689_600, 1_764_000_000),
    "expires in": (3600, 3600),
    "retry after": (1, 1),
    "version": (1, 9),
    "progress": (1, 100),
    "code": (100, 999),
    "remaining": (10, 90),
}

_FALSE: Final = frozenset(
    "more next truncated deleted archived disabled blocked suspended banned expired cancelled canceled failed failure "
    "error errors rejected revoked locked hidden deprecated partial closed invalid fraud".split()
)
"""Words of a boolean that is false when all is well; `hasMore` and its like end a listing at its first page."""


def _endings(name: str) -> list[str]:
    found = split(name)
    return [" ".join(found[start:]) for start in range(max(0, len(found) - 3), len(found))]


def text_for(name: str, draw: Draw) -> str | None:
    """Return the text that a name suggests, or None where it suggests nothing."""
    maker = next((_TEXTS[ending] for ending in _endings(name) if ending in _TEXTS), None)
    return maker(draw) if maker else None


def number_for(name: str, draw: Draw) -> int | None:
    """Return the number that a name suggests, or None where it suggests nothing."""
    bounds = next((_NUMBERS[ending] for ending in _endings(name) if ending in _NUMBERS), None)
    return draw.between(*bounds) if bounds else None


def truth_for(name: str) -> bool:
    """Return the boolean that a name suggests: true, unless its words speak of trouble or of more to come."""
    return not _FALSE.intersection(split(name))
