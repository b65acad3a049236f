"""The words of the commands that run a workflow: what was said already, what is missing, and where it has to stand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from arazzo_runner.api.readiness.credentials import still_wanted
from arazzo_runner.api.readiness.inputs import flag_text, placeholder
from arazzo_runner.redact import is_secret_name
from arazzo_runner.reports.doctor.readiness import InputFact, ServerFact, SourceFact, WorkflowFact
from arazzo_runner.values import JSON

FILE: Final = "FILE-or-URL"
SERVER: Final = "https://..."


def beginning(
    file: str, fact: WorkflowFact, sources: Iterable[SourceFact], given: Mapping[str, str]
) -> tuple[str, ...]:
    """Return how a command begins: the document, the workflow and the sources that have to be named.

    `given` are those that were named already.
    """
    if file.startswith("-") and len(file) > 1:
        file = f"./{file}"  # else it is read as a flag
    return ("arazzo", "run", file, "--workflow", fact.workflow_id, *_sources(sources, given, fact.runs))


def _sources(facts: Iterable[SourceFact], given: Mapping[str, str], is_whole: bool) -> Iterator[str]:
    """Yield where sources are; one that can't be had is asked for where the workflow can't do without (`is_whole`)."""
    for fact in facts:
        if fact.holder:
            continue
        if fact.problem and not is_whole:
            yield from ("--source", f"{fact.name}={FILE}")
        elif fact.name in given:
            yield from ("--source", f"{fact.name}={given[fact.name]}")
        elif fact.found_by:
            yield from ("--source", f"{fact.name}={fact.read_from}")


def live_words(fact: WorkflowFact, servers: Iterable[ServerFact], said: Iterable[str]) -> Iterator[str]:
    """Yield what a run against the API lacks, with placeholders."""
    named = dict.fromkeys(each.source for each in servers if each.problem and not each.calls)
    for source in named:
        yield from ("--server", f"{source}={SERVER}")
    for flag in dict.fromkeys(each.flag for each in still_wanted(fact.credentials)):
        yield from flag.split(" ", 1)
    for host, _ in fact.hosts:
        yield from ("--auth-host", host)
    yield from _input_words(fact.inputs, said, {})


def mock_words(
    inputs: Iterable[InputFact], said: Iterable[str], values: Mapping[tuple[str, str], JSON]
) -> Iterator[str]:
    """Yield what a run against invented answers lacks, with values that fit."""
    yield "--mock"
    yield from _input_words(inputs, said, values)


def _input_words(
    inputs: Iterable[InputFact], said: Iterable[str], values: Mapping[tuple[str, str], JSON]
) -> Iterator[str]:
    """Yield the inputs that were said, but for secrets, and those that are missing: a value, else a placeholder."""
    texts = {_named(text): text for text in said}
    facts = {f"{each.workflow}:{each.name}" if each.workflow else each.name: each for each in inputs}
    hidden = {name for name, text in texts.items() if _holds_secret(text) or (name in facts and facts[name].secret)}
    for name, text in texts.items():
        if name not in hidden:
            yield from ("-i", text)
    for name, each in facts.items():
        if name in texts and name not in hidden:
            continue
        key = (each.workflow, each.name)
        if each.missing or name in texts or (key in values and not each.given_by):
            yield from ("-i", flag_text(each, values[key]) if key in values else placeholder(each))


def _holds_secret(text: str) -> bool:
    """Tell whether an `-i` gives JSON with a member whose name is that of a secret."""
    try:
        waiting: list[JSON] = [json.loads(text.partition("=")[2])]
    except (ValueError, RecursionError):
        return False
    for one in waiting:  # grows while it is walked
        if isinstance(one, dict):
            if any(map(is_secret_name, one)):
                return True
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
    return False


def _named(text: str) -> str:
    """Return the name in an `-i`, without the sign of its form."""
    return text.partition("=")[0].rstrip(":@")
