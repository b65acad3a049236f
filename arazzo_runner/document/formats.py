"""Bytes or text to a `Source`: which encoding and which format it is, told by the content alone.

A text that begins with a bracket is tried as JSON first: it is faster, and YAML parsers refuse some JSON (pairs of
surrogate escapes, very long keys). Whatever the file is called, the other format is tried when the first does not fit.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from arazzo_runner.diagnostics import Diagnostic, Span, error, warning
from arazzo_runner.document.encoding import decode, encoding_fault
from arazzo_runner.document.limits import MAX_BYTES, MAX_HEADER_BYTES, too_long
from arazzo_runner.document.loaded import Loaded, nothing
from arazzo_runner.document.page import NowhereIn, Page
from arazzo_runner.document.profile import Profile
from arazzo_runner.document.source import Enclosed, Places, Source
from arazzo_runner.values import JSON, Path

_BEGINS_AS_ENTITY: Final = re.compile(rb"\s*[!-9;-~]+:[^\0]*?\bmultipart/related\b", re.IGNORECASE)
_COMMENTS: Final = r"(?:\s++|//[^\r\n]*+|/\*(?>.*?\*/))*+"
_BEGINS: Final = re.compile(_COMMENTS + r"[\[{]", re.DOTALL)
_FINAL: Final = ("syntax-too-", "syntax-comment")
"""How the codes of faults begin with which a text is not tried as YAML: it would be refused, or mean another thing."""

_BEGINS_AS_JSON: Final = re.compile(r'\s*(?:\{\s*["}]|\[\s*["{\[\]\d]|[\[{]\s*$)')


def read(
    content: bytes | str, uri: str, name: str = "", profile: Profile = Profile.ARAZZO, content_type: str = ""
) -> Source:
    """Read a document. Never raises: what is wrong is told in the source's diagnostics.

    `uri` is where the content was retrieved from, `name` how a person knows it (left out: the uri). Where the syntax
    is broken, the source's data is what can still be read. Of an entity with several documents the root is read, and
    the others stand in `Source.enclosed`; `content_type` is the field of the answer that brought it, if one did.
    """
    entity = _entity(content, content_type)
    if entity is None:
        return _read(content, uri, name, profile)
    from arazzo_runner.document.entity import Malformed, unpack  # the standard library's mail is slow to load

    try:
        root, *others = unpack(entity, uri, name or uri, content_type) or (None,)
    except Malformed as fault:
        page = Page("", uri, name or uri)
        message = f"it is multipart/related and cannot be taken apart: {fault}"
        found = error("syntax-multipart", message, page.span(0), "get it whole, or get its documents one by one")
        return Source(uri, page.name, "", None, NowhereIn(page), (found,))
    if root is None:
        return _read(content, uri, name, profile)
    return replace(read_part(root, profile), enclosed=tuple(others))


def read_again(content: bytes, uri: str, name: str, data: JSON) -> Source:
    """Return the source of a YAML text whose `data` is known already; its text is parsed when a place is asked for."""
    page = Page(decode(content)[0], uri, name or uri)
    return Source(uri, page.name, page.text, data, _LatePlaces(page))


class _LatePlaces:
    """The `Places` of a YAML text that brings its parser when the first place is asked for."""

    __slots__ = ("_page", "_places")

    def __init__(self, page: Page) -> None:
        self._page = page
        self._places: Places | None = None

    def span(self, path: Path, *, key: bool = False) -> Span:
        """Return the span of the node at `path`, or of its key."""
        if self._places is None:
            from arazzo_runner.document.yaml.places import YamlPlaces

            self._places = YamlPlaces(self._page)
        return self._places.span(path, key=key)


def read_part(part: Enclosed, profile: Profile) -> Source:
    """Read one document of an entity."""
    return replace(_read(part.content, part.uri, part.name, profile), base=part.base)


def _read(content: bytes | str, uri: str, name: str, profile: Profile) -> Source:
    if len(content) > MAX_BYTES:
        page = Page("", uri, name or uri)
        loaded = nothing(page, too_long(page, len(content)))
    else:
        text, wrong = decode(content)
        page = Page(text, uri, name or uri)
        loaded = _load(page, profile)
        if wrong:
            loaded = replace(loaded, diagnostics=(encoding_fault(page, wrong, profile), *loaded.diagnostics))
    return Source(uri, page.name, page.text, loaded.data, loaded.places, loaded.diagnostics)


def _entity(content: bytes | str, content_type: str) -> bytes | None:
    """Return the content as bytes if it looks like `multipart/related`; None if it can't be."""
    start = content[:MAX_HEADER_BYTES]
    start = start.encode("utf-8", "replace") if isinstance(start, str) else start
    if len(content) > MAX_BYTES or not ("multipart/" in content_type.lower() or _BEGINS_AS_ENTITY.match(start)):
        return None
    return content.encode("utf-8", "replace") if isinstance(content, str) else content


def _load(page: Page, profile: Profile) -> Loaded:
    if not _BEGINS.match(page.text):
        return _load_yaml(page, profile)
    as_json = _load_json(page, profile)
    if as_json.ok or as_json.diagnostics[0].code.startswith(_FINAL):
        return as_json
    as_yaml = _load_yaml(page, profile)
    if not as_yaml.ok:
        # An author who begins so writes JSON: its faults are best told in terms of JSON.
        return as_json if _BEGINS_AS_JSON.match(page.text) else as_yaml
    if page.name.endswith(".json"):
        return replace(as_yaml, diagnostics=(*as_yaml.diagnostics, _no_json(as_json)))
    return as_yaml


def _load_json(page: Page, profile: Profile) -> Loaded:
    from arazzo_runner.document.json.load import load_json  # imported where it is needed: a run starts faster

    return load_json(page, profile)


def _load_yaml(page: Page, profile: Profile) -> Loaded:
    from arazzo_runner.document.yaml.load import load_yaml  # as above

    return load_yaml(page, profile)


def _no_json(as_json: Loaded) -> Diagnostic:
    found = as_json.diagnostics[0]
    return warning("syntax-json", f"the file is no JSON, it is read as YAML: {found.message}", found.span, found.help)
