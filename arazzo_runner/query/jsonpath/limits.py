"""The limits of JSONPath queries: sizes and steps, so that the same input always ends in the same way."""

MAX_QUERY_LENGTH = 20_000
"""Characters of a query."""

MAX_QUERY_NESTING = 30
"""Brackets and parentheses within each other."""

MAX_QUERY_OPERATORS = 150
"""``&&``, ``||`` and ``!`` of a query."""

MAX_QUERY_STEPS = 1_000_000
"""Values that one evaluation looks at, those in filters and comparisons included: about a second."""
