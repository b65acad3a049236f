"""What the flags of `arazzo test` make of each document and workflow, in whichever process that is tested."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from arazzo_runner.api import Options, Prepared, load
from arazzo_runner.api.beginning import InputsFor
from arazzo_runner.cli.documents import open_document
from arazzo_runner.cli.files import STDIN
from arazzo_runner.cli.inputs import Wanted, gather
from arazzo_runner.cli.profiles import profile_for
from arazzo_runner.document.model import Description
from arazzo_runner.profiles.profile import Profile
from arazzo_runner.sources.access import Access
from arazzo_runner.values import Value

OptionsOf: TypeAlias = Callable[[Profile | None, Mapping[str, str], tuple[str, ...]], Options]
"""Makes options over a profile, with the sources of a document and the documents that stand beside it."""

_NAMES_ITSELF: Final = b"$self"


@dataclass(frozen=True, slots=True)
class FlaggedSetup:
    """A setup by flags. `options_of` makes the options; it is pickled, so it is a bound method of frozen flags.

    `stdin` is what stood on standard input. `files` are all documents: one may mean another by its `$self` (DOC-31).
    """

    options_of: OptionsOf
    access: Access
    environ: Mapping[str, str] = field(repr=False)
    sources: Mapping[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = field(default=(), repr=False)
    inputs_file: str | None = None
    workflows: tuple[str, ...] = ()
    walks: bool = False
    profile: tuple[str | None, bool, str | None] = (None, False, None)
    base_uri: str | None = None
    files: tuple[str, ...] = ()
    stdin: bytes | None = field(default=None, repr=False)

    def load(self, file: str) -> Description:
        """Load a document; raises UsageError where it can't be read."""
        if file == STDIN and self.stdin is not None:
            return load(STDIN, text=self.stdin, base_uri=self.base_uri)
        return open_document(file, self.base_uri, self.access)

    def options(self, description: Description) -> Options:
        """Return the options for a document: with the sources that it declares, and the profile that is found."""
        declared = {each.name for each in description.source_descriptions}
        own = {name: where for name, where in self.sources.items() if name in declared}
        config, no_config, name = self.profile
        profile = profile_for(description, config, no_config, name, self.environ)
        return self.options_of(profile, own, self._beside(description))

    def inputs(self, prepared: Prepared) -> tuple[Mapping[str, Value], InputsFor]:
        """Return what flags, file and environment give of what the workflow declares."""
        wanted = Wanted.by(prepared.program)
        given = gather(wanted, [flag for flag in self.flags if is_for(flag, wanted)], self.inputs_file, self.environ)
        known = {name: value for name, value in given.inputs.items() if name in wanted.own.properties}
        return known, given.inputs_for

    def _beside(self, description: Description) -> tuple[str, ...]:
        """Return the other documents that this one may mean by their `$self`."""
        if all(each.type not in ("arazzo", None) for each in description.source_descriptions):
            return ()
        return tuple(file for file in self.files if _names_itself(file) and file != description.source.name)


def _names_itself(file: str) -> bool:
    try:
        return _NAMES_ITSELF in Path(file).expanduser().read_bytes()
    except (OSError, ValueError, RuntimeError):
        return False


def name_in(flag: str) -> str:
    """Return the name that an `-i` gives, as far as it can be told without a schema."""
    head = flag.partition("=")[0]
    return head[:-1] if head[-1:] in (":", "@") else head


def is_for(flag: str, wanted: Wanted) -> bool:
    """Tell whether an `-i` names an input of the workflow, or of one that runs before it."""
    known = set(wanted.own.properties)
    known |= {f"{flow}:{name}" for flow, schema in wanted.others.items() for name in schema.properties}
    return flag.partition("=")[0] in known or name_in(flag) in known
