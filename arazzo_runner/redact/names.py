"""Names that say that their value is a secret, and values that stand beside such a name in a text.

Names are judged by whole words: `accessToken`, `api_key` and `X-Client-Secret` are secrets; `pageToken`, `maxTokens`,
`primaryKey` and `tokenType` are not.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import unquote_plus

REDACTED: Final = "[redacted]"

LONGEST_NAME: Final = 128
"""Characters of a name that are looked at, from its end."""

STAND_IN: Final = re.compile(r"arazzoStandIn[0-9a-f]{16}n[0-9]+z")
"""What stands in for a value that nobody has yet: it gives nothing away, whatever it is called."""

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_SECRET_WORDS: Final = frozenset(
    "token secret secrets password passwords passwd pwd passphrase passcode apikey apikeys authorization bearer cookie "
    "credential credentials jwt cvv cvc otp totp sig privatekey accesskey secretkey".split()
)
_SECRET_ENDS: Final = ("password", "passwd", "passphrase", "secret", "apikey")
_SECRET_KEYS: Final = frozenset(
    "api secret private access signing encryption decryption subscription auth account master function functions "
    "shared storage session admin app application webhook hmac sas".split()
)
_SECRET_PAIRS: Final = frozenset(
    [("connection", "string"), ("client", "assertion"), ("code", "verifier"), ("auth", "code"), ("pin", "code")]
    + [("x", "auth"), ("x", "session")]
    + [(owner, "tokens") for owner in "access refresh api auth id session bearer".split()]
    + [(vendor, "signature") for vendor in ("amz", "goog")]
)
_PLAIN_TOKENS: Final = (
    "page next previous prev continuation sync cursor pagination start end resume delta skip after before marker "
    "offset list position".split()
)
_TAILS: Final = frozenset("value hash header string plain text confirmation confirm repeat again new old".split())

_PAIR = re.compile(r"([?&#;]|\A)([^=&#;?\s\"'<>]{1,128})=(?!=)([^&#;\s\"'<>]+)")
_USER_INFO = re.compile(r"(://)[^/?#\s@\"'<>]+@")
_MEMBER = re.compile(r'"((?:[^"\\]|\\.){1,128}+)"(\s*:\s*)("(?:[^"\\]|\\.)*+"|[-+.0-9]++)')
_STANDS_IN = re.compile(rf'"?(?:[A-Za-z-]{{1,32}}(?: |%20|\+))?(?:{STAND_IN.pattern})+"?')
_STAND_IN_COOKIES = re.compile(rf"[^=;\s]{{1,128}}={STAND_IN.pattern}(?:; [^=;\s]{{1,128}}={STAND_IN.pattern})*")
_ELEMENT = re.compile(r"<((?:[\w.-]{1,64}:)?([\w.-]{1,128}))(\s[^<>]*+)?>([^<]++)</")


def is_secret_name(name: str) -> bool:
    """Tell whether a name (camelCase, snake_case, kebab-case, dotted) says that its value is a secret."""
    return _is_secret(name[-LONGEST_NAME:])


@lru_cache(maxsize=4096)
def _is_secret(name: str) -> bool:
    words = [word.lower() for word in _WORDS.findall(name)]
    if tuple(words[-2:]) in _SECRET_PAIRS:
        return True
    while len(words) > 1 and (words[-1] in _TAILS or words[-1].isdigit()):
        words.pop()
    if not words:
        return False
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    if last in ("key", "keys"):
        return before in _SECRET_KEYS
    if last.endswith("token"):
        return not (last.removesuffix("token") or before).endswith(tuple(_PLAIN_TOKENS))
    return last in _SECRET_WORDS or last.endswith(_SECRET_ENDS) or (before, last) in _SECRET_PAIRS


def gives_away(name: str, value: object) -> bool:
    """Tell whether a value must be hidden for the name beside it. True, false, null, stand-ins give nothing away."""
    if value is None or isinstance(value, bool) or (isinstance(value, str) and is_stand_in(value)):
        return False
    return is_secret_name(name)


def is_stand_in(text: str) -> bool:
    """Tell whether a text is a stand-in, also behind the word of a scheme (`Bearer`), or cookies made of them."""
    if "arazzoStandIn" not in text:
        return False
    return _STANDS_IN.fullmatch(text) is not None or _STAND_IN_COOKIES.fullmatch(text) is not None


def hide_pairs(text: str) -> str:
    """Hide what a URL or a form carries under secret names, and the user information of a URL."""
    if "=" in text:
        text = _PAIR.sub(_pair, text)
    return _USER_INFO.sub(rf"\1{REDACTED}@", text) if "://" in text and "@" in text else text


def hide_members(text: str) -> str:
    """Hide strings and numbers under secret names in what looks like JSON, or like a part of it."""
    return _MEMBER.sub(_member, text)


def hide_elements(text: str) -> str:
    """Hide the texts of elements with secret names in what looks like XML."""
    return _ELEMENT.sub(_element, text)


def _pair(found: re.Match[str]) -> str:
    mark, name, value = found.groups()
    return f"{mark}{name}={REDACTED}" if gives_away(unquote_plus(name), value) else found.group()


def _member(found: re.Match[str]) -> str:
    name, colon, value = found.groups()
    return f'"{name}"{colon}"{REDACTED}"' if gives_away(name, value) else found.group()


def _element(found: re.Match[str]) -> str:
    whole, name, attributes, text = found.groups()
    return f"<{whole}{attributes or ''}>{REDACTED}</" if gives_away(name, text) else found.group()
