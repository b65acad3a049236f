"""The named limits of the mock: an answer is found, or given up, in bounded time and space.

A limit that is reached is never a crash: the generator says which one it was, as the reason for having no instance.
"""

from __future__ import annotations

from typing import Final

MAX_DEPTH: Final = 64
"""Levels of nesting in an invented value; a schema that asks for more has no instance here."""

RICH_DEPTH: Final = 5
"""Levels down to which optional containers are filled in; below it only what the schema requires is made."""

RICH_VALUES: Final = 800
"""Values made in one attempt before optional members are left out."""

MAX_WORK: Final = 20_000
"""Values tried in one attempt, those that were thrown away included."""

MAX_ATTEMPTS: Final = 5
"""Whole values made for one schema before it is said to have no instance."""

MAX_SETTLEMENTS: Final = 60
"""Ways to choose among the alternatives (oneOf, anyOf, if, not ...) at one place of a value."""

MAX_DEVIATIONS: Final = 4
"""Alternatives at one place that may be other than the first choice at once."""

MAX_NEGATIONS: Final = 12
"""Ways to break one schema (for `not`, `else` and the other branches of a `oneOf`)."""

MAX_CONJUNCTS: Final = 400
"""Schemas that may hold together at one place (allOf, $ref, additional wishes)."""

MAX_STRING: Final = 20_000
"""Characters of an invented string; a longer `minLength` has no instance here."""

MAX_ITEMS: Final = 1_000
"""Items of an invented array; a larger `minItems` has no instance here."""

MAX_MEMBERS: Final = 1_000
"""Members of an invented object; a larger `minProperties` has no instance here."""

MAX_TRIES: Final = 40
"""Candidates for one scalar (a string of several patterns, a distinct item)."""

MAX_PATTERN: Final = 10_000
"""Characters of a pattern that is read."""

MAX_PATTERN_DEPTH: Final = 50
"""Groups within groups of a pattern."""

MAX_SCHEMA_DEPTH: Final = 100
"""Nesting of a schema; the checker of schemas stops at about three times that."""

MAX_WEIGHT: Final = 100_000
"""Schemas that are checked at one place of a value; a schema that asks for more is not used."""

MAX_WAY_WEIGHT: Final = 20_000_000
"""Schemas that are checked along one way down into a value."""

MAX_PLANS: Final = 64
"""Ways to make a step's criteria hold that are looked at."""

MAX_ANSWERS: Final = 40
"""Answers that are built and judged for one request."""

MAX_KEPT_TESTS: Final = 256
"""Tests of the status whose statuses are kept; further ones are worked out again."""

MAX_INLINED_NODES: Final = 400
"""Schemas within the schema of a place where a value is used that are looked at; what is beyond is left open."""

MAX_INLINED_DEPTH: Final = 24
"""Nesting of the schema of a place where a value is used; what is deeper is left open."""

MAX_DEMANDS: Final = 20_000
"""Steps by which what is wanted of values is followed back through a program."""

MAX_DEMANDED: Final = 60
"""Places of one answer, and uses of one place, of which it is looked at what is wanted of them later."""

MAX_DEMANDED_DEPTH: Final = 32
"""Names and indexes from a value to the place in it that is used later."""

MAX_REMEMBERED: Final = 10_000
"""Items of a mocked API that are remembered, deleted ones too; the ones used longest ago go."""

MAX_REMEMBERED_ITEM: Final = 262_144
"""Characters of one item; of a larger one it is only remembered that it is there."""

MAX_REMEMBERED_TOTAL: Final = 67_108_864
"""Characters of all items; the ones used longest ago go."""

MAX_REMEMBERED_ID: Final = 1_000
"""Characters of an id; an item with a longer one is not remembered."""

MAX_LISTED: Final = 200
"""Items that a list shows, and items of one list that are remembered."""
