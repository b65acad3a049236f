"""The values that a description gives as examples: used as they are where they fit, else as hints."""

from __future__ import annotations

from typing import Final

from arazzo_runner.mock.instances.conjunction import NoInstance
from arazzo_runner.mock.instances.generate import Generator
from arazzo_runner.mock.instances.judge import Nodes
from arazzo_runner.mock.instances.walk import NO_HINT
from arazzo_runner.values import JSON

_MAX_EXAMPLES: Final = 20


def from_examples(
    generator: Generator, examples: tuple[JSON, ...], wishes: Nodes, seed: int, name: str = ""
) -> JSON | NoInstance:
    """Return the first example that satisfies schema and wishes; else a value that keeps of one what can be kept.

    Examples that are not valid against the schema are common; of those, too, single members may fit.
    """
    shown = examples[:_MAX_EXAMPLES]
    for example in shown:
        if generator.valid(example, wishes):
            return example
    hint = next((example for example in shown if generator.valid(example)), shown[0] if shown else NO_HINT)
    return generator.generate(seed, wishes=wishes, hint=hint, name=name)
