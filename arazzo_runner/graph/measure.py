"""How much room text takes in a drawing, in a font whose characters are all as wide, and how it is cut to fit."""

from __future__ import annotations

from unicodedata import category, east_asian_width

CUT = "…"


def columns(text: str) -> int:
    """Return how many columns a text takes: two for a wide character, none for a combining one."""
    return len(text) if text.isascii() else sum(map(_columns_of, text))


def _columns_of(character: str) -> int:
    if category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def fitted(text: str, most: int) -> str:
    """Return a text on one line, in at most so many columns; where something is left out it says so."""
    line = " ".join(text[: 4 * most + 4].split())
    if columns(line) <= most:
        return line
    taken, kept = columns(CUT), 0
    for character in line:
        taken += _columns_of(character)
        if taken > most:
            break
        kept += 1
    return line[:kept].rstrip() + CUT


def broken(text: str, most: int, lines: int) -> tuple[str, ...]:
    """Return a text as at most so many lines of so many columns, broken at spaces; none for an empty text."""
    rest = " ".join(text.split())
    found: list[str] = []
    while rest and len(found) + 1 < lines and columns(rest) > most:
        head = fitted(rest, most).removesuffix(CUT)
        space = head.rfind(" ") if rest[len(head) : len(head) + 1] != " " else len(head)
        end = space if 2 * space > len(head) else len(head)
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return (*found, fitted(rest, most)) if rest else tuple(found)
