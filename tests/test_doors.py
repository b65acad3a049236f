import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

PACKAGES = ("api", "contract", "fixes", "graph", "journal", "preview", "sources")


@pytest.mark.parametrize("name", PACKAGES)
def test_a_door_opens_to_all_that_it_shows_and_to_nothing_else(name: str) -> None:
    package = import_module(f"arazzo_runner.{name}")
    for shown in package.__all__:
        assert getattr(package, shown) is not None
    with pytest.raises(AttributeError, match=f"module 'arazzo_runner.{name}' has no attribute 'nonsense'"):
        package.nonsense  # noqa: B018  # that it is not there is what is tested


@pytest.mark.parametrize("name", PACKAGES)
def test_no_name_is_that_of_a_module_which_would_stand_in_its_place(name: str, project: Path) -> None:
    package = import_module(f"arazzo_runner.{name}")
    modules = {path.stem for path in (project / "arazzo_runner" / name).iterdir()}
    assert not modules & set(package.__all__)


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_brings_nothing_but_its_door(name: str, project: Path) -> None:
    script = f"import arazzo_runner.{name}, sys; print(*(each for each in sys.modules if 'arazzo_runner' in each))"
    done = subprocess.run([sys.executable, "-c", script], cwd=project, capture_output=True, text=True, check=True)
    own = {"arazzo_runner", "arazzo_runner._version", "arazzo_runner.doors", f"arazzo_runner.{name}"}
    assert set(done.stdout.split()) == own
