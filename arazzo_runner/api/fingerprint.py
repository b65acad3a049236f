"""A fingerprint of what was really sent and answered: nothing is hidden from it, and it keeps nothing but a digest.

It watches where requests go out and answers come in, before anything is redacted: two runs that differ in a secret
alone have different fingerprints. From the digest no secret can be read.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import assert_never

from arazzo_runner.drivers.blocking import Answer, Authorizer
from arazzo_runner.engine.effects import Authorize, SendRequest
from arazzo_runner.engine.outcomes import Authorized, Failed, Responded


@dataclass(slots=True)
class Fingerprint:
    """The digest of the exchanges of one run after the other, in their order."""

    _digest: hashlib._Hash = field(default_factory=hashlib.sha256, repr=False)

    def answering(self, answer: Answer) -> Answer:
        """Return what answers requests as `answer` does, watched."""

        def watched(effect: SendRequest) -> Responded | Failed:
            sent = effect.request
            self._add(effect.step, sent.method, sent.url, sent.headers, sent.body)
            outcome = answer(effect)
            self._came(outcome)
            return outcome

        return watched

    def authorizing(self, authorize: Authorizer) -> Authorizer:
        """Return what fetches tokens as `authorize` does, watched."""

        def watched(effect: Authorize) -> Authorized | Failed:
            grant = effect.grant
            self._add(effect.step, grant.source, grant.scheme, grant.scopes)
            outcome = authorize(effect)
            self._came(outcome)
            return outcome

        return watched

    def _came(self, outcome: Responded | Authorized | Failed) -> None:
        match outcome:
            case Responded(response=response):
                self._add(response.status, response.headers, response.body)
            case Authorized(fields=fields, lifetime=lifetime, refresh_token=token):
                self._add(sorted(fields.items()), lifetime, token)
            case Failed(kind=kind, code=code):
                self._add(kind.value, code)
            case _:
                assert_never(outcome)

    def _add(self, *parts: object) -> None:
        self._digest.update(repr(parts).encode("utf-8", "surrogatepass"))

    @property
    def text(self) -> str:
        """A text that is the same where the same was sent and answered."""
        return self._digest.hexdigest()[:16]
