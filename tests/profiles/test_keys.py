"""What each key may hold; and for what it may not: the place, what was found, what to write, and no value."""

from pathlib import Path
from typing import Any

import pytest

from arazzo_runner.errors import UsageError
from arazzo_runner.profiles.keys import KEYS, Spot, settings
from arazzo_runner.profiles.settings import Settings
from arazzo_runner.profiles.toml import read


def read_settings(text: str, folder: Path) -> Settings:
    written = read(text.encode(), "a.toml", folder)
    return settings(Spot(written, (), dict(written.data)))


GOOD: list[tuple[str, dict[str, Any]]] = [
    ('servers = "http://localhost:8080"', {"servers": {"": "http://localhost:8080"}}),
    ('servers = { "*" = "http://a", api = "https://b/v1" }', {"servers": {"": "http://a", "api": "https://b/v1"}}),
    ('server-variables = { region = "eu", port = 8443 }', {"server_variables": {"region": "eu", "port": "8443"}}),
    ('sources.api = "https://x.example/api.yml"', {"sources": {"api": "https://x.example/api.yml"}}),
    ('inputs = { a = 1, b = [true, { c = "x" }], d = 1.5, pageToken = "p" }', {"inputs": {"a": 1, "b": [True, {"c": "x"}], "d": 1.5, "pageToken": "p"}}),
    ('inputs = { accessToken = "env:T", password = "prompt" }', {"inputs": {"accessToken": "env:T", "password": "prompt"}}),
    ("inputs.secret = true", {"inputs": {"secret": True}}),
    ('inputs-for.flow.a = "x"', {"inputs_for": {"flow": {"a": "x"}}}),
    ('auth.bearer = "env:T"', {"auth": {"bearer": "env:T"}}),
    ('auth."api.key" = "keyring:s/u"', {"auth": {"api.key": "keyring:s/u"}}),
    ('auth.b = { username = "me", password = "prompt" }', {"auth": {"b": {"USERNAME": "me", "PASSWORD": "prompt"}}}),
    ('auth.o = { client-id = "web", client-secret = "env:S" }', {"auth": {"o": {"CLIENT_ID": "web", "CLIENT_SECRET": "env:S"}}}),
    ('auth-hosts = ["API.example.com", "localhost:8080", "[::1]:80", "::1"]', {"auth_hosts": ("api.example.com", "localhost:8080", "[::1]:80", "::1")}),
    ("auth-hosts = []", {"auth_hosts": ()}),
    ("limits = { timeout = 2.5, max-steps = 7, max-wait = 0, run-timeout = 60, max-depth = 3 }", {"limits": {"timeout": 2.5, "max_steps": 7, "max_wait": 0, "run_timeout": 60, "max_depth": 3}}),
    ("strict = true\ncookies = false\nfollow-redirects = true", {"strict": True, "cookies": False, "follow_redirects": True}),
    ('check = "responses"\ncheck-level = "fail"', {"check": "responses", "check_level": "fail"}),
    ('proxy = "http://proxy.example:3128"\nno-proxy = ["localhost"]', {"proxy": "http://proxy.example:3128", "no_proxy": ("localhost",)}),
    ('allow-hosts = ["api.example.com", "*.x.example:443"]\nallow-methods = ["GET"]\ndeny-private = true', {"allow_hosts": ("api.example.com", "*.x.example:443"), "allow_methods": ("GET",), "deny_private": True}),
    ('limits.max-bytes = 9', {"limits": {"max_bytes": 9}}),
    ('tls.client-cert-password = "env:P"', {"tls": {"client_cert_password": "env:P"}}),
    ('tls.insecure-hosts = ["localhost"]', {"tls": {"insecure_hosts": ("localhost",)}}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), GOOD)
def test_what_a_key_holds(tmp_path: Path, text: str, expected: dict[str, Any]) -> None:
    assert read_settings(text, tmp_path) == Settings(**expected)


def test_every_key_has_a_setting_and_a_good_example() -> None:
    names = {key.replace("-", "_") for key in KEYS}
    assert names == set(Settings.__dataclass_fields__)
    shown = {name for _, expected in GOOD for name in expected} | {"base_dir", "documents"}
    assert shown == names


def test_paths_start_from_the_folder_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    (tmp_path / "apis").mkdir()
    text = """
        sources = { a = "apis/a.yml", b = "~/b.yml", c = "../c.yml" }
        base-dir = "apis"
        documents = ["d.yml", "https://x.example/d"]
        tls.cacert = "ca.pem"
        auth.x = "file:token"
    """
    found = read_settings(text, tmp_path)
    assert found.sources == {
        "a": str(tmp_path / "apis" / "a.yml"),
        "b": str(tmp_path / "home" / "b.yml"),
        "c": str(tmp_path.parent / "c.yml"),
    }
    assert found.base_dir == tmp_path / "apis"
    assert found.documents == (str(tmp_path / "d.yml"), "https://x.example/d")
    assert found.tls == {"cacert": str(tmp_path / "ca.pem")}
    assert found.auth == {"x": f"file:{tmp_path / 'token'}"}


