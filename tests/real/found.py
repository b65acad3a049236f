"""Finding the Arazzo documents of a folder, and where their sources lie."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = frozenset((".yml", ".yaml", ".json"))
HEAD_BYTES = 4_000
"""How much of a file is looked at to tell an Arazzo document from others."""

_ARAZZO = re.compile(rb"""^\s*\{?\s*["']?arazzo["']?\s*:""", re.MULTILINE)
_OTHER = re.compile(rb"""^\{?\s{0,2}["']?(?:openapi|swagger|asyncapi)["']?\s*:""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """A document with the sources that do not lie where it says, and the workflows to look at (none: all of them)."""

    path: Path
    sources: tuple[tuple[str, str], ...] = ()
    workflows: tuple[str, ...] = ()


def documents(folder: Path) -> list[Document]:
    """Return the documents of a folder: those that its INDEX.json lists, else every file that begins like one."""
    index = folder / "INDEX.json"
    return list(_indexed(folder, index)) if index.is_file() else list(_searched(folder))


def listed(path: Path) -> list[Document]:
    """Return the documents of a list: each line a file, a workflowId, any number, then `name=FILE` a source."""
    found: dict[Path, Document] = {}
    for line in path.read_text("utf-8").splitlines():
        file, workflow, _, *sources = line.split("\t")
        known = found.get(Path(file), Document(Path(file), _pairs(sources)))
        found[known.path] = Document(known.path, known.sources, (*known.workflows, workflow))
    return list(found.values())


def _pairs(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, file) for name, _, file in (text.partition("=") for text in texts))


def _indexed(folder: Path, index: Path) -> Iterator[Document]:
    for row in json.loads(index.read_text("utf-8")):
        elsewhere = [each for each in row["sources"] if each.get("file") and each["status"] != "resolves"]
        sources = tuple((each["name"], str(folder / each["file"])) for each in elsewhere)
        yield Document(folder / row["doc"], sources)


def _searched(folder: Path) -> Iterator[Document]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in SUFFIXES and path.is_file() and is_arazzo(path):
            yield Document(path)


def is_arazzo(path: Path) -> bool:
    """Tell by its first lines whether a file is an Arazzo document."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    return bool(_ARAZZO.search(head)) and not _OTHER.search(head)
