import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.errors import UsageError
from arazzo_runner.sources.egress import OPEN, Egress, read_methods, read_rules
from arazzo_runner.sources.egress.hosts import normal_host, place_in
from arazzo_runner.sources.egress.policy import egress_for

STRICT = egress_for(["api.example.com", "127.0.0.1:8080", "*.cdn.test"], ["GET"], deny_private=True)

URLS = (
    ("https://api.example.com/a", None),
    ("https://API.EXAMPLE.COM./a", None),
    ("https://x.cdn.test/a", None),
    ("https://cdn.test/a", "allow_hosts"),
    ("https://api.example.com.evil.test/a", "allow_hosts"),
    ("https://api.example.com@evil.test/", "allow_hosts"),
    ("http://api%2eexample.com/", "allow_hosts"),
    ("http://127.0.0.1:8080/", "deny_private"),
    ("http://2130706433:8080/", "deny_private"),
    ("http://127.1:8081/", "allow_hosts"),
    ("http:///", "allow_hosts"),
)


@pytest.mark.parametrize(("url", "limit"), URLS)
def test_what_a_url_alone_tells(url: str, limit: str | None) -> None:
    refused = STRICT.refusal(url)
    assert (refused.limit if refused else None) == limit


LOCAL = (
    "http://localhost/", "http://x.localhost/", "http://LOCALHOST./", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
    "http://0/", "http://0x7f.1/", "http://017700000001/", "http://10.0.0.1/", "http://169.254.169.254/latest",
    "http://[fe80::1]/", "http://[fe80::1%25eth0]/", "http://127%2e0.0.1/", "http://\uff11\uff12\uff17.0.0.1/", "http://[64:ff9b::a00:1]/",
)  # fmt: skip


@pytest.mark.parametrize("url", LOCAL)
def test_addresses_that_are_written_out_need_no_network_to_be_refused(url: str) -> None:
    assert Egress(deny_private=True).refusal(url) is not None
    assert OPEN.refusal(url) is None


def test_a_host_may_be_excepted_from_the_judgement_of_addresses() -> None:
    egress = egress_for(None, None, ["localhost:8080", "10.0.0.1"], deny_private=True)
    assert egress.refusal("http://localhost:8080/") is None
    assert egress.refusal("http://10.1/") is None
    refused = egress.refusal("http://localhost:8081/")
    assert refused is not None
    assert (refused.limit, refused.help) == ("deny_private", "--allow-private localhost:8081")
    assert not egress.checks("localhost", 8080)
    assert egress.checks("example.com", 443)


def test_the_refusal_names_the_flag_that_would_allow_it() -> None:
    refused = STRICT.refusal("https://other.example/x?token=1")
    assert refused is not None
    assert refused.reason == "other.example is not among the hosts that are allowed"
    assert refused.help == "--allow-host other.example"


def test_methods_count_without_case() -> None:
    assert STRICT.refusal_of_method("get") is None
    refused = STRICT.refusal_of_method("POST")
    assert refused is not None
    assert (refused.limit, refused.help) == ("allow_methods", "--allow-method POST")
    assert OPEN.refusal_of_method("POST") is None


def test_methods_are_separated_by_commas() -> None:
    assert read_methods(["get, POST", "Purge"]) == {"GET", "POST", "PURGE"}
    for text in ("", "GET,", "GET POST", "a:b"):
        with pytest.raises(UsageError, match="no method"):
            read_methods([text])


def test_no_hosts_at_all_are_other_than_no_word_about_hosts() -> None:
    assert egress_for([]).refusal("https://api.example.com/") is not None
    assert egress_for(None).refusal("https://api.example.com/") is None


def test_the_host_of_a_url_can_be_added() -> None:
    egress = egress_for([]).and_host_of("https://docs.example/x.yml")
    assert egress.refusal("https://docs.example/y.yml") is None
    assert egress.refusal("https://docs.example:8443/y.yml") is not None
    assert OPEN.and_host_of("https://docs.example/x.yml") == OPEN


def test_what_is_connected_to_is_judged_by_its_own_name() -> None:
    assert STRICT.refusal_at("api.example.com", 443) is None
    assert STRICT.refusal_at("xn--bcher-kva.example", 443) is not None
    assert STRICT.refusal_at("a%b", 443) is not None
    assert OPEN.refusal_at("a%b", 443) is None


@given(st.one_of(st.text(), st.from_regex(r"https?://[^/]{0,20}(:[0-9]{0,6})?/.*"), st.text().map("http://{}/".format)))
def test_any_text_is_judged(url: str) -> None:
    refused = STRICT.refusal(url)
    host, port = place_in(url)
    if refused is None:
        assert host in ("api.example.com",) or host.endswith(".cdn.test")
        assert port >= 0
    assert Egress(frozenset()).refusal(url) is not None


@given(st.one_of(st.text(), st.from_regex(r"(\*\.)?[a-z0-9.\[\]:-]{0,20}(:[0-9]{0,6})?")))
def test_any_text_is_a_host_or_refused(text: str) -> None:
    try:
        [rule] = read_rules([text])
    except UsageError:
        return
    assert rule.host
    assert 0 <= rule.port <= 65535
    assert rule.host == "*" or normal_host(rule.host) == rule.host


@pytest.mark.parametrize("url", ["http://[fe80::1%25eth0]/", "http://127%2e0.0.1/", "http:///"])
def test_a_host_without_a_form_is_refused_by_the_limit_that_looked_at_it(url: str) -> None:
    private, hosts = Egress(deny_private=True).refusal(url), egress_for(["*"]).refusal(url)
    assert private is not None
    assert hosts is not None
    assert (private.limit, hosts.limit) == ("deny_private", "allow_hosts")
