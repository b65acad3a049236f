from __future__ import annotations

from pathlib import Path

import pytest

from arazzo_runner.api import execute, load, prepare, preview
from arazzo_runner.api.options import Options
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import Response
from arazzo_runner.errors import InputsError
from arazzo_runner.preview import Preview, StepPreview
from arazzo_runner.values import Value
from tests.api.documents import write
from tests.preview.documents import prepared

LIST = "{$steps.login.outputs.list}"


def steps(found: Preview) -> dict[str, StepPreview]:
    return {" > ".join(step.path): step for step in found.steps}


def sent(step: StepPreview) -> Request:
    assert step.request is not None, step.reason
    return step.request


@pytest.fixture
def shop(tmp_path: Path) -> dict[str, StepPreview]:
    return steps(preview(prepared(tmp_path, "shop"), {"user": "ann", "count": 3}))


class Answering:
    """A transport that gives the same answer to everything, and keeps what was asked."""

    def __init__(self) -> None:
        self.requests: list[Request] = []

    def send(self, request: Request, deadline: float) -> Response:
        self.requests.append(request)
        return Response(200, (("Content-Type", "application/json"),), b"{}")


INPUTS: dict[str, Value] = {"text": "näh\n\"q\" $x `y` 'z'", "file": b"\x00\xff'\\%1 \r\n\x1b[0m"}


def test_what_is_shown_is_what_is_sent_byte_for_byte(tmp_path: Path) -> None:
    ready = prepared(tmp_path, "known")
    world = Answering()
    result = execute(ready, INPUTS, transport=world)
    assert result.succeeded, result.reason
    found = preview(ready, INPUTS)
    assert [step.request for step in found.steps] == world.requests
    assert len(world.requests) == 6
    assert not any(step.placeholders for step in found.steps)


def test_credentials_are_put_in_and_hidden(tmp_path: Path) -> None:
    ready = prepared(tmp_path, "shop", auth=("key=k1",))
    step = preview(ready, {"user": "ann", "count": 3}).steps[0]
    assert sent(step).url.endswith("/login?api_key=k1")
    assert step.shown is not None
    assert step.shown.url.endswith("/login?api_key=[redacted]")
    assert "k1" not in repr(step)
    shown = preview(prepared(tmp_path, "shop", auth=("key=k1",), show_secrets=True), {"user": "a", "count": 3}).steps[0]
    assert shown.shown is not None
    assert shown.shown.url.endswith("api_key=k1")


def test_a_token_that_would_be_fetched_first_is_a_placeholder(tmp_path: Path) -> None:
    ready = prepared(tmp_path, "known", auth=("login.client_id=me", "login.client_secret=sesame-sesame"))
    step = steps(preview(ready, INPUTS))["parts"]
    assert sent(step).header("authorization") == "Bearer {token of login}"
    assert step.shown is not None
    assert step.shown.header("authorization") == "Bearer {token of login}"
    assert step.placeholders == ("{token of login}",)


def test_what_only_an_answer_gives_is_a_placeholder(shop: dict[str, StepPreview]) -> None:
    request = sent(shop["search"])
    assert request.header("authorization") == "{$steps.login.outputs.auth}"
    path, _, query = request.url.partition("?")
    assert path == "https://api.example.com/v1/search/{$steps.login.outputs.list#/0/id}"
    assert query.split("&") == ["number=3", f"deep={LIST}", f"ids={LIST}", f"filter={LIST}", "who=a%26ann"]


def test_a_placeholder_shows_under_a_secret_name(shop: dict[str, StepPreview]) -> None:
    for name in ("search", "confirm", "picked", "pay > charge"):
        step = shop[name]
        assert step.shown is not None
        request = sent(step)
        assert (step.shown.url, step.shown.headers, step.shown.body) == (request.url, request.headers, request.body), (
            name
        )
        assert step.placeholders


