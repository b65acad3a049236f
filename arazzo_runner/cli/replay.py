"""`arazzo replay`: a journal again, with the answers that were recorded."""

from __future__ import annotations

from dataclasses import dataclass

from arazzo_runner.api import EventStream
from arazzo_runner.api.playback import Replay as Played
from arazzo_runner.api.playback import document_of
from arazzo_runner.cli import flags, journal_flags
from arazzo_runner.cli.exit_codes import ExitCode
from arazzo_runner.cli.faults import complain, note
from arazzo_runner.cli.pairs import pairs
from arazzo_runner.cli.telling import Shown, tell
from arazzo_runner.journal import read


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """Run a recorded workflow again with the answers of its journal; nothing is sent.

    The first request that differs from the recorded one is named, and the run stops there. Where the requests are the
    same, what the run gives is compared too.
    """

    journal: journal_flags.JournalFile
    file: journal_flags.OtherFile = None
    lenient: journal_flags.Lenient = False
    sources: flags.Sources = None
    strict: flags.Strict = False
    json: flags.Json = False
    output: flags.Output = None
    report: flags.Report = None
    show_secrets: flags.ShowSecrets = False
    quiet: flags.Quiet = False
    verbose: flags.Verbose = False

    def perform(self) -> int:
        """Replay, and return 0 where the run does what it did, and succeeds."""
        shown = Shown(self.json, self.output, self.report, self.quiet, self.verbose)
        played: list[Played] = []

        def begun() -> EventStream:
            played.append(self._played())
            return played[0].stream

        code = tell(shown, begun)
        drifts = played[0].drifts if played else ()
        for drift in drifts:
            complain(f"drift: {drift.message}")
        return ExitCode.FAILED if drifts else code

    def _played(self) -> Played:
        journal = read(self.journal)
        changed: dict[str, object] = {"strict": True} if self.strict else {}
        if self.sources:
            changed["sources"] = pairs("--source", self.sources)
        played = Played(
            journal,
            document_of(journal, self.file),
            lenient=self.lenient,
            changed=changed,
            show_secrets=self.show_secrets,
        )
        if not self.quiet and played.changed_document:
            note(f"{played.prepared.description.source.name} is not what it was when the run was recorded")
        return played
