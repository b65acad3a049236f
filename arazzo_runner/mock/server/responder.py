"""From a request to an answer: found, judged, invented. The one place where a client's request is answered.

What requests created, changed and deleted is remembered (`mock.state`), and `Responder.version` changes with it: while
it stays the same, one request has one answer.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from arazzo_runner.contract import Contract
from arazzo_runner.criteria import Check, compile_criterion
from arazzo_runner.document.model import Criterion
from arazzo_runner.engine.effects import Request, SendRequest, Ticket
from arazzo_runner.engine.outcomes import Failed, Responded, Response
from arazzo_runner.engine.response import receive
from arazzo_runner.expressions.grammar import Dialect
from arazzo_runner.expressions.scope import Sent
from arazzo_runner.mock.answer import Mock
from arazzo_runner.mock.memory import Recalled
from arazzo_runner.mock.server.exchange import Incoming, Reply, Told, problem
from arazzo_runner.mock.server.judging import CONTENT_TYPE, Judged, judge
from arazzo_runner.mock.server.preferences import Preference, Unmet, preference_of, preferred
from arazzo_runner.mock.server.routes import Api, NoRoute, Route, Routes
from arazzo_runner.mock.server.steps import Steps, scope_of
from arazzo_runner.mock.state.state import State
from arazzo_runner.mock.statuses import carries_body
from arazzo_runner.program.model import BoundStep, BoundWorkflow, OperationCall
from arazzo_runner.sources.openapi.media import is_json
from arazzo_runner.sources.operations import Operation
from arazzo_runner.values import JSON

HOST: Final = "https://mock.invalid"
"""Stands for whatever server the request came to: the same request has the same answer on each port and base path."""


class Responder:
    """Answers requests to the operations of some APIs; `workflows` are those whose wishes shape the answers.

    `lenient` answers a request that breaks the description, or lacks credentials, all the same. `stateless` remembers
    nothing. It may be called from several threads.
    """

    def __init__(
        self,
        apis: Sequence[Api],
        workflows: Iterable[BoundWorkflow] = (),
        *,
        seed: int = 0,
        lenient: bool = False,
        stateless: bool = False,
    ) -> None:
        self.apis = tuple(apis)
        self._routes = Routes(self.apis)
        self._steps = Steps(workflows)
        self._forgetful = Mock(seed, program=self._steps.program)
        self._state = None if stateless else State()
        self._mock = self._forgetful if self._state is None else self._forgetful.remembering(self._state)
        self._turn = threading.Lock()
        self._contract = Contract()
        self._lenient = lenient

    @property
    def version(self) -> int:
        """A number that changes with what is remembered."""
        return 0 if self._state is None else self._state.version

    def reply(self, incoming: Incoming) -> Reply:
        """Answer a request. Nothing that a client sends makes it raise."""
        route = self._routes.find(incoming.method, incoming.path, incoming.query)
        if isinstance(route, NoRoute):
            return _unrouted(incoming, route)
        judged = judge(route, incoming, self._contract)
        reply = self._refused(route, incoming, judged) or self._answered(route, incoming, judged)
        said = ("no credentials were sent",) if judged.challenges else ()
        reply = replace(reply, breaches=judged.breaches, remarks=(*judged.remarks, *said, *reply.remarks))
        return replace(reply, operation=_name(route.operation))

    def _refused(self, route: Route, incoming: Incoming, judged: Judged) -> Reply | None:
        if self._lenient:
            return None
        operation = route.operation
        if judged.challenges:
            detail = f"{_name(operation)} wants credentials; any value will do"
            fields = [("www-authenticate", challenge) for challenge in judged.challenges]
            if described_status(operation, 401):
                said: dict[str, JSON] = {"title": "no credentials", "status": 401, "detail": detail}
                return self._declared(route, incoming, judged, 401, said, fields)
            return problem(401, "no credentials", detail, headers=fields)
        return self._breach(route, incoming, judged) if judged.breaches else None

    def _breach(self, route: Route, incoming: Incoming, judged: Judged) -> Reply:
        operation, breaches = route.operation, judged.breaches
        status = _status_of(operation, breaches)
        detail = breaches[0].message + (f"; and {len(breaches) - 1} more" if len(breaches) > 1 else "")
        title = f"the request is not as {_name(operation)} wants it"
        said: dict[str, JSON] = {"title": title, "status": status, "detail": detail}
        said["breaches"] = [each.data for each in breaches]
        if described_status(operation, status):
            return self._declared(route, incoming, judged, status, said, [])
        return problem(status, title, detail, more={"breaches": said["breaches"]})

    def _declared(
        self,
        route: Route,
        incoming: Incoming,
        judged: Judged,
        status: int,
        said: dict[str, JSON],
        fields: list[tuple[str, str]],
    ) -> Reply:
        """Answer with a status that the operation declares, in its schema; the problem is put in where that allows."""
        wanted = preferred(route.operation, Preference(status))
        title, detail = str(said["title"]), str(said["detail"])
        more = {name: value for name, value in said.items() if name not in ("title", "status", "detail")}
        plain = problem(status, title, detail, headers=fields, more=more)
        if isinstance(wanted, Unmet) or not any(response.content for response in wanted.responses.values()):
            return plain
        effect = _effect(route, wanted, incoming, judged.sent, _bare(wanted, status))
        found = self._invented(effect, self._forgetful)
        if isinstance(found, Failed) or not found.body:
            return plain
        kept = tuple(found.headers)
        for body in _bodies_with(found, said):
            tried = replace(found, body=body)
            if not self._contract.answer(wanted, receive(tried)[0]):
                found = tried
                break
        return Reply(status, (*kept, *fields), found.body)

    def _answered(self, route: Route, incoming: Incoming, judged: Judged) -> Reply:
        wish = preference_of(incoming)
        wanted = wish if isinstance(wish, Unmet) else preferred(route.operation, wish)
        if isinstance(wanted, Unmet):
            return problem(400, "the preference can't be met", wanted.reason)
        assert isinstance(wish, Preference)
        free = wish == Preference()
        step = (
            self._steps.meant(route.operation, judged.sent)
            if free
            else _bare(wanted, int(next(iter(wanted.responses))))
        )
        effect = _effect(route, wanted, incoming, judged.sent, step)
        found = self._invented(effect, self._forgetful if wish.example else self._mock)
        if isinstance(found, Failed):
            return problem(500, "no answer can be invented", found.message)
        applied = () if free else (("preference-applied", _latin(wish.text)),)
        return Reply(found.status, (*_served(found.headers, route, incoming), *applied), found.body)

    def _invented(self, effect: SendRequest, mock: Mock) -> Response | Failed:
        """Return what the mock answers; the one place where it is asked."""
        with self._turn:
            found = (self._gone(effect) if mock is self._mock else None) or mock.answer(effect)
        return found if isinstance(found, Failed) else found.response

    def _gone(self, effect: SendRequest) -> Responded | Failed | None:
        """Return the answer to a request for what was deleted; None where nothing was, or no step could be meant.

        Which step is meant is a guess. One whose criteria want the status is believed where they can be met.
        """
        recall = self._state.recall(effect) if self._state is not None else None
        call, sent = effect.bound.call, effect.scope.request
        is_meant = effect.bound.document is not None
        if recall is None or not recall.statuses or not is_meant or not isinstance(call, OperationCall) or sent is None:
            return None
        trial = self._mock.remembering(Recalled(recall))
        for step in self._steps.wanting(call.operation, sent, recall.statuses):
            found = trial.answer(replace(effect, bound=step, scope=scope_of(step, sent)))
            if isinstance(found, Responded) and found.response.status in recall.statuses:
                return found
        return self._mock.answer(replace(effect, bound=_bare(call.operation)))


def _effect(route: Route, operation: Operation, incoming: Incoming, sent: Sent, step: BoundStep) -> SendRequest:
    """Return a client's request as a run would send it for a step."""
    url = f"{HOST}{route.path}" + (f"?{incoming.query}" if incoming.query else "")
    request = Request(operation.method, url, incoming.headers, incoming.body or None)
    return SendRequest(Ticket(0), request, (step.step_id,), step, scope_of(step, sent))


