"""Which profile a command uses: found beside the document or above it, unless a flag or the environment names another.

A document that is no local file has no place of its own; for it the search begins in the working folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from arazzo_runner.api.profiles import found_profile, named_profile
from arazzo_runner.cli.egress_flags import found_profiles_count
from arazzo_runner.cli.faults import note, say
from arazzo_runner.cli.files import meant
from arazzo_runner.document.model import Description
from arazzo_runner.errors import UsageError
from arazzo_runner.profiles.profile import Profile
from arazzo_runner.profiles.search import FILE_NAME
from arazzo_runner.sources.location import STDIN_NAME, file_path, is_local

VARIABLE: Final = "ARAZZO_PROFILE"


def profile_for(
    description: Description,
    config: str | None,
    no_config: bool,
    name: str | None,
    environ: Mapping[str, str],
    *,
    untrusted: bool = False,
) -> Profile | None:
    """Return the profile for a document: of the file `config`, or of the one that is found; None where there is none.

    `name` is that of `--profile`; without it the variable ARAZZO_PROFILE names one, and `--no-config` goes before that.
    Beside a document that is `untrusted` no file is looked for.

    Raises:
        UsageError: flags contradict each other, or there is no such file or profile, or a fault in it.
    """
    if not found_profiles_count(untrusted, config, name):
        return None
    if no_config:
        if config is not None or name is not None:
            other = "--config" if config is not None else "--profile"
            raise UsageError(f"--no-config and {other} contradict each other", "leave one of the two out")
        return None
    asked = "--profile" if name is not None else VARIABLE
    name = environ.get(VARIABLE) or None if name is None else name
    if config is not None:
        if not Path(config).expanduser().is_file() and (hint := meant(config)):
            raise UsageError(f"--config: there is no file '{config}'", hint)
        return named_profile(Path(config), name)
    folder = folder_of(description)
    profile = found_profile(folder, name)
    if profile is None and name is not None:
        raise UsageError(
            f"{asked}: there is no {FILE_NAME} that could have a profile '{name}'",
            f"it is looked for in {folder} and above it, up to the repository or the home folder; --config names one",
        )
    return profile


def folder_of(description: Description) -> Path:
    """Return where the search for a document's profiles begins."""
    source = description.source
    if source.name == STDIN_NAME or not is_local(source.uri):
        return Path.cwd()
    try:
        return Path(file_path(source.uri)).parent
    except ValueError:
        return Path.cwd()


def tell(profile: Profile | None, *, briefly: bool = False) -> None:
    """Say on standard error which profile is used, and what of it does not count; `briefly` only the latter."""
    if profile is None:
        return
    if not briefly:
        say(f"profile: {profile.name or 'defaults'} of {profile.file}")
    if profile.left_out:
        note(
            f"{profile.file} was only found, so what it says under {', '.join(profile.left_out)} does not count",
            "name a profile of it (--profile NAME), or the file (--config FILE)",
        )