BAD: list[tuple[str, str, str]] = [
    ("servres = 1", "a.toml:1:1: there is no setting 'servres'", "did you mean 'servers'?"),
    ("strict = 1", "a.toml:1:10: 'strict' is a whole number; it should be true or false", "without quotes"),
    ('check = "reponses"', "a.toml:1:9: 'check' is none of requests, responses, all, none", "did you mean 'responses'?"),
    ('check-level = "error"', "a.toml:1:15: 'check-level' is none of warn, flow, fail", "known: 'warn', 'flow', 'fail'"),
    ("check-level = true", "a.toml:1:15: 'check-level' is true or false; it should be a text", "write "),
    ('strict = "yes"', "a.toml:1:10: 'strict' is a text", "true or false"),
    ("servers = 1", "a.toml:1:11: 'servers' is a whole number; it should be a URL", "https://"),
    ("servers.api = 1.5", "a.toml:1:15: 'api' is a number; it should be a text", "in quotes"),
    ('servers.api = "localhost:8080"', "a.toml:1:15: this is no absolute http or https URL", "https://"),
    ('servers = "https://u:s3cret@x.example"', "a.toml:1:11: 'servers' holds a secret", "by reference"),
    ('sources.a = "https://x.example/a?token=s3cret"', "a.toml:1:13: 'a' holds a secret", "by reference"),
    ("server-variables.a = true", "a.toml:1:22: 'a' is true or false; it should be a text", "in quotes"),
    ("sources = []", "a.toml:1:11: 'sources' is an array; it should be a table", "[sources] above"),
    ('sources.a = ""', "a.toml:1:13: 'a' is empty", "text"),
    ('base-dir = "nowhere"', "a.toml:1:12: there is no folder", "folder of this file"),
    ('documents = "d.yml"', "a.toml:1:13: 'documents' is a text; it should be an array of texts", "["),
    ("documents = [1]", "a.toml:1:14: '0' is a whole number; it should be a text", "in quotes"),
    ("inputs.a = 2026-01-01", "a.toml:1:12: a date or time is a text", "in quotes"),
    ("inputs.a = [07:30:00]", "a.toml:1:13: a date or time is a text", "in quotes"),
    ("inputs.a = nan", "a.toml:1:12: an input can't be inf or nan", "number"),
    ('inputs.accessToken = "s3cret"', "a.toml:1:22: input 'accessToken' is a secret", "env:NAME"),
    ("inputs.password = 12345", "a.toml:1:19: input 'password' is a secret", "env:NAME"),
    ('inputs.user = { password = "s3cret" }', "a.toml:1:28: 'password' is a secret", "environment"),
    ('inputs-for.w.apiKey = "s3cret"', "a.toml:1:23: input 'apiKey' is a secret", "env:NAME"),
    ("inputs-for.w = 1", "a.toml:1:16: 'w' is a whole number; it should be a table", "[inputs-for.w]"),
    ('auth.bearer = "s3cret"', "a.toml:1:15: the credential 'bearer' is a secret, and no secret stands", "env:NAME, keyring:SERVICE/USER, file:PATH or prompt"),
    ('auth.bearer = "env:s3cret value"', "a.toml:1:15: the credential 'bearer' is a secret", "env:NAME"),
    ("auth.bearer = 1", "a.toml:1:15: the credential 'bearer' is a secret", "env:NAME"),
    ('auth.b = { user = "x" }', "a.toml:1:12: a credential has no field 'user'", "did you mean 'username'?"),
    ('auth.b = { password = "s3cret" }', "a.toml:1:23: 'password' is a secret", "env:NAME"),
    ('auth.b = { username = "s3cret" }', "a.toml:1:23: 'username' is a secret", "env:NAME"),
    ('auth-hosts = "x"', "a.toml:1:14: 'auth-hosts' is a text; it should be an array", "auth-hosts = ["),
    ('auth-hosts = ["https://x.example"]', "a.toml:1:15: this is no host", "without a scheme"),
    ('auth-hosts = ["*.example.com"]', "a.toml:1:15: this is no host", "without a scheme"),
    ("limits.timeout = 0", "a.toml:1:18: 'timeout' is a whole number; it should be a number of seconds above 0", "timeout = 30"),
    ("limits.timeout = inf", "a.toml:1:18: 'timeout' is a number", "timeout = 30"),
    ("limits.max-steps = 1.5", "a.toml:1:20: 'max-steps' is a number; it should be a whole number above 0", "1000"),
    ("limits.max-step = 1", "a.toml:1:8: there is no limit 'max-step'", "did you mean 'max-steps'?"),
    ("limits.max-depth = 100000", "a.toml:1:20: 'max-depth' is a whole number; it should be a whole number from 1", "= 50"),
    ('tls.client-cert-password = "s3cret"', "a.toml:1:28: the password of the certificate's key is a secret", "env:NAME"),
    ('tls.ca = "x"', "a.toml:1:5: there is no setting of TLS 'ca'", "cacert"),
    ('allow-hosts = ["https://x.example"]', "a.toml:1:16: this is no host", "without a scheme"),
    ('allow-methods = ["GET POST"]', "a.toml:1:18: this is no method", '["GET", "POST"]'),
    ("deny-private = false", "a.toml:1:16: 'deny-private' can only be true", "leave it out"),
    ('proxy = "ftp://x"', "a.toml:1:9: this is no URL of a proxy", "http://"),
    ('proxy = "http://me:s3cret@proxy:1"', "a.toml:1:9: 'proxy' holds a secret", "leave it out"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message", "hint"), BAD)
def test_what_a_key_can_not_hold(tmp_path: Path, text: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_settings(text, tmp_path)
    assert refused.value.message.startswith(message), refused.value.message
    assert hint in refused.value.hint
    assert "s3cret" not in str(refused.value)
    assert "12345" not in str(refused.value)
