"""What a file of profiles says for `arazzo validate`: the table `[validate]`, which counts whatever the profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from arazzo_runner.diagnostics import Severity, did_you_mean
from arazzo_runner.profiles.keys import Spot, table, text

TABLE: Final = "validate"
_CODES: Final = ("select", "ignore")
_FAIL_ON: Final = "fail-on"


@dataclass(frozen=True, slots=True)
class Validation:
    """Which warnings and notes are told (`select` empty: all), and from which severity on they are failures."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fails_from: Severity | None = None


def validation(spot: Spot) -> Validation:
    """Return what the table says.

    Raises:
        UsageError: a key is unknown or holds what it can't; the message has file, line and column.
    """
    codes: dict[str, tuple[str, ...]] = {}
    fails_from: Severity | None = None
    for key in table(spot):
        member = spot.child(key)
        if key in _CODES:
            codes[key] = _listed(member)
        elif key == _FAIL_ON:
            fails_from = _severity(member)
        else:
            raise member.fault(f"there is no setting '{key}'", did_you_mean(key, (*_CODES, _FAIL_ON)), key=True)
    return Validation(codes.get("select", ()), codes.get("ignore", ()), fails_from)


def _listed(spot: Spot) -> tuple[str, ...]:
    if not isinstance(spot.value, list):
        raise spot.wrong("an array of codes", f'{spot.path[-1]} = ["body-missing", "structure"]')
    return tuple(text(spot.child(index)) for index in range(len(spot.value)))


def _severity(spot: Spot) -> Severity:
    known = {severity.value: severity for severity in Severity}
    found = text(spot, 'fail-on = "warning"')
    if found not in known:
        raise spot.fault("this is no severity", did_you_mean(found, known))
    return known[found]
