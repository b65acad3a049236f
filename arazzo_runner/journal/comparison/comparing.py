"""Two runs compared: what they were begun with, the steps that they went through, what they gave."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, zip_longest
from typing import Final

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.engine.events import RequestSent, Warned
from arazzo_runner.engine.result import Judged
from arazzo_runner.journal.comparison.account import account
from arazzo_runner.journal.comparison.alignment import Key, aligned
from arazzo_runner.journal.comparison.limits import MAX_DIFFERENCES, MAX_VALUE
from arazzo_runner.journal.comparison.messages import LEFT_OUT, Reading
from arazzo_runner.journal.comparison.record import (
    Activation,
    Comparison,
    Difference,
    Exchange,
    Found,
    Kind,
    Side,
    StepPair,
    Try,
    TryPair,
)
from arazzo_runner.journal.comparison.secrecy import comparable, masked, told_value
from arazzo_runner.journal.comparison.trees import Tree
from arazzo_runner.journal.reader import Journal
from arazzo_runner.journal.vault import SecretsFile, Vault
from arazzo_runner.values import Nothing, Value

UNENDED: Final = "did not end"
"""The status of a run or a step that its journal does not see to its end."""


def compare(left: Journal, right: Journal, *, all_headers: bool = False) -> Comparison:
    """Compare two runs. Their files of secrets are read where they are there; no secret stands in what is returned.

    `all_headers` compares the header fields too that differ between any two runs.

    Raises:
        UsageError: a file of secrets can't be read.
    """
    vaults = SecretsFile(left.path).load(), SecretsFile(right.path).load()
    left_out = () if all_headers else LEFT_OUT
    reading = Reading(*comparable(*vaults), frozenset(left_out))
    pairs = aligned(account(left), account(right), _of_step)
    return Comparison(
        _side(left, vaults[0]),
        _side(right, vaults[1]),
        _found(_begun(left, right, reading)),
        tuple(_steps(one, other, reading) for one, other in pairs),
        _found(_ended(left, right)),
        left_out,
    )


def _side(journal: Journal, vault: Vault | None) -> Side:
    header, result = journal.header, journal.result
    clocks = [stamped.clock.monotonic for stamped in journal.events]
    return Side(
        str(journal.path),
        header.workflow,
        header.document.name,
        header.document.digest,
        header.made,
        header.runner,
        _status(journal),
        result.elapsed if result else (clocks[-1] - clocks[0] if clocks else 0.0),
        sum(isinstance(stamped.event, RequestSent) for stamped in journal.events),
        vault is not None,
    )


def _found(differences: Iterable[Difference]) -> Found:
    first = tuple(islice(differences, MAX_DIFFERENCES + 1))
    return Found(first[:MAX_DIFFERENCES], len(first) > MAX_DIFFERENCES)


# ---------------------------------------------------------------- the beginning and the end


def _begun(left: Journal, right: Journal, reading: Reading) -> Iterator[Difference]:
    yield from Tree("workflow", "").differences(left.header.workflow, right.header.workflow)
    one = {name: told_value(value, reading.left) for name, value in left.header.inputs.items()}
    other = {name: told_value(value, reading.right) for name, value in right.header.inputs.items()}
    yield from _values("input", one, other)


def _values(part: str, left: Mapping[str, Value], right: Mapping[str, Value]) -> Iterator[Difference]:
    for name in (*left, *(name for name in right if name not in left)):
        tree = Tree(part, f"'{name}'")
        if name not in right:
            yield tree.only(Kind.LEFT, left[name])
        elif name not in left:
            yield tree.only(Kind.RIGHT, right[name])
        else:
            yield from tree.differences(left[name], right[name])


def _ended(left: Journal, right: Journal) -> Iterator[Difference]:
    one, other = left.result, right.result
    yield from Tree("result", "").differences(_status(left), _status(right))
    for what in ("reason", "limit", "transferred"):
        yield from Tree("result", what).differences(getattr(one, what, ""), getattr(other, what, ""))
    yield from _values("output", one.outputs if one else {}, other.outputs if other else {})
    for gone, come in aligned(_warnings(left), _warnings(right), lambda each: ((each,), ())):
        if come is None:
            yield Tree("warning", "").only(Kind.LEFT, gone)
        elif gone is None:
            yield Tree("warning", "").only(Kind.RIGHT, come)


def _status(journal: Journal) -> str:
    return journal.result.status.value if journal.result else UNENDED


def _warnings(journal: Journal) -> list[str]:
    told = [stamped.event for stamped in journal.events if isinstance(stamped.event, Warned)]
    known: Iterable[Diagnostic] = [event.diagnostic for event in told]
    if journal.result is not None:
        known = journal.result.warnings
    return [masked(f"[{each.code}] {each.message}") for each in known]


# ---------------------------------------------------------------- steps


def _of_step(step: Activation) -> Key:
    return step.path, (step.target, step.status, *(each.answer for each in step.tries))


def _of_try(one: Try) -> Key:
    return (), (one.answer, *(f"{judged.passed}" for judged in one.criteria))


def _steps(left: Activation | None, right: Activation | None, reading: Reading) -> StepPair:
    if left is None or right is None:
        alone = [TryPair(each, None) for each in left.tries] if left else []
        alone += [TryPair(None, each) for each in right.tries] if right else []
        return StepPair(left, right, tuple(alone))
    pairs = tuple(_tries(one, other, reading) for one, other in aligned(left.tries, right.tries, _of_try))
    return StepPair(left, right, pairs, _found(_of_steps(left, right)))


def _of_steps(left: Activation, right: Activation) -> Iterator[Difference]:
    yield from Tree("step", "target").differences(left.target, right.target)
    yield from Tree("step", "status").differences(left.status or UNENDED, right.status or UNENDED)
    yield from Tree("step", "reason").differences(masked(left.reason), masked(right.reason))
    yield from _values("output", left.outputs, right.outputs)


def _tries(left: Try | None, right: Try | None, reading: Reading) -> TryPair:
    if left is None or right is None:
        return TryPair(left, right)
    return TryPair(left, right, _found(_of_tries(left, right, reading)))


def _of_tries(left: Try, right: Try, reading: Reading) -> Iterator[Difference]:
    for token, other in zip_longest(left.tokens, right.tokens, fillvalue=""):
        yield from Tree("token", "").differences(masked(token), masked(other))
    for one, two in zip_longest(left.exchanges, right.exchanges):
        if one is None or two is None:
            yield _alone(one, two)
        else:
            yield from islice(reading.exchanges(one, two), MAX_DIFFERENCES)
    yield from _criteria(left.criteria, right.criteria)
    if left.action != right.action:
        yield from Tree("action", "").differences(left.action or "default", right.action or "default")


def _alone(left: Exchange | None, right: Exchange | None) -> Difference:
    alone = left or right
    assert alone is not None, "one side has it"
    told = masked(f"{alone.request.method} {alone.request.url}")
    return Tree("request", "").only(Kind.LEFT if right is None else Kind.RIGHT, told)


def _criteria(left: tuple[Judged, ...], right: tuple[Judged, ...]) -> Iterator[Difference]:
    for one, other in aligned(left, right, lambda each: ((each.condition,), (str(each.passed),))):
        either = one or other
        assert either is not None, "a pair has a side"
        tree = Tree("criterion", either.condition)
        if one is None or other is None:
            yield tree.only(Kind.LEFT if other is None else Kind.RIGHT, _verdict(either))
        elif (one.passed, bool(one.reason)) != (other.passed, bool(other.reason)):
            yield from tree.differences(_verdict(one), _verdict(other))


def _verdict(judged: Judged) -> str:
    """Say how a criterion was judged, and from what."""
    told = "holds" if judged.passed else "undecidable" if judged.reason else "does not hold"
    values = [f"{each.text} was {_told(each.value)}" for each in judged.operands]
    why = judged.reason or ", ".join(values)
    return masked(f"{told} ({why})" if why else told)


def _told(value: Value | Nothing) -> str:
    match value:
        case Nothing():
            return "no value"
        case bytes():
            return f"{len(value):,} bytes"
    return json.dumps(value, ensure_ascii=False, default=str)[:MAX_VALUE]
