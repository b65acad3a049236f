"""Schemas for the tests of the generator, and the independent judge of what it makes."""

from __future__ import annotations

from typing import Any, Final

from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from arazzo_runner.mock.instances.generate import NoInstance, generate
from arazzo_runner.values import JSON

_CHECKER: Final = Draft202012Validator.FORMAT_CHECKER


def complaints(schema: JSON, value: JSON, *, formats: bool = True) -> list[str]:
    """Return what `jsonschema`, which the mock does not use, finds wrong with a value."""
    checkers = (None, _CHECKER) if formats else (None,)
    validators = [Draft202012Validator(schema, format_checker=checker) for checker in checkers]
    return [error.message for validator in validators for error in validator.iter_errors(value)]


def made(schema: JSON, seed: int = 0, **more: Any) -> Any:
    """Return a value for a schema that has one, checked by the independent judge."""
    value = generate(schema, seed, **more)
    assert not isinstance(value, NoInstance), value.sentence()
    assert complaints(schema, value) == [], value
    return value


def refused(schema: JSON, **more: Any) -> str:
    """Return why there is no value for a schema that has none."""
    found = generate(schema, **more)
    assert isinstance(found, NoInstance), found
    return found.sentence()


_NAMES: Final = st.sampled_from(["id", "name", "kind", "items", "a", "b"])
_SMALL: Final = st.integers(0, 4)


def _bounded(low: str, high: str, values: st.SearchStrategy[int]) -> st.SearchStrategy[dict[str, JSON]]:
    def ordered(pair: tuple[int, int]) -> dict[str, JSON]:
        return {low: min(pair), high: max(pair)}

    return st.one_of(st.just({}), st.tuples(values, values).map(ordered))


def _merged(*parts: st.SearchStrategy[dict[str, JSON]]) -> st.SearchStrategy[dict[str, JSON]]:
    def joined(found: tuple[dict[str, JSON], ...]) -> dict[str, JSON]:
        return {key: value for part in found for key, value in part.items()}

    return st.tuples(*parts).map(joined)


def _typed(name: str) -> st.SearchStrategy[dict[str, JSON]]:
    return st.just({"type": name})


LEAVES: Final[st.SearchStrategy[JSON]] = st.one_of(
    st.sampled_from([True, {}]),
    _merged(_typed("string"), _bounded("minLength", "maxLength", st.integers(0, 30))),
    _merged(
        _typed("string"), st.sampled_from(["date", "uuid", "email", "date-time", "uri"]).map(lambda f: {"format": f})
    ),
    _merged(_typed("string"), st.sampled_from(["^[a-z]{2,5}$", "^\\d+-\\d+$", "[A-F]x"]).map(lambda p: {"pattern": p})),
    _merged(_typed("integer"), _bounded("minimum", "maximum", st.integers(-1000, 1000))),
    _merged(_typed("number"), _bounded("minimum", "maximum", st.integers(-5, 5))),
    _typed("boolean"),
    _typed("null"),
    st.lists(st.sampled_from([None, 1, 2.5, "x", "y", True, [1]]), min_size=1, max_size=3, unique_by=repr).map(
        lambda options: {"enum": options}
    ),
)
"""Schemas of single values, each of which has an instance."""


def _containers(inner: st.SearchStrategy[JSON]) -> st.SearchStrategy[JSON]:
    properties = st.dictionaries(_NAMES, inner, max_size=3)
    objects = st.tuples(properties, st.booleans(), st.booleans()).map(
        lambda found: {
            "type": "object",
            "properties": found[0],
            "required": [name for name in found[0] if found[1]],
            **({"additionalProperties": False} if found[2] else {}),
        }
    )
    arrays = _merged(
        _typed("array"), inner.map(lambda items: {"items": items}), _bounded("minItems", "maxItems", _SMALL)
    )
    unions = st.lists(inner, min_size=1, max_size=3).map(lambda options: {"anyOf": options})
    conditions = st.tuples(inner, inner).map(lambda pair: {"if": pair[0], "then": pair[0], "else": pair[1]})
    return st.one_of(objects, arrays, unions, conditions)


SATISFIABLE: Final = st.recursive(LEAVES, _containers, max_leaves=8)
"""Schemas that have an instance, whatever is drawn."""

ANY: Final = st.recursive(
    st.one_of(LEAVES, st.just(False)),
    lambda inner: st.one_of(
        _containers(inner),
        st.lists(inner, min_size=1, max_size=3).map(lambda options: {"oneOf": options}),
        st.lists(inner, min_size=1, max_size=2).map(lambda parts: {"allOf": parts}),
        inner.map(lambda schema: {"not": schema}),
        inner.map(lambda schema: {"type": "array", "contains": schema, "uniqueItems": True}),
        inner.map(lambda schema: {"type": "object", "minProperties": 2, "additionalProperties": schema}),
    ),
    max_leaves=8,
)
"""Schemas that may have no instance."""
