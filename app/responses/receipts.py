"""Codes that people keep, read out and type in: receipts, and the code of an unfinished interview.

Of characters that look alike only one is used, and whoever types another of them is understood:
0 O, 1 I L, 2 Z, 5 S, 8 B. So too N, which over a telephone is M in Indonesian and in English.
That leaves 29 characters, so 12 are 58 bits: with `throttle`, nobody finds one by trying. 16 are
77 bits, enough to be the only key to a draft.
"""

import hmac
import re
import unicodedata
from hashlib import sha256
from random import Random

ALPHABET = "0123456789ACDEFGHJKMPQRTUVWXY"
RECEIPT_LENGTH = 12
DRAFT_LENGTH = 16

_GROUP = 4
_READ_AS = str.maketrans("OILZSBN", "011258M")


def new_code(random: Random, length: int = RECEIPT_LENGTH) -> str:
    """A code such as `K7MX-3RTW-9HPA`. For a real one, `random` is `secrets.SystemRandom()`."""
    return _grouped("".join(random.choices(ALPHABET, k=length)))


def code_of(identity: str, secret: bytes) -> str:
    """The receipt of one submission: a retry after a lost reply is given the same one.

    Nobody can work it out from the `id` without the secret.
    """
    number = int.from_bytes(_keyed("receipt", identity, secret).digest())
    characters = []
    for _ in range(RECEIPT_LENGTH):
        number, place = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[place])
    return _grouped("".join(characters))


def normalise(text: str) -> str | None:
    """The code that somebody typed, in any case, spacing and dashes; None if it cannot be one."""
    plain = unicodedata.normalize("NFKC", text).upper()
    letters = "".join(filter(str.isalnum, plain)).translate(_READ_AS)
    if len(letters) not in (RECEIPT_LENGTH, DRAFT_LENGTH) or set(letters) - set(ALPHABET):
        return None
    return _grouped(letters)


def fingerprint(code: str, secret: bytes) -> str:
    """HMAC-SHA-256 in hex: all that is stored of a code. Raises ValueError if it is not one."""
    normal = normalise(code)
    if normal is None:
        raise ValueError("not a code")
    return _keyed("code", normal, secret).hexdigest()


def matches(code: str, stored: str, secret: bytes) -> bool:
    """Whether `stored` is this code's fingerprint, in the same time however much of it is."""
    normal = normalise(code)
    return normal is not None and hmac.compare_digest(fingerprint(normal, secret), stored)


def spell(code: str) -> str:
    """For a screen reader and for reading aloud: `K 7 M X, 3 R T W, 9 H P A`."""
    return ", ".join(" ".join(group) for group in code.split("-"))


def _grouped(letters: str) -> str:
    return "-".join(re.findall(f".{{{_GROUP}}}", letters))


def _keyed(purpose: str, text: str, secret: bytes) -> hmac.HMAC:
    return hmac.new(secret, f"{purpose}:{text}".encode(), sha256)
