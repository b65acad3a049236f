"""Cases of the rules as tables, and how they are put to one rule.

A case that fires is a document with its fault marked (see `tests.program.marked`); a case near it is silent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from arazzo_runner.diagnostics import Diagnostic, Severity
from arazzo_runner.program.compile import Compilation
from arazzo_runner.validate.rules import Rule
from arazzo_runner.validate.subject import Subject
from tests.engine.programs import HEAD, description_of, registry_of
from tests.program.marked import in_document, marked, place

_OF_SOURCE = marked(HEAD.format(version="1.0.1").replace("name: api", "name: «api»")).places[0]


@dataclass(frozen=True, slots=True)
class Case:
    """A document below the usual head. `code`, `severity` and `help` (its beginning) are of the finding, if any.

    `at_source` tells that it stands on the name of the source, which is in the head and can't be marked.
    """

    text: str
    code: str = ""
    severity: Severity = Severity.ERROR
    help: str = ""
    version: str = "1.0.1"
    strict: bool = False
    files: Mapping[str, str] = field(default_factory=dict)
    at_source: bool = False


def found_by(rule: Rule, case: Case) -> list[Diagnostic]:
    """Put a rule to the workflow `w` of a case and whatever it leads to."""
    told = in_document(case.text, case.version)
    description = description_of(told.text, case.version)
    compilation = Compilation(description, registry_of(description, case.files), strict=case.strict)
    reached = compilation.program("w").reached
    found: list[Diagnostic] = []
    for key in reached:
        workflow, bound = compilation.model(key), compilation.bound(key).workflow
        assert workflow is not None
        assert bound is not None
        ids = frozenset(one.workflow_id for one in reached)
        found += rule(Subject(compilation.documents[key.document], workflow, bound, compilation, ids))
    return list(dict.fromkeys(found))


def assert_fires(rule: Rule, case: Case) -> None:
    """See that the rule finds exactly what is marked, and says so as the case has it."""
    found = sorted(found_by(rule, case), key=place)
    shown = [one.concise() for one in found]
    places = [_OF_SOURCE] if case.at_source else list(in_document(case.text, case.version).places)
    assert [place(one) for one in found] == places, shown
    assert {(one.code, one.severity) for one in found} == {(case.code, case.severity)}, shown
    assert all(one.help.startswith(case.help) and one.at is not None for one in found), [one.help for one in found]


def assert_silent(rule: Rule, case: Case) -> None:
    """See that the rule finds nothing."""
    assert [one.concise() for one in found_by(rule, case)] == []
