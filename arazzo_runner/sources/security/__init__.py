"""Credentials for operations (OpenAPI 3.2, Security Scheme Object and Security Requirement Object).

A credential is given by a flag, by the environment or by a caller of the library, never by the document. What was
given is either the credential itself (a token, a key, a user and a password) or what a token can be fetched with
(`ways`). The first alternative of `security` that what was given satisfies as a whole is applied: first those that
need no fetching, then those that do, and one that asks for nothing comes last, so that a credential that was given is
used. Where none is satisfied, nothing is added, and the caller is told what is wanted. What the document sets itself
(a header, a query parameter, a cookie) is never overruled and never doubled. Secret values show in no repr, no message
and no exception.
"""

from arazzo_runner.sources.security.application import Applied, Present, Tokens, apply
from arazzo_runner.sources.security.credential import (
    API_KEY,
    CERTIFICATE,
    CLIENT_ID,
    CLIENT_SECRET,
    PASSWORD,
    REDIRECT_URI,
    REFRESH_TOKEN,
    TOKEN,
    USERNAME,
    Credential,
    Credentials,
    Login,
    secrets,
)
from arazzo_runner.sources.security.given import (
    Schemes,
    from_environment,
    from_flag,
    merged,
    schemes_of,
    united,
    variables_of,
)
from arazzo_runner.sources.security.grant import Grant, TokenKey
from arazzo_runner.sources.security.names import variable_name
from arazzo_runner.sources.security.remedy import NO_TOKEN, remedies
from arazzo_runner.sources.security.wants import HowTo, Want, placed, requirements
from arazzo_runner.sources.security.ways import Flow, Way, way_for, ways_of

__all__ = [
    "API_KEY",
    "CERTIFICATE",
    "CLIENT_ID",
    "CLIENT_SECRET",
    "NO_TOKEN",
    "PASSWORD",
    "REDIRECT_URI",
    "REFRESH_TOKEN",
    "TOKEN",
    "USERNAME",
    "Applied",
    "Credential",
    "Credentials",
    "Flow",
    "Grant",
    "HowTo",
    "Login",
    "Present",
    "Schemes",
    "TokenKey",
    "Tokens",
    "Want",
    "Way",
    "apply",
    "from_environment",
    "from_flag",
    "merged",
    "placed",
    "remedies",
    "requirements",
    "schemes_of",
    "secrets",
    "united",
    "variable_name",
    "variables_of",
    "way_for",
    "ways_of",
]
