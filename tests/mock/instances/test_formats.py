import re
from email.utils import parsedate_to_datetime

import jsonschema_rs
import pytest

from arazzo_runner.mock.instances import formats
from arazzo_runner.mock.instances.draw import Draw
from tests.mock.instances.schemas import complaints


@pytest.mark.parametrize("name", sorted(formats.MAKERS))
def test_a_text_has_its_format(name: str) -> None:
    for seed in range(25):
        text = formats.MAKERS[name](Draw(seed, name))
        assert text
        assert complaints({"format": name}, text) == []
        assert jsonschema_rs.is_valid({"format": name}, text, validate_formats=True, offline=True), text


def test_a_date_of_http_names_the_right_day() -> None:
    for seed in range(20):
        text = formats.http_date(Draw(seed))
        assert parsedate_to_datetime(text).strftime("%a") == text[:3]


@pytest.mark.parametrize("name", ["email", "uri", "hostname", "byte", "uri-reference"])
@pytest.mark.parametrize(("low", "high"), [(0, 8), (4, 12), (30, 40), (60, 80)])
def test_some_formats_stretch(name: str, low: int, high: int) -> None:
    text = formats.of_length(name, low, high, Draw(1))
    assert text is not None
    assert jsonschema_rs.is_valid({"format": name}, text, validate_formats=True, offline=True), text
    if name not in ("hostname", "uri") and high > 8:
        assert low <= len(text) <= high


def test_a_uuid_does_not_stretch() -> None:
    assert formats.of_length("uuid", 50, 60, Draw(1)) is None


def test_nothing_invented_belongs_to_anybody() -> None:
    for seed in range(20):
        assert formats.email(Draw(seed)).endswith("@example.com")
        assert formats.ipv4(Draw(seed)).startswith("192.0.2.")
        assert re.fullmatch(r"\+120255501\d\d", formats.phone(Draw(seed)))