def test_bodies_keep_their_form(shop: dict[str, StepPreview]) -> None:
    assert sent(shop["confirm"]).body == b'{"receipt": "{$steps.pay.outputs.receipt}", "text": "for ann"}'
    assert sent(shop["whole"]).body == LIST.encode()
    assert sent(shop["pay > charge"]).body == b'{"amount":"{$steps.search.outputs.first}"}'
    picked = "id={$steps.login.outputs.list $[0].id}&token={$steps.login.outputs.token}"
    assert sent(shop["picked"]).body == picked.encode()


def test_called_workflows_come_after_their_step(shop: dict[str, StepPreview]) -> None:
    assert list(shop) == ["login", "search", "pay", "pay > charge", "confirm", "whole", "picked"]
    assert shop["pay"].calls == "payment"
    assert shop["pay > charge"].workflow == "payment"
    assert sent(shop["pay > charge"]).header("authorization") == "Bearer {$steps.login.outputs.token}"


def test_an_optional_input_leaves_no_trace(shop: dict[str, StepPreview]) -> None:
    assert b"note" not in (sent(shop["login"]).body or b"")


def test_a_secret_input_is_hidden_and_in_the_clear(shop: dict[str, StepPreview]) -> None:
    step = shop["login"]
    assert b"hunter2-hunter2" in (sent(step).body or b"")
    assert step.shown is not None
    assert b"hunter2" not in (step.shown.body or b"")


def test_missing_inputs_are_placeholders_and_named(tmp_path: Path) -> None:
    found = preview(prepared(tmp_path, "shop"), {"user": "ann"})
    assert found.missing == ("count",)
    assert "number={$inputs.count}" in sent(steps(found)["search"]).url


@pytest.mark.parametrize(
    ("inputs", "told"), [({"count": "x"}, "must be an integer"), ({"count": True, "user": "a"}, "must be an integer")]
)
def test_an_input_that_does_not_fit_is_refused_as_in_a_run(tmp_path: Path, inputs: dict[str, Value], told: str) -> None:
    with pytest.raises(InputsError, match=told):
        preview(prepared(tmp_path, "shop"), inputs)


def test_inputs_of_a_workflow_that_runs_before(tmp_path: Path) -> None:
    found = preview(prepared(tmp_path, "after"), {}, inputs_for={"payment": {"amount": 5}})
    assert found.missing == ()
    assert [sent(step).body for step in found.steps] == [b'{"amount":5}', b"{$workflows.payment.outputs.receipt} of 5"]
    assert preview(prepared(tmp_path, "after")).missing == ("payment:amount",)
    with pytest.raises(InputsError, match="no workflow 'paymant'"):
        preview(prepared(tmp_path, "after"), {}, inputs_for={"paymant": {}})


def test_a_workflow_that_calls_itself_is_shown_once(tmp_path: Path) -> None:
    (step,) = preview(prepared(tmp_path, "circle")).steps
    assert (step.calls, step.request) == ("circle", None)
    assert "is being shown already" in step.reason


def test_an_input_that_is_needed_and_not_required_is_missing_too(tmp_path: Path) -> None:
    found = preview(prepared(tmp_path, "stuck"))
    (step,) = found.steps
    assert found.missing == ("id",)
    assert sent(step).url == "https://api.example.com/v1/search/{$inputs.id}"


LATER = """\
- workflowId: late
  steps:
  - stepId: a
    operationId: item
    parameters: [{name: id, in: path, value: $steps.b.outputs.id}]
  - {stepId: b, operationId: list, outputs: {id: $response.body#/id}}
"""


