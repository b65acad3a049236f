"""Documents that travel together: `multipart/related` (RFC 2387), with each part's place in `Content-Location`.

A document in such an entity stands where its part says it does, whatever the entity was retrieved from (RFC 3986,
section 5.1.2; RFC 2557, section 5). Over HTTP the field Content-Type of the answer tells; a file begins with the header
fields themselves. Only the outermost level is read: an entity within an entity is a text that is no document.
"""

from __future__ import annotations

import binascii
import quopri
import re
from email.message import Message
from email.parser import BytesHeaderParser
from typing import Final

from arazzo_runner.document import uri as uris
from arazzo_runner.document.limits import MAX_HEADER_BYTES, MAX_PARTS
from arazzo_runner.document.source import Enclosed

KIND: Final = "multipart/related"

_HEADERS: Final = re.compile(rb"(?:\r?\n)*((?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+)\r?\n")
_BEGINS_AS_MIME: Final = re.compile(rb"(?:\r?\n)*[!-9;-~]+:")
_TRANSFERS: Final = ("", "7bit", "8bit", "binary", "base64", "quoted-printable")


class Malformed(Exception):
    """An entity can't be taken apart; the message says why, as a clause."""


def unpack(content: bytes, uri: str, name: str, content_type: str = "") -> tuple[Enclosed, ...]:
    """Return the documents of an entity, its root part first; nothing where the content is no such entity.

    `content_type` is the field of the answer that brought the content; without it, the content may begin with header
    fields. The root is known by the URI of the entity, the others by one of their own below it.

    Raises:
        Malformed: it has no boundary, ends too early, has more than `MAX_PARTS` parts, or none that its `start` names.
    """
    head, body = _told_by(content_type), content
    if head.get_content_type() != KIND:
        head, body = _split(content[: MAX_HEADER_BYTES + 1], content)
    if head.get_content_type() != KIND:
        return ()
    parts = [_split(part[: MAX_HEADER_BYTES + 1], part) for part in _parts(body, head.get_boundary() or "")]
    root = _root(parts, str(head.get_param("start", "")))
    if parts[root][0].get_content_type() in ("text/html", "application/xhtml+xml"):
        raise Malformed("its root part is a web page (HTML), not a description")
    parts.insert(0, parts.pop(root))
    base = _location(head, uri)
    return tuple(_enclosed(number, *part, base, uri, name) for number, part in enumerate(parts))


def _told_by(content_type: str) -> Message:
    head = Message()
    if content_type:
        head["Content-Type"] = " ".join(content_type.split())
    else:
        head["Content-Type"] = "application/octet-stream"
    return head


def _split(start: bytes, whole: bytes) -> tuple[Message, bytes]:
    """Return header fields, if the text begins with some, and what follows them."""
    found = _HEADERS.match(start) if _BEGINS_AS_MIME.match(start) else None
    if found is None:
        # A part without fields of its own begins with an empty line.
        return Message(), re.sub(rb"\A\r?\n", b"", whole, count=1)
    return BytesHeaderParser().parsebytes(found[1]), whole[found.end() :]


def _parts(body: bytes, boundary: str) -> list[bytes]:
    """Take a body apart at its boundary (RFC 2046, section 5.1.1)."""
    if not boundary:
        raise Malformed(f"it is {KIND} without a boundary")
    line = rb"(?:\A|\r?\n)--%s(--)?[ \t]*(?=\r?\n|\Z)" % re.escape(boundary.encode("ascii", "replace"))
    parts: list[bytes] = []
    begun = -1
    for found in re.finditer(line, body):
        if begun >= 0:
            parts.append(body[begun : found.start()])
        if len(parts) > MAX_PARTS:
            raise Malformed(f"it has more than {MAX_PARTS} parts")
        if found[1]:
            break
        begun = _next_line(body, found.end())
    else:
        raise Malformed("it ends before its last part does" if begun >= 0 else "its boundary stands nowhere in it")
    if not parts:
        raise Malformed("it has no part")
    return parts


def _next_line(body: bytes, end: int) -> int:
    return end + (2 if body[end : end + 1] == b"\r" else 1)


def _root(parts: list[tuple[Message, bytes]], start: str) -> int:
    """Return which part is the document: the one that `start` names, else the first (RFC 2387, section 3.2)."""
    if not start:
        return 0
    for number, (head, _) in enumerate(parts):
        if str(head.get("Content-ID", "")).strip().strip("<>") == start.strip().strip("<>"):
            return number
    raise Malformed(f"none of its parts has the Content-ID '{start[:80]}' that its start names")


def _enclosed(number: int, head: Message, body: bytes, base: str, uri: str, name: str) -> Enclosed:
    place = _location(head, base)
    said = str(head.get("Content-Location", "")).strip()
    part = said.rpartition("/")[2] or said or f"part {number + 1}"
    own = f"{uri}{uris.HASH}part-{number + 1}" if number else uri
    return Enclosed(own, place, f"{part} in {name}", _decoded(head, body))


def _location(head: Message, base: str) -> str:
    """Return where an entity or a part says that it stands; white space in the field is folding (RFC 2557, 4.4.1)."""
    said = "".join(str(head.get("Content-Location", "")).split())
    return uris.without_fragment(uris.resolve(said, base)) if said else base


def _decoded(head: Message, body: bytes) -> bytes:
    transfer = str(head.get("Content-Transfer-Encoding", "")).strip().lower()
    if transfer not in _TRANSFERS:
        raise Malformed(f"a part has the Content-Transfer-Encoding '{transfer[:40]}'")
    try:
        match transfer:
            case "base64":
                return binascii.a2b_base64(body)
            case "quoted-printable":
                return quopri.decodestring(body)
            case _:
                return body
    except binascii.Error as problem:
        raise Malformed(f"a part is no base64: {str(problem).lower()}") from problem
