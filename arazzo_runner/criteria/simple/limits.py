"""The limits of simple conditions: sizes that no honest condition has."""

MAX_CONDITION_LENGTH = 65_536
"""Characters of a condition."""

MAX_CONDITION_NESTING = 50
"""Parentheses and ``!`` within each other."""

MAX_NUMBER_LENGTH = 1_000
"""Characters of a number."""
