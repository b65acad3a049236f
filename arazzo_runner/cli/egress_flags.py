"""The vocabulary of the command line for documents of others: where anything may be sent, and how much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Final, TypeAlias

from arazzo_runner.api.confinement import egress_of
from arazzo_runner.api.options import Options
from arazzo_runner.cli.marks import option
from arazzo_runner.errors import UsageError
from arazzo_runner.sources.egress import Egress

EGRESS: Final = "Documents of others"

_GIVING: Final = ("ARAZZO_AUTH_", "ARAZZO_INPUT_")

Untrusted: TypeAlias = Annotated[
    bool,
    option(
        "--untrusted",
        help="Take the document to be that of a stranger: files below its folder alone, hosts of --allow-host alone, "
        "no private addresses, credentials to hosts of --auth-host alone, no profile that was only found, tighter "
        "limits.",
        rich_help_panel=EGRESS,
    ),
]
AllowHosts: TypeAlias = Annotated[
    list[str] | None,
    option(
        "--allow-host",
        metavar="HOST",
        help="Send to and fetch from these hosts alone (HOST, HOST:PORT, *.HOST). May be repeated.",
        rich_help_panel=EGRESS,
    ),
]
DenyPrivate: TypeAlias = Annotated[
    bool,
    option(
        "--deny-private",
        help="Connect to public addresses alone, judged when the connection is opened: not to loopback, private, "
        "link-local or reserved ones.",
        rich_help_panel=EGRESS,
    ),
]
AllowPrivate: TypeAlias = Annotated[
    list[str] | None,
    option(
        "--allow-private",
        metavar="HOST",
        help="With --deny-private or --untrusted: this host (HOST or HOST:PORT) may have any address. May be repeated.",
        rich_help_panel=EGRESS,
    ),
]
AllowMethods: TypeAlias = Annotated[
    list[str] | None,
    option(
        "--allow-method",
        metavar="METHODS",
        help="Send requests of these methods alone, separated by commas. May be repeated.",
        rich_help_panel=EGRESS,
    ),
]
MaxBytes: TypeAlias = Annotated[
    int | None,
    option(
        "--max-bytes",
        metavar="BYTES",
        min=1,
        help="The most bytes that the whole run sends and receives, bodies decompressed; more end it with exit code 3.",
        rich_help_panel=EGRESS,
    ),
]


def several(texts: list[str] | None) -> tuple[str, ...] | None:
    """Return the texts of a flag that may be repeated; None where it was not given."""
    return None if texts is None else tuple(texts)


def egress_given(untrusted: bool, hosts: list[str] | None, private: list[str] | None, *, deny_private: bool) -> Egress:
    """Return where documents may be fetched from, as the flags say.

    Raises:
        UsageError: one names no host, or excepts hosts from a rule that does not hold.
    """
    if private and not (deny_private or untrusted):
        raise UsageError(
            "--allow-private excepts hosts from --deny-private, which was not given",
            "add --deny-private or --untrusted, or leave it out",
        )
    given = Options(
        untrusted=untrusted,
        allow_hosts=several(hosts),
        allow_private=tuple(private or ()),
        deny_private=deny_private,
    )
    return egress_of(given)


def heard(process: Mapping[str, str], untrusted: bool) -> Mapping[str, str]:
    """Return the variables of the process that count: for a document of others none that gives what its names ask for.

    Such a document chooses the names of its inputs, sources and schemes itself.
    """
    return {name: text for name, text in process.items() if not (untrusted and name.startswith(_GIVING))}


def unheard(process: Mapping[str, str], untrusted: bool) -> Iterator[str]:
    """Yield which variables do not count."""
    names = sorted(set(process) - set(heard(process, untrusted)))
    if names:
        ways = "give what it needs with -i, --auth or --env-file"
        yield f"{', '.join(names)} of the environment: not given to a document of others (--untrusted); {ways}"


def found_profiles_count(untrusted: bool, config: str | None, name: str | None) -> bool:
    """Tell whether a file of profiles that is only found counts: not beside a document of others.

    Raises:
        UsageError: a profile of such a file is named.
    """
    if not untrusted or config is not None:
        return True
    if name is not None:
        message = f"--profile {name} would be looked for beside the document, which --untrusted does not trust"
        raise UsageError(message, "name the file too: --config FILE")
    return False
