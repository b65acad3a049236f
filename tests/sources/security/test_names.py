from arazzo_runner.sources.security.names import variable_name


def test_other_characters_become_underscores() -> None:
    assert variable_name("my api", "o-auth.2", "CLIENT_ID") == "ARAZZO_AUTH_MY_API_O_AUTH_2_CLIENT_ID"
