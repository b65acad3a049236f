"""The sources of an Arazzo description: each loaded once, known by the name that its description gives it.

Names belong to the description that declares them (Arazzo 1.1, Source Description Object), so a registry has one
scope for each Arazzo document that can be reached, by the URI that the document was read from. Descriptions may name
each other in a circle.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.document.model import Description
from arazzo_runner.sources.documents import Documents
from arazzo_runner.sources.openapi.document import OpenApiDocument
from arazzo_runner.sources.retrieval import Retrieval, RetrievalFailure
from arazzo_runner.values import JSON

ApiDescription: TypeAlias = OpenApiDocument | Description

VERSIONS = ("2.0", "3.0", "3.1", "3.2")
"""The versions of OpenAPI and Swagger that can be read."""

ROOT_KEYS: Final = {"openapi": "openapi", "swagger": "openapi", "asyncapi": "asyncapi", "arazzo": "arazzo"}
"""The field at the root that tells the type of a description."""


@dataclass(frozen=True, slots=True)
class ApiSource:
    """A Source Description with what it names.

    `uri` is where it was looked for; `document` is None where it can't be used, and a diagnostic of the registry says
    why. `type` is the declared one, else the detected one, else empty. `found_by` says, in words, by what it was found
    where its url leads nowhere (P13); empty for one that was where its url says.
    """

    name: str
    uri: str
    type: str
    document: ApiDescription | None = field(repr=False, default=None)
    found_by: str = ""

    @property
    def moved(self) -> bool:
        """Whether nobody named it, since it was searched for: no credential may go to its servers unasked (P13)."""
        return bool(self.found_by)


def _nothing(uri: str, /) -> Retrieval:
    return RetrievalFailure(uri, "no documents were gathered")


@dataclass(frozen=True, slots=True)
class Registry:
    """All sources that were gathered, and what was found wrong with them. It does not change.

    `documents` are the texts behind them, for whoever has a further reference to follow.
    """

    scopes: Mapping[str, Mapping[str, ApiSource]] = field(repr=False)
    diagnostics: tuple[Diagnostic, ...] = ()
    documents: Documents = field(repr=False, compare=False, default_factory=lambda: Documents(_nothing))

    def sources(self, description: Description) -> Mapping[str, ApiSource]:
        """Return the gathered sources of a description, by name, in the order declared."""
        return self.scopes.get(description.source.uri, {})

    def source(self, description: Description, name: str) -> ApiSource | None:
        """Return one source of a description; None where it was not wanted, or there is none of that name."""
        return self.sources(description).get(name)


def type_of(data: JSON) -> str:
    """Tell what kind of description a document is by its root: openapi, asyncapi, arazzo, or empty."""
    if not isinstance(data, dict):
        return ""
    return next((name for key, name in ROOT_KEYS.items() if key in data), "")
