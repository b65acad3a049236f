"""Which credentials the calls of a workflow want, how each is given, and who gives it already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from arazzo_runner.api.readiness.calls import Call
from arazzo_runner.reports.doctor.readiness import CredentialFact, WantFact
from arazzo_runner.sources.operations import Operation
from arazzo_runner.sources.security import (
    Credential,
    Credentials,
    Schemes,
    Want,
    apply,
    placed,
    requirements,
    way_for,
    ways_of,
)


def credential_facts(calls: Iterable[Call], workflow_id: str, credentials: Credentials) -> tuple[CredentialFact, ...]:
    """Return what is wanted, each set of alternatives once with all its steps.

    `credentials` are those that are given. A step of another workflow is named ``workflow:step``.
    """
    calls = tuple(calls)
    twice = _in_several(calls)
    told: dict[CredentialFact, list[str]] = {}
    for call in calls:
        own = call.workflow.workflow_id == workflow_id
        label = call.step.step_id if own else f"{call.workflow.workflow_id}:{call.step.step_id}"
        for fact in _wanted(call, credentials, twice):
            told.setdefault(fact, []).append(label)
    return tuple(replace(fact, steps=tuple(labels)) for fact, labels in told.items())


def _wanted(call: Call, credentials: Credentials, twice: Collection[str]) -> Iterator[CredentialFact]:
    operation, present = call.found.operation, call.present
    if operation is None:
        return
    if apply(operation, {}, present).missing:
        alternatives = (
            tuple(_fact(operation, want, credentials, twice) for want in wants) for wants in requirements(operation)
        )
        yield CredentialFact((), tuple(alternatives))
    elif apply(operation, {}).missing:
        yield CredentialFact((), (), placed(operation, present))


def _fact(operation: Operation, want: Want, credentials: Credentials, twice: Collection[str]) -> WantFact:
    flag = want.flag
    if want.scheme in twice:
        flag = flag.replace(f"--auth {want.scheme}=", f"--auth {want.source}.{want.scheme}=")
    return WantFact(want, flag, _giver(operation, want, credentials))


def _giver(operation: Operation, want: Want, credentials: Credentials) -> str:
    """Return who gives the credential of a scheme; empty where nobody does, or not enough of it."""
    given = credentials.get((want.source, want.scheme)) or credentials.get((None, want.scheme))
    scheme = operation.schemes.get(want.scheme)
    if given is None or scheme is None or way_for(scheme, given) is None:
        return ""
    return _origin(given)


def _origin(given: Credential) -> str:
    named = dict.fromkeys(given.origins.get(field, "") for field in given.fields)
    return " and ".join(name for name in named if name) or "a flag or the caller"


def _in_several(calls: Iterable[Call]) -> frozenset[str]:
    """Return the keys that schemes of more than one source have."""
    owners: dict[str, set[str]] = {}
    for call in calls:
        if call.found.operation is not None:
            for key in call.found.operation.schemes:
                owners.setdefault(key, set()).add(call.found.operation.source)
    return frozenset(key for key, sources in owners.items() if len(sources) > 1)


def still_wanted(facts: Iterable[CredentialFact]) -> tuple[WantFact, ...]:
    """Return what a command still has to give by flags; each once.

    Of several alternatives it is the first that flags can give; none, where one of them is given or asks for nothing.
    """
    chosen: dict[WantFact, None] = {}
    for fact in facts:
        if fact.satisfied:
            continue
        for wants in fact.alternatives:
            lacking = [each for each in wants if not each.given_by]
            if all(each.flag for each in lacking):
                chosen |= dict.fromkeys(lacking)
                break
    return tuple(chosen)


def assumed(facts: Iterable[CredentialFact], credentials: Credentials, schemes: Schemes) -> Credentials:
    """Return the credentials as they will be when what is still wanted is given: the fields alone, without values."""
    found: dict[tuple[str | None, str], Credential] = dict(credentials)
    for fact in still_wanted(facts):
        at = (fact.want.source, fact.want.scheme)
        way = next(iter(ways_of(schemes[at])), None) if at in schemes else None
        if way is not None:
            found[at] = Credential(dict.fromkeys(way.needs, "-"))
    return found
