"""The process that runs hostile cases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.guard import Guard


@pytest.fixture(scope="session")
def guard(project: Path) -> Iterator[Guard]:
    """Hand cases to a process of their own, which is killed if one of them does not end."""
    made = Guard(project)
    yield made
    made.close()
