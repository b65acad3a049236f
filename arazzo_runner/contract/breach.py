"""A breach of the contract: what was found, where in the exchange, and where the description says otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field

from arazzo_runner.diagnostics import Span
from arazzo_runner.sources.operations import Document
from arazzo_runner.values import Path


@dataclass(frozen=True, slots=True)
class Breach:
    """One way in which an exchange is not as its description says.

    `code` is stable (``contract-response-body``); `message` is a clause that names the place in the exchange, what
    was found there and what is wrong with it. `at` is the place in `document` that says so, `where` the place in a
    body, or location and name of a parameter. `flows` is false for what the document itself wrote out or left out.
    """

    code: str
    message: str
    document: Document = field(repr=False, compare=False)
    at: Path = ()
    where: Path = field(default=(), repr=False, compare=False)
    flows: bool = field(default=True, repr=False, compare=False)

    @property
    def span(self) -> Span:
        """Where the description says so; looked up when it is asked for, which costs a walk of its text."""
        return self.document.span(self.at)
