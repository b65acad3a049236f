"""One fixed-field object while it is read: typed access to its members, with the faults reported on the way.

A getter gives None (or nothing) for a member that is missing or of the wrong type; `open_object` or the getter has
said so. A member that is written without a value (`parameters:` and nothing behind it) counts as left out.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from arazzo_runner.diagnostics import renaming
from arazzo_runner.document.model import FeatureSet
from arazzo_runner.document.objects.findings import Findings, choice, misnamed, nearest, told
from arazzo_runner.document.objects.shapes import ANY_VALUE, NEVER_EMPTY, Shape
from arazzo_runner.values import JSON, Path

_NAMES = ("stepId", "workflowId", "name")
"""Required fields by which other places refer to their object."""

RESERVED_EXTENSIONS = ("x-oai-", "x-oas-", "x-arazzo")


@dataclass(frozen=True, slots=True)
class Reading:
    """What everyone who reads a part of one document shares: its version's features, and where findings go."""

    features: FeatureSet
    findings: Findings


@dataclass(frozen=True, slots=True)
class Fields:
    """The members of one object. `label` is how messages call it: ``step 'login'``."""

    reading: Reading
    shape: Shape
    label: str
    at: Path
    data: dict[str, JSON]

    def has(self, name: str) -> bool:
        """Tell whether the member is given with a value; null is one where any value is allowed."""
        return name in self.data

    def path(self, name: str) -> Path:
        """Return the path of a member."""
        return (*self.at, name)

    def text(self, name: str) -> str | None:
        """Return a member that must be a string."""
        value = self.data.get(name)
        if value is None or isinstance(value, str):
            return value
        self._wrong_type(name, value, "a string")
        return None

    def words(self, name: str) -> str:
        """Return a member that only describes: another scalar is taken as the text that it is written as."""
        value = self.data.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        expected = "a string"
        self.reading.findings.stray(
            "structure-wrong-type",
            f"{self.label}: '{name}' is {told(value)}, expected {expected}",
            self.path(name),
            quoting(value),
        )
        return "" if isinstance(value, list | dict) else str(value)

    def integer(self, name: str, least: int) -> int | None:
        """Return a member that must be an integer not below `least`; 3.0 is one, 1.5 and "3" are none."""
        value = self.data.get(name)
        if value is None:
            return None
        whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        if isinstance(value, bool) or not isinstance(value, int | float) or not whole:
            self._wrong_type(name, value, f"an integer of at least {least}")
            return None
        return int(value) if self._at_least(name, value, least) else None

    def number(self, name: str, least: float) -> float | None:
        """Return a member that must be a number not below `least`."""
        value = self.data.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._wrong_type(name, value, f"a number of at least {least:g}")
            return None
        return value if self._at_least(name, value, least) else None

    def one_of(self, name: str, known: tuple[str, ...]) -> str | None:
        """Return a member that must be one of the known strings; case counts."""
        value = self.text(name)
        if value is None or value in known:
            return value
        self.reading.findings.error(
            "structure-unknown-value",
            f"{self.label}: '{name}' is '{value[:60]}', which is not known",
            self.path(name),
            choice(value, known),
            fix=renaming(value, known, self.path(name)) if len(value) <= 64 else None,
        )
        return None

    def items(self, name: str) -> Iterator[tuple[JSON, Path]]:
        """Yield the items of a member that must be an array, each with its path."""
        value = self.data.get(name)
        if isinstance(value, list):
            yield from ((item, (*self.at, name, index)) for index, item in enumerate(value))
        elif value is not None:
            self._wrong_type(name, value, "an array")

    def strings(self, name: str) -> tuple[str, ...]:
        """Return a member that must be an array of different strings."""
        found: dict[str, Path] = {}
        for item, at in self.items(name):
            if not isinstance(item, str):
                self.reading.findings.error(
                    "structure-wrong-type",
                    f"{self.label}: an item of '{name}' is {told(item)}, expected a string",
                    at,
                    quoting(item),
                )
            elif item in found:
                self.reading.findings.again(
                    "structure-duplicate-entry",
                    f"{self.label}: '{item}' stands twice in '{name}'",
                    at,
                    found[item],
                    "remove one of the two",
                    stray=True,
                )
            else:
                found[item] = at
        return tuple(found)

    def members(self, name: str) -> Iterator[tuple[str, JSON, Path]]:
        """Yield the members of a member that must be an object: key, value, path."""
        value = self.data.get(name)
        if isinstance(value, dict):
            yield from ((key, item, (*self.at, name, key)) for key, item in value.items())
        elif value is not None:
            self._wrong_type(name, value, "an object")

    def _wrong_type(self, name: str, value: JSON, expected: str) -> None:
        self.reading.findings.error(
            "structure-wrong-type",
            f"{self.label}: '{name}' is {told(value)}, expected {expected}",
            self.path(name),
            quoting(value) if expected == "a string" else "",
        )

    def _at_least(self, name: str, value: float, least: float) -> bool:
        if value >= least:
            return True
        self.reading.findings.error(
            "structure-out-of-range",
            f"{self.label}: '{name}' is {value}, expected at least {least:g}",
            self.path(name),
        )
        return False


def quoting(value: JSON) -> str:
    """Return the help for a value that should have been text."""
    if isinstance(value, bool):
        return f'quote it: "{str(value).lower()}"'
    return f'quote it: "{value}"' if isinstance(value, int | float) else ""


