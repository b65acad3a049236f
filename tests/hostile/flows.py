"""Workflows without an end, answers that blow up, and payloads that are too large."""

from __future__ import annotations

import json
from typing import Any

from arazzo_runner.engine.outcomes import Response
from tests.hostile.cases import (
    Answers,
    Case,
    Ends,
    Fails,
    Refused,
    Stopped,
    criterion,
    one_answer,
    step,
    workflow,
)

DEEP = 10_000
FAILS = one_answer(None, "text/plain")
BILLION = 1_000_000_000


def retry(**members: Any) -> list[dict[str, Any]]:
    return [{"name": "again", "type": "retry", **members}]


def goto(**members: Any) -> list[dict[str, Any]]:
    return [{"name": "on", "type": "goto", **members}]


def no() -> list[dict[str, str]]:
    return [{"condition": "$statusCode == 500"}]


def asked_to_wait(value: str) -> Answers:
    return lambda: (Response(429, (("Retry-After", value),)),)


FLOWS = (
    Case(
        "a billion retries",
        Stopped("max_steps"),
        lambda: [workflow(step(successCriteria=no(), onFailure=retry(retryLimit=BILLION)))],
    ),
    Case(
        "a billion retries with a wait of ages each",
        Stopped("max_steps"),
        lambda: [workflow(step(successCriteria=no(), onFailure=retry(retryLimit=BILLION, retryAfter=1e300)))],
    ),
    Case(
        "a billion waits that the server asks for",
        Stopped("max_steps"),
        lambda: [workflow(step(onFailure=retry(retryLimit=BILLION)))],
        asked_to_wait("9" * 90),
    ),
    Case(
        "a wait until the end of days",
        Stopped("max_steps"),
        lambda: [workflow(step(onFailure=retry(retryLimit=BILLION)))],
        asked_to_wait("Fri, 31 Dec 9999 23:59:59 GMT"),
    ),
    Case(
        "a retry limit beyond all integers",
        Stopped("max_steps"),
        lambda: [workflow(step(successCriteria=no(), onFailure=retry(retryLimit=10**300)))],
    ),
    Case("a goto to itself", Stopped("max_steps"), lambda: [workflow(step(onSuccess=goto(stepId="s")))]),
    Case(
        "two steps that go to each other",
        Stopped("max_steps"),
        lambda: [workflow(step("a", onSuccess=goto(stepId="b")), step("b", onSuccess=goto(stepId="a")))],
    ),
    Case(
        "a goto of a workflow to itself",
        Stopped("max_depth"),
        lambda: [workflow(step(onSuccess=goto(workflowId="w")))],
    ),
    Case(
        "a workflow that calls itself",
        Stopped("max_depth"),
        lambda: [workflow(step(), {"stepId": "call", "workflowId": "w"})],
    ),
    Case(
        "workflows that call each other twice",
        Stopped("max_depth"),
        lambda: [
            workflow(*[{"stepId": f"c{number}", "workflowId": "v"} for number in range(2)]),
            workflow(*[{"stepId": f"c{number}", "workflowId": "w"} for number in range(2)], workflow_id="v"),
        ],
    ),
    Case(
        "calls that double at each level",
        Stopped("max_steps"),
        lambda: (
            [
                workflow(
                    *[{"stepId": f"c{number}", "workflowId": f"w{level + 1}"} for number in range(2)],
                    workflow_id=f"w{level}",
                )
                for level in range(30)
            ]
            + [workflow(step(), workflow_id="w30")]
        ),
    ),
    Case(
        "workflows that depend on each other",
        Refused("dependency-circle", "w -> v -> w"),
        lambda: [workflow(step(), dependsOn=["v"]), workflow(step(), workflow_id="v", dependsOn=["w"])],
    ),
    Case(
        "retries that refer to each other",
        Stopped("max_depth"),
        lambda: [
            workflow(
                step("a", successCriteria=no(), onFailure=retry(stepId="b", retryLimit=BILLION)),
                step("b", successCriteria=no(), onFailure=retry(stepId="a", retryLimit=BILLION)),
            )
        ],
    ),
    Case(
        "a retry that runs its own workflow",
        Stopped("max_depth"),
        lambda: [workflow(step(successCriteria=no(), onFailure=retry(workflowId="w", retryLimit=BILLION)))],
    ),
    Case(
        "5,000 steps",
        Stopped("max_steps"),
        lambda: [workflow(*[step(f"s{number}") for number in range(5_000)])],
        slow=True,
    ),
    Case(
        "a timeout beyond all clocks",
        Ends(succeeded=True),
        lambda: [workflow(step(timeout=10**300))],
    ),
)


def nested(depth: int, opening: str = "[", closing: str = "]") -> str:
    return opening * depth + "1" + closing * depth


def payload(value: Any) -> list[dict[str, Any]]:
    return [workflow({"stepId": "s", "operationId": "z", "requestBody": {"payload": value}})]


def deep_document() -> str:
    return "arazzo: 1.0.1\nx: " + nested(DEEP)


def aliases() -> str:
    lines = ["arazzo: 1.0.1", "a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{level}: &a{level} [" + ", ".join([f"*a{level - 1}"] * 10) + "]" for level in range(1, 12)]
    return "\n".join(lines)


def doubling(payload: Any) -> list[dict[str, Any]]:
    """Each step sends twice what the step before has sent."""
    steps = [{"stepId": "s0", "operationId": "z", "requestBody": {"payload": "x" * 1_000}}]
    for number in range(1, 40):
        written = json.dumps(payload).replace("%s", f"s{number - 1}")
        steps.append({"stepId": f"s{number}", "operationId": "z", "requestBody": {"payload": json.loads(written)}})
    return [workflow(*({**each, "outputs": {"o": "$request.body"}} for each in steps))]


