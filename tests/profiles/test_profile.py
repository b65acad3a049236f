from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.errors import UsageError
from arazzo_runner.profiles.keys import KEYS, LIMITS, TLS
from arazzo_runner.profiles.profile import Profile, choose
from arazzo_runner.profiles.settings import Settings
from arazzo_runner.profiles.toml import read

TEXT = """\
[defaults]
servers = "http://low"
limits.timeout = 1
inputs = { a = "low", b = "low" }

[profile.one]
limits.max-steps = 5
inputs.a = "one"
auth.bearer = "env:ONE"
auth-hosts = ["one.example"]

[profile.two]
extends = "one"
servers = { api = "https://two.example/v1", other = "http://[::1]:81" }
inputs.a = "two"
"""


def chosen(text: str, name: str | None, *, is_named: bool = True) -> Profile:
    return choose(read(text.encode(), "a.toml", Path("folder")), name, is_named=is_named)


def test_a_profile_goes_over_what_it_extends_and_that_over_the_defaults() -> None:
    found = chosen(TEXT, "two")
    assert (found.file, found.name, found.is_named, found.left_out) == ("a.toml", "two", True, ())
    assert found.settings == Settings(
        servers={"": "http://low", "api": "https://two.example/v1", "other": "http://[::1]:81"},
        limits={"timeout": 1, "max_steps": 5},
        inputs={"a": "two", "b": "low"},
        auth={"bearer": "env:ONE"},
        auth_hosts=("one.example",),
    )


def test_without_a_name_the_defaults_count_alone() -> None:
    found = chosen(TEXT, None)
    assert found.settings == Settings(
        servers={"": "http://low"}, limits={"timeout": 1}, inputs={"a": "low", "b": "low"}
    )


def test_the_hosts_are_those_named_and_those_of_the_servers() -> None:
    assert chosen(TEXT, "two").hosts() == {"one.example", "low:80", "two.example:443", "[::1]:81"}


@pytest.mark.parametrize(
    ("text", "name", "message", "hint"),
    [
        (TEXT, "tow", "there is no profile 'tow' in a.toml", "did you mean 'two'?"),
        ("", "x", "there is no profile 'x' in a.toml", "there is none"),
        ("strict = true", None, "a.toml:1:1: there is no table 'strict'", "[defaults] or [profile.NAME]"),
        ("[profiles.a]", None, "a.toml:1:2: there is no table 'profiles'", "did you mean 'profile'?"),
        ("defaults = 1", None, "a.toml:1:12: 'defaults' is a whole number; it should be a table", "[defaults]"),
        ("profile.a = 1", None, "a.toml:1:13: 'a' is a whole number; it should be a table", "[profile.a]"),
        ("[[profile.a]]", None, "a.toml:1:1: 'a' is an array; it should be a table", "[profile.a]"),
        ("[defaults]\nextends = 'a'", None, "a.toml:2:1: there is no setting 'extends'", ""),
        ("[profile.a]\nextends = 1", "a", "a.toml:2:11: 'extends' is a whole number", 'extends = "other"'),
        ("[profile.a]\nextends = 'b'", "a", "a.toml:2:11: there is no profile 'b' to extend", "known: 'a'"),
        ("[profile.a]\nextends = 'a'", "a", "a.toml:2:11: profiles extend each other in a circle", "a -> a"),
        ("[profile.a]\nextends = 'b'\n[profile.b]\nextends = 'c'\n[profile.c]\nextends = 'b'", "a", "a.toml:6:11: profiles extend each other in a circle", "a -> b -> c -> b"),
        ("[profile.a]\n[profile.b]\nstrict = 1", "a", "a.toml:3:10: 'strict' is a whole number", ""),
        ("[profile.a]\nauth.x = 'env:A'", "a", "a.toml:2:1: nothing says which hosts may get these credentials", "auth-hosts = ["),
        ("[profile.a]\nauth.x = 'env:A'\nauth-hosts = []", "a", "a.toml:2:1: nothing says which hosts", "auth-hosts = ["),
        ("[defaults]\nauth.x = 'env:A'", None, "a.toml:2:1: nothing says which hosts", "auth-hosts = ["),
    ],
)  # fmt: skip
def test_faults_have_their_place(text: str, name: str | None, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as refused:
        chosen(text, name)
    assert refused.value.message.startswith(message), refused.value.message
    assert hint in refused.value.hint


TOUCHY = """
[defaults]
servers = "http://low"
auth.bearer = "env:A"
auth-hosts = ["h"]
tls.insecure-hosts = ["h"]
proxy = "http://p:1"
no-proxy = ["h"]
cookies = true
follow-redirects = true
strict = true
inputs = { a = 1, token = "env:T" }
inputs-for.flow = { b = 1, password = "env:P" }
[profile.x]
"""


def test_a_file_that_was_only_found_says_nothing_of_secrets_and_connections() -> None:
    found = chosen(TOUCHY, None, is_named=False)
    assert found.settings == Settings(
        servers={"": "http://low"}, strict=True, inputs={"a": 1}, inputs_for={"flow": {"b": 1}}
    )
    assert found.left_out == (
        "auth", "auth-hosts", "tls", "proxy", "no-proxy", "cookies", "follow-redirects", "inputs", "inputs-for",
    )  # fmt: skip
    assert not found.is_named


@pytest.mark.parametrize(("name", "is_named"), [(None, True), ("x", False), ("x", True)])
def test_naming_the_file_or_a_profile_lets_all_of_it_count(name: str | None, is_named: bool) -> None:
    found = chosen(TOUCHY, name, is_named=is_named)
    assert found.settings.auth == {"bearer": "env:A"}
    assert found.settings.inputs == {"a": 1, "token": "env:T"}
    assert (found.left_out, found.is_named) == ((), True)


NAMES = st.sampled_from([*KEYS, *LIMITS, *TLS, "extends", "x", "token", "username", '"*"', '""', '"\\u001b[31m"'])
SCALARS = st.sampled_from(
    ["1", "-1", "0.5", "inf", "nan", "true", '"x"', '""', '"env:A"', '"file:a"', '"http://u:p@h"', '"http://["', '"http://h:99999"', '"~nobody/x"', '"\\u0000"', "1979-05-27", "07:32:00", "[]", "{}"]
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3).map(lambda all: f"[{', '.join(all)}]")
    | st.dictionaries(NAMES, inner, max_size=3).map(lambda all: f"{{ {', '.join(f'{k} = {v}' for k, v in all.items())} }}"),
    max_leaves=5,
)  # fmt: skip
TABLES = st.dictionaries(NAMES, VALUES, max_size=3).map(lambda all: "".join(f"{k} = {v}\n" for k, v in all.items()))


@given(TABLES, TABLES, st.sampled_from([None, "a", "b"]), st.booleans())
def test_whatever_stands_in_a_file_is_read_or_refused(
    defaults: str, profile: str, name: str | None, is_named: bool
) -> None:
    text = f"[defaults]\n{defaults}[profile.a]\n{profile}[profile.b]\nextends = 'a'\n"
    message = ""
    try:
        found = chosen(text, name, is_named=is_named)
    except UsageError as refused:
        message = refused.message
    assert message.startswith("a.toml:") or found.hosts() or not found.settings.auth
