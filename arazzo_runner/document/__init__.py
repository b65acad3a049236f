"""Text to data with positions to a frozen model.

`read` makes a `Source` of bytes or text, `describe` makes a `Description` of a source. Neither raises: what is wrong
with a document is a diagnostic, and what is right can still be used.
"""

from arazzo_runner.document.build import describe
from arazzo_runner.document.formats import read, read_part
from arazzo_runner.document.model import (
    Action,
    Components,
    Criterion,
    Description,
    ExpressionType,
    FeatureSet,
    Info,
    Parameter,
    Replacement,
    RequestBody,
    Reusable,
    SourceDescription,
    Step,
    Workflow,
)
from arazzo_runner.document.profile import Profile
from arazzo_runner.document.source import Enclosed, Places, Source

__all__ = [
    "Action",
    "Components",
    "Criterion",
    "Description",
    "Enclosed",
    "ExpressionType",
    "FeatureSet",
    "Info",
    "Parameter",
    "Places",
    "Profile",
    "Replacement",
    "RequestBody",
    "Reusable",
    "Source",
    "SourceDescription",
    "Step",
    "Workflow",
    "describe",
    "read",
    "read_part",
]
