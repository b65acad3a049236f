"""What looking for an operation gives: a match, perhaps by a practical reading, or a miss with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from arazzo_runner.diagnostics import Diagnostic, did_you_mean
from arazzo_runner.document.model import Description
from arazzo_runner.sources.openapi.document import OpenApiDocument
from arazzo_runner.sources.openapi.endpoints import Endpoint
from arazzo_runner.sources.registry import ApiSource, Registry


@dataclass(frozen=True, slots=True)
class Reading:
    """A practical reading that was needed: its number, what is wrong, how it is read, and the standard spelling.

    `strict_code` is the code of the error that it is when documents are read strictly. `written` is the standard
    spelling alone, as an id or as an operationPath with `by_path`. `is_guess` tells that a name alone speaks for it.
    """

    number: str
    problem: str
    meaning: str
    standard: str
    strict_code: str
    written: str = ""
    by_path: bool = False
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """An endpoint of a source, and the readings that led to it."""

    source: ApiSource
    endpoint: Endpoint
    readings: tuple[Reading, ...] = ()

    def read_as(self, number: str, problem: str, standard: str, strict_code: str, *, is_guess: bool = False) -> Match:
        """Return the match with one more reading, put before the others."""
        written = standard.removeprefix("operationPath: ").strip("'")
        by_path = written == self.pointer()
        reading = Reading(number, problem, self.named(), standard, strict_code, written, by_path, is_guess)
        return replace(self, readings=(reading, *self.readings))

    def named(self) -> str:
        """Return how a message names the operation."""
        return f"{self.endpoint.method} {self.endpoint.path} of source '{self.source.name}'"

    def standard(self) -> str:
        """Return the standard spelling: by qualified id where there is one, else by pointer."""
        if self.endpoint.operation_id is not None and len(self.same_id()) == 1:
            return f"$sourceDescriptions.{self.source.name}.{self.endpoint.operation_id}"
        return self.pointer()

    def pointer(self) -> str:
        """Return the standard spelling as an operationPath."""
        escaped = self.endpoint.path.replace("~", "~0").replace("/", "~1")
        custom = self.endpoint.node.at[-2:-1] == ("additionalOperations",)
        method = f"additionalOperations/{self.endpoint.method}" if custom else self.endpoint.method.lower()
        return f"{{$sourceDescriptions.{self.source.name}.url}}#/paths/{escaped}/{method}"

    def same_id(self) -> tuple[Endpoint, ...]:
        """Return all endpoints of the source that have this one's operationId."""
        api = self.source.document
        if not isinstance(api, OpenApiDocument) or self.endpoint.operation_id is None:
            return ()
        return api.endpoints.by_id.get(self.endpoint.operation_id, ())


@dataclass(frozen=True, slots=True)
class Miss:
    """Why nothing is called: the code, message and help of the diagnostic; `diagnostics` may explain it.

    `meant` is the whole text that was probably meant, where there is just one such; empty elsewhere.
    """

    code: str
    message: str
    help: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()
    meant: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What a step gives to its operation: `parameters` by name and place, names in an object payload, its own id."""

    parameters: frozenset[tuple[str, str]] = frozenset()
    members: frozenset[str] = frozenset()
    step_id: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """The sources that a step of a description can name.

    `given` is what the step gives to its operation: it may tell operations of one id apart.
    """

    description: Description = field(repr=False)
    registry: Registry = field(repr=False)
    given: Given = Given()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all Source Descriptions, gathered or not."""
        return tuple(declared.name for declared in self.description.source_descriptions)

    @property
    def callable_names(self) -> tuple[str, ...]:
        """The names of those that hold operations or channels: all but those of type arazzo."""
        gathered = self.registry.sources(self.description)
        types = {each.name: each.type or "" for each in self.description.source_descriptions}
        types |= {name: source.type for name, source in gathered.items() if source.type}
        return tuple(name for name, kind in types.items() if kind != "arazzo")

    @property
    def apis(self) -> tuple[tuple[ApiSource, OpenApiDocument], ...]:
        """The sources that are OpenAPI descriptions and could be loaded."""
        gathered = self.registry.sources(self.description).values()
        return tuple((source, source.document) for source in gathered if isinstance(source.document, OpenApiDocument))

    @property
    def complete(self) -> bool:
        """Whether all sources that can hold operations could be loaded: if not, a miss proves nothing."""
        loaded = {source.name for source, _ in self.apis}
        return loaded.issuperset(self.callable_names)

    def head(self, text: str, separator: str) -> tuple[str, str] | None:
        """Split text into the longest source name that it begins with, and what follows the separator."""
        heads = [name for name in self.names if text.startswith(name + separator)]
        if not heads:
            return None
        name = max(heads, key=len)
        return name, text[len(name) + len(separator) :]

    def api(self, name: str) -> tuple[ApiSource, OpenApiDocument] | Miss | None:
        """Return a source that holds operations; None where it is declared and could not be loaded."""
        if name not in self.names:
            return Miss("operation-unknown-source", f"there is no source '{name}'", did_you_mean(name, self.names))
        source = self.registry.source(self.description, name)
        if source is None:
            return Miss("operation-unknown-source", f"the source '{name}' has not been loaded")
        if isinstance(source.document, OpenApiDocument):
            return source, source.document
        if isinstance(source.document, Description):
            message = f"source '{name}' is an Arazzo description, which has workflows and no operations"
            return Miss("operation-source-type", message, "a step calls a workflow by workflowId")
        return None


def listed(matches: Iterable[Match]) -> str:
    """Return the operations for a message: the first five of them."""
    names = [match.named() for match in matches]
    return " and ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
