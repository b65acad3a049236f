"""Comparisons of every kind, for the reports of them."""

from pathlib import Path

from arazzo_runner.engine.events import ActionChosen
from arazzo_runner.engine.outcomes import Failed, FailureKind
from arazzo_runner.engine.result import Judged, Status
from arazzo_runner.journal.comparison import Comparison, compare
from tests.journal.comparison.journals import Done, Step, answer, journal, request

HOSTILE = "</script><script>alert(1)</script>\x1b[31m\u202e'\"&"
STAND_IN = "arazzoStandIn{}n0z"
AGAIN = ActionChosen(("get",), "again", "retry")
SECRET = (("Authorization", f"Bearer {STAND_IN.format('0' * 16)}"),)

LEFT = journal(
    Step("login", (Done(request("POST", json={"user": "ada"}), answer(json={"id": 1})),)),
    Step(
        "get",
        (
            Done(request(headers=SECRET), answer(503), (Judged("$statusCode == 200", False),), AGAIN),
            Done(request(headers=SECRET), answer(json={"items": [1, 2, 3]})),
        ),
        outputs={"count": 3},
    ),
    Step("old"),
    path=Path("left.ndjson"),
    inputs={"name": "ada"},
    outputs={"id": 1},
)
RIGHT = journal(
    Step("login", (Done(request("POST", json={"user": "ada"}), answer(json={"id": 1})),)),
    Step(
        "get",
        (Done(request(url="https://api.example.com/b?page=2", headers=SECRET), answer(json={"items": [1, 3]})),),
        outputs={"count": 2},
    ),
    Step("new/inner", (Done(request(), Failed(FailureKind.RESET, "gone")),), Status.FAILED, "no answer: gone"),
    path=Path("right.ndjson"),
    inputs={"name": "bob"},
    warnings=("look here",),
    runner="2",
)
STRANGE = journal(
    Step(HOSTILE, (Done(request(HOSTILE, f"https://{HOSTILE}", body=HOSTILE.encode()), answer(json=HOSTILE)),)),
    path=Path(HOSTILE),
    inputs={HOSTILE: HOSTILE},
    workflow=HOSTILE,
    warnings=(HOSTILE,),
)
MANY = journal(*(Step("get", (Done(request(), answer(json=at)),)) for at in range(30)))

DIFFERENT = compare(LEFT, RIGHT)
COMPARISONS: dict[str, Comparison] = {
    "different": DIFFERENT,
    "same": compare(LEFT, LEFT),
    "empty": compare(journal(), journal(ended=False)),
    "hostile": compare(STRANGE, RIGHT),
    "many": compare(MANY, journal(*(Step("get") for _ in range(31)))),
}
