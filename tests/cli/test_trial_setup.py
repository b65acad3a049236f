import pickle
from collections.abc import Mapping
from pathlib import Path

import pytest

from arazzo_runner.api import Options, load, prepare
from arazzo_runner.cli.inputs import Wanted
from arazzo_runner.cli.trial_setup import FlaggedSetup, is_for, name_in
from arazzo_runner.profiles.profile import Profile
from arazzo_runner.sources.access import Access
from tests.api.trial_documents import GOOD, written


def options_of(profile: Profile | None, sources: Mapping[str, str], beside: tuple[str, ...]) -> Options:
    return Options(mock=True, sources=sources, documents=beside)


def setup(**given: object) -> FlaggedSetup:
    return FlaggedSetup(options_of, Access(), {}, **given)  # type: ignore[arg-type]  # each test gives what fits


def test_a_setup_goes_to_other_processes() -> None:
    assert pickle.loads(pickle.dumps(setup(flags=("a=1",)))) == setup(flags=("a=1",))


def test_only_sources_that_the_document_has_are_given(tmp_path: Path) -> None:
    description = load(written(tmp_path, good=GOOD)["good"])
    assert setup(sources={"api": "x", "other": "y"}).options(description).sources == {"api": "x"}


def test_only_inputs_that_the_workflow_has_are_given(tmp_path: Path) -> None:
    description = load(written(tmp_path, good=GOOD)["good"])
    given = setup(flags=("size=3", "other=4"))
    first, second = (given.inputs(prepare(description, name, Options(mock=True))) for name in ("first", "second"))
    assert (first, second) == (({"size": 3}, {}), ({}, {}))


@pytest.mark.parametrize(
    ("flag", "name"), [("a=b", "a"), ("a:=1", "a"), ("a@=f", "a"), ("w:a=1", "w:a"), ("w:a:=1", "w:a"), ("=", "")]
)
def test_the_name_of_a_flag(flag: str, name: str) -> None:
    assert name_in(flag) == name


def test_a_flag_is_for_what_declares_it(tmp_path: Path) -> None:
    description = load(written(tmp_path, good=GOOD)["good"])
    wanted = Wanted.by(prepare(description, "first", Options(mock=True)).program)
    assert [is_for(flag, wanted) for flag in ("size=1", "size:=1", "sise=1", "first:size=1")] == [
        True,
        True,
        False,
        False,
    ]


def test_standard_input_is_what_was_read() -> None:
    assert [one.workflow_id for one in setup(stdin=GOOD.encode()).load("-").workflows] == ["first", "second"]


def test_documents_that_name_themselves_stand_beside_those_that_refer_to_others(tmp_path: Path) -> None:
    text = "arazzo: 1.1.0\n$self: https://e.example/x\n"
    leading = GOOD.replace(
        "[{name: api, url: api.yaml, type: openapi}]", "[{name: x, url: 'https://e.example/x', type: arazzo}]"
    )
    files = written(tmp_path, named=text, other=GOOD, leading=leading)
    given = setup(files=tuple(files.values()))
    assert given.options(load(files["leading"])).documents == (files["named"],)
    assert given.options(load(files["other"])).documents == ()
