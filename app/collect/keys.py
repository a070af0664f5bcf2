"""Records that only the server can open: a fresh key for each, agreed with the server's own.

ECDH on P-256 with an ephemeral key, HKDF-SHA256, AES-256-GCM; the phone does the same with
WebCrypto (app/static/collect/vault.js). The id of the record is authenticated too, so that nobody
can pass one record off as another.
"""

from __future__ import annotations

import os
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from app.responses.files import make_folder

INFO = b"suara record 1"
CURVE = ec.SECP256R1()


class SealError(ValueError):
    """What was sealed cannot be opened: for another server, or damaged."""


def private_key(folder: Path) -> ec.EllipticCurvePrivateKey:
    """The key of this installation, made on the first call; of several workers one makes it."""
    place = folder / "records.pem"
    if not place.exists():
        make_folder(folder)
        fresh = ec.generate_private_key(CURVE)
        pem = fresh.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        handle, name = tempfile.mkstemp(dir=folder)  # mode 0600
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(name, place)
        except FileExistsError:
            pass
        finally:
            os.unlink(name)
    key = load_pem_private_key(place.read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def public_point(key: ec.EllipticCurvePrivateKey) -> str:
    """The public key as WebCrypto imports it ("raw"), in base64."""
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return b64encode(point).decode()


def open_sealed(key: ec.EllipticCurvePrivateKey, identity: str, sealed: Mapping[str, str]) -> bytes:
    """What the phone sealed: ``key`` (its ephemeral point), ``iv`` and ``data`` in base64.

    Raises SealError.
    """
    try:
        point, iv, data = (b64decode(sealed[name], validate=True) for name in ("key", "iv", "data"))
        shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point))
        return AESGCM(_derived(shared, point)).decrypt(iv, data, identity.encode())
    except (KeyError, TypeError, ValueError, InvalidTag) as error:
        raise SealError from error


def _derived(shared: bytes, point: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=point, info=INFO).derive(shared)