def described_status(operation: Operation, status: int) -> bool:
    """Tell whether an operation declares a status by itself; its class and `default` are too vague to be meant."""
    return str(status) in operation.responses


def _bare(operation: Operation, status: int | None = None) -> BoundStep:
    """Return a step that calls the operation and wants nothing of the answer but its status."""
    checks = () if status is None else (_is_status(status),)
    return BoundStep(_name(operation), OperationCall(operation), checks)


def _is_status(status: int) -> Check:
    criterion = Criterion(f"$statusCode == {status}", ())
    check = compile_criterion(criterion, Dialect(v1_1=True)).check
    assert check is not None, "a sound condition"
    return check


def _name(operation: Operation) -> str:
    return operation.operation_id or f"{operation.method} {operation.path}"


def _status_of(operation: Operation, breaches: tuple[Told, ...]) -> int:
    """Return the status for a breach: the one that the operation declares for it, else 400 (415 for a wrong type)."""
    if any(each.code == CONTENT_TYPE for each in breaches) and not described_status(operation, 400):
        return 415
    declared = (status for status in (400, 422) if described_status(operation, status))
    return next(declared, 400)


def _unrouted(incoming: Incoming, route: NoRoute) -> Reply:
    where = incoming.path
    if route.allowed:
        methods = dict.fromkeys((*route.allowed, *(["HEAD"] if "GET" in route.allowed else []), "OPTIONS"))
        allow = [("allow", ", ".join(methods))]
        if incoming.method == "OPTIONS":
            return Reply(204, tuple(allow))
        detail = f"{where} takes {', '.join(route.allowed)}, not {incoming.method}"
        return problem(405, "no such method", detail, headers=allow)
    near = f"; did you mean {' or '.join(route.near)}?" if route.near else ""
    return problem(404, "no such path", f"no operation has the path {where}{near}", more={"near": [*route.near]})


