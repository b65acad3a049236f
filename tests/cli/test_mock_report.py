import io
import json

from arazzo_runner.cli.mock_report import LONGEST_SHOWN, MockReport, curl
from arazzo_runner.mock.server.exchange import Exchanged, Told
from arazzo_runner.mocking import Mocked
from tests.mock.server.orders import api, operation


def report(**how: bool) -> tuple[MockReport, io.StringIO, io.StringIO]:
    out, err = io.StringIO(), io.StringIO()
    return MockReport(out, err, **how), out, err


def exchanged(target: str) -> Exchanged:
    breaches = (Told("contract-request-body", "the body is wrong", "a.yml:1:2"),)
    return Exchanged("GET", target, 400, "", 1.26, breaches, ("odd",))


def test_a_line_acts_on_no_terminal_and_shows_no_secret() -> None:
    made, out, err = report()
    made.exchanged(exchanged("/a\x1b[2J?token=abc"))
    assert out.getvalue() == ""
    assert err.getvalue() == (
        "GET /a\\x1b[2J?token=[redacted] 400 - 1.3 ms\n  contract-request-body: the body is wrong  a.yml:1:2\n  note: odd\n"
    )


def test_a_long_target_is_cut() -> None:
    made, _, err = report()
    made.exchanged(exchanged("/" + "a" * 9_000))
    assert f"GET /{'a' * (LONGEST_SHOWN - 1)}... 400" in err.getvalue()


def test_quiet_tells_the_url_alone() -> None:
    made, out, err = report(quiet=True)
    made.ready(Mocked((api(),)), "http://h:1", {"orders": "http://h:1"}, ["orders.yml"], 0)
    made.exchanged(exchanged("/"))
    assert (out.getvalue(), err.getvalue()) == ("http://h:1\n", "")


def test_several_apis_are_named() -> None:
    made, _, err = report()
    urls = {"a": "http://h:1/a", "b": "http://h:1/b"}
    made.ready(Mocked((api(name="a"), api(name="b"))), "http://h:1", urls, ["x.yml", "y.yml"], 0)
    assert "arazzo run FILE --server a=http://h:1/a --server b=http://h:1/b\n" in err.getvalue()
    assert "a at http://h:1/a: 5 operations\n" in err.getvalue()
    assert "curl http://h:1/a/orders\n" in err.getvalue()


def test_json_is_one_object_a_line() -> None:
    made, out, err = report(json=True, quiet=True)
    made.exchanged(exchanged("/a"))
    assert json.loads(out.getvalue())["breaches"][0]["code"] == "contract-request-body"
    assert err.getvalue() == ""


def test_a_call_has_its_body_and_its_credentials() -> None:
    create = curl("http://h:1", operation(api(), "POST", "/orders"), 0)
    assert create.startswith("curl -X POST -H 'Content-Type: application/json' -d '{")
    assert create.endswith(" http://h:1/orders")
    assert "-H 'X-Key: secret'" in curl("http://h:1", operation(api(), "DELETE", "/orders/{id}"), 0)
