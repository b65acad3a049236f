"""The fixed-field objects of Arazzo and their fields, as one table (Arazzo 1.0.1 and 1.1, Schema)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from arazzo_runner.document.model import FeatureSet

ANY_VALUE: Final = frozenset(("value", "payload"))
"""The fields in which null is a value like any other."""

NEVER_EMPTY: Final = frozenset(
    (
        "action",
        "channelPath",
        "contentType",
        "context",
        "in",
        "name",
        "operationId",
        "operationPath",
        "reference",
        "stepId",
        "type",
        "workflowId",
    )
)
"""The fields that name something: an empty text in them names nothing, as if they were left out."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The fields that an object can have.

    `newer` are those that 1.1 added. `spared` are required ones that no run depends on: where one is missing, the
    rest keeps its meaning. `extensible` tells if `x-` is allowed. `closed` are
    the values of required fields that have but a few.
    """

    noun: str
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    newer: tuple[str, ...] = ()
    spared: tuple[str, ...] = ()
    extensible: bool = True
    closed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def fields(self, features: FeatureSet) -> tuple[str, ...]:
        """Return the names of the fields under a feature set."""
        return self.required + self.optional + (self.newer if features.v1_1 else ())


ROOT: Final = Shape(
    "Arazzo document",
    ("arazzo", "info", "sourceDescriptions", "workflows"),
    ("components",),
    newer=("$self",),
    spared=("info",),
)
INFO: Final = Shape("info", ("title", "version"), ("summary", "description"), spared=("title", "version"))
SOURCE_DESCRIPTION: Final = Shape("source description", ("name", "url"), ("type",))
WORKFLOW: Final = Shape(
    "workflow",
    ("workflowId", "steps"),
    ("summary", "description", "inputs", "dependsOn", "successActions", "failureActions", "outputs", "parameters"),
)
STEP: Final = Shape(
    "step",
    ("stepId",),
    (
        "description",
        "operationId",
        "operationPath",
        "workflowId",
        "parameters",
        "requestBody",
        "successCriteria",
        "onSuccess",
        "onFailure",
        "outputs",
    ),
    newer=("channelPath", "timeout", "dependsOn", "action", "correlationId"),
)
PARAMETER: Final = Shape("parameter", ("name", "value"), ("in",))
REQUEST_BODY: Final = Shape("request body", (), ("contentType", "payload", "replacements"))
REPLACEMENT: Final = Shape("replacement", ("target", "value"), newer=("targetSelectorType",))
CRITERION: Final = Shape("criterion", ("condition",), ("context", "type"))
EXPRESSION_TYPE: Final = Shape("expression type", ("type", "version"), spared=("version",))
SELECTOR: Final = Shape(
    "selector", ("context", "selector", "type"), closed={"type": ("jsonpath", "xpath", "jsonpointer")}
)
SUCCESS_ACTION: Final = Shape(
    "success action",
    ("name", "type"),
    ("workflowId", "stepId", "criteria"),
    newer=("parameters",),
    spared=("name",),
)
FAILURE_ACTION: Final = Shape(
    "failure action",
    ("name", "type"),
    ("workflowId", "stepId", "retryAfter", "retryLimit", "criteria"),
    newer=("parameters",),
    spared=("name",),
)
COMPONENTS: Final = Shape("components", (), ("inputs", "parameters", "successActions", "failureActions"))
REUSABLE: Final = Shape("reusable object", ("reference",), ("value",), extensible=False)