def _bodies_with(found: Response, said: dict[str, JSON]) -> list[bytes]:
    """Return the body with what is said put in, as far as it has no members of that name."""
    if not is_json(found.header("content-type") or ""):
        return []
    try:
        value = json.loads(found.body)
    except ValueError:
        return []
    if not isinstance(value, dict):
        return []
    texts = {name: said["detail"] for name in ("detail", "message") if isinstance(value.get(name), str)}
    titled = {"title": said["title"], **texts} if isinstance(value.get("title"), str) else texts
    ways = [{**said, **value, **titled}, {**value, **titled}, {**value, **texts}]
    return [json.dumps(way).encode() for way in ways]


def _served(fields: tuple[tuple[str, str], ...], route: Route, incoming: Incoming) -> list[tuple[str, str]]:
    """Return fields with a Location that the client can follow: at the server, below the base path that it called."""
    base = incoming.path.removesuffix(route.path) if incoming.path.endswith(route.path) else ""
    authority = incoming.header("host") or urlsplit(HOST).netloc
    found: list[tuple[str, str]] = []
    for name, text in fields:
        if name.lower() == "location" and text.startswith(f"{HOST}/"):
            text = f"http://{authority}{base}{text.removeprefix(HOST)}"
        elif name.lower() == "location" and text.startswith(f"{route.path}/"):
            text = base + text
        found.append((name, text))
    return found


def _latin(text: str) -> str:
    return text.encode("latin-1", "replace").decode("latin-1")


def without_body(method: str, status: int) -> bool:
    """Tell whether an answer to a request of that method has no body on the wire."""
    return not carries_body(method, status)
