"""Readiness made by hand, with one of each kind of fact."""

from __future__ import annotations

from arazzo_runner.diagnostics import Span, error, warning
from arazzo_runner.reports.doctor.readiness import (
    CredentialFact,
    InputFact,
    Obstacle,
    Readiness,
    ServerFact,
    SourceFact,
    StepFact,
    VariableFact,
    WantFact,
    WorkflowFact,
)
from arazzo_runner.sources.security import Want

KEY = Want("shop", "key", "API key in the header 'X-Key'", ("ARAZZO_AUTH_SHOP_KEY_API_KEY",), "--auth key=KEY")
ODD = Want("shop", "odd", "http negotiate", unsupported="security schemes of type http negotiate are not supported")
COMMAND = ("arazzo", "run", "my flow.yml", "--workflow", "buy", "-i", "id=...")
MOCK = (*COMMAND[:5], "--mock", "-i", "id=7")
BUY = WorkflowFact(
    "buy",
    "Buys a thing.",
    (StepFact("buy", "get", "shop", "GET", "/items"), StepFact("buy", "call", calls="look"), StepFact("look", "a", problem="no operation 'x'", remedy="did you mean 'y'?")),
    (
        CredentialFact(("get",), ((WantFact(KEY, KEY.flag),), (WantFact(ODD),), ())),
        CredentialFact(("a",), ((WantFact(KEY, KEY.flag, "--auth key"),), (WantFact(ODD),))),
        CredentialFact(("b",), (), (("header", "X-Key"),)),
    ),
    (("shop.example", "the description came from the network"),),
    (
        InputFact("id", ("integer",), True, False, description="which one"),
        InputFact("pin", ("string",), True, True, has_default=True),
        InputFact("size", ("string",), False, False, has_default=True, default="S", choices=("S", "M")),
        InputFact("what", ("string",), True, False, "look", has_example=True, example="cup"),
        InputFact("hub", ("string",), True, False, given_by="ARAZZO_INPUT_HUB"),
        InputFact("note", ("string",), False, False),
    ),
    True,
    ("shop",),
    (
        error("operation-unknown", "there is no operation 'x'", Span("file:///f.yml", 3, 5, 3, 6, "f.yml"), "did you mean 'y'?"),
        warning("reading-P1", "not shown"),
    ),
    (Obstacle("no credential 'nix'", "known: 'key'"),),
    COMMAND,
    MOCK,
    runs=False,
)  # fmt: skip
LOOK = WorkflowFact("look", steps=(StepFact("look", "a", "shop", "GET", "/items"),), command=COMMAND, mock_command=MOCK)
FACTS = Readiness(
    "my flow.yml",
    "Shop flows",
    "2",
    "1.0.1",
    "ci of arazzo.toml",
    (
        SourceFact("shop", "api.yml", "openapi", "3.1", "other/api.yml", "its file's name", 4),
        SourceFact("flows", "f.yml", "arazzo", "1.0.1", "f.yml", size=1, holder="outer.yml"),
        SourceFact("gone", "gone.yml", problem="there is no such file", remedy="give it: --source gone=FILE-or-URL"),
    ),
    (
        ServerFact(
            "shop",
            "https://{region}.example",
            "https://eu.example",
            "the API description",
            (VariableFact("region", "eu", "default", ("eu", "us")), VariableFact("stage", None, "default")),
            "http://proxy:1",
            True,
        ),
        ServerFact("other", "/v1", "", "the API description", problem="it is relative", remedy="--server other=URL"),
        ServerFact("named", "/v1", "http://localhost:1", "--server"),
    ),
    (BUY,),
)
