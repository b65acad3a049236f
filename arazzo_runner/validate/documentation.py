"""What the rules say of themselves: the docstring of each file, read apart.

A docstring begins with a headline for each code (`code: what is wrong, in one sentence.`) and goes on with the parts
What, Why, Example and Instead, which all codes of the file share. The part Fix, where there is one, says which of
them `arazzo validate --fix` mends.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from functools import lru_cache
from inspect import cleandoc
from typing import Final

from arazzo_runner.validate.rules import rules

PARTS: Final = ("What", "Why", "Example", "Instead")
"""The parts of a docstring, in their order."""

_MENDED: Final = "Fix"

_HEADLINE = re.compile(r"^([a-z]+(?:-[A-Za-z0-9]+)+): (\S.*\.)$", re.MULTILINE)
_PART = re.compile(rf"^({'|'.join((*PARTS, _MENDED))}): ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RuleDocumentation:
    """One code of a rule and its documentation, each part one paragraph of plain text with code in backticks.

    `rule` is the name of the rule's file, `codes` are all codes of that file, this one among them.
    """

    code: str
    headline: str
    what: str
    why: str
    example: str
    instead: str
    rule: str
    codes: tuple[str, ...]
    fix: str = ""


@lru_cache(maxsize=1)
def documented_rules() -> tuple[RuleDocumentation, ...]:
    """Return the documentation of every code of every rule, in the order of the codes."""
    found = [one for rule in rules() for one in read_documentation(rule.__module__)]
    return tuple(sorted(found, key=lambda one: one.code))


def documentation_of(code: str) -> RuleDocumentation | None:
    """Return the documentation of a code, or None where no rule has it."""
    return next((one for one in documented_rules() if one.code == code), None)


def read_documentation(module: str) -> tuple[RuleDocumentation, ...]:
    """Read the docstring of a rule that has been imported, by the full name of its module."""
    text = cleandoc(sys.modules[module].__doc__ or "")
    head, *rest = _PART.split(text)
    parts = {name: _paragraph(told) for name, told in zip(rest[::2], rest[1::2], strict=True)}
    headlines: list[tuple[str, str]] = _HEADLINE.findall(head)
    codes = tuple(code for code, _ in headlines)
    what, why, example, instead = (parts.get(name, "") for name in PARTS)
    rule = module.rpartition(".")[2]
    fix = parts.get(_MENDED, "")
    return tuple(
        RuleDocumentation(code, headline, what, why, example, instead, rule, codes, fix) for code, headline in headlines
    )


def _paragraph(text: str) -> str:
    return " ".join(text.split())
