"""What holds for every test: no network but loopback, nothing of the developer's own environment, no secret written."""

import os
import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.betrayal import (  # noqa: F401 -- hooks: pytest finds them here
    pytest_configure,
    pytest_runtest_call,
    pytest_runtest_makereport,
    pytest_runtest_setup,
)

PROJECT = Path(__file__).resolve().parent.parent

# No deadline: a machine that is busy elsewhere is no fault of the code. Derandomised in CI, so that a red run is the
# same red run when it is repeated; a developer's own runs explore.
settings.register_profile(
    "fast",
    max_examples=60,
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("thorough", parent=settings.get_profile("fast"), max_examples=2000, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))

# Variables that change what the command reads or how a terminal looks.
_FOREIGN = re.compile(r"ARAZZO_.*|.*_PROXY|NETRC|NO_COLOR|FORCE_COLOR|CLICOLOR.*|PY_COLORS|TTY_.*|COLUMNS|LINES", re.I)
_LOOPBACK = ("127.", "::1", "localhost")


class NetworkRefusedError(AssertionError):
    """A test reached for an address that is not on this machine."""


def _require_loopback(address: object) -> None:
    # What is no tuple is the path of a Unix domain socket, which stays on this machine.
    if isinstance(address, tuple) and not str(address[0]).startswith(_LOOPBACK):
        raise NetworkRefusedError(f"a test tried to reach {address!r}")


def _require_no_look_up(host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    if name.endswith(".invalid"):  # RFC 6761: never resolves. Said at once, since a real look-up may take its time
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    if not name.startswith(_LOOPBACK) and not re.fullmatch(r"[\d.]+|[\da-fA-F:.%]*:[\da-fA-F:.%]*", name):
        raise NetworkRefusedError(f"a test tried to look up {name!r}")


def _guarded(original: Callable[..., object], guard: Callable[[object], None], position: int) -> Callable[..., object]:
    def call(*args: object, **kwargs: object) -> object:
        guard(args[position])
        return original(*args, **kwargs)

    return call


@pytest.fixture(scope="session", autouse=True)
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Seals the session off: loopback only, and no setting of the machine reaches a test."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name), _require_loopback, 1))
        patch.setattr(socket, "getaddrinfo", _guarded(socket.getaddrinfo, _require_no_look_up, 0))
        for name in [name for name in os.environ if _FOREIGN.fullmatch(name)]:
            patch.delenv(name)
        for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):  # where the command keeps fetched documents
            patch.setenv(name, str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the checkout."""
    return PROJECT
