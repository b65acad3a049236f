"""What is wanted of an XML document: elements with what their text has to be.

The names are those of the document. Which member of the value becomes which element, the XML Objects of the schema
tell, so a wish for a document is turned into one for the value when the schema is known (`mock.markup_wishes`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from arazzo_runner.values import JSON

ANY_NAME: Final = "*"


@dataclass(frozen=True, slots=True)
class Step:
    """One step down: to a child element, to any `descendant`, or to an `attribute`.

    `inside` is wanted of the element besides what the next steps want, `count` how many there have to be at least,
    `exactly` whether no more.
    """

    name: str
    attribute: bool = False
    descendant: bool = False
    inside: tuple[Wanted, ...] = ()
    count: int = 1
    exactly: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A path from an element, or from the document, to something for whose text a schema holds.

    With `absent`, nothing may be found there.
    """

    steps: tuple[Step, ...]
    text: JSON = field(default=True)
    absent: bool = False
