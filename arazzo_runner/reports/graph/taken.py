"""The path of a run through a figure: what a drawing of it marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from arazzo_runner.graph.model import Edge


@dataclass(frozen=True, slots=True)
class Taken:
    """What was reached, by the ids of nodes: `nodes` says how each ended.

    That is ``succeeded``, ``failed``, ``skipped`` or ``running``; any other word marks a node as reached and no more.

    `edges` are the ways that were taken. `notes` are short texts for the boxes of nodes (``3 tries, 1.2 s``), `links`
    the addresses that they lead to, such as ``#step-4``. What is not named is drawn faint.
    """

    nodes: Mapping[str, str] = field(default_factory=dict)
    edges: frozenset[Edge] = frozenset()
    notes: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
