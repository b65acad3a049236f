"""What each code means, for `arazzo explain` and for the formats that carry help along.

A rule says it in its own docstring. What is found elsewhere, while a text is read or a program is compiled, stands in
``codes.toml`` beside this module: one table a code, by family.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from arazzo_runner.diagnostics import near_matches
from arazzo_runner.validate.documentation import RuleDocumentation, documented_rules

MAX_MEANT = 10
"""Codes that are named where a code was given without its family."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One code: a headline in one sentence, what is found, why it matters, an example, and what to write instead.

    `fix` says how `arazzo validate --fix` mends it, where it does.
    """

    code: str
    headline: str
    what: str = ""
    why: str = ""
    example: str = ""
    instead: str = ""
    fix: str = ""

    @property
    def family(self) -> str:
        """What the code begins with."""
        return self.code.partition("-")[0]

    def sections(self) -> Iterator[tuple[str, str]]:
        """Yield the parts behind the headline with their names; a part may be empty, but for the fix."""
        yield from (("What", self.what), ("Why", self.why), ("Example", self.example), ("Instead", self.instead))
        if self.fix:
            yield "Fix", self.fix


@lru_cache(maxsize=1)
def explanations() -> dict[str, Explanation]:
    """Return every code with its explanation, by family and code."""
    found = {each.code: each for each in _tabled()}
    found |= {each.code: _of_rule(each) for each in documented_rules()}
    ranks = {family: rank for rank, family in enumerate(families())}
    rank = {code: ranks.get(each.family, len(ranks)) for code, each in found.items()}
    return {code: found[code] for code in sorted(found, key=lambda code: (rank[code], code))}


def explanation(code: str) -> Explanation | None:
    """Return the explanation of a code, or None where there is no such code."""
    return explanations().get(code)


def near_code(wrong: str) -> str:
    """Return the help line for a code or family that does not exist; a code may lack its family, as in ``P1``."""
    bare = [code for code in explanations() if code.partition("-")[2].casefold() == wrong.casefold()]
    if bare:
        shown = [f"'{code}'" for code in bare[:MAX_MEANT]]
        return f"did you mean {' or '.join((', '.join(shown[:-1]), shown[-1]) if shown[1:] else shown)}?"
    close = near_matches(wrong, (*families(), *explanations()), 1)
    return f"did you mean '{close[0]}'?" if close else "'arazzo explain' lists all codes"


@lru_cache(maxsize=1)
def families() -> dict[str, str]:
    """Return the families of codes, each with what it is about, in the order in which they are listed."""
    return {name: str(family["about"]) for name, family in _table().items()}


def _of_rule(rule: RuleDocumentation) -> Explanation:
    texts = (rule.headline, rule.what, rule.why, rule.example, rule.instead, rule.fix)
    return Explanation(rule.code, *(text[:1].upper() + text[1:] for text in texts))


def _tabled() -> Iterator[Explanation]:
    for name, family in _table().items():
        for rest, told in family.items():
            if isinstance(told, dict):
                yield Explanation(f"{name}-{rest}", **told)


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, str | dict[str, str]]]:
    found: dict[str, dict[str, str | dict[str, str]]] = tomllib.loads(
        files(__package__).joinpath("codes.toml").read_text("utf-8")
    )
    return found
