import pytest

from arazzo_runner.engine.outcomes import Authorized, Clock
from arazzo_runner.engine.wallet import Wallet
from arazzo_runner.sources.security import Flow, Grant

GRANT = Grant("api", "oauth", Flow.CLIENT, ("read",))


def kept(lifetime: float | None, refresh_token: str = "") -> Wallet:
    wallet = Wallet()
    wallet.keep(GRANT, Authorized({"TOKEN": "t"}, lifetime, refresh_token, Clock(0, 100.0)))
    return wallet


@pytest.mark.parametrize(
    ("lifetime", "at", "holds"),
    [
        (None, 10.0**9, True),
        (3600.0, 3669.0, True),
        (3600.0, 3671.0, False),  # half a minute early
        (10.0, 108.9, True),
        (10.0, 109.1, False),  # a tenth early
        (0.0, 100.0, True),  # or it could never be used
        (0.0, 100.1, False),
        (-5.0, 100.1, False),
    ],
)
def test_a_token_holds_for_its_life(lifetime: float | None, at: float, holds: bool) -> None:
    assert (GRANT.key in kept(lifetime).tokens(Clock(0, at))) is holds


def test_a_refresh_token_stays_until_it_is_replaced_or_refused() -> None:
    wallet = kept(1.0, "first")
    wallet.keep(GRANT, Authorized({"TOKEN": "u"}))
    assert wallet.refresh_token(GRANT) == "first"
    wallet.forget_refresh_token(GRANT)
    assert wallet.refresh_token(GRANT) == ""


def test_what_was_fetched_is_refused_before_what_was_given() -> None:
    wallet = kept(None)
    wallet.refuse(GRANT)
    assert (wallet.known(), wallet.spent) == ({}, frozenset())
    wallet.refuse(GRANT)
    assert wallet.spent == {("api", "oauth")}


def test_nothing_secret_shows() -> None:
    assert "s3cret" not in repr(Authorized({"TOKEN": "s3cret"}, refresh_token="s3cret-too"))
