import pytest

from arazzo_runner.errors import UsageError
from arazzo_runner.journal.codec import decode, encode
from arazzo_runner.sources.egress import OPEN, Egress
from arazzo_runner.sources.egress.hosts import HostRule, named, normal_host, place_in, read_rules

RULES = (
    ("api.example.com", HostRule("api.example.com")),
    (" API.Example.COM. ", HostRule("api.example.com")),
    ("localhost:8080", HostRule("localhost", 8080)),
    ("*.example.com", HostRule("example.com", 0, below=True)),
    ("*.example.com:8443", HostRule("example.com", 8443, below=True)),
    ("*", HostRule("*")),
    ("*:443", HostRule("*", 443)),
    ("::1", HostRule("::1")),
    ("[::1]", HostRule("::1")),
    ("[0::1]:80", HostRule("::1", 80)),
    ("0x7f.1", HostRule("127.0.0.1")),
    ("bücher.example", HostRule("xn--bcher-kva.example")),
)
NO_RULES = (
    "", "https://x.example", "x.example/path", "user@x.example", "x.example:", "x.example:0", "x.example:99999",
    "x.example:http", "x*.example", "a.*.example", "**", "*.", "*.127.0.0.1", "a b", "x%2eexample", "[fe80::1%25eth0]",
    "[::1", "::g", "x?y", "x#y",
)  # fmt: skip


@pytest.mark.parametrize(("text", "rule"), RULES)
def test_a_host_as_a_caller_names_it(text: str, rule: HostRule) -> None:
    assert read_rules([text]) == {rule}


@pytest.mark.parametrize("text", NO_RULES)
def test_what_is_no_host_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="that is no host"):
        read_rules([text])


COVERED = (
    ("example.com", "example.com", 443, True),
    ("example.com", "a.example.com", 443, False),
    ("example.com", "notexample.com", 443, False),
    ("example.com:8443", "example.com", 443, False),
    ("example.com:8443", "example.com", 8443, True),
    ("*.example.com", "a.example.com", 443, True),
    ("*.example.com", "a.b.example.com", 443, True),
    ("*.example.com", "example.com", 443, False),
    ("*.example.com", "notexample.com", 443, False),
    ("*.example.com", "example.com.evil.test", 443, False),
    ("*", "anything.test", 1, True),
    ("*:443", "anything.test", 80, False),
    ("*.1", "127.0.0.1", 80, False),
)


@pytest.mark.parametrize(("rule", "host", "port", "covers"), [one for one in COVERED if one[0] != "*.1"])
def test_which_hosts_a_rule_covers(rule: str, host: str, port: int, covers: bool) -> None:
    [found] = read_rules([rule])
    assert found.covers(host, port) is covers


def test_an_address_is_below_no_name() -> None:
    assert not HostRule("0.1", 0, below=True).covers("127.0.0.1", 80)


NORMAL = (
    ("EXAMPLE.com", "example.com"), ("example.com.", "example.com"), ("2130706433", "127.0.0.1"), ("[::1]", "::1"),
    ("\uff11\uff12\uff17。0。0。1", "127.0.0.1"), ("ⓔxample.com", "example.com"), ("bücher.example", "xn--bcher-kva.example"),
    ("127%2e0%2e0%2e1", ""), ("[fe80::1%25eth0]", ""), ("fe80::1%eth0", ""), ("a\\b", ""), ("a b", ""), ("", ""),
    ("a\tb", ""), ("ü" * 80, ""), ("[v1.x]", ""), ("exa<mple", ""),
)  # fmt: skip


@pytest.mark.parametrize(("host", "normal"), NORMAL)
def test_the_form_in_which_hosts_are_compared(host: str, normal: str) -> None:
    assert normal_host(host) == normal


PLACES = (
    ("https://api.example.com/x", ("api.example.com", 443)),
    ("http://api.example.com", ("api.example.com", 80)),
    ("http://API.example.com.:8080/", ("api.example.com", 8080)),
    ("http://user:pw@evil.test/", ("evil.test", 80)),
    ("http://good.test@evil.test/", ("evil.test", 80)),
    ("http://evil.test#@good.test/", ("evil.test", 80)),
    ("http://evil.test?@good.test/", ("evil.test", 80)),
    ("http://evil.test\\@good.test/", ("good.test", 80)),
    ("http://[::1]:8080/", ("::1", 8080)),
    ("http://[::1]/", ("::1", 80)),
    ("http://x.test:/", ("x.test", 80)),
    ("http://0x7f.1/", ("127.0.0.1", 80)),
    ("http://x.test:99999/", ("", 0)),
    ("http:///x", ("", 80)),
)


@pytest.mark.parametrize(("url", "place"), PLACES)
def test_host_and_port_of_a_url(url: str, place: tuple[str, int]) -> None:
    assert place_in(url) == place


def test_a_host_is_shown_as_a_flag_names_it() -> None:
    assert (named("x.test", 443, "https"), named("x.test", 443, "http"), named("::1", 80)) == (
        "x.test",
        "x.test:443",
        "[::1]:80",
    )


def test_rules_have_an_order_to_be_written_down_in() -> None:
    """A journal keeps them, and a set has no order of its own."""
    rules = read_rules(["a", "a:80", "*.a", "b", "*"])
    assert sorted(rules)[0] == HostRule("*")
    egress = Egress(rules, frozenset({"GET", "POST"}), True, rules)
    assert decode(Egress, encode(egress)) == egress
    assert decode(Egress, encode(OPEN)) == OPEN
