"""The request of one step, built as a run builds it, with stand-ins for what nobody has yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.request import Built, Fetched, Unbuildable, build_request
from arazzo_runner.engine.settings import Settings
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.expressions.template import fill
from arazzo_runner.preview.leading import Leading
from arazzo_runner.preview.stand_ins import StandIns
from arazzo_runner.program.model import OperationCall
from arazzo_runner.redact import Redactor, is_stand_in
from arazzo_runner.sources.security import API_KEY, PASSWORD, TOKEN, USERNAME, Credential, Grant


@dataclass(frozen=True, slots=True)
class Builder:
    """What all requests of a preview are built with."""

    settings: Settings
    stand_ins: StandIns
    redactor: Redactor

    def build(self, call: OperationCall, scope: Scope, path: tuple[str, ...]) -> Built | Unbuildable:
        """Build the request of a step's first try; `path` are the step ids down to it.

        A token that a run would fetch first is stood in for: nothing is fetched.
        """
        leading = Leading(scope, self.stand_ins)
        led = leading.call(call)
        seed = "/".join((*path, "1"))
        built = build_request(led, leading.scope, self.settings, seed)
        if isinstance(built, Built) and built.grants:
            tokens = {grant.key: self._token(grant) for grant in built.grants}
            return build_request(led, leading.scope, self.settings, seed, Fetched(tokens))
        if isinstance(built, Unbuildable) and led.body is not None and led.body.payload is not None:
            label = self.stand_ins.label(fill(led.body.payload, leading.scope))
            if label is not None:
                return Unbuildable(f"its body is made of {{{label}}}, which is not known before the run")
        return built

    def in_the_clear(self, request: Request) -> Request:
        """Return a request as it would be sent, with its placeholders."""
        return self.stand_ins.readable_request(request)

    def shown(self, request: Request) -> Request:
        """Return a request as it may be shown: secrets hidden, placeholders not."""
        credentials = frozenset(name for name in request.credentials if not _stands_in(request, name))
        return self.stand_ins.readable_request(replace(request, credentials=credentials).redacted(self.redactor))

    def _token(self, grant: Grant) -> Credential:
        stand_in = self.stand_ins.make(f"token of {grant.scheme}")
        return Credential(dict.fromkeys((TOKEN, API_KEY, USERNAME, PASSWORD), stand_in))


def _stands_in(request: Request, name: str) -> bool:
    """Tell whether what stands in a request under the name of a credential are stand-ins alone."""
    values = list(_values(request, name))
    return bool(values) and all(is_stand_in(value) for value in values)


def _values(request: Request, name: str) -> Iterator[str]:
    yield from (value for header, value in request.headers if header.lower() == name)
    pieces = (piece.partition("=") for piece in request.url.partition("?")[2].split("&"))
    yield from (value for known, _, value in pieces if known == name)
    cookies = (piece.strip().partition("=") for piece in (request.header("cookie") or "").split(";"))
    yield from (value for known, _, value in cookies if known == name)
