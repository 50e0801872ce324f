"""A certificate for the server and the authority that signed it, made here and for nobody else.

They are valid for very long and from long ago: a clinic's clock may be wrong, and nobody there
renews a certificate. What counts is that a desk trusts this one authority and no other.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from inventory.domain.sentence import Refused

_FROM: Final = datetime(2020, 1, 1, tzinfo=UTC)
_UNTIL: Final = datetime(2070, 1, 1, tzinfo=UTC)
_MOST_NAMES: Final = 20
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
                   r"(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*", re.ASCII)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate and its private key, both as PEM."""

    certificate: bytes
    key: bytes = field(repr=False)


def checked_host(name: str) -> str:
    """The name or the address of a server, written one way. Raises Refused."""
    try:
        return str(ipaddress.ip_address(name.strip()))
    except ValueError:
        plain = name.strip().lower()
    if not _HOST.fullmatch(plain):
        raise Refused("{name} is not the name or the address of a computer.", name=name)
    return plain


def make_authority() -> Pair:
    """A new authority; whoever has its key can pass for the server."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _named("Amana server authority")
    made = (
        _begun(name, name, key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return _pair(made, key)


def make_server(authority: Pair, names: Sequence[str]) -> Pair:
    """A certificate for a server reached under these names and addresses."""
    if not 0 < len(names) <= _MOST_NAMES:
        raise Refused("Give at least one name or address of the server.")
    signer = x509.load_pem_x509_certificate(authority.certificate)
    signing = serialization.load_pem_private_key(authority.key, None)
    if not isinstance(signing, ec.EllipticCurvePrivateKey):
        raise Refused("The authority in this folder was not made by Amana.")
    key = ec.generate_private_key(ec.SECP256R1())
    made = (
        _begun(_named("Amana server"), signer.subject, key)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_general(n) for n in names]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()),
            critical=False,
        )
        .sign(signing, hashes.SHA256())
    )
    return _pair(made, key)


def names_in(certificate: bytes) -> list[str]:
    """The names and addresses a server's certificate is for."""
    found = x509.load_pem_x509_certificate(certificate).extensions.get_extension_for_class(
        x509.SubjectAlternativeName
    )
    addresses = [str(address) for address in found.value.get_values_for_type(x509.IPAddress)]
    return [*found.value.get_values_for_type(x509.DNSName), *addresses]


def belong_together(pair: Pair, authority: Pair) -> bool:
    """Whether key and certificate are one pair, and that authority signed it."""
    try:
        certificate = x509.load_pem_x509_certificate(pair.certificate)
        certificate.verify_directly_issued_by(x509.load_pem_x509_certificate(authority.certificate))
        key = serialization.load_pem_private_key(pair.key, None)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return certificate.public_key() == key.public_key()


def is_authority(pem: bytes) -> bool:
    """Whether this is exactly one certificate that may sign others."""
    try:
        (one,) = x509.load_pem_x509_certificates(pem)
        basic = one.extensions.get_extension_for_class(x509.BasicConstraints).value
    except (ValueError, x509.ExtensionNotFound, x509.DuplicateExtension):
        return False
    return basic.ca and one.public_bytes(serialization.Encoding.PEM) == pem


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    return x509.CertificateBuilder(
        issuer, subject, key.public_key(), x509.random_serial_number(), _FROM, _UNTIL
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs, key_cert_sign=signs, crl_sign=signs,
        content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _pair(made: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> Pair:
    return Pair(
        made.public_bytes(serialization.Encoding.PEM),
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    )
