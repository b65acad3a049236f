from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from typing import Any

import pytest

from arazzo_runner.api.options import Options
from arazzo_runner.engine.limits import MAX_STEPS, REQUEST_TIMEOUT
from arazzo_runner.errors import UsageError
from arazzo_runner.sources.security import Credential


def test_the_defaults_are_the_limits_of_the_engine() -> None:
    assert (Options().timeout, Options().max_steps) == (REQUEST_TIMEOUT, MAX_STEPS)


def test_options_are_frozen_and_show_no_secret() -> None:
    options = Options(
        auth=("bearer=secret-value",),
        proxy="http://u:secret-value@p",
        environ={"ARAZZO_AUTH_A_B_TOKEN": "secret-value"},
    )
    assert "secret-value" not in repr(options)
    with pytest.raises(dataclasses.FrozenInstanceError):
        options.mock = True  # type: ignore[misc]  # what is shown here


GOOD: list[dict[str, Any]] = [
    {"servers": {"": "http://h"}, "sources": {"api": "x.yml"}, "server_variables": {"a": ""}},
    {"auth": ["a=b"], "insecure_hosts": {"localhost"}, "environ": os.environ},
    {"credentials": {(None, "a"): Credential({"TOKEN": "t"})}},
    {"base_dir": Path("x"), "cacert": "ca.pem", "seed": -(10**400), "timeout": 0.1, "max_steps": 1},
    {"cacert": Path("ca.pem"), "timeout": 5},
    {"proxy": "http://proxy:3128", "no_proxy": ("localhost",), "follow_redirects": True, "max_redirects": 1},
    {"proxy": "", "no_proxy": (), "cookies": True, "run_timeout": 5, "max_wait": 0, "max_depth": 100, "max_body": 1},
]


@pytest.mark.parametrize("fields", GOOD)
def test_what_fits_is_taken(fields: dict[str, Any]) -> None:
    options = Options(**fields)
    assert {name: getattr(options, name) for name in fields} == fields


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("servers", "http://s3cret", 'is of type str, which it can\'t be\n  give URLs by the names of sources, "" for'),
        ("servers", {"": 5}, "is of type dict"),
        ("servers", {None: "http://s3cret"}, "is of type dict"),
        ("servers", None, "is of type NoneType"),
        ("sources", ["s3cret"], '{"api": "api.yml"}'),
        ("server_variables", "a=s3cret", '{"region": "eu"}'),
        ("auth", "a=s3cret", 'give a tuple of texts: ("scheme=VALUE",)'),
        ("auth", {"a": "s3cret"}, "is of type dict"),
        ("auth", (5,), "is of type tuple"),
        ("credentials", {"a": "s3cret"}, "of the type Credential"),
        ("credentials", "s3cret", "is of type str"),
        ("environ", [("A", "s3cret")], "such as os.environ"),
        ("insecure_hosts", "localhost", 'frozenset({"localhost"})'),
        ("base_dir", "s3cret", "a pathlib.Path"),
        ("cacert", b"s3cret", "the path of a file"),
        ("mock", "yes", "True or False"),
        ("strict", 1, "is 1, which"),
        ("show_secrets", None, "True or False"),
        ("seed", 1.5, "is 1.5, which it can't be\n  give a whole number"),
        ("seed", "1", "a whole number"),
        ("timeout", 0, "is 0, which it can't be\n  give a number of seconds above 0"),
        ("timeout", -1, "above 0"),
        ("timeout", float("nan"), "above 0"),
        ("timeout", float("inf"), "above 0"),
        ("timeout", None, "above 0"),
        ("timeout", True, "is True"),
        ("max_steps", 0, "is 0, which it can't be\n  give a whole number above 0"),
        pytest.param("timeout", 10**5000, "is of type int", id="huge timeout"),
        ("max_steps", 2.5, "a whole number"),
        ("proxy", b"s3cret", "http://localhost:3128"),
        ("no_proxy", "s3cret", "a tuple of hosts"),
        ("follow_redirects", "s3cret", "True or False"),
        ("max_redirects", 0, "above 0"),
        ("cookies", None, "True or False"),
        ("run_timeout", 0, "above 0, or None"),
        ("run_timeout", float("inf"), "above 0, or None"),
        ("max_wait", -1, "a number of seconds"),
        ("max_wait", False, "is False"),
        ("max_depth", 101, "is 101, which it can't be\n  give a whole number from 1 to 100"),
        ("max_depth", True, "from 1 to 100"),
        ("max_body", 0, "above 0"),
        pytest.param("max_steps", -(10**5000), "is of type int", id="huge steps"),
    ],
)
def test_what_does_not_fit_is_refused_without_being_shown(name: str, value: object, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        Options(**{name: value})  # type: ignore[arg-type]  # what is shown here
    assert str(caught.value).startswith(f"the option '{name}' is ")
    assert told in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_every_field_is_judged() -> None:
    class Strange:
        pass

    for each in dataclasses.fields(Options):
        with pytest.raises(UsageError, match=f"'{each.name}' is of type Strange"):
            Options(**{each.name: Strange()})  # type: ignore[arg-type]  # what is shown here


def test_a_scenario_needs_a_mock() -> None:
    assert Options(mock=True, scenario=("s=failure",)).scenario == ("s=failure",)
    with pytest.raises(UsageError, match="mock it too"):
        Options(scenario=("s=failure",))
