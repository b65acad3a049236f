"""The limits of patterns. All of them are sizes and steps, so that the same input always ends in the same way."""

MAX_PATTERN_LENGTH = 20_000
"""Characters of a pattern as written."""

MAX_PATTERN_SIZE = 20_000
"""States of a pattern with its repetitions written out: ``a{3}`` counts three."""

MAX_PATTERN_NESTING = 50
"""Groups within each other."""

MAX_SUBJECT_LENGTH = 20_000_000
"""Characters of the text that is searched."""

MAX_PATTERN_WORK = 1_000_000_000
"""The size of the pattern times the length of the text: some seconds of the automaton in the worst case."""

MAX_PATTERN_STEPS = 2_000_000
"""Steps where a pattern has lookarounds or backreferences: some seconds of the machine."""