def test_a_step_that_a_run_could_not_build_has_the_same_reason(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_text(path.read_text("utf-8") + LATER, "utf-8")
    ready = prepare(load(path), "late", Options())
    step = preview(ready).steps[0]
    ended = execute(ready, {}, transport=Answering())
    assert step.request is None
    assert step.reason == ended.steps[0].reason != ""
    assert step.span is not None


def test_the_budget_of_a_run_bounds_what_is_shown(tmp_path: Path) -> None:
    found = preview(prepared(tmp_path, "known", max_steps=2), INPUTS)
    assert len(found.steps) == 2
    assert "--max-steps" in found.cut


GOTO = """\
- workflowId: back
  steps:
  - stepId: a
    operationId: item
    parameters: [{name: id, in: path, value: $steps.b.outputs.id}]
  - stepId: b
    operationId: list
    outputs: {id: $response.body#/id, self: $url, method: $method}
    onSuccess: [{name: back, type: goto, stepId: a}]
  - stepId: c
    operationId: item
    parameters: [{name: id, in: path, value: $steps.b.outputs.self}, {name: q, in: query, value: $steps.b.outputs.method}]
"""


def test_what_a_later_step_gives_is_a_placeholder_where_an_action_leads_back(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_text(path.read_text("utf-8") + GOTO, "utf-8")
    found = steps(preview(prepare(load(path), "back", Options())))
    assert sent(found["a"]).url == "https://eu.nowhere.invalid/items/{$steps.b.outputs.id}"
    assert sent(found["c"]).url == "https://eu.nowhere.invalid/items/https%3A%2F%2Feu.nowhere.invalid%2Fitems?q=GET"


BODIES = """\
- workflowId: bodies
  steps:
  - {stepId: get, operationId: list, outputs: {all: $response.body, doc: $response.body#/doc}}
  - stepId: parts
    operationId: send
    requestBody: {contentType: multipart/form-data, payload: $steps.get.outputs.all}
  - stepId: replaced
    operationId: send
    requestBody:
      contentType: application/json
      payload: $steps.get.outputs.all
      replacements: [{target: /a, value: 1}]
  - stepId: into
    operationId: send
    requestBody:
      contentType: application/json
      payload: {a: {}, b: 1}
      replacements: [{target: /a, value: '$steps.get.outputs.all#/x'}, {target: '/{$steps.get.outputs.doc#/name}', value: 2}]
  - stepId: xml
    operationId: send
    requestBody: {contentType: application/xml, payload: '<a b="{$steps.get.outputs.doc}">{$steps.get.outputs.doc#/x}</a>'}
  - stepId: file
    operationId: send
    requestBody: {contentType: multipart/form-data, payload: {f: $steps.get.outputs.doc, n: 1}}
"""
SEND = """\
  /send:
    post:
      operationId: send
      requestBody: {content: {application/json: {}, application/xml: {}, multipart/form-data: {}}}
      responses: {'200': {description: ok}}
"""


def test_bodies_that_are_made_of_answers(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_text(path.read_text("utf-8") + BODIES, "utf-8")
    described = tmp_path / "openapi.yaml"
    described.write_text(described.read_text("utf-8") + SEND, "utf-8")
    found = steps(preview(prepare(load(path), "bodies", Options())))
    for name in ("parts", "replaced"):
        assert found[name].reason == "its body is made of {$steps.get.outputs.all}, which is not known before the run"
    into = b'{"a":"{$steps.get.outputs.all#/x}","b":1,"{$steps.get.outputs.doc#/name}":2}'
    assert sent(found["into"]).body == into
    assert sent(found["xml"]).body == b'<a b="{$steps.get.outputs.doc}">{$steps.get.outputs.doc#/x}</a>'
    assert b"{$steps.get.outputs.doc}\r\n" in (sent(found["file"]).body or b"")


@pytest.mark.parametrize(("level", "sends"), [("warn", True), ("fail", False)])
def test_a_request_that_breaks_the_contract_is_told(tmp_path: Path, level: str, sends: bool) -> None:
    ready = prepared(tmp_path, "stuck", check_level=level)
    (step,) = preview(ready, {"id": "seven"}).steps
    ended = execute(ready, {"id": "seven"}, transport=Answering())
    assert (step.request is not None) is sends is bool(ended.requests)
    told = "\n".join((step.reason, *step.remarks))
    assert 'is not of type "integer"' in told
    (unknown,) = preview(prepared(tmp_path, "stuck", check_level=level, check="none"), {"id": "seven"}).steps
    assert unknown.remarks == ()
    (fits,) = preview(ready, {"id": "7"}).steps
    assert (fits.remarks, fits.reason) == ((), "")
