"""`arazzo eval`: an expression or a condition, in what a step of a recorded run saw."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from typing import Annotated

from arazzo_runner.api.evaluating import Answered, answer
from arazzo_runner.api.playback import document_of
from arazzo_runner.api.revisiting import Visited, Wanted, visit
from arazzo_runner.cli import flags, journal_flags
from arazzo_runner.cli.exit_codes import ExitCode
from arazzo_runner.cli.faults import note, say
from arazzo_runner.cli.marks import argument, option
from arazzo_runner.cli.output import look, page
from arazzo_runner.cli.stepping.showing import fault_lines, verdict_lines
from arazzo_runner.criteria.verdict import Operand
from arazzo_runner.errors import UsageError
from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.journal import read
from arazzo_runner.redact import REDACTED
from arazzo_runner.redact.names import STAND_IN
from arazzo_runner.reports.plain import shown
from arazzo_runner.values import Nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluate:
    """Evaluate an expression or a condition as a step of a recorded run saw it; nothing is sent.

    The value goes to standard output as JSON. A condition gives true or false, and exit code 0 or 1.
    """

    expression: Annotated[
        str,
        argument(
            metavar="EXPRESSION",
            help="A runtime expression, one with a selector ('$response.body | $.items[0]'), or a condition. "
            "Put it into single quotes: it holds a $.",
        ),
    ]
    file: journal_flags.OtherFile = None
    journal: Annotated[
        str | None, option("--journal", metavar="FILE", help="The journal of the run.", show_default=False)
    ] = None
    at: Annotated[
        str | None,
        option("--at", metavar="STEP", help="The step: its id, or a path of ids. The last one without it."),
    ] = None
    activation: Annotated[
        int | None,
        option("--activation", metavar="N", min=1, help="Which time that the step began. The last without it."),
    ] = None
    attempt: Annotated[
        int | None, option("--try", metavar="N", min=1, help="Which try of it. The last without it.")
    ] = None
    before: Annotated[bool, option("--before", help="As the step was to begin, not as it had ended.")] = False
    show_secrets: flags.ShowSecrets = False
    quiet: flags.Quiet = False

    def perform(self) -> int:
        """Evaluate, and return 0 where there is a value, and a condition holds."""
        if self.journal is None:
            raise UsageError("--journal is missing", "name the file that 'arazzo run --journal FILE' wrote")
        journal = read(self.journal)
        wanted = Wanted(self.at or "", self.activation, self.attempt, self.before)
        description = None if self.file is None else document_of(journal, self.file)
        visited = visit(journal, wanted, description, show_secrets=self.show_secrets)
        text = self.expression.strip()
        found = answer(text, visited.scope, visited.reading)
        if isinstance(found, Fault):
            page(sys.stderr).write(fault_lines(text, found, visited.redactor))
            return ExitCode.UNUSABLE
        return self._write(text, found, visited)

    def _write(self, text: str, found: Answered, visited: Visited) -> ExitCode:
        """Write what was found: the value alone on standard output, what explains it on standard error."""
        redactor = visited.redactor
        if found.is_condition:
            if not self.quiet:
                page(sys.stderr).write(verdict_lines(found, redactor, look(sys.stderr, os.environ)))
            holds = found.value is True
            print(json.dumps(holds))
            return ExitCode.SUCCEEDED if holds else ExitCode.FAILED
        for remark in found.remarks:
            if not self.quiet:
                note(remark)
        if isinstance(found.value, Nothing):
            say(f"no value: {redactor.text(found.value.reason)}", found.help)
            return ExitCode.FAILED
        hidden = Operand(text, found.value).redacted(redactor).value
        if isinstance(hidden, Nothing):
            raise AssertionError("a value that is hidden stays one")
        print(STAND_IN.sub(REDACTED, shown(hidden, indent=2)))
        return ExitCode.SUCCEEDED
