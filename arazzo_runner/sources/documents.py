"""Every document of a run is retrieved once and read once, whoever refers to it.

(Arazzo 1.1, Source Description Object.)
"""

from __future__ import annotations

from collections.abc import Callable

from arazzo_runner.diagnostics import has_errors
from arazzo_runner.document import Enclosed, Profile, read, read_part
from arazzo_runner.document.source import Source
from arazzo_runner.sources.location import is_local, name_of, origin, shown
from arazzo_runner.sources.retrieval import Policy, Retrieval, RetrievalFailure, Retrieve, Retrieved, no_foreign

MAX_DOCUMENTS = 10_000
"""How many documents one run may read: descriptions in pieces have hundreds, a hostile one has no end."""


class Documents:
    """The documents read so far, by URI; the others are fetched by `retrieve` when they are first asked for."""

    __slots__ = ("_enclosed", "_identities", "_identity_of", "_retrieve", "_retrieved", "_sources")

    def __init__(self, retrieve: Retrieve, identity_of: Callable[[Source], str | None] = lambda _: None) -> None:
        self._retrieve = retrieve
        self._retrieved: dict[str, Retrieval] = {}
        self._sources: dict[tuple[str, Profile], Source] = {}
        self._identities: dict[str, str] = {}
        self._identity_of = identity_of
        self._enclosed: dict[str, Enclosed] = {}

    def adopt(self, source: Source, profile: Profile, *, trusted: bool = False) -> None:
        """Take in a document that somebody else has read, and what came in the same entity."""
        self._sources[source.uri, profile] = source
        if source.base:
            self._enclosed[source.uri] = Enclosed(source.uri, source.base, source.name, source.text.encode())
        self._take_apart(source, trusted)

    def identify(self, identity: str, uri: str, *, trusted: bool = False) -> str | None:
        """Note that the document at `uri` calls itself `identity` (its `$self`): references use either.

        A document of this machine may have any name. One of the network is known by a name of its own origin only:
        it could else stand in for a document that somebody trusts. `trusted` is one that the caller named. Return
        the document that has the name already.
        """
        if trusted or is_local(uri) or origin(uri) == origin(identity):
            known = self._identities.setdefault(identity, uri)
            return known if known != uri else None
        return None

    def location(self, uri: str) -> str:
        """Return where the document that is called `uri` was read from, as far as is known; else `uri`."""
        return self._identities.get(uri, uri)

    def open(
        self, uri: str, policy: Policy, profile: Profile = Profile.SOURCE, *, trusted: bool = False
    ) -> Source | RetrievalFailure:
        """Return the document at an absolute URI, or why it can't be had.

        A text with faults of syntax is no failure: its `diagnostics` tell. `policy` is that of the document that
        refers to this one. `trusted` is a document that the caller named.
        """
        # Judged by the name that was asked for: what calls itself so was handed over, or may be read here anyway.
        refusal = policy.refusal(uri)
        if refusal is not None:
            return refusal
        uri = self.location(uri)
        known = self._sources.get((uri, profile))
        if known is not None:
            return known
        part = self._enclosed.get(uri)
        if part is not None:
            return self._sources.setdefault((uri, profile), read_part(part, profile))
        retrieved = self._content(uri)
        if isinstance(retrieved, RetrievalFailure):
            return retrieved
        name = name_of(retrieved.uri)
        reading = retrieved.reading or read
        source = reading(retrieved.content, retrieved.uri, name, profile, retrieved.content_type)
        self._take_apart(source, trusted)
        return self._sources.setdefault((uri, profile), source)

    def _take_apart(self, source: Source, trusted: bool) -> None:
        """Note under which names the other documents of an entity are known: their places, and what they say.

        They have the trust of the entity. Of two at one place the first counts.
        """
        if source.base:
            self.identify(source.base, source.uri, trusted=trusted)
        for part in source.enclosed:
            self._enclosed.setdefault(part.uri, part)
            self.identify(part.base, part.uri, trusted=trusted)
        for part in source.enclosed:
            if b"$self" in part.content or b"$id" in part.content:
                called = self._identity_of(
                    self._sources.setdefault((part.uri, Profile.SOURCE), read_part(part, Profile.SOURCE))
                )
                if called is not None:
                    self.identify(called, part.uri, trusted=trusted)

    def referred(self, uri: str, referrer: str) -> Source | str:
        """Return the document that one at the URI `referrer` refers to, or why it can't be had, as a clause."""
        source = self.open(uri, Policy.of(referrer))
        if isinstance(source, RetrievalFailure):
            return f"{shown(uri)} cannot be read: {source.reason}"
        fault = next((each for each in source.diagnostics if has_errors([each])), None)
        return source if fault is None else f"{shown(uri)} cannot be read: {fault.concise()}"

    def _content(self, uri: str) -> Retrieval:
        if uri not in self._retrieved:
            self._retrieved[uri] = self._fetched(uri)
        return self._retrieved[uri]

    def _fetched(self, uri: str) -> Retrieval:
        adopted = next((each for (known, _), each in self._sources.items() if known == uri), None)
        if adopted is not None:
            return Retrieved(adopted.text.encode(), uri)
        if len(self._retrieved) >= MAX_DOCUMENTS:
            return RetrievalFailure(uri, f"{MAX_DOCUMENTS} documents have been read already")
        return no_foreign(self._retrieve(uri), uri)
