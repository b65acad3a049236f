"""Secrets that tests plant, and what finds them again in whatever was written.

Each begins with `cnry` and ends with `yrnc`, which nothing else does. `betrayed` knows nothing of the product's own
search: it undoes encodings and looks for the first and the last eight characters of each.
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Final
from urllib.parse import unquote

HEADER_KEY: Final = "cnry-Hd7Qm2Zp9Kd4Wb-yrnc"
QUERY_KEY: Final = "cnry/Qk+3 & v=8Tq1~x?yrnc"
COOKIE: Final = "cnry-Ck5Rt8Yw2Nv-yrnc"
PASSWORD: Final = 'cnry:Pw?6"Hs<9>Gf1\\yrnc'
BEARER: Final = "cnry.Br4Xc7Lz0.Mj3-yrnc"
CLIENT_SECRET: Final = "cnry%Cs2+Vb6/Ek9=yrnc"
INPUT: Final = 'cnry "In5" <Rt> & é/2Lm9 yrnc'
TOKEN: Final = "cnry.eyJhbGciOiJI.Ot8Vn3Jd-yrnc"
MEMBER: Final = "cnry-Mb1Uy4Ti7-yrnc"
USER_INFO: Final = "cnry-Ui3Gh6Fd8-yrnc"
PIN: Final = "cnZ7!q"
"""Too short to be looked for by its value: hidden by the fields that it is put in."""

ALL: Final = {name: value for name, value in globals().items() if name.isupper() and name != "ALL"}
LONG: Final = {name: value for name, value in ALL.items() if name != "PIN"}

_MARK: Final = re.compile(r"cnry|yrnc|" + re.escape(PIN))
_JSON: Final = re.compile(r'\\(?:u[0-9A-Fa-f]{4}|["\\/bfnrt])')
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]{11,}")
_ESCAPED: Final = re.compile(r"[%\\&]")


def betrayed(written: bytes | str) -> set[str]:
    """Return the names of the canaries of which something stands in what was written, in any form."""
    text = written if isinstance(written, str) else written.decode("utf-8", "replace")
    return {name for reading in _readings(text) for name in _in(reading)}


def _in(text: str) -> Iterator[str]:
    if _MARK.search(text) is None:
        return
    for name, value in ALL.items():
        if value[:8] in text or value[-8:] in text:
            yield name


def _readings(text: str) -> Iterator[str]:
    """Yield a text as it stands, unescaped once and twice, and what its base64 says."""
    for _ in range(3):
        yield text
        yield text.replace("+", " ")
        yield from _decoded(text)
        if _ESCAPED.search(text) is None:
            return
        text = html.unescape(unquote(_JSON.sub(lambda found: json.loads(f'"{found[0]}"'), text), errors="replace"))


def _decoded(text: str) -> Iterator[str]:
    for run in _BASE64.finditer(text):
        plain = run[0].replace("-", "+").replace("_", "/")
        for shift in range(4):
            whole = plain[shift : shift + (len(plain) - shift) // 4 * 4]
            yield base64.b64decode(whole).decode("utf-8", "replace")


def spelled(value: object) -> str:
    """Return every text and number inside a value, whatever its own representation leaves out."""
    pieces: list[str] = []
    waiting = [value]
    while waiting:
        match waiting.pop():
            case bytes() as content:
                pieces.append(content.decode("utf-8", "replace"))
            case dict() as members:
                waiting += [*members.keys(), *members.values()]
            case list() | tuple() | set() | frozenset() as items:
                waiting += items
            case record if is_dataclass(record) and not isinstance(record, type):
                waiting += [getattr(record, each.name) for each in fields(record)]
            case other:
                pieces.append(str(other))
    return " ".join(pieces)
