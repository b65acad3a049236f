from arazzo_runner.contract import Breach
from tests.sources.inline import api


def test_a_breach_looks_its_place_up_when_it_is_asked() -> None:
    document = api({"/a": {"get": {}}})
    breach = Breach("contract-response-status", "the status 500 is not declared", document, ("paths", "/a"))
    assert breach.span == document.span(("paths", "/a"))
    assert "document" not in repr(breach)
    assert breach == Breach(breach.code, breach.message, api(), ("paths", "/a"))
