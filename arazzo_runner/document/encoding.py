"""From bytes to text: UTF-8, or UTF-16 and UTF-32 where a byte order mark says so (RFC 8259; YAML 1.2, chapter 5)."""

from __future__ import annotations

import codecs
import re
from typing import Final

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.document.page import Page
from arazzo_runner.document.profile import Profile

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the one of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF8, "utf-8"),
)
_MARK: Final = "\ufeff"
"""The byte order mark as a character; files that were put together from others have several."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def decode(content: bytes | str) -> tuple[str, str]:
    """Return the text without its byte order marks, and what is wrong with its encoding ("" if nothing).

    What can't be decoded becomes U+FFFD, so that the rest can still be read.
    """
    if isinstance(content, str):
        text = content.lstrip(_MARK)
        if _SURROGATE.search(text):
            return _SURROGATE.sub("\ufffd", text), "half of a surrogate pair"
        return text, ""
    mark, encoding = marked(content)
    body = content[len(mark) :]
    try:
        return body.decode(encoding).lstrip(_MARK), ""
    except UnicodeDecodeError as fault:
        return body.decode(encoding, "replace").lstrip(_MARK), f"bytes that are not {encoding.upper()} ({fault.reason})"


def marked(content: bytes) -> tuple[bytes, str]:
    """Return the byte order mark that a content begins with, which may be empty, and the encoding that it tells."""
    return next((pair for pair in _MARKS if content.startswith(pair[0])), (b"", "utf-8"))


def encoding_fault(page: Page, wrong: str, profile: Profile) -> Diagnostic:
    """Report text that could not be decoded, at the first character that stands for it."""
    span = page.span(max(0, page.text.find("\ufffd")))
    return Diagnostic("syntax-encoding", profile.severity, f"the text holds {wrong}", span, "save the file as UTF-8")
