# SPDX-License-Identifier: Apache-2.0
"""An issuer without a server: makes a key with openssl, writes its document of keys to FOLDER/keys.json, which the origin
serves, and prints an access token for Hansard that is good for half a day."""
import base64
import json
import pathlib
import subprocess
import sys
import time

ISSUER, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2])
PRIVATE = FOLDER.parent / "key.pem"


def openssl(*arguments: str, content: bytes = b"") -> bytes:
    return subprocess.run(["openssl", *arguments], input=content, check=True, stdout=subprocess.PIPE).stdout


def encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def encoded_json(value: dict) -> str:
    return encoded(json.dumps(value).encode())


openssl("genpkey", "-quiet", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", str(PRIVATE))
modulus = openssl("rsa", "-in", str(PRIVATE), "-noout", "-modulus").decode().strip().removeprefix("Modulus=")
key = {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "bench", "n": encoded(bytes.fromhex(modulus)), "e": "AQAB"}
(FOLDER / "keys.json").write_text(json.dumps({"keys": [key]}), encoding="utf-8")

now = int(time.time())
claims = {"iss": ISSUER, "aud": "hansard", "sub": "bench", "client_id": "bench", "groups": ["load", "payments"]}
claims |= {"iat": now, "exp": now + 12 * 3600, "jti": "bench"}
signed = encoded_json({"alg": "RS256", "typ": "at+jwt", "kid": "bench"}) + "." + encoded_json(claims)
print(signed + "." + encoded(openssl("dgst", "-sha256", "-sign", str(PRIVATE), content=signed.encode())))
