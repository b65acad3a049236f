"""Which documents a command line names: files as they are, and what folders and patterns hold.

A file that is named is judged, whatever it holds. In a folder, and among what a pattern matches, a file is an Arazzo
document if it ends like YAML or JSON and has the field `arazzo` at its root. Hidden folders and `node_modules` are
passed over, links to folders are not followed. Each document is judged once, however often it is named.
"""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec

from arazzo_runner.cli.files import STDIN
from arazzo_runner.diagnostics import Diagnostic, Severity
from arazzo_runner.document.encoding import decode
from arazzo_runner.errors import UsageError
from arazzo_runner.journal.recognition import is_journal
from arazzo_runner.sources.location import scheme_of

MAX_FOLDER_ENTRIES: Final = 200_000
"""The most entries of folders that are looked at."""

MAX_FOUND_DOCUMENTS: Final = 5_000
"""The most documents that are taken from folders and patterns."""

MAX_SEARCHED_BYTES: Final = 16 * 1024 * 1024
"""The longest file that is looked into to see whether it is an Arazzo document."""

LEFT_OUT: Final = "document-left-out"
SUFFIXES: Final = (".yml", ".yaml", ".json")
JOURNAL_SUFFIXES: Final = (".ndjson", ".jsonl")
"""Endings of journals; a file with another ending is one too if it is named itself."""

_PASSED_OVER: Final = "node_modules"
_IN_YAML: Final = re.compile(r"^(?:arazzo|'arazzo'|\"arazzo\")[ \t]*:(?=\s)", re.MULTILINE)
_IN_JSON: Final = re.compile(r'"arazzo"\s*:')


@dataclass(slots=True)
class Search:
    """What is found: the files as a person names them, the folders that were looked through, and what was left out."""

    files: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    remarks: list[Diagnostic] = field(default_factory=list)
    entries: int = 0
    journals: bool = False

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The endings of files that are looked into."""
        return (*SUFFIXES, *JOURNAL_SUFFIXES) if self.journals else SUFFIXES

    def takes(self, file: str) -> bool:
        """Tell whether a file is what is looked for."""
        return (self.journals and is_journal(file)) or (file.endswith(SUFFIXES) and _is_arazzo(file, self))

    def leave_out(self, message: str, help: str, severity: Severity = Severity.NOTE) -> None:
        """Note that something was not looked at."""
        self.remarks.append(Diagnostic(LEFT_OUT, severity, message, None, help))


def find_documents(named: Iterable[str], *, journals: bool = False) -> Search:
    """Return the documents that arguments name, in their order, each once; with `journals`, recorded runs too.

    Raises:
        UsageError: a folder or pattern holds no Arazzo document, or standard input is named twice.
    """
    search = Search(journals=journals)
    seen: set[str] = set()
    names = list(named)
    if names.count(STDIN) > 1:
        raise UsageError("standard input (-) is named twice")
    for name in names:
        for file in _files(name, search):
            identity = _identity(file)
            if identity not in seen:
                seen.add(identity)
                search.files.append(file)
    return search


def _files(name: str, search: Search) -> Iterator[str]:
    if name == STDIN or scheme_of(name):
        yield name
        return
    path = _at_home(name)
    if path.is_dir():
        found, what = _in_folder(path, search), "folder"
    elif glob.has_magic(name) and not path.exists():
        found, what = _of_pattern(str(path), search), "pattern"
    else:
        yield name
        return
    taken = 0
    for file in found:
        if not search.takes(file):
            continue
        if taken == MAX_FOUND_DOCUMENTS:
            message = (
                f"the {what} '{name}' holds more than {MAX_FOUND_DOCUMENTS:,} Arazzo documents; the rest is left out"
            )
            search.leave_out(message, "judge its parts one by one", Severity.WARNING)
            break
        taken += 1
        yield file
    if not taken:
        hint = f"in folders and patterns, files that end in {', '.join(SUFFIXES)} and have the field 'arazzo' count"
        hint += f"; so do journals that end in {', '.join(JOURNAL_SUFFIXES)}" if search.journals else ""
        raise UsageError(f"there is no Arazzo document in the {what} '{name}'", hint)


def _at_home(name: str) -> Path:
    try:
        return Path(name).expanduser()
    except RuntimeError:  # `~name` of nobody is a name like any other
        return Path(name)


def _identity(file: str) -> str:
    """Return what is the same for all names of a file."""
    if file == STDIN or scheme_of(file):
        return file
    try:
        return str(_at_home(file).resolve())
    except (OSError, ValueError, RuntimeError):  # no file can have that name, or links go in a circle
        return file


def _in_folder(folder: Path, search: Search) -> Iterator[str]:
    for here, folders, files in os.walk(folder):
        search.folders.append(here)
        folders[:] = sorted(each for each in folders if each != _PASSED_OVER and not each.startswith("."))
        search.entries += len(folders) + len(files)
        for name in sorted(files):
            if name.endswith(search.suffixes) and not name.startswith("."):
                yield str(Path(here) / name)
        if search.entries > MAX_FOLDER_ENTRIES:
            message = f"'{folder}' holds more than {MAX_FOLDER_ENTRIES:,} files and folders; the rest is left out"
            search.leave_out(message, "judge its parts one by one", Severity.WARNING)
            return


def _of_pattern(pattern: str, search: Search) -> Iterator[str]:
    for file in sorted(_matches(pattern, search)):
        if file.endswith(search.suffixes) and Path(file).is_file() and _PASSED_OVER not in Path(file).parts:
            yield file


def _matches(pattern: str, search: Search) -> Iterator[str]:
    for file in glob.iglob(pattern, recursive=True):  # noqa: PTH207  # that of Path takes hidden files too
        search.entries += 1
        if search.entries > MAX_FOLDER_ENTRIES:
            message = f"'{pattern}' matches more than {MAX_FOLDER_ENTRIES:,} files and folders; the rest is left out"
            search.leave_out(message, "judge its parts one by one", Severity.WARNING)
            return
        yield file


class _Root(msgspec.Struct):
    """The root of a JSON document, as far as it matters here."""

    arazzo: Any = msgspec.UNSET


def _is_arazzo(file: str, search: Search) -> bool:
    try:
        if Path(file).stat().st_size > MAX_SEARCHED_BYTES:
            message = f"'{file}' was not looked into: it is larger than {MAX_SEARCHED_BYTES // (1024 * 1024)} MiB"
            search.leave_out(message, "name it to have it judged")
            return False
        content = Path(file).read_bytes()
    except OSError as fault:
        search.leave_out(f"'{file}' was not looked into: {fault.strerror}", "name it to have it judged")
        return False
    text, _ = decode(content)
    if text.lstrip().startswith("["):
        return False
    if not text.lstrip().startswith("{"):
        return bool(_IN_YAML.search(text))
    return bool(_IN_JSON.search(text)) and _has_root_field(text)


def _has_root_field(text: str) -> bool:
    """Tell whether the root of a JSON text has the field; of a broken one, where it stands first."""
    try:
        return msgspec.json.decode(text, type=_Root).arazzo is not msgspec.UNSET
    except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError):
        return text[: (found := text.find('"arazzo"'))].count("{") == 1 and found >= 0
