import socket
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.sources.egress.addresses import literal, private_kind

PUBLIC = (
    "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
    "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.1", "192.167.255.255", "192.169.0.0",
    "198.17.255.255", "198.20.0.0", "203.0.112.1", "223.255.255.255", "2606:4700::1111", "2a00:1450:4001:81b::200e",
    "2001:4860:4860::8888", "2003::1", "64:ff9b::808:808",
)  # fmt: skip
PRIVATE = (
    ("0.0.0.0", "unspecified"), ("0.1.2.3", "this network"), ("10.0.0.0", "private"), ("10.255.255.255", "private"),
    ("100.64.0.0", "CGNAT"), ("100.127.255.255", "CGNAT"), ("127.0.0.1", "loopback"), ("127.255.255.254", "loopback"),
    ("169.254.169.254", "link-local"), ("172.16.0.0", "private"), ("172.31.255.255", "private"),
    ("192.0.0.8", "reserved"), ("192.0.2.1", "documentation"), ("192.88.99.1", "6to4"), ("192.168.0.1", "private"),
    ("198.18.0.1", "benchmarks"), ("198.51.100.9", "documentation"), ("203.0.113.9", "documentation"),
    ("224.0.0.1", "multicast"), ("239.255.255.255", "multicast"), ("240.0.0.1", "reserved"),
    ("255.255.255.255", "broadcast"),
    ("::", "unspecified"), ("::1", "loopback"), ("::ffff:127.0.0.1", "mapped"), ("::ffff:8.8.8.8", "mapped"),
    ("::127.0.0.1", "compatible"), ("::ffff:0:10.0.0.1", "translated"), ("64:ff9b::7f00:1", "loopback address behind"),
    ("64:ff9b::10.0.0.1", "private address behind"), ("64:ff9b:1::1", "local NAT64"), ("100::1", "reserved"),
    ("2001::1", "Teredo"), ("2001:2::1", "reserved"), ("2001:10::1", "reserved"), ("2001:db8::1", "documentation"),
    ("2002:7f00:1::", "6to4"), ("2002:808:808::", "6to4"), ("3fff::1", "documentation"), ("5f00::1", "reserved"),
    ("fc00::1", "private"), ("fd12:3456::1", "private"), ("fe80::1", "link-local"), ("fe80::1%eth0", "link-local"),
    ("fec0::1", "site-local"), ("ff02::1", "multicast"), ("4000::1", "reserved"), ("localhost", "no address"),
)  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address(address: str) -> None:
    assert private_kind(address) == ""


@pytest.mark.parametrize(("address", "kind"), PRIVATE)
def test_what_is_not_public_is_told_by_its_kind(address: str, kind: str) -> None:
    assert kind in private_kind(address)


@given(st.ip_addresses())
def test_what_the_standard_library_calls_local_is_never_public(address: IPv4Address | IPv6Address) -> None:
    local = address.is_private or address.is_loopback or address.is_link_local or address.is_multicast
    embedded = isinstance(address, IPv6Address) and str(address).startswith("64:ff9b::")
    if (local or address.is_unspecified or address.is_reserved) and not embedded:
        assert private_kind(str(address)) != ""


SPELT = (
    ("127.0.0.1", "127.0.0.1"), ("127.0.0.1.", "127.0.0.1"), ("127.1", "127.0.0.1"), ("127.0.1", "127.0.0.1"),
    ("2130706433", "127.0.0.1"), ("0x7f000001", "127.0.0.1"), ("0x7f.1", "127.0.0.1"), ("0X7F.0.0.0x1", "127.0.0.1"),
    ("017700000001", "127.0.0.1"), ("0177.0.0.01", "127.0.0.1"), ("0", "0.0.0.0"), ("10.1", "10.0.0.1"),
    ("10.257", "10.0.1.1"), ("[::1]", "::1"), ("::1", "::1"), ("[0:0::1]", "::1"), ("fe80::1%eth0", "fe80::1"),
    ("[::FFFF:7f00:1]", "::ffff:7f00:1"),
    ("4294967296", None), ("256.1.1.1", None), ("1.2.3.4.5", None), ("1.2.3.256", None), ("127.0.0.08", None),
    ("example.com", None), ("1.example", None), ("", None), (".", None), ("1..2", None), ("0x", "0.0.0.0"),
    ("-1", None), ("1e3", None), ("[::g]", None), ("9" * 400, None), ("\u0663", None),
)  # fmt: skip


@pytest.mark.parametrize(("host", "address"), SPELT)
def test_a_host_that_is_an_address_however_it_is_written(host: str, address: str | None) -> None:
    found = literal(host)
    assert found == address or (found and address and ip_address(found) == ip_address(address))


@given(st.lists(st.one_of(st.integers(0, 2**33).map(str), st.integers(0, 2**33).map(hex), st.integers(0, 300).map(lambda n: f"0{n:o}")), min_size=1, max_size=5).map(".".join))  # fmt: skip
def test_numbers_are_read_as_the_system_reads_them(host: str) -> None:
    try:
        expected: str | None = socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        expected = None
    assert literal(host) == expected
