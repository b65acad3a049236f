"""Graphs of workflows in each form: one file a format, and the one table of them."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Final, Protocol, TextIO, cast

from arazzo_runner.graph.model import Graph
from arazzo_runner.reports.page import Look


class GraphWriter(Protocol):
    """Writes a graph to a text stream in one format; `look` matters to formats for a person alone."""

    def __call__(self, stream: TextIO, graph: Graph, look: Look, /) -> None:
        """Write it all."""


FORMATS: Final[Mapping[str, str]] = {
    "terminal": "terminal:write_terminal",
    "svg": "svg:write_svg",
    "mermaid": "mermaid:write_mermaid",
    "dot": "dot:write_dot",
    "json": "json:write_graph",
}
"""Each format and where it is written, in the order of `--help`; the first is the default."""

ENDINGS: Final[Mapping[str, str]] = {
    ".svg": "svg",
    ".mmd": "mermaid",
    ".mermaid": "mermaid",
    ".dot": "dot",
    ".gv": "dot",
    ".json": "json",
    ".txt": "terminal",
}
"""The format that the ending of a file's name asks for."""


def writer(name: str) -> GraphWriter:
    """Return what writes a format of the table."""
    module, _, function = FORMATS[name].partition(":")
    return cast(GraphWriter, getattr(import_module(f"{__name__}.{module}"), function))
