"""What must not be shown, decided in one place.

Two rules. *By field*: the value of a member, header, query parameter, input or output whose name says that it is a
secret (`names`, `members`), or whose schema says so (`marks`), or that a secret was put in, is replaced whole, however
short. *By value*: a value that is known to be a secret (a credential, an input marked `format: password`, a token that
an answer brought) is replaced wherever it turns up: raw, in base64 (also inside `user:password`), percent-encoded,
JSON- or HTML-escaped, twice over if need be, and cut to eight characters or more (`search`, `needles`, `escapes`).
Values shorter than eight characters would tear holes into ordinary text, so they are hidden by field, and where they
are the whole of a text or of a field (`fields`).

Hiding too much is a nuisance, hiding too little is a leak: where secrets overlap, or one stands in a run of escapes,
the whole is replaced.
"""

from arazzo_runner.redact.names import REDACTED, STAND_IN, is_secret_name, is_stand_in
from arazzo_runner.redact.needles import MIN_SEARCHED
from arazzo_runner.redact.redactor import MAX_SEARCHED_BODY, Redactable, Redactor
from arazzo_runner.redact.search import MAX_LEARNT

__all__ = [
    "MAX_LEARNT", "MAX_SEARCHED_BODY", "MIN_SEARCHED", "REDACTED", "STAND_IN", "Redactable", "Redactor",
    "is_secret_name", "is_stand_in",
]  # fmt: skip
