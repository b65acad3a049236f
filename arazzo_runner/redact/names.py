"""Names that say that their value is a secret, and values that stand beside such a name in a text.

Names are judged by whole words: `accessToken`, `api_key` and `X-Client-Secret` are secrets; `pageToken`, `maxTokens`,
`primaryKey` and `tokenType` are not.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import Final
from urllib.parse import unquote_plus

REDACTED: Final = "[redacted]"

LONGEST_NAME: Final = 128
"""Characters of a name that are looked at, from its end."""

MAX_BOUNDARY: Final = 128
MAX_PART_HEAD: Final = 4096
"""Characters of the line between two parts of a multipart body, and of a part's own header."""

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

# Each begins with a set of characters or a mark, which makes it quick to find.
_PAIR_NAME = re.compile(r"[?&#;\"']\s?([^=&#;?\s\"'<>]{1,128}+)=(?!=)")
_PAIR = re.compile(r"([?&#;\"']\s?)([^=&#;?\s\"'<>]{1,128}+)=(?!=)([^&#;?\s\"'<>]++(?:\?[^=&#;\s\"'<>]*+(?!=))?)")
_USER_INFO = re.compile(r"(://)[^/?#\s\"'<>]+@")
_PART_NAME = re.compile(r";\s*name=(?:\"([^\"\r\n]*)\"|([^\s;\"]+))")
_BLANK_LINE = re.compile(r"\r?\n\r?\n")
_LINE_END = re.compile(r"(?:\r?\n)?\Z")
_STANDS_IN = re.compile(rf'"?(?:[A-Za-z-]{{1,32}}(?: |%20|\+))?(?:{STAND_IN.pattern})+"?')
_STAND_IN_COOKIES = re.compile(rf"[^=;\s]{{1,128}}={STAND_IN.pattern}(?:; [^=;\s]{{1,128}}={STAND_IN.pattern})*")
_ELEMENT_NAME = re.compile(r"<(?:[\w.-]{1,64}:)?([\w.-]{1,128})(?:\s[^<>]*+)?>[^<]")
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
    return is_secret_name(name) and not (value and isinstance(value, dict | list) and holds_stand_ins_alone(value))


def holds_stand_ins_alone(value: object) -> bool:
    """Tell whether each leaf gives nothing away by itself."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case dict() as members:
                waiting.extend(members.values())
            case list() as items:
                waiting.extend(items)
            case None | bool() | "":
                continue
            case str() as text if is_stand_in(text):
                continue
            case _:
                return False
    return True


def is_stand_in(text: str) -> bool:
    """Tell whether a text is a stand-in, also behind the word of a scheme (`Bearer`), or cookies made of them."""
    if "arazzoStandIn" not in text:
        return False
    return _STANDS_IN.fullmatch(text) is not None or _STAND_IN_COOKIES.fullmatch(text) is not None


def hide_pairs(text: str, hidden: frozenset[str] = frozenset()) -> str:
    """Hide what a URL or a form carries under secret names, or those in `hidden`, and a URL's user information."""
    if "=" in text:
        marked = f";{text}"
        secret = {name for name in set(_PAIR_NAME.findall(marked)) if _is_secret_pair(name, hidden)}
        text = _PAIR.sub(partial(_pair, secret), marked)[1:] if secret else text
    return _USER_INFO.sub(rf"\1{REDACTED}@", text) if "://" in text and "@" in text else text


def hide_urls(text: str) -> str:
    """Hide what a URL in a text carries; a text without one stays, whatever else stands in it."""
    return hide_pairs(text) if "://" in text else text


def hide_elements(text: str, hidden: frozenset[str] = frozenset()) -> str:
    """Hide the texts of elements with secret names, or those in `hidden`, in what looks like XML."""
    secret = {name for name in set(_ELEMENT_NAME.findall(text)) if name in hidden or is_secret_name(name)}
    return _ELEMENT.sub(partial(_element, secret), text) if secret else text


def hide_parts(text: str, hidden: frozenset[str] = frozenset()) -> str:
    """Hide the contents of multipart fields with secret names, or those in `hidden`."""
    mark = text[: MAX_BOUNDARY + 4].partition("\n")[0].rstrip("\r")
    if not mark.startswith("--") or len(mark) > MAX_BOUNDARY:
        return text
    first, *parts = text.split(mark)
    return mark.join((first, *(_part(part, hidden) for part in parts)))


def _is_secret_pair(name: str, hidden: frozenset[str]) -> bool:
    plain = unquote_plus(name)
    return plain in hidden or is_secret_name(plain)


def _pair(secret: set[str], found: re.Match[str]) -> str:
    mark, name, value = found.groups()
    return f"{mark}{name}={REDACTED}" if name in secret and not is_stand_in(value) else found.group()


def _element(secret: set[str], found: re.Match[str]) -> str:
    whole, name, attributes, text = found.groups()
    hides = name in secret and not is_stand_in(text)
    return f"<{whole}{attributes or ''}>{REDACTED}</" if hides else found.group()


def _part(part: str, hidden: frozenset[str]) -> str:
    named, blank = _PART_NAME.search(part, 0, MAX_PART_HEAD), _BLANK_LINE.search(part, 0, MAX_PART_HEAD)
    if named is None or blank is None or named.end() > blank.start():
        return part
    name, content = named[1] or named[2], part[blank.end() :]
    if name not in hidden and not gives_away(name, content.strip()):
        return part
    return f"{part[: blank.end()]}{REDACTED}{_LINE_END.search(content)[0]}"  # type: ignore[index]  # it matches nothing too
