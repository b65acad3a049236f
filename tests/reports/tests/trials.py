"""Tests of every kind, for the reports of them."""

from arazzo_runner.coverage.reasons import Reason
from arazzo_runner.coverage.trials import Failure, Seen, Trial, Trials, TriedDocument, Unwalked

SCHEMA = Failure(
    Reason.SCHEMA,
    "they contradict each other",
    "a.yml:5:7",
    "correct one",
    Reason.SCHEMA.value,
    ("call", "pay"),
    "pay-flow",
    (Seen("$response.body#/a == 'x'", (("$response.body#/a", '"y"'),)), Seen("$b == 1", (), "no $b")),
)
REFUSED = Failure(Reason.REFUSED, "no operation \x1b[1m'x'", "a.yml:9:1", "known: 'y'", "operation-unknown")
LED = Failure(Reason.ANSWER, "it failed", run=2, wishes=("pay=failure",))
TRIALS = Trials(
    (
        TriedDocument(
            "a.yml",
            (
                Trial("good", (), 1, 2, 4, 2, (), "0123456789abcdef", 0.25, breaches=("the body is no object",)),
                Trial("bad", (SCHEMA,), 1, 1, 2, 1, (), "0123456789abcdef", 0.5),
                Trial("refused", (REFUSED,)),
                Trial("led", (LED,), 3, 5, 4, 3, (Unwalked("pay.never", "a.yml:7:3", "no way leads there"),)),
            ),
        ),
        TriedDocument("gone.yml", problem="there is no such file"),
        TriedDocument("dead.yml", failures=(Failure(Reason.CRASH, "the process ended", help="report it"),)),
    ),
    seconds=1.5,
)
