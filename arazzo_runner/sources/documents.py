"""Every document of a run is retrieved once and read once, whoever refers to it.

(Arazzo 1.1, Source Description Object.)
"""

from __future__ import annotations

from arazzo_runner.document import Profile, read
from arazzo_runner.document.source import Source
from arazzo_runner.sources.location import is_local, name_of, origin
from arazzo_runner.sources.retrieval import Policy, Retrieval, RetrievalFailure, Retrieve, no_web_page

MAX_DOCUMENTS = 10_000
"""How many documents one run may read: descriptions in pieces have hundreds, a hostile one has no end."""


class Documents:
    """The documents read so far, by URI; the others are fetched by `retrieve` when they are first asked for."""

    __slots__ = ("_identities", "_retrieve", "_retrieved", "_sources")

    def __init__(self, retrieve: Retrieve) -> None:
        self._retrieve = retrieve
        self._retrieved: dict[str, Retrieval] = {}
        self._sources: dict[tuple[str, Profile], Source] = {}
        self._identities: dict[str, str] = {}

    def adopt(self, source: Source, profile: Profile) -> None:
        """Take in a document that somebody else has read."""
        self._sources[source.uri, profile] = source

    def identify(self, identity: str, uri: str) -> str | None:
        """Note that the document at `uri` calls itself `identity` (its `$self`): references use either.

        A document of this machine may have any name. One of the network is known by a name of its own origin only:
        it could else stand in for a document that somebody trusts. Return the document that has the name already.
        """
        if is_local(uri) or origin(uri) == origin(identity):
            known = self._identities.setdefault(identity, uri)
            return known if known != uri else None
        return None

    def location(self, uri: str) -> str:
        """Return where the document that is called `uri` was read from, as far as is known; else `uri`."""
        return self._identities.get(uri, uri)

    def open(self, uri: str, policy: Policy, profile: Profile = Profile.SOURCE) -> Source | RetrievalFailure:
        """Return the document at an absolute URI, or why it can't be had.

        A text with faults of syntax is no failure: its `diagnostics` tell. `policy` is that of the document that
        refers to this one.
        """
        uri = self.location(uri)
        refusal = policy.refusal(uri)
        if refusal is not None:
            return refusal
        known = self._sources.get((uri, profile))
        if known is not None:
            return known
        retrieved = self._content(uri)
        if isinstance(retrieved, RetrievalFailure):
            return retrieved
        source = read(retrieved.content, retrieved.uri, name_of(retrieved.uri), profile)
        return self._sources.setdefault((uri, profile), source)

    def _content(self, uri: str) -> Retrieval:
        if uri not in self._retrieved:
            self._retrieved[uri] = self._fetched(uri)
        return self._retrieved[uri]

    def _fetched(self, uri: str) -> Retrieval:
        if len(self._retrieved) >= MAX_DOCUMENTS:
            return RetrievalFailure(uri, f"{MAX_DOCUMENTS} documents have been read already")
        return no_web_page(self._retrieve(uri))
