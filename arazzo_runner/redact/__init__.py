"""What must not be shown, decided in one place.

Two rules. *By name*: the value of a member, header, query parameter, input or output whose name says that it is a
secret (`names`) is replaced whole, however short. *By value*: a value that is known to be a secret (a credential, an
input marked `format: password`, a token that an answer brought) is replaced wherever it turns up: raw, in base64 (also
inside `user:password`), and percent-encoded, JSON- or HTML-escaped, twice over if need be (`search`, `escapes`). Values
shorter than eight characters would tear holes into ordinary text, so they are hidden by name only, and where they are
the whole of a text.

Hiding too much is a nuisance, hiding too little is a leak: where secrets overlap, or one stands in a run of escapes,
the whole is replaced.
"""

from arazzo_runner.redact.names import REDACTED, STAND_IN, is_secret_name, is_stand_in
from arazzo_runner.redact.redactor import MAX_SEARCHED_BODY, Redactable, Redactor
from arazzo_runner.redact.search import MAX_LEARNT, MIN_SEARCHED

__all__ = [
    "MAX_LEARNT", "MAX_SEARCHED_BODY", "MIN_SEARCHED", "REDACTED", "STAND_IN", "Redactable", "Redactor",
    "is_secret_name", "is_stand_in",
]  # fmt: skip
