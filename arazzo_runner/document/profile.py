"""Who wrote a text, hence how strictly it is read."""

from __future__ import annotations

from enum import Enum

from arazzo_runner.diagnostics import Severity


class Profile(Enum):
    """Who wrote the text, hence how strictly it is read.

    ARAZZO: an Arazzo description, whose format section demands YAML 1.2 with string keys and the tags of JSON.
    SOURCE: an API description, used as it is found: a key is its source text, merge keys are resolved, repeated keys
    and unknown tags are warnings.
    """

    ARAZZO = "arazzo"
    SOURCE = "source"

    @property
    def severity(self) -> Severity:
        """What a construct weighs that this profile does not allow but that can be read around."""
        return Severity.ERROR if self is Profile.ARAZZO else Severity.WARNING
