"""The Arazzo document that a command names."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from arazzo_runner.api import load
from arazzo_runner.cli.files import STDIN, meant, standard_input
from arazzo_runner.document.model import Description
from arazzo_runner.errors import UsageError
from arazzo_runner.sources.access import Access
from arazzo_runner.sources.egress import OPEN, Egress
from arazzo_runner.sources.retrieval import MAX_SOURCE_BYTES

CACHE: Final = Path("arazzo-flow", "documents")
"""Where fetched documents are kept, in the folder that a system has for caches."""

PARSES: Final = "parses"
"""Where, beside that, it is kept what was read of big documents."""


def open_document(
    file: str,
    base_uri: str | None = None,
    access: Access | None = None,
    keep: Callable[[bytes], None] | None = None,
) -> Description:
    """Load a document from a path, a URL, or standard input under the name ``-``; `base_uri` is where it stands.

    `access` says what may be read; `keep` is handed what stood on standard input, which can be read only once.

    Raises:
        UsageError: it can't be read.
    """
    if file != STDIN:
        try:
            return load(file, base_uri=base_uri, access=access)
        except UsageError as fault:
            raise UsageError(fault.message, fault.hint or meant(file)) from None
    try:
        content = standard_input(MAX_SOURCE_BYTES + 1)
    except OSError as fault:
        raise UsageError(f"cannot read standard input: {fault.strerror}") from None
    if len(content) > MAX_SOURCE_BYTES:
        raise UsageError(f"standard input is larger than {MAX_SOURCE_BYTES // (1024 * 1024)} MiB")
    if keep is not None:
        keep(content)
    return load(STDIN, text=content, base_uri=base_uri)


def access_for(
    root: str | None,
    offline: bool,
    no_cache: bool,
    tell: Callable[[str], None] | None = None,
    egress: Egress = OPEN,
) -> Access:
    """Return how documents are read, by the flags; `tell` is told of each kept copy that is used.

    Raises:
        UsageError: there is no folder `root`, or flags contradict each other.
    """
    if offline and no_cache:
        raise UsageError("--offline and --no-cache leave nothing to read a URL from", "leave one of the two out")
    cache = None if no_cache else cache_folder(os.environ)
    parses = None if cache is None else cache.with_name(PARSES)
    found = Access(folder("--root", root), offline, cache, egress=egress, parses=parses)
    return found if tell is None else replace(found, tell=tell)


def cache_folder(environ: Mapping[str, str], platform: str = sys.platform) -> Path | None:
    """Return where fetched documents are kept between runs; None where the user has no home folder."""
    named = environ.get("LOCALAPPDATA" if platform == "win32" else "XDG_CACHE_HOME", "")
    if Path(named).is_absolute():
        return Path(named) / CACHE
    try:
        home = Path.home()
    except RuntimeError:
        return None
    match platform:
        case "win32":
            return home / "AppData" / "Local" / CACHE
        case "darwin":
            return home / "Library" / "Caches" / CACHE
        case _:
            return home / ".cache" / CACHE


def folder(flag: str, where: str | None) -> Path | None:
    """Return the folder that a flag names, or None where it was not given.

    Raises:
        UsageError: there is no such folder.
    """
    if where is None:
        return None
    path = Path(where)
    if not path.is_dir():
        raise UsageError(f"{flag}: there is no folder '{where}'", meant(where))
    return path