def open_object(reading: Reading, value: JSON, at: Path, shape: Shape, label: str = "") -> Fields | None:
    """Begin to read an object: reports a wrong type, unknown fields and missing required ones.

    Fields that a later version added are reported and left out, so that nobody behind here can read them.
    """
    label = label or shape.noun
    if not isinstance(value, dict):
        reading.findings.error(
            "structure-wrong-type", f"{label}: found {told(value)}, expected an object", at, _hint(value)
        )
        return None
    slips = _slips(reading, value, shape)
    unknown = _unknown(reading, value, at, shape, label, slips)
    kept = {name: value[name] for name in shape.fields(reading.features) if name in value}
    data = {name: member for name, member in kept.items() if not _void(name, member)}
    for name in kept.keys() - data.keys() - set(shape.required):
        message, help = f"{label}: '{name}' is given without a value", f"give '{name}' a value or remove it"
        reading.findings.stray("structure-empty-field", message, (*at, name), help, key=True)
    for name in shape.required:
        if name not in data:
            message = f"{label}: '{name}' is {'empty' if name in value else 'missing'}"
            slip = next((wrong for wrong, meant in slips.items() if meant == name), "")
            _missing(reading, shape, name, at, message, unknown, slip)
            if slip and name in _NAMES:  # what refers to it is then no fault of its own
                data[name] = value[slip]
    return Fields(reading, shape, label, at, data)


def _void(name: str, value: JSON) -> bool:
    """Tell whether a member is written without a value."""
    return (value is None and name not in ANY_VALUE) or (value == "" and name in NEVER_EMPTY)


def _slips(reading: Reading, value: dict[str, JSON], shape: Shape) -> dict[str, str]:
    """Return the unknown fields that are a missing required one but for the case or one letter, with that one."""
    known = (*shape.fields(reading.features), *shape.newer)
    strange = [wrong for wrong in value if wrong not in known and not wrong.startswith(("x-", "X-"))]
    missing = [name for name in shape.required if name not in value]
    found = {name: next((wrong for wrong in strange if is_slip(wrong, name)), "") for name in missing}
    return {wrong: name for name, wrong in found.items() if wrong and not _void(name, value[wrong])}


def is_slip(wrong: str, name: str) -> bool:
    """Tell whether a name is another but for the case, or for one letter that is more, less, other or displaced."""
    if abs(len(wrong) - len(name)) > 1:
        return False
    wrong, name = wrong.casefold(), name.casefold()
    start = next((index for index, (a, b) in enumerate(zip(wrong, name, strict=False)) if a != b), len(name))
    one, other = wrong[start:], name[start:]
    return one == other or one[1:] == other[1:] or one[1:] == other or one == other[1:] or _are_swapped(one, other)


def _are_swapped(one: str, other: str) -> bool:
    return one[:2] == other[:2][::-1] and one[2:] == other[2:]


def _missing(reading: Reading, shape: Shape, name: str, at: Path, message: str, unknown: list[str], slip: str) -> None:
    if slip:
        message = f"{message}; there is a field '{slip[:60]}', which is unknown"
        fix = misnamed((*at, slip), (name,))
        help, strayed = f"did you mean '{name}'?", name in shape.spared
        reading.findings.missing("structure-missing-field", message, (*at, slip), help, stray=strayed, fix=fix)
        return
    meant = next((wrong for wrong in unknown if nearest(wrong, (name,))), "")
    help = f"rename '{meant}' to '{name}'" if meant else f"add '{name}'"
    if name in shape.closed and not meant:
        help = f"add '{name}': {', '.join(shape.closed[name])}"
    place = (*at, name) if message.endswith("empty") else at
    strayed = name in shape.spared
    reading.findings.missing("structure-missing-field", message, place, help, stray=strayed)


def _hint(value: JSON) -> str:
    return "write its members below it, each on a line of its own" if value is None else ""


def _unknown(
    reading: Reading, value: dict[str, JSON], at: Path, shape: Shape, label: str, slips: Container[str]
) -> list[str]:
    known = shape.fields(reading.features)
    unknown = [name for name in value if name not in known and not (shape.extensible and name.startswith("x-"))]
    for name in unknown:
        if name in shape.newer:
            _newer(reading, (*at, name), name, label)
            continue
        if name in slips and not reading.findings.broken:
            continue  # told as what is missing
        close = nearest(name, known)
        help = f"did you mean '{close}'?" if close else f"known fields: {', '.join(known)}"
        if name.startswith("X-"):
            help = f"extensions begin with a lower-case 'x-': 'x-{name[2:]}'"
        fact, then = f"{label}: the field '{name[:60]}' is unknown", " and ignored"
        fix = misnamed((*at, name), tuple(one for one in known if one not in value))
        if shape.extensible:
            reading.findings.stray("structure-unknown-field", fact, (*at, name), help, key=True, then=then, fix=fix)
        else:
            reading.findings.warning("structure-unknown-field", fact + then, (*at, name), help, key=True, fix=fix)
    _reserved(reading, value, at, shape, label)
    return unknown


def _newer(reading: Reading, at: Path, name: str, label: str) -> None:
    reading.findings.stray(
        "document-newer-feature",
        f"{label}: the field '{name}' came with Arazzo 1.1, this is a 1.0 document",
        at,
        "set 'arazzo: 1.1.0', or remove the field",
        key=True,
        then=", and it is ignored",
    )


def _reserved(reading: Reading, value: dict[str, JSON], at: Path, shape: Shape, label: str) -> None:
    for name in value:
        if shape.extensible and name.startswith(RESERVED_EXTENSIONS):
            message = f"{label}: the prefix of '{name[:60]}' is reserved for the OpenAPI Initiative"
            help = "choose another name that begins with 'x-'"
            reading.findings.warning("structure-reserved-extension", message, (*at, name), help, key=True)
