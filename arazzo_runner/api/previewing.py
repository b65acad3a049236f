"""Showing what a run would send: the same preparing as for a run, the same builder of requests, and nothing sent."""

from __future__ import annotations

from collections.abc import Mapping

from arazzo_runner.api.preparing import Prepared
from arazzo_runner.api.profiles import inputs_under
from arazzo_runner.preview import Preview, preview_program
from arazzo_runner.redact import Redactor
from arazzo_runner.sources.security import secrets
from arazzo_runner.values import Value


def preview(
    prepared: Prepared,
    inputs: Mapping[str, Value] | None = None,
    *,
    inputs_for: Mapping[str, Mapping[str, Value]] | None = None,
) -> Preview:
    """Return what a run of a prepared workflow would send with these inputs; nothing is sent, no token is fetched.

    `inputs_for` holds inputs for workflows that it depends on, by their ids. What only an answer can give is a
    placeholder (``{$steps.login.outputs.token}``), and so is a required input that is missing (``{$inputs.userId}``).
    `StepPreview.request` is in the clear, `StepPreview.shown` hides secrets unless `Options.show_secrets` says not to.

    Raises:
        InputsError: an input that was given does not fit the input schema.
    """
    program = prepared.program
    inputs, inputs_for = inputs_under(prepared.options, program, inputs or {}, inputs_for or {})
    redactor = Redactor(reveal=prepared.options.show_secrets)
    redactor.learn(secrets(prepared.settings.credentials))
    return preview_program(program, inputs or {}, prepared.settings, inputs_for=inputs_for, redactor=redactor)
