"""Sound prose of which nothing is kept here: the public-domain novels that two of Debian's packages
carry as data for R, fetched by ``apt-get`` into a folder that goes away, and known by their hashes.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

PACKAGES = {
    "r-cran-janeaustenr=1.0.0-1":
        "df6bddf211906d1ff404f8ff662c21b34e6660e7f54a311084e749050c019c95",
    "r-cran-tokenizers=0.3.0-1":
        "6312f013ebfde5650235bfd7ba5c44d9e4cf9f2da9855337c9483fe778f0d8c7",
}
"""Jane Austen's six, a line a string; *Moby Dick*, a chapter a string. The second is of amd64."""
_STRING = re.compile(rb"\x00(?:\x04\x00|\x00\x80)\x09(....)", re.S)
"""R's serialised strings: what they are, and their length in bytes."""


def read_novels() -> Iterator[str]:
    """The text of each novel; nothing where a package cannot be had as it was."""
    for package, sha256 in PACKAGES.items():
        with tempfile.TemporaryDirectory() as folder:
            fetched = subprocess.run(["apt-get", "download", "-q", package], cwd=folder,
                                     capture_output=True, check=False)
            found = list(Path(folder).glob("*.deb"))
            if fetched.returncode or hashlib.sha256(found[0].read_bytes()).hexdigest() != sha256:
                continue
            subprocess.run(["dpkg-deb", "-x", str(found[0]), folder], check=True)
            for path in sorted(Path(folder).rglob("data/Rdata.rdb")):
                yield from map(_strings, _values(path.read_bytes()))


def _values(data: bytes) -> Iterator[bytes]:
    """What R keeps in a database: four bytes of length, then compressed, one after another."""
    while data:
        stream = zlib.decompressobj()
        yield stream.decompress(data[4:])
        data = stream.unused_data


def _strings(value: bytes) -> str:
    parts: list[str] = []
    place = 0
    while match := _STRING.search(value, place):
        place = match.end() + int.from_bytes(match[1])
        parts.append(value[match.end() : place].decode("utf-8", "replace"))
    return "\n".join(parts)
