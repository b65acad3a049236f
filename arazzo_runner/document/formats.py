"""Bytes or text to a `Source`: which encoding and which format it is, told by the content alone.

A text that begins with a bracket is tried as JSON first: it is faster, and YAML parsers refuse some JSON (pairs of
surrogate escapes, very long keys). Whatever the file is called, the other format is tried when the first does not fit.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from arazzo_runner.diagnostics import Diagnostic, warning
from arazzo_runner.document.encoding import decode, encoding_fault
from arazzo_runner.document.limits import MAX_BYTES, too_long
from arazzo_runner.document.loaded import Loaded, nothing
from arazzo_runner.document.page import Page
from arazzo_runner.document.profile import Profile
from arazzo_runner.document.source import Source

_BEGINS: Final = re.compile(r"\s*[\[{]")
_BEGINS_AS_JSON: Final = re.compile(r'\s*(?:\{\s*["}]|\[\s*["{\[\]\d]|[\[{]\s*$)')


def read(content: bytes | str, uri: str, name: str = "", profile: Profile = Profile.ARAZZO) -> Source:
    """Read a document. Never raises: what is wrong is told in the source's diagnostics.

    `uri` is where the content was retrieved from, `name` how a person knows it (left out: the uri). Where the syntax
    is broken, the source's data is what can still be read.
    """
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


def _load(page: Page, profile: Profile) -> Loaded:
    if not _BEGINS.match(page.text):
        return _load_yaml(page, profile)
    as_json = _load_json(page, profile)
    if as_json.ok or as_json.diagnostics[0].code.startswith("syntax-too-"):
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
