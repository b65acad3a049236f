"""Where anything may be sent at all: hosts, methods and addresses, as a caller allows them.

What the URL alone tells is decided by `Egress`, without a network, so that the engine and a replay decide the same.
What needs the address behind a name is decided in `connecting`, at the moment of the connection: it connects to the
very address that was judged, so that a second look-up can't lead elsewhere.
"""

from arazzo_runner.sources.egress.hosts import HostRule, read_rules
from arazzo_runner.sources.egress.policy import OPEN, Egress, Refused, check_methods, read_methods

__all__ = ["OPEN", "Egress", "HostRule", "Refused", "check_methods", "read_methods", "read_rules"]
