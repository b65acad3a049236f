"""Telling which inputs a mocked run invents, and what they are; a secret's value is told only where secrets are."""

from __future__ import annotations

import json
from collections.abc import Iterator

from arazzo_runner.api import Prepared
from arazzo_runner.api.inventing import with_invented
from arazzo_runner.cli.files import cut
from arazzo_runner.cli.inputs import Given, Wanted, is_secret


def invented(prepared: Prepared, given: Given, wanted: Wanted) -> Iterator[str]:
    """Yield a line for each input that nobody gave and the run invents."""
    for one in with_invented(prepared, given.inputs, given.inputs_for).invented:
        hidden = (one.secret or is_secret(one.name, wanted.schema(one.workflow))) and not prepared.options.show_secrets
        shown = "(a secret, not shown)" if hidden else cut(json.dumps(one.value, ensure_ascii=False))
        label = f"{one.workflow}:{one.name}" if one.workflow else one.name
        yield f"invented: {label} = {shown}"
