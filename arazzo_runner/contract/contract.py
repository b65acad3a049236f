"""One judge of exchanges for a run: it keeps what it compiled, an operation at a time, when it is first called."""

from __future__ import annotations

from collections.abc import Iterable

from arazzo_runner.contract.answers import answer_breaches
from arazzo_runner.contract.breach import Breach
from arazzo_runner.contract.requests import body_breaches, missing_breaches, parameter_breaches
from arazzo_runner.contract.schemas import Schemas
from arazzo_runner.expressions.scope import Received
from arazzo_runner.sources.operations import Operation, OperationParameter
from arazzo_runner.values import Nothing, Value


class Contract:
    """Judges requests and answers against the descriptions of their operations. It is a cache and nothing else."""

    def __init__(self) -> None:
        self._requests = Schemas("request")
        self._answers = Schemas("response")

    def request(
        self,
        operation: Operation,
        parameters: Iterable[tuple[OperationParameter, Value]],
        body: Value | Nothing,
        content_type: str,
        present: frozenset[tuple[str, str]] = frozenset(),
    ) -> tuple[Breach, ...]:
        """Return the breaches of a request: `parameters` are the declared ones that have a value, with it.

        `present` are names and places that something else fills, a credential for one; header names in lower case.
        """
        found: list[Breach] = []
        given = set(present)
        for parameter, value in parameters:
            name = parameter.name.lower() if parameter.location == "header" else parameter.name
            given.add((name, parameter.location))
            found += parameter_breaches(parameter, value, self._requests)
        found += missing_breaches(operation, frozenset(given))
        found += body_breaches(operation, body, content_type, self._requests)
        return tuple(found)

    def answer(self, operation: Operation, received: Received) -> tuple[Breach, ...]:
        """Return the breaches of an answer."""
        return tuple(answer_breaches(operation, received, self._answers))
