import base64

from arazzo_runner.sources.security import Credential, secrets


def test_a_client_s_secret_is_hidden_in_the_forms_in_which_it_travels() -> None:
    found = secrets({(None, "oauth"): Credential({"CLIENT_ID": "me", "CLIENT_SECRET": "a/b c"})})
    assert {"a/b c", "a%2Fb%20c"} <= set(found)
    assert base64.b64encode(b"me:a%2Fb+c").decode() in found
    assert base64.b64encode(b"me:a/b c").decode() in found


def test_names_are_no_secrets() -> None:
    fields = {"CLIENT_ID": "me", "REDIRECT_URI": "http://127.0.0.1:1/", "CERTIFICATE": "me.pem", "REFRESH_TOKEN": "r3f"}
    assert secrets({(None, "oauth"): Credential(fields)}) == ("r3f",)


def test_nothing_secret_shows() -> None:
    assert "r3f" not in repr(Credential({"REFRESH_TOKEN": "r3f"}))
