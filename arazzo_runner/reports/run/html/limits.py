"""The bounds of the HTML report, so that a page loads at once whatever a run was like."""

MAX_BODY = 20_000
"""Characters of a body that are shown; of a longer one the beginning is."""

MAX_BODIES = 1_200_000
"""Characters of all bodies together; where there are more, each one is cut to what is left for it."""

MAX_ACTIVATIONS = 2_000
"""Steps that are told of one by one; of more, the first and the last are, and those that failed."""

MAX_TRIES = 100
"""Tries of one step that are told of; of more, the first and the last are."""

MAX_ALL_TRIES = 3_000
"""Tries of all steps together; where there are more, less of each step are told of."""

MAX_CONTENT = 10_000
"""Characters of a value, a reason or a condition; of a longer one the beginning and the end are shown."""

MAX_CONTENTS = 300_000
"""Such characters for each try of a step together: where there are many tries, each has less of them."""

LEAST_CONTENT = 200
"""Such characters that are left to each, however many there are."""

MAX_NAME = 300
"""Characters of a name; of a longer one the beginning and the end are shown."""

MAX_URL = 4_000
"""Characters of an address; of a longer one the beginning and the end are shown."""

MAX_HEADERS = 100
"""Header fields of a message that are shown."""

MAX_FIELD = 2_000
"""Characters of a header field; of a longer one the beginning and the end are shown."""

MAX_LISTED = 200
"""Values of one table, criteria of one step, warnings, and requests of one try that are told of."""

MAX_RELATED = 5
"""Other places of a warning that are shown."""

MAX_CURL = 2_000
"""Size of a request (address, header fields, body) up to which it is given as a command of curl too."""

MAX_PICTURED = 300
"""Steps of a workflow that is drawn."""

MAX_PICTURES = 30
"""Workflows that are drawn."""

MAX_LEVEL = 20
"""Workflows within workflows that are told of, one inside the other."""

MAX_BARS = 100
"""Requests, waits and turns that are drawn one by one in a line of the timeline; of more, those that touch are one."""
