"""`dataclass` for the records of this package: that of the standard library, made in a tenth of the time.

A command imports some hundred records before it does anything, and `dataclasses` compiles six functions for each:
more than a third of the start-up. Here the functions that are the same for all records are closures, and the one that
is worth compiling, `__init__`, is compiled when the first record is made. What the decorator of the standard library
would do in its own way (bases, class variables, orders) is left to it, as is every record on a Python whose
annotations are not at hand yet when a class is made (3.14). Type checkers see that decorator alone.

`fields`, `replace`, `is_dataclass`, `repr`, `==`, `hash`, `match`, `copy` and `pickle` work as they do there.
"""

from __future__ import annotations

import sys
from dataclasses import MISSING, Field, FrozenInstanceError, field
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    import dataclasses

    def dataclass(**options):
        """Return the decorator, with the options of the one of the standard library."""
        return lambda cls: _record(cls, **options) if _is_plain(cls, options) else dataclasses.dataclass(**options)(cls)


_KNOWN: Final = {"frozen", "slots", "kw_only", "eq"}
_SPECIAL: Final = ("ClassVar", "InitVar", "KW_ONLY")
_NOT_OURS: Final = ("__setattr__", "__delattr__", "__slots__", "__getstate__", "__setstate__")


def _is_plain(cls: type[Any], options: dict[str, bool]) -> bool:
    """Whether nothing is wanted of a record that only the standard library does."""
    own = cls.__dict__
    if sys.version_info >= (3, 14) or cls.__bases__ != (object,) or type(cls) is not type:
        return False
    if not (options.keys() <= _KNOWN and options.get("slots")) or any(name in own for name in _NOT_OURS):
        return False
    types = own.get("__annotations__", {})
    if any(type(hint) is not str or any(word in hint for word in _SPECIAL) for hint in types.values()):
        return False
    return all(_is_plain_default(own.get(name, MISSING)) for name in types)


def _is_plain_default(default: object) -> bool:
    if isinstance(default, Field):
        return default.kw_only is MISSING and _is_plain_default(default.default)
    return type(default).__hash__ is not None


def _record(
    cls: type[Any], *, frozen: bool = False, slots: bool = True, kw_only: bool = False, eq: bool = True
) -> type[Any]:
    """Return the class again, with slots for its fields and the methods of a record."""
    own = dict(cls.__dict__)
    own.pop("__dict__", None)
    own.pop("__weakref__", None)
    types: dict[str, str] = own.get("__annotations__", {})
    found = {name: _field(name, hint, own.pop(name, MISSING), kw_only) for name, hint in types.items()}
    names = tuple(found)
    own["__slots__"] = names
    own["__dataclass_fields__"] = found
    own["__dataclass_params__"] = _Parameters(frozen, eq, kw_only)
    own.setdefault("__match_args__", () if kw_only else tuple(name for name, each in found.items() if each.init))
    own.setdefault("__repr__", _repr([name for name, each in found.items() if each.repr]))
    key = _key([name for name, each in found.items() if each.compare])
    explicit = "__hash__" in own and not (own["__hash__"] is None and "__eq__" in own)
    if eq:
        own.setdefault("__eq__", _eq(key))
        if not explicit:
            hashed = [name for name, each in found.items() if (each.compare if each.hash is None else each.hash)]
            own["__hash__"] = _hash(_key(hashed)) if frozen else None
    if frozen:
        own["__getstate__"], own["__setstate__"] = _state(names)
    made: Any = type(cls.__name__, cls.__bases__, own)
    made.__qualname__ = cls.__qualname__
    if frozen:
        _freeze(made, frozenset(names))
    if "__init__" not in own:
        _initialise(made, found, kw_only)
    finished: type[Any] = made
    return finished


class _Parameters:
    """What the record was made with, for whoever looks where the standard library writes it."""

    __slots__ = ("eq", "frozen", "init", "kw_only", "order", "repr", "slots", "unsafe_hash", "weakref_slot")

    def __init__(self, frozen: bool, eq: bool, kw_only: bool) -> None:
        self.frozen, self.eq, self.kw_only = frozen, eq, kw_only
        self.init = self.repr = self.slots = True
        self.order = self.unsafe_hash = self.weakref_slot = False


class _Marked:
    """A record of the standard library: what its fields are marked with is taken from it, as it has no name."""

    one: int


