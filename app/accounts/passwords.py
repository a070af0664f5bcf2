"""Passwords: hashed with argon2id, judged by length and commonness only.

NIST SP 800-63B, 3.1.1.2: a minimum length, no rules of composition, no forced change, refuse what
everybody tries first.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH = 12
MAX_LENGTH = 256
"""Longer ones are refused, so that nobody can keep the server busy hashing."""

_FEW = 5
_WORDS = """
    password passwort passw0rd p@ssword katasandi sandi rahasia qwerty qwertyuiop asdfgh
    asdfghjkl zxcvbnm iloveyou letmein welcome admin administrator login sayang sayangku
    akusayangkamu bismillah alhamdulillah subhanallah insyaallah indonesia merdeka garuda
    jakarta surabaya situbondo jember malang banyuwangi bondowoso jawatimur disabilitas
    inklusi rumahinklusi suarainklusi suarawarga ppdis selamatpagi terimakasih persebaya arema
    komputer
"""
_COMMON = frozenset(_WORDS.split())
_RUNS = ("01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz")


class Weakness(StrEnum):
    """Why a password is refused."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"


def weakness(password: str, name: str = "") -> Weakness | None:
    """What is wrong with a new password for the account ``name``, or None when it will do."""
    password = _same(password)
    if len(password) < MIN_LENGTH:
        return Weakness.SHORT
    if len(password) > MAX_LENGTH:
        return Weakness.LONG
    return Weakness.COMMON if _guessable(password.casefold(), name.casefold()) else None


def _guessable(password: str, name: str) -> bool:
    if len(set(password)) < _FEW or any(password in run for run in _RUNS):
        return True
    if re.fullmatch(r"(.{1,6}?)\1+", password):
        return True
    letters = _letters(password)
    known = {*_COMMON, _letters(name)} - {""}
    return letters != "" and any(_repeats(letters, word) for word in known)


def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", text)


def _repeats(letters: str, word: str) -> bool:
    """Whether nothing but this word, once or several times, is there."""
    return letters.replace(word, "") == ""


def _same(password: str) -> str:
    """The same typed characters give the same code points on every keyboard (NIST 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


class Passwords:
    """Hashes and checks passwords; takes as long for an unknown name as for a known one."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()

    @cached_property
    def _nobody(self) -> str:
        """Made when first needed: hashing would slow every command of the terminal."""
        return self._hasher.hash("no account has this password")

    def hash(self, password: str) -> str:
        """The argon2id hash to keep, with its salt and parameters in it."""
        return self._hasher.hash(_same(password))

    def verify(self, stored: str, password: str) -> bool:
        """Whether ``password`` gave ``stored``; ``stored`` is "" when there is nothing to match."""
        try:
            self._hasher.verify(stored or self._nobody, _same(password[: MAX_LENGTH + 1]))
        except (VerificationError, InvalidHashError):
            return False
        return stored != ""

    def outdated(self, stored: str) -> bool:
        """Whether the hash was made with weaker settings than today's."""
        return self._hasher.check_needs_rehash(stored)