ANSWERS = (
    *(
        Case(
            f"an answer of {depth:,} {named} in each other",
            Ends(succeeded=True, words="deep in each other"),
            lambda: [
                workflow(
                    step(
                        successCriteria=[{"condition": "$response.body == $response.body"}],
                        outputs={"body": "$response.body", "text": "{$response.body}"},
                    ),
                    outputs={"body": "$steps.s.outputs.body"},
                )
            ],
            one_answer(nested(depth, opening, closing), "application/json"),
        )
        for depth in (980, 990, DEEP, 100_000)
        for named, opening, closing in (("arrays", "[", "]"), ("objects", '{"a":', "}"))
    ),
    Case(
        "an answer as deep as is read, compared with itself",
        Ends(succeeded=True),
        criterion("simple", lambda: "$response.body == $response.body"),
        one_answer(nested(256), "application/json"),
    ),
    Case(
        "an answer of a million small values",
        Ends(succeeded=True),
        criterion("simple", lambda: "$response.body == $response.body"),
        one_answer("[" + ",".join("1" * 1_000_000) + "]", "application/json"),
        slow=True,
    ),
    Case(
        "a million small values against a query",
        Fails("max_query_steps"),
        criterion("jsonpath", lambda: "$..*"),
        one_answer("[" + ",".join(["[1]"] * 600_000) + "]", "application/json"),
        slow=True,
    ),
    Case(
        "a number of a million digits",
        Ends(succeeded=True, words="it is read as text"),
        criterion("simple", lambda: "$response.body != null"),
        one_answer("9" * 1_000_000, "application/json"),
    ),
    Case(
        "a number of 4,000 digits",
        Ends(succeeded=True),
        criterion("simple", lambda: "$response.body > 1 && $response.body != 1.5 && $response.body != '1e400'"),
        one_answer("9" * 4_000, "application/json"),
    ),
    Case(
        "a body in punycode",
        Ends(succeeded=True),
        criterion("simple", lambda: "$response.body != null"),
        one_answer("a-" + "b" * 2_000_000, "text/plain; charset=punycode"),
    ),
)

XML_BOMB = (
    '<!DOCTYPE a [<!ENTITY b0 "ha">'
    + "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 12))
    + "]><a>&b11;</a>"
)
QUADRATIC = f'<!DOCTYPE a [<!ENTITY b "{"x" * 100_000}">]><a>{"&b;" * 100_000}</a>'
EXTERNAL = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
REMOTE = '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>'
PARAMETER = '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1:9/b"> %b;]><a/>'
NO_DTD = "document type declaration is not read"


def markup(name: str, text: str, words: str, condition: str = "/a", *, slow: bool = False) -> tuple[Case, ...]:
    return tuple(
        Case(
            f"{name}, {version}",
            Fails(words),
            criterion("xpath", lambda: condition, version=version),
            one_answer(text, "application/xml"),
            slow=slow,
        )
        for version in ("xpath-10", "xpath-31")
    )


MARKUP = (
    *markup("XML that laughs a billion times", XML_BOMB, "no well-formed XML"),
    *markup("XML that grows with the square", QUADRATIC, "no well-formed XML"),
    *markup("XML with an external entity", EXTERNAL, NO_DTD),
    *markup("XML with an external declaration", REMOTE, NO_DTD),
    *markup("XML with an external parameter", PARAMETER, NO_DTD),
    *markup("XML 10,000 deep", "<a>" * DEEP + "</a>" * DEEP, "no well-formed XML"),
    *markup("XML with a name of 9 MB", "<" + "a" * 9_000_000 + "/>", "no well-formed XML"),
    *markup("XML of 11 MB", "<a>" + "x" * 11_000_000 + "</a>", "max_document_length"),
    *markup("XML of a million nodes", "<a>" + "<b/>" * 1_000_000 + "</a>", "max_document_nodes", "//*[b]"),
    *markup("XML with a million attributes", "<a>" + "<b c='1' d='2'/>" * 300_000 + "</a>", "max_document_nodes"),
)

PAYLOADS = (
    Case("a document 10,000 deep", Refused("syntax-too-deep", "256 deep"), text=deep_document),
    Case("a document of ten to the twelfth aliases", Refused("syntax-too-many-values", ""), text=aliases),
    Case("a document of 10,000 open brackets", Refused("syntax-too-deep", ""), text=lambda: "arazzo: 1.0.1\nx: " + "[" * DEEP),
    Case("a payload 200 deep", Refused("expression-malformed", "nested deeper than 100 levels"), lambda: payload(_nested(200))),
    Case("a payload of JSON text 10,000 deep", Ends(succeeded=True), lambda: payload(nested(DEEP))),
    Case("a template of 300 KB", Ends(succeeded=False, words="no request"), lambda: payload("{$url}{$statusCode" * 16_000), slow=True),
    Case("a template of 500 KB of expressions", Ends(succeeded=True), lambda: payload("{$inputs.a}" * 50_000), slow=True),
    Case("texts that double 40 times", Ends(succeeded=False, words="max_filled_characters"), lambda: doubling("{$steps.%s.outputs.o}{$steps.%s.outputs.o}"), slow=True),
    Case("objects that double 40 times", Ends(succeeded=False, words="max_filled_values"), lambda: doubling({"a": "$steps.%s.outputs.o", "b": "$steps.%s.outputs.o"}), slow=True),
)  # fmt: skip


def _nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


ALL_FLOWS = (*FLOWS, *ANSWERS, *MARKUP, *PAYLOADS)
