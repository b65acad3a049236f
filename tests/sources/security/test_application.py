from arazzo_runner.sources.security import Applied, Credential, Credentials, Flow, Login, Present, Tokens, apply
from tests.sources.security.schemes import operation

CLIENT: Credentials = {("shop", "oauth"): Credential({"CLIENT_ID": "me", "CLIENT_SECRET": "s"})}
KEY: Credentials = {(None, "key"): Credential({"API_KEY": "k3y"})}
TOKEN: Tokens = {("shop", "oauth", ("read",)): Credential({"TOKEN": "t0k"})}


def test_what_has_to_be_fetched_is_told_and_nothing_is_added() -> None:
    applied = apply(operation("oauth+key", scopes=("read",)), {**CLIENT, **KEY})
    assert [(grant.flow, grant.scopes) for grant in applied.grants] == [(Flow.CLIENT, ("read",))]
    assert (applied.headers, applied.missing) == ((), "")


def test_what_was_fetched_for_the_same_scopes_is_used() -> None:
    applied = apply(operation("oauth", scopes=("read",)), CLIENT, tokens=TOKEN)
    assert applied.headers == (("Authorization", "Bearer t0k"),)
    assert [grant.key for grant in applied.renewals] == [("shop", "oauth", ("read",))]
    assert apply(operation("oauth", scopes=("write",)), CLIENT, tokens=TOKEN).grants != ()


def test_what_needs_no_fetching_goes_first_whatever_the_order() -> None:
    for alternatives in (("oauth", "key"), ("key", "oauth")):
        assert apply(operation(*alternatives), {**CLIENT, **KEY}).headers == (("X-API-Key", "k3y"),)


def test_what_can_be_fetched_goes_before_nothing() -> None:
    assert apply(operation("", "oauth"), CLIENT).grants != ()
    assert apply(operation("", "oauth"), {}) == Applied()


def test_half_of_an_alternative_fetches_nothing() -> None:
    applied = apply(operation("oauth+key"), CLIENT)
    assert (applied.grants, "key" in applied.missing) == ((), True)


def test_what_the_document_sets_is_not_fetched() -> None:
    assert apply(operation("oauth"), CLIENT, Present(headers=frozenset({"authorization"}))).grants == ()


def test_a_given_token_that_was_refused_is_fetched_anew_where_that_is_possible() -> None:
    both: Credentials = {("shop", "oauth"): Credential({"TOKEN": "old", "REFRESH_TOKEN": "r"})}
    applied = apply(operation("oauth"), both)
    assert applied.headers == (("Authorization", "Bearer old"),)
    assert [grant.flow for grant in applied.renewals] == [Flow.REFRESH]
    assert apply(operation("oauth"), both, spent={("shop", "oauth")}).grants == applied.renewals
    alone: Credentials = {("shop", "oauth"): Credential({"TOKEN": "old"})}
    assert apply(operation("oauth"), alone, spent={("shop", "oauth")}).headers == (("Authorization", "Bearer old"),)


def test_digest_is_the_transport_s_to_answer() -> None:
    given: Credentials = {(None, "digest"): Credential({"USERNAME": "ann", "PASSWORD": "p4ss"})}
    applied = apply(operation("digest"), given)
    assert (applied.login, applied.headers) == (Login("ann", "p4ss"), ())
    assert "p4ss" not in repr(applied)
    both = {**given, (None, "bearer"): Credential({"TOKEN": "t0k"})}
    assert apply(operation("bearer+digest"), both).login is None  # one header can't hold both


def test_a_certificate_adds_nothing_to_the_request() -> None:
    given: Credentials = {(None, "mtls"): Credential({"CERTIFICATE": "me.pem"}), **KEY}
    assert apply(operation("mtls+key"), given).headers == (("X-API-Key", "k3y"),)
    assert "--client-cert FILE" in apply(operation("mtls"), {}).missing


def test_a_callable_is_asked_for_any_scheme() -> None:
    supplied: Credentials = {(None, "key"): Credential(supplied=True)}
    (grant,) = apply(operation("key"), supplied).grants
    assert grant.flow is Flow.CALLABLE
    got = apply(operation("key"), supplied, tokens={grant.key: Credential({"API_KEY": "k3y"})})
    assert got.headers == (("X-API-Key", "k3y"),)
    assert "wants credentials" in apply(operation("key"), supplied, tokens={grant.key: Credential({})}).missing
