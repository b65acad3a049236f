"""The sources of an Arazzo description: each loaded once, known by the name that its description gives it.

Names belong to the description that declares them (Arazzo 1.1, Source Description Object), so a registry has one
scope for each Arazzo document that can be reached, by the URI that the document was read from. Descriptions may name
each other in a circle.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from arazzo_runner.diagnostics import Diagnostic, Related, did_you_mean, error, has_errors, warning
from arazzo_runner.document import Profile, describe
from arazzo_runner.document.model import Description, SourceDescription
from arazzo_runner.document.source import Source
from arazzo_runner.errors import UsageError
from arazzo_runner.sources.documents import Documents
from arazzo_runner.sources.location import file_path, file_uri, is_local, locate, resolve, scheme_of, shown
from arazzo_runner.sources.openapi.document import OpenApiDocument, version_of
from arazzo_runner.sources.reach import sources_in_reach
from arazzo_runner.sources.retrieval import Policy, RetrievalFailure, Retrieve, retrieve
from arazzo_runner.values import JSON

ApiDescription: TypeAlias = OpenApiDocument | Description

VERSIONS = ("2.0", "3.0", "3.1", "3.2")
"""The versions of OpenAPI and Swagger that can be read."""

_ROOT_KEYS = {"openapi": "openapi", "swagger": "openapi", "asyncapi": "asyncapi", "arazzo": "arazzo"}


@dataclass(frozen=True, slots=True)
class ApiSource:
    """A Source Description with what it names.

    `uri` is where it was looked for; `document` is None where it can't be used, and a diagnostic of the registry says
    why. `type` is the declared one, else the detected one, else empty.
    """

    name: str
    uri: str
    type: str
    document: ApiDescription | None = field(repr=False, default=None)


@dataclass(frozen=True, slots=True)
class Registry:
    """All sources that were gathered, and what was found wrong with them. It does not change."""

    scopes: Mapping[str, Mapping[str, ApiSource]] = field(repr=False)
    diagnostics: tuple[Diagnostic, ...] = ()

    def sources(self, description: Description) -> Mapping[str, ApiSource]:
        """Return the gathered sources of a description, by name, in the order declared."""
        return self.scopes.get(description.source.uri, {})

    def source(self, description: Description, name: str) -> ApiSource | None:
        """Return one source of a description; None where it was not wanted, or there is none of that name."""
        return self.sources(description).get(name)


def gather(
    description: Description,
    *,
    overrides: Mapping[str, str] | None = None,
    retrieve: Retrieve = retrieve,
    wanted: Collection[str] | None = None,
    base_dir: Path | None = None,
    cwd: Path | None = None,
) -> Registry:
    """Load the sources of a description, and of the Arazzo descriptions among them.

    `overrides` maps names of the description's own sources to a path (relative to `cwd`) or URL to use in the place
    of what is written. `wanted` limits the description's own sources to those names (`sources_in_reach` tells them),
    and those of the others to what their workflows mention; None means all sources everywhere. `base_dir` is a folder
    where relative urls are looked for first. What can't be loaded is a diagnostic.

    Raises:
        UsageError: an override names no source, or no file or URL.
    """
    overrides = overrides or {}
    declared = [each.name for each in description.source_descriptions]
    for name in overrides:
        if name not in declared:
            raise UsageError(f"there is no source '{name}' to override", did_you_mean(name, declared))
    folder = cwd or Path.cwd()
    located = {name: locate(text, folder).uri for name, text in overrides.items()}
    gathering = _Gathering(Documents(retrieve), located, base_dir)
    gathering.run(description, wanted)
    return Registry(gathering.scopes, tuple(dict.fromkeys(gathering.diagnostics)))


@dataclass(slots=True)
class _Gathering:
    documents: Documents
    overrides: Mapping[str, str]
    base_dir: Path | None
    scopes: dict[str, dict[str, ApiSource]] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    apis: dict[str, OpenApiDocument] = field(default_factory=dict)
    flows: dict[str, Description] = field(default_factory=dict)
    waiting: list[Description] = field(default_factory=list)

    def run(self, description: Description, wanted: Collection[str] | None) -> None:
        self._meet(description)
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
                    scope[declared.name] = self._load(current, declared, override)
                elif not has_errors(one for one in current.diagnostics if (one.at or ())[:2] == declared.at):
                    span = current.span((*declared.at, "url"))
                    help = f"write where its description is, or name it: --source {declared.name}=FILE-or-URL"
                    self.diagnostics.append(error("source-no-url", f"source '{declared.name}' has no url", span, help))
            overrides = {}  # only the first description is the caller's own

    def _meet(self, description: Description) -> None:
        uri = description.source.uri
        self.documents.adopt(description.source, Profile.ARAZZO)
        other = self.documents.identify(description.base_uri, uri)
        if other is not None:
            message = f"two documents call themselves {description.base_uri}: {shown(other)} and {shown(uri)}"
            self.diagnostics.append(error("source-identity", message, description.span(("$self",))))
        self.flows[uri] = description
        self.scopes[uri] = {}
        self.waiting.append(description)

    def _load(self, description: Description, declared: SourceDescription, override: str | None) -> ApiSource:
        search = _Search(description, declared, override, self.base_dir)
        uri, policy = search.place()
        if policy is None:
            return self._failed(search, ApiSource(declared.name, declared.url, declared.type or ""), uri)
        named = ApiSource(declared.name, self.documents.location(uri), declared.type or "")
        source = self.documents.open(uri, policy, Profile.ARAZZO if declared.type == "arazzo" else Profile.SOURCE)
        if isinstance(source, RetrievalFailure):
            return self._failed(search, named, source.reason, source.help)
        detected = type_of(source.data)
        is_another = bool(detected and named.type) and detected != named.type
        if has_errors(source.diagnostics) and not is_another:
            return self._unparsable(search, named, source)
        if not is_another:
            self.diagnostics.extend(source.diagnostics)
        return self._typed(search, named, source, detected)

    def _failed(self, search: _Search, named: ApiSource, reason: str, help: str = "") -> ApiSource:
        message = f"source '{named.name}' cannot be read from {shown(named.uri)}: {reason}"
        advice = f"name the right one: --source {named.name}=FILE-or-URL"
        self.diagnostics.append(search.error("source-unreadable", message, f"{help}; or {advice}" if help else advice))
        return named

    def _unparsable(self, search: _Search, named: ApiSource, source: Source) -> ApiSource:
        first = next(each for each in source.diagnostics if has_errors([each]))
        message = f"source '{named.name}' cannot be parsed: {shown(named.uri)}: {first.message}"
        found = search.error("source-unparsable", message, first.help)
        related = (Related(first.message, first.span),) if first.span else ()
        self.diagnostics.append(replace(found, related=related))
        return named

    def _typed(self, search: _Search, named: ApiSource, source: Source, detected: str) -> ApiSource:
        where = f"source '{named.name}' ({shown(named.uri)})"
        if not detected:
            message = f"{where} is no API description: it has none of the fields {', '.join(_ROOT_KEYS)}"
            self.diagnostics.append(search.error("source-type", message))
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

    def _openapi(self, search: _Search, named: ApiSource, source: Source) -> ApiSource:
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

    def _arazzo(self, search: _Search, named: ApiSource, source: Source) -> ApiSource:
        known = self.flows.get(source.uri)
        if known is None:
            read = self.documents.open(named.uri, Policy(allow_files=True), Profile.ARAZZO)
            known = describe(read if isinstance(read, Source) else source, source.uri)
            self.diagnostics.extend(known.diagnostics)
            self._meet(known)
        if search.override is None and search.uri() not in ("", known.base_uri):
            message = f"source '{named.name}' calls itself {known.base_uri}, not {shown(search.uri())}"
            self.diagnostics.append(search.warning("source-identity", message, f"write url: {known.base_uri}"))
        return replace(named, document=known)


@dataclass(frozen=True, slots=True)
class _Search:
    """Where one source is looked for: what the caller said, the caller's folder, what is written."""

    description: Description
    declared: SourceDescription
    override: str | None
    base_dir: Path | None

    def place(self) -> tuple[str, Policy | None]:
        """Return the URI and what may be read there; or why there is no URI, and None."""
        if self.override is not None:
            return self.override, Policy(allow_files=True)
        found = self._below_base_dir()
        if found is not None:
            return found, Policy(allow_files=True)
        try:
            return resolve(self.description.base_uri, self.declared.url), Policy.of(self.description.source.uri)
        except ValueError as problem:
            return str(problem), None

    def uri(self) -> str:
        """Return what the url says, resolved; empty where it can't be."""
        try:
            return resolve(self.description.base_uri, self.declared.url)
        except ValueError:
            return ""

    def _below_base_dir(self) -> str | None:
        if self.base_dir is None or scheme_of(self.declared.url):
            return None
        base = self.base_dir.absolute()
        try:
            path = Path(file_path(resolve(f"{file_uri(base)}/", self.declared.url)))
            if not path.is_file():
                return None
            # A document from the network may use the folder that the caller named, and nothing outside of it.
            local = is_local(self.description.source.uri)
            return file_uri(path) if local or path.resolve().is_relative_to(base.resolve()) else None
        except (ValueError, OSError):
            return None

    def error(self, code: str, message: str, help: str = "") -> Diagnostic:
        """Make a diagnostic at the source's `url`."""
        return error(code, message, self.description.span((*self.declared.at, "url")), help)

    def warning(self, code: str, message: str, help: str = "") -> Diagnostic:
        """Make a diagnostic at the source's `url` that stops nothing."""
        return warning(code, message, self.description.span((*self.declared.at, "url")), help)


def type_of(data: JSON) -> str:
    """Tell what kind of description a document is by its root: openapi, asyncapi, arazzo, or empty."""
    if not isinstance(data, dict):
        return ""
    return next((name for key, name in _ROOT_KEYS.items() if key in data), "")
