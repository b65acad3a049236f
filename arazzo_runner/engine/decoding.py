"""The text of an answer: which charset it is in, and what becomes of bytes that are not (RFC 9110, section 8.3.2).

A byte order mark counts before the charset that is named, that before the encoding declaration of XML (RFC 7303), and
UTF-8 is what is left. Bytes that the charset does not have are tried as UTF-8; what is not that either becomes U+FFFD.
Nothing raises: what is odd is told.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Python has them beside the charsets; some take a time that grows with the square of the text.
_NO_CHARSETS: Final = frozenset(("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"))
_XML_ENCODING: Final = re.compile(rb"<\?xml[^>]{0,100}?\sencoding\s{0,9}=\s{0,9}[\"']([A-Za-z][\w.-]{0,40})[\"']")
_LONGEST_SHOWN: Final = 40
_ODD: Final = re.compile(r"[^\w.:+-]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and what is odd about it in words (empty for nothing)."""

    text: str
    doubt: str = ""


def decode(content: bytes, charset: str = "") -> Decoded:
    """Read bytes as text; `charset` is the one that the answer names, empty for none."""
    for mark, marked in _MARKS:
        if content.startswith(mark):
            return _by(content[len(mark) :], marked)
    if not charset:
        return _by(content, "utf-8")
    if not is_charset(charset):
        shown = _ODD.sub("?", charset[:_LONGEST_SHOWN])
        return Decoded(
            content.decode("utf-8", "replace"),
            f"the response names a charset '{shown}' that is not known; UTF-8 is read",
        )
    return _by(content, charset)


def strictly(content: bytes, charset: str) -> str | None:
    """Read bytes that hold nothing but text of a charset; None where they don't, or it is not known."""
    try:
        return content.decode(charset) if is_charset(charset) else None
    except (LookupError, ValueError):
        return None


def xml_encoding(content: bytes) -> str:
    """Return the encoding that the declaration of an XML document names; empty for none."""
    found = _XML_ENCODING.match(content)
    return found[1].decode("ascii") if found else ""


def is_charset(name: str) -> bool:
    """Tell whether a charset of that name is known."""
    try:
        if codecs.lookup(name).name in _NO_CHARSETS:
            return False
        b"a".decode(name)
    except UnicodeDecodeError:  # half a character of UTF-16
        return True
    except (LookupError, ValueError):  # what turns bytes into bytes; a NUL in its name
        return False
    return True


def _by(content: bytes, charset: str) -> Decoded:
    try:
        return Decoded(content.decode(charset))
    except ValueError:
        pass
    shown = charset[:_LONGEST_SHOWN]
    other = strictly(content, "utf-8")
    if other is not None:
        return Decoded(other, f"the response is not in its charset {shown}; it is read as UTF-8, which it is")
    wrong = f"the response has bytes that are no {shown}; each is read as U+FFFD"
    try:
        return Decoded(content.decode(charset, "replace"), wrong)
    except ValueError:  # a codec that knows no other way
        return Decoded(content.decode("utf-8", "replace"), wrong)
