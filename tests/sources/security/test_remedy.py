import pytest

from arazzo_runner.sources.security import NO_TOKEN, Flow, Grant, remedies

OR_TOKEN = "or give a token that you have: --auth oauth=TOKEN, or set ARAZZO_AUTH_SHOP_OAUTH_TOKEN"
FIELDS = {"CLIENT_ID": "lib", "CLIENT_SECRET": "s3cret", "USERNAME": "ann", "PASSWORD": "p4ss"}


@pytest.mark.parametrize(
    ("code", "is_answered", "lines"),
    [
        (NO_TOKEN, True, ["check the URL", OR_TOKEN]),
        ("", False, ["check the URL, and that its server runs", OR_TOKEN]),
        ("invalid_scope", True, ["check the scopes that were asked for: a b", OR_TOKEN]),
        (
            "invalid_grant",
            True,
            ["check what was sent: client_id 'lib' (from X), client_secret, username, password", OR_TOKEN],
        ),
        ("", True, [OR_TOKEN.removeprefix("or ")]),
    ],
)
def test_what_to_do(code: str, is_answered: bool, lines: list[str]) -> None:
    grant = Grant("shop", "oauth", Flow.PASSWORD, ("a", "b"), fields=FIELDS, origins={"CLIENT_ID": "X"})
    assert list(remedies(grant, code, is_answered=is_answered)) == lines


def test_a_callable_of_the_caller_is_his_own() -> None:
    assert list(remedies(Grant("shop", "oauth", Flow.CALLABLE), NO_TOKEN, is_answered=True)) == []
