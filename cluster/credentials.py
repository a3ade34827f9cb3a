"""In → Out: nothing → throwaway certificates, tokens and the kubeconfig that has them, in one private folder.

The kubeconfig's contexts: `token` and `certificate` may do everything, `nobody` has a token but no rights, and
`stranger` has a token that the server doesn't know.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import secrets
from pathlib import Path

import trustme

ADMINS = "system:masters"
"""The group that may do everything (https://kubernetes.io/docs/reference/access-authn-authz/rbac/)."""


@dataclasses.dataclass(frozen=True)
class Identity:
    """Files of a certificate and its key."""

    certificate: Path
    key: Path


class Credentials:
    """What the servers and their clients prove themselves with, made anew in a folder that only its owner can read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._authority = trustme.CA()
        self.authority = self._write("ca.pem", self._authority.cert_pem.bytes())
        self.server = self._issue("server", "127.0.0.1", "localhost")
        self.client = self._issue("client", "client.invalid", common_name="certified", organization=ADMINS)
        self.token, self._nobody = secrets.token_hex(), secrets.token_hex()
        lines = f'{self.token},admin,admin,"{ADMINS}"\n{self._nobody},nobody,nobody\n'
        self.tokens = self._write("tokens.csv", lines.encode())

    def kubeconfig(self, url: str) -> Path:
        """Write the kubeconfig for a server."""
        users = {
            "token": {"token": self.token},
            "certificate": {
                "client-certificate-data": _encoded(self.client.certificate),
                "client-key-data": _encoded(self.client.key),
            },
            "nobody": {"token": self._nobody},
            "stranger": {"token": secrets.token_hex()},
        }
        config = {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "token",
            "clusters": [{"name": "test", "cluster": {"server": url, "certificate-authority-data": _encoded(self.authority)}}],
            "users": [{"name": name, "user": user} for name, user in users.items()],
            "contexts": [{"name": name, "context": {"cluster": "test", "user": name}} for name in users],
        }
        return self._write("kubeconfig", json.dumps(config, indent=2).encode())  # JSON is YAML

    def _issue(self, name: str, *identities: str, common_name: str | None = None, organization: str | None = None) -> Identity:
        made = self._authority.issue_cert(*identities, common_name=common_name, organization_name=organization)
        chain = b"".join(blob.bytes() for blob in made.cert_chain_pems)
        return Identity(self._write(f"{name}.pem", chain), self._write(f"{name}.key", made.private_key_pem.bytes()))

    def _write(self, name: str, data: bytes) -> Path:
        path = self._folder / name
        path.touch(mode=0o600)
        path.write_bytes(data)
        return path


def _encoded(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode("ascii")
