"""Recording each workflow under the mock, and playing the journals back.

A journal is replayed with its secrets and without them, which must show no difference. Then one character of a value
that a recorded request carries is changed, which must be named.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from arazzo_runner.api import Options, load, prepare
from arazzo_runner.api.playback import Replay
from arazzo_runner.api.running import EventStream
from arazzo_runner.document.model import Description
from arazzo_runner.engine.effects import Request
from arazzo_runner.errors import ArazzoError, Drifted
from arazzo_runner.journal import Entry, Journal, read
from arazzo_runner.redact import STAND_IN
from tests.real.found import Document
from tests.real.judged import Fate, Judged

WHOLE = "with its secrets"
"""A replay with which events are compared too: without its secrets, objects of stand-ins alone are shown as objects."""


def replayed(document: Document) -> Judged:
    """Record and replay the workflows of a document, and tell what became of them."""
    try:
        description = load(document.path)
        fates = tuple(_fates(description, document))
    except ArazzoError as fault:
        return Judged(str(document.path), (Fate("", "unreadable", str(fault)),))
    except Exception as crash:  # the point of this program is to find these
        return Judged(str(document.path), (Fate("", f"CRASH {type(crash).__name__}", f"{document.path}: {crash}"),))
    return Judged(str(document.path), fates)


def _fates(description: Description, document: Document) -> Iterator[Fate]:
    options = Options(mock=True, sources=dict(document.sources))
    wanted = document.workflows or tuple(one.workflow_id for one in description.workflows if one.workflow_id)
    for workflow in dict.fromkeys(wanted):
        with tempfile.TemporaryDirectory() as folder:
            place = f"{document.path} {workflow}"
            try:
                journal = _recorded(description, workflow, options, Path(folder) / "run.ndjson")
            except ArazzoError as fault:
                yield Fate(workflow, "refused", f"{place}: {fault}")
                continue
            yield Fate(workflow, "recorded")
            yield _played(workflow, place, journal, description, WHOLE)
            journal.path.with_name("run.ndjson.secrets").rename(Path(folder) / "away")
            yield _played(workflow, place, journal, description, "without its secrets")
            changed = _with_one_character_changed(journal, random.Random(place))
            if changed is not None:
                yield _noticed(workflow, place, changed, description)


def _recorded(description: Description, workflow: str, options: Options, where: Path) -> Journal:
    prepared = prepare(description, workflow, options)
    with EventStream(prepared, journal=where) as stream:
        for _ in stream:
            pass
    return read(where)


def _played(workflow: str, place: str, journal: Journal, description: Description, how: str) -> Fate:
    replay = Replay(journal, description)
    try:
        events = [stamped.event for stamped in replay]
    except Drifted as drift:
        return Fate(workflow, f"BAD drift {how}", f"{place}: {drift}")
    if replay.drifts:
        return Fate(workflow, f"BAD difference {how}", f"{place}: {replay.drifts[0].message}")
    if how == WHOLE and events != [stamped.event for stamped in journal.events]:
        return Fate(workflow, f"BAD other events {how}", place)
    return Fate(workflow, f"replayed {how}")


def _with_one_character_changed(journal: Journal, chance: random.Random) -> Journal | None:
    """Return the journal with one character changed in the query, a header or the body of a recorded request."""
    places = [index for index, entry in enumerate(journal.entries) if entry.intent.request is not None]
    chance.shuffle(places)
    for index in places:
        entry = journal.entries[index]
        request = entry.intent.request
        changed = _changed(request, chance) if request is not None else None
        if changed is not None:
            other = replace(entry, intent=replace(entry.intent, request=changed))
            entries: tuple[Entry, ...] = (*journal.entries[:index], other, *journal.entries[index + 1 :])
            return replace(journal, entries=entries)
    return None


def _changed(request: Request, chance: random.Random) -> Request | None:
    query = urlsplit(request.url).query
    ways = ["body"] * bool(request.body) + ["query"] * bool(query) + ["header"] * bool(request.headers)
    match chance.choice(ways) if ways else None:
        case "body" if request.body is not None:
            text = _other(request.body.decode("utf-8", "surrogateescape"), chance)
            return replace(request, body=text.encode("utf-8", "surrogateescape")) if text else None
        case "query":
            text = _other(query, chance)
            return (
                replace(request, url=request.url[: -len(query)] + text)
                if text and request.url.endswith(query)
                else None
            )
        case "header":
            at = chance.randrange(len(request.headers))
            name, value = request.headers[at]
            text = _other(value, chance)
            changed = (*request.headers[:at], (name, text), *request.headers[at + 1 :])
            return replace(request, headers=changed) if text else None
    return None


def _other(text: str, chance: random.Random) -> str:
    """Return the text with one letter or digit changed, outside stand-ins; empty where there is none."""
    taken = [span for found in STAND_IN.finditer(text) for span in range(*found.span())]
    places = [index for index, one in enumerate(text) if one.isalnum() and index not in set(taken)]
    if not places:
        return ""
    at = chance.choice(places)
    return text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :]


def _noticed(workflow: str, place: str, journal: Journal, description: Description) -> Fate:
    try:
        for _ in Replay(journal, description):
            pass
    except Drifted as drift:
        if any(word in str(drift) for word in ("query parameter", "header ", "body", "url")):
            return Fate(workflow, "one character changed: named")
        return Fate(workflow, "BAD change named wrongly", f"{place}: {drift}")
    return Fate(workflow, "BAD change not noticed", place)
