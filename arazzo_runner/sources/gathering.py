"""Gathering the sources of a description: found, fetched once, read as what they are.

Documents are known by two names: where they were read from, and what they call themselves. The second goes first
(Arazzo 1.1, Identity), so everything that the caller hands over is looked at before any reference is followed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from arazzo_runner.diagnostics import Diagnostic, Related, Span, did_you_mean, error, has_errors, warning
from arazzo_runner.document import Profile, describe
from arazzo_runner.document.model import Description, SourceDescription
from arazzo_runner.document.source import Source
from arazzo_runner.errors import UsageError
from arazzo_runner.sources.access import retrieve
from arazzo_runner.sources.documents import Documents
from arazzo_runner.sources.identity import identity_of
from arazzo_runner.sources.location import Location, locate, name_of, shown
from arazzo_runner.sources.moved import LED, NAME, PLACE, because_of_self, lacking, near_file, seek, told
from arazzo_runner.sources.openapi.document import OpenApiDocument, version_of
from arazzo_runner.sources.reach import sources_in_reach
from arazzo_runner.sources.registry import ROOT_KEYS, VERSIONS, ApiSource, Registry, type_of
from arazzo_runner.sources.retrieval import Policy, RetrievalFailure, Retrieve
from arazzo_runner.sources.search import Search
from arazzo_runner.sources.whereabouts import Whereabouts

TWINS: Final = "source-identity"
"""The code of what is wrong with the names that documents give themselves."""


def gather(
    description: Description,
    *,
    overrides: Mapping[str, str] | None = None,
    retrieve: Retrieve = retrieve,
    wanted: Collection[str] | None = None,
    base_dir: Path | None = None,
    cwd: Path | None = None,
    supplied: Iterable[str] = (),
    find: Search | None = None,
) -> Registry:
    """Load the sources of a description, and of the Arazzo descriptions among them.

    `overrides` maps names of the description's own sources to a path (relative to `cwd`) or URL to use in the place
    of what is written. `wanted` limits the description's own sources to those names (`sources_in_reach` tells them),
    and those of the others to what their workflows mention; None means all sources everywhere. `base_dir` is a folder
    where relative urls are looked for first. `supplied` are paths or URLs of further documents, which references mean
    by what these call themselves. `find` looks for sources that have moved (P13); None leaves that out. What can't be
    loaded is a diagnostic.

    Raises:
        UsageError: an override names no source, or no file or URL; a supplied document can't be read.
    """
    overrides = overrides or {}
    declared = [each.name for each in description.source_descriptions]
    for name in overrides:
        if name not in declared:
            raise UsageError(f"there is no source '{name}' to override", did_you_mean(name, declared))
    folder = cwd or Path.cwd()
    located = {name: locate(text, folder).uri for name, text in overrides.items()}
    gathering = _Gathering(Documents(retrieve, identity_of), located, base_dir, find)
    gathering.run(description, wanted, [locate(text, folder) for text in supplied])
    return Registry(gathering.scopes, tuple(dict.fromkeys(gathering.diagnostics)), gathering.documents)


def _profile(named: ApiSource) -> Profile:
    return Profile.ARAZZO if named.type == "arazzo" else Profile.SOURCE


def _joined(help: str, advice: str) -> str:
    if not help:
        return advice
    return f"{help} Or {advice}" if help.endswith("?") else f"{help}; or {advice}"


@dataclass(slots=True)
class _Gathering:
    documents: Documents
    overrides: Mapping[str, str]
    base_dir: Path | None
    find: Search | None
    scopes: dict[str, dict[str, ApiSource]] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    apis: dict[str, OpenApiDocument] = field(default_factory=dict)
    flows: dict[str, Description] = field(default_factory=dict)
    waiting: list[Description] = field(default_factory=list)
    moved: set[str] = field(default_factory=set)
    nameless: dict[str, Span] = field(default_factory=dict)

    def run(self, description: Description, wanted: Collection[str] | None, supplied: Iterable[Location]) -> None:
        self._meet(description)
        # References are followed only when every document that was handed over is known by its own name (DOC-31).
        for location in supplied:
            self._take(location)
        for uri in self.overrides.values():
            self._recognise(self.documents.open(uri, Policy(allow_files=True), trusted=True))
        overrides = self.overrides
        while self.waiting:
            current = self.waiting.pop(0)
            scope = self.scopes[current.source.uri]
            names = wanted if wanted is None or current is description else sources_in_reach(current)
            for declared in current.source_descriptions:
                # A source without a name has been reported with the description.
                if not declared.name or declared.name in scope or not (names is None or declared.name in names):
                    continue
                override = overrides.get(declared.name)
                if declared.url or override:
                    source = self._load(current, declared, override)
                    led = current.source.uri in self.moved and not source.moved
                    scope[declared.name] = replace(source, found_by=LED) if led else source
                elif not has_errors(one for one in current.diagnostics if (one.at or ())[:2] == declared.at):
                    span = current.span((*declared.at, "url"))
                    help = f"write where its description is, or name it: --source {declared.name}=FILE-or-URL"
                    self.diagnostics.append(error("source-no-url", f"source '{declared.name}' has no url", span, help))
            overrides = {}  # only the first description is the caller's own
        self._tell_unused(description)

    def _take(self, location: Location) -> None:
        source = self.documents.open(location.uri, Policy(allow_files=True), trusted=True)
        if isinstance(source, RetrievalFailure):
            raise UsageError(f"cannot read {location.name}: {source.reason}", source.help)
        self.diagnostics.extend(each for each in source.diagnostics if has_errors([each]))
        self._recognise(source)
        if identity_of(source) is None and not has_errors(source.diagnostics):
            self.nameless[source.uri] = source.span(())

    def _tell_unused(self, description: Description) -> None:
        """Tell of each document that was handed over and that nothing can mean: no name, and no source of its place."""
        places = {source.uri for scope in self.scopes.values() for source in scope.values()}
        for each in self.flows.values():
            for declared in each.source_descriptions:
                places.add(Whereabouts(each, declared, base_dir=self.base_dir).place()[0])
        names = [each.name for each in description.source_descriptions]
        for uri, span in self.nameless.items():
            if uri not in places:
                message = f"no source is read from {name_of(uri)}, which was handed over: it has no name ($self or $id)"
                help = f"say which source it is: --source {names[0] if len(names) == 1 else 'NAME'}={name_of(uri)}"
                self.diagnostics.append(warning("document-nobody-means", message, span, help))

    def _recognise(self, source: Source | RetrievalFailure) -> None:
        """Note by which name references may mean a document that the caller handed over."""
        identity = None if isinstance(source, RetrievalFailure) else identity_of(source)
        if identity is not None and isinstance(source, Source):
            key = "$self" if type_of(source.data) else "$id"
            self._identify(identity, source.uri, source.span((key,)), trusted=True)

    def _identify(self, identity: str, uri: str, span: Span, trusted: bool = False) -> None:
        other = self.documents.identify(identity, uri, trusted=trusted)
        if other is not None:
            message = f"two documents call themselves {shown(identity)}: {shown(other)} and {shown(uri)}"
            help = "give one of them another $self, or leave it out"
            self.diagnostics.append(error(TWINS, message, span, help))

    def _meet(self, description: Description) -> None:
        uri = description.source.uri
        trusted = not self.flows
        self.documents.adopt(description.source, Profile.ARAZZO, trusted=trusted)
        self._identify(description.base_uri, uri, description.span(("$self",)), trusted)
        self.flows[uri] = description
        self.scopes[uri] = {}
        self.waiting.append(description)

    def _load(self, description: Description, declared: SourceDescription, override: str | None) -> ApiSource:
        search = Whereabouts(description, declared, override, self.base_dir)
        uri, policy = search.place()
        if policy is None:
            return self._failed(search, ApiSource(declared.name, declared.url, declared.type or ""), uri)
        named = ApiSource(declared.name, self.documents.location(uri), declared.type or "")
        source = self.documents.open(uri, policy, _profile(named))
        if not isinstance(source, RetrievalFailure):
            return self._read(search, named, source)
        beside = search.beside() if uri == search.uri() else ""
        if source.absent or beside:
            found = self._elsewhere(search, named, beside)
            if isinstance(found, ApiSource):
                return found
            near = near_file(search, beside or uri)
            return self._failed(search, named, source.reason, f"did you mean '{near}'?" if near else found)
        return self._failed(search, named, source.reason, source.help)

    def _elsewhere(self, search: Whereabouts, named: ApiSource, beside: str) -> ApiSource | str:
        """Return the source as it is where its document was read, or in the one file of its name; or advice (P13)."""
        if self.find is None:
            return ""
        found = self._moved(search, named, beside, PLACE) if beside else ""
        if isinstance(found, ApiSource):
            return found
        sought = seek(search, self.find)
        other = self._moved(search, named, sought.uri, NAME) if sought.uri not in (None, beside) else ""
        return other or found or sought.advice

    def _moved(self, search: Whereabouts, named: ApiSource, uri: str, found_by: str) -> ApiSource | str:
        """Return the source as it is in another file, where that is what the document means (P13); else why not."""
        source = self.documents.open(uri, Policy.of(search.description.source.uri), _profile(named))
        if isinstance(source, RetrievalFailure):
            return ""
        probe = _Gathering(self.documents, {}, None, None, apis=self.apis)
        found = replace(probe._read(search, replace(named, uri=uri), source), found_by=found_by)
        if found.document is None or has_errors(source.diagnostics):
            return f"{name_of(uri)} is there, and was not taken: it can't be read as a description of the declared type"
        if missing := lacking(search.description, found):
            return f"{name_of(uri)} is there, and was not taken: it does not hold '{missing}'"
        self.diagnostics.append(told(search, found, named.uri))
        self.moved.add(source.uri)  # what it leads to has been named by nobody either
        return replace(self._read(search, replace(named, uri=uri), source), found_by=found_by)

    def _read(self, search: Whereabouts, named: ApiSource, source: Source) -> ApiSource:
        detected = type_of(source.data)
        is_another = bool(detected and named.type) and detected != named.type
        if has_errors(source.diagnostics) and not is_another:
            return self._unparsable(search, named, source)
        if not is_another:
            self.diagnostics.extend(source.diagnostics)
        return self._typed(search, named, source, detected)

    def _failed(self, search: Whereabouts, named: ApiSource, reason: str, help: str = "") -> ApiSource:
        message = f"source '{named.name}' cannot be read from {shown(named.uri)}: {reason}"
        advice = f"name the right one: --source {named.name}=FILE-or-URL"
        found = search.error("source-unreadable", message, _joined(help, advice))
        self.diagnostics.append(found if not search.beside() else because_of_self(search, found))
        return named

    def _unparsable(self, search: Whereabouts, named: ApiSource, source: Source) -> ApiSource:
        first = next(each for each in source.diagnostics if has_errors([each]))
        message = f"source '{named.name}' cannot be parsed: {shown(named.uri)}: {first.message}"
        found = search.error("source-unparsable", message, first.help)
        related = (Related(first.message, first.span),) if first.span else ()
        self.diagnostics.append(replace(found, related=related))
        return named

    def _typed(self, search: Whereabouts, named: ApiSource, source: Source, detected: str) -> ApiSource:
        where = f"source '{named.name}' ({shown(named.uri)})"
        if not detected:
            message = f"{where} is no API description: it has none of the fields {', '.join(ROOT_KEYS)}"
            help = f"name the right one: --source {named.name}=FILE-or-URL"
            self.diagnostics.append(search.error("source-type", message, help))
            return named
        if named.type not in ("", detected):
            message = f"{where} is declared as '{named.type}', and its document is '{detected}'"
            self.diagnostics.append(search.error("source-type", message, f"write `type: {detected}`, or the right url"))
            return named
        match detected:
            case "openapi":
                return self._openapi(search, replace(named, type=detected), source)
            case "arazzo":
                return self._arazzo(search, replace(named, type=detected), source)
            case _:
                message = f"{where} is an AsyncAPI description, which is not supported"
                self.diagnostics.append(search.error("source-unsupported", message))
                return replace(named, type=detected)

    def _openapi(self, search: Whereabouts, named: ApiSource, source: Source) -> ApiSource:
        version = version_of(source.data)
        if version not in VERSIONS:
            message = f"source '{named.name}' ({shown(named.uri)}) has the version '{version}' of OpenAPI"
            found = search.error("source-unsupported", f"{message}; supported: {', '.join(VERSIONS)}")
            self.diagnostics.append(found)
            return named
        api = self.apis.get(source.uri)
        if api is None:
            api = self.apis[source.uri] = OpenApiDocument(source, version, self.documents)
        return replace(named, document=api)

    def _arazzo(self, search: Whereabouts, named: ApiSource, source: Source) -> ApiSource:
        known = self.flows.get(source.uri)
        if known is None:
            read = self.documents.open(named.uri, Policy(allow_files=True), Profile.ARAZZO)
            known = describe(read if isinstance(read, Source) else source)
            self.diagnostics.extend(known.diagnostics)
            self._meet(known)
        if search.override is None and known.self_uri is not None and search.uri() not in ("", known.base_uri):
            message = f"source '{named.name}' calls itself {known.base_uri}, not {shown(search.uri())}"
            self.diagnostics.append(search.warning("source-identity", message, f"write url: {known.base_uri}"))
        return replace(named, document=known)
