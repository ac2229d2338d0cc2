# SPDX-License-Identifier: Apache-2.0
"""Writes the origin's files: JSON that compresses as real answers do, and 10 MiB that do not compress at all."""
import json
import pathlib
import random
import sys

folder = pathlib.Path(sys.argv[1])
chance = random.Random(1)


def order() -> dict:
    return {
        "id": f"ord_{chance.getrandbits(64):016x}",
        "amount": chance.randrange(100, 100_000),
        "currency": chance.choice(["EUR", "USD", "GBP"]),
        "customer": {"name": chance.choice(["Ada", "Grace", "Edsger", "Barbara"]), "city": chance.choice(["Bonn", "Oslo"])},
    }


def orders(size: int) -> bytes:
    text = "["
    while len(text) < size:
        text += json.dumps(order()) + ","
    return text[: size - 2].encode() + b'"]'


(folder / "1k.json").write_bytes(orders(1024))
(folder / "64k.json").write_bytes(orders(64 * 1024))
(folder / "10m.bin").write_bytes(chance.randbytes(10 * 1024 * 1024))
