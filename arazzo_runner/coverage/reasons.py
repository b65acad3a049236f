"""Why a workflow that was tested failed: the closed list, with what each reason means and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final


class Reason(Enum):
    """Why a tested workflow failed; the value is the code in every report."""

    REFUSED = "refused"
    SCHEMA = "criterion-contradicts-schema"
    LATER = "use-contradicts-schema"
    NO_INSTANCE = "no-instance"
    ITSELF = "document-contradicts-itself"
    VALUE = "value-missing"
    REQUEST = "request-impossible"
    CONTRACT = "contract-breach"
    BUDGET = "budget-spent"
    GAVE_UP = "invention-gave-up"
    INPUTS = "inputs-unfit"
    ANSWER = "criterion-failed"
    NO_ANSWER = "no-answer"
    ENDED = "workflow-failed"
    DRIFT = "drift"
    TIME = "time-limit"
    CRASH = "crash"

    @property
    def is_contradiction(self) -> bool:
        """Whether the document, or it and the API description, can't be as they say: no answer at all would do."""
        return self in CONTRADICTIONS


CONTRADICTIONS: Final = frozenset({Reason.SCHEMA, Reason.LATER, Reason.NO_INSTANCE, Reason.ITSELF, Reason.VALUE})
"""The reasons that lie in what was written, and in nothing that was sent or answered."""

MEANINGS: Final[Mapping[Reason, str]] = {
    Reason.REFUSED: "a finding of severity error: the workflow can't run as it stands",
    Reason.SCHEMA: "a success criterion wants an answer that the API description forbids",
    Reason.LATER: "a later step uses a part of an answer for which its schema has no room",
    Reason.NO_INSTANCE: "no value satisfies the schema of the answer",
    Reason.ITSELF: "the criteria of a step exclude each other, or what they compare is known before the answer",
    Reason.VALUE: "a request needs a value, and what it reads it from finds nothing",
    Reason.REQUEST: "a request can't be written: a value has no form where it is to go",
    Reason.CONTRACT: "a request or an answer does not fit the API description",
    Reason.BUDGET: "a limit of the run was reached, mostly in a loop",
    Reason.GAVE_UP: "the mock found no answer within its own limits",
    Reason.INPUTS: "the inputs do not fit the schema of the workflow",
    Reason.ANSWER: "an answer is not what a success criterion asks for",
    Reason.NO_ANSWER: "no answer came",
    Reason.ENDED: "the workflow ended in failure, and no step alone is to blame: an action ended it, say",
    Reason.DRIFT: "a recorded run that is replayed sends something else now, or gives something else",
    Reason.TIME: "the test of the workflow took too long, and was ended",
    Reason.CRASH: "a fault of arazzo itself",
}
"""What each reason means."""

HELP: Final[Mapping[Reason, str]] = {
    Reason.REFUSED: "correct the document; 'arazzo validate' shows all of it",
    Reason.SCHEMA: "correct the criterion, or the schema if the API does answer so",
    Reason.LATER: "read a part that the schema has, or correct the schema if the API does answer so",
    Reason.NO_INSTANCE: "correct the schema: nothing that the API could answer fits it",
    Reason.ITSELF: "correct the criteria: no answer at all satisfies them",
    Reason.VALUE: "correct what the value is read from, or give the input that it comes from (-i NAME=VALUE)",
    Reason.REQUEST: "give the value in a form that the content type or the parameter has",
    Reason.CONTRACT: "correct what the step sends, or the description; --check-level warn makes it a warning",
    Reason.BUDGET: "see that the loop comes to an end, or allow more (--max-steps N)",
    Reason.GAVE_UP: "the answer may exist: another --seed, or an example in the API description, may lead to it",
    Reason.INPUTS: "give what fits (-i NAME=VALUE, --inputs FILE)",
    Reason.ANSWER: "correct the values that are sent, or the condition",
    Reason.NO_ANSWER: "check the server and the network, or name another server (--server URL)",
    Reason.ENDED: "see the actions of the workflow: one of them ends it",
    Reason.DRIFT: "correct the document; where the change is meant, record the run again (arazzo run --journal)",
    Reason.TIME: "allow more time (--time-limit SECONDS), or test the workflow alone (--workflow ID)",
    Reason.CRASH: "please report it, with the document",
}
"""What to do about each, where nothing nearer is known."""