if not TYPE_CHECKING:
    _MARK: Final = dataclasses.fields(dataclasses.dataclass(_Marked))[0]._field_type


def _field(name: str, hint: str, default: Any, kw_only: bool) -> Field[Any]:
    made: Any = default if isinstance(default, Field) else field(default=default)
    made.name, made.type, made.kw_only = name, hint, kw_only
    if not TYPE_CHECKING:
        made._field_type = _MARK
    found: Field[Any] = made
    return found


def _key(names: list[str]) -> Any:
    """Return what makes a tuple of the values of some fields."""
    if len(names) > 1:
        return attrgetter(*names)
    return (lambda self, name=names[0]: (getattr(self, name),)) if names else lambda self: ()


def _eq(key: Any) -> Any:
    def equals(self: Any, other: Any) -> Any:
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    return equals


def _hash(key: Any) -> Any:
    def hashed(self: Any) -> int:
        return hash(key(self))

    return hashed


def _repr(names: list[str]) -> Any:
    @recursive_repr()
    def shown(self: Any) -> str:
        told = ", ".join([f"{name}={getattr(self, name)!r}" for name in names])
        return f"{self.__class__.__qualname__}({told})"

    return shown


def _state(names: tuple[str, ...]) -> tuple[Any, Any]:
    def state_of(self: Any) -> list[Any]:
        return [getattr(self, name) for name in names]

    def restore(self: Any, state: list[Any]) -> None:
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    return state_of, restore


def _freeze(cls: Any, names: frozenset[str]) -> None:
    def refuse_set(self: Any, name: str, value: Any) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def refuse_delete(self: Any, name: str) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    cls.__setattr__, cls.__delattr__ = refuse_set, refuse_delete


class _Signature:
    """The signature of a record, made when somebody asks for it."""

    def __get__(self, _: Any, cls: type[Any]) -> Any:
        from inspect import signature

        if cls.__dict__.get("__init__") is not None and hasattr(cls.__init__, "first_use"):
            cls.__init__.first_use()
        found = signature(cls.__init__)
        return found.replace(parameters=list(found.parameters.values())[1:])


_SIGNATURE: Final = _Signature()


def _initialise(cls: Any, found: dict[str, Field[Any]], kw_only: bool) -> None:
    """Give a class an `__init__` that compiles itself when it is called first.

    That of a record whose fields are all named is read for its types (by typer), so it is there from the start.
    """
    if kw_only:
        cls.__init__ = _compiled(cls, found, kw_only)
        return

    def first_use() -> Any:
        cls.__init__ = _compiled(cls, found, kw_only)
        return cls.__init__

    def begin(self: Any, /, *values: Any, **named: Any) -> None:
        first_use()(self, *values, **named)

    begin.first_use = first_use  # type: ignore[attr-defined]  # read by the signature
    cls.__init__, cls.__signature__ = begin, _SIGNATURE


def _compiled(cls: type[Any], found: dict[str, Field[Any]], kw_only: bool) -> Any:
    scope: dict[str, Any] = {"_missing": MISSING}
    parameters, lines = ["self", "*"] if kw_only and found else ["self"], []
    for name, each in found.items():
        scope[f"_set_{name}"] = cls.__dict__[name].__set__
        value = name
        if each.default_factory is not MISSING:
            scope[f"_make_{name}"] = each.default_factory
            value = f"_make_{name}() if {name} is _missing else {name}" if each.init else f"_make_{name}()"
        if each.default is not MISSING:
            scope[f"_default_{name}"] = each.default
        if each.init:
            parameters.append(_parameter(name, each))
        elif each.default is not MISSING:
            value = f"_default_{name}"
        elif each.default_factory is MISSING:
            continue
        lines.append(f"  _set_{name}(self, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append("  self.__post_init__()")
    head = f"def _made({', '.join(scope)}):\n def __init__({', '.join(parameters)}):\n"
    made_by: dict[str, Any] = {}
    exec(head + "\n".join([*lines, "  pass", " return __init__"]), sys.modules[cls.__module__].__dict__, made_by)
    made = made_by["_made"](**scope)
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__module__ = cls.__module__
    made.__annotations__ = {name: each.type for name, each in found.items() if each.init} | {"return": None}
    return made


def _parameter(name: str, each: Field[Any]) -> str:
    if each.default is not MISSING:
        return f"{name}=_default_{name}"
    return f"{name}=_missing" if each.default_factory is not MISSING else name
