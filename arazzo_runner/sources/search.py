"""Files of one name below the repository that holds a document: where a source may have moved to (P13).

The search is bounded and follows no link. It stays inside a repository of the same owner as the document: a marker
that somebody else put into a shared folder (`/tmp/.git`) makes no repository. What it skips (the repository's own
records, installed packages) is not written by the author of the document.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

from arazzo_runner.sources.location import file_path, file_uri

MAX_ENTRIES = 20_000
"""Files and folders that one search looks at; where there are more, it finds nothing."""

MARKERS = (".git", ".hg", ".svn")
_ENDINGS = (".yaml", ".yml", ".json")
SKIPPED = frozenset({*MARKERS, "node_modules"})


@dataclass(frozen=True, slots=True)
class Sighting:
    """The files of a name, as `file:` URIs, and the `folder` that was searched; `whole` is false past the bound."""

    uris: tuple[str, ...] = ()
    folder: str = ""
    whole: bool = True


class Search(Protocol):
    """Looks for files of a name around a document. A caller may put its own in the place of `files_named`."""

    def __call__(self, document_uri: str, name: str, /) -> Sighting:
        """Return the files of that name, without the document itself; raises nothing."""


def files_named(document_uri: str, name: str) -> Sighting:
    """Look for regular files of a name: below the nearest repository root, else in the document's own folder alone."""
    try:
        document = Path(file_path(document_uri)).resolve(strict=True)
        if not document.is_file():
            return Sighting()
        root = _repository(document)
        return _found(root or document.parent, name, document, deep=root is not None)
    except (OSError, ValueError):
        return Sighting()


def names_beside(uri: str) -> tuple[str, ...]:
    """Return the names of the regular files in the folder of a file that is not there; none where there are many."""
    try:
        found = tuple(islice(_entries(Path(file_path(uri)).parent, False), MAX_ENTRIES + 1))
        files = sorted(entry.name for entry in found if entry.is_file(follow_symlinks=False))
    except (OSError, ValueError):
        return ()
    return tuple(name for name in files if name.lower().endswith(_ENDINGS)) if len(found) <= MAX_ENTRIES else ()


def _repository(document: Path) -> Path | None:
    for folder in document.parents:
        marker = next((folder / name for name in MARKERS if os.path.lexists(folder / name)), None)
        if marker is not None:
            return folder if marker.lstat().st_uid == document.stat().st_uid else None
    return None


def _found(root: Path, name: str, document: Path, deep: bool) -> Sighting:
    uris: list[str] = []
    for count, entry in enumerate(_entries(root, deep), 1):
        if count > MAX_ENTRIES:
            return Sighting((), str(root), whole=False)
        if entry.name == name and entry.is_file(follow_symlinks=False) and Path(entry.path) != document:
            uris.append(file_uri(Path(entry.path)))
    return Sighting(tuple(sorted(uris)), str(root))


def _entries(root: Path, deep: bool) -> Iterator[os.DirEntry[str]]:
    folders = [str(root)]
    for folder in folders:
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    yield entry
                    if deep and entry.name not in SKIPPED and entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
        except OSError:
            continue  # a folder that may not be read holds nothing for us
