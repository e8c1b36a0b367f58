"""Compiles ``java/Start.java``, our one class in Java, for whoever has changed it.

``python -m variorum.languagetool.compiling`` rewrites ``java/Start.class``, which comes with the
package so that nobody needs a compiler to install it; with ``--check`` it only says whether that
would change it. The compiler is Eclipse's, one locked file from Maven's central repository: with
the same compiler, the same source gives the same bytes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from variorum.errors import VariorumError
from variorum.languagetool.engine import Engine
from variorum.languagetool.fetch import fetch_jars
from variorum.languagetool.folders import user_folders
from variorum.languagetool.install import install
from variorum.languagetool.lock import Jar
from variorum.languagetool.progress import Silent
from variorum.languagetool.unpacking import START_CLASS

COMPILER = Jar(
    "org.eclipse.jdt:ecj:3.46.100",
    "74c93172475fee0cd4e6eefb44233516dd40525642da35d009146d97ea598229",
    3384534,
)
OPTIONS = ("-source", "17", "-target", "17", "-g:none", "-proc:none")


def compile_start(engine: Engine) -> bytes:
    """The class file of our source, compiled against the jars of ``engine``."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fetch_jars((COMPILER,), folder, Silent())
        class_path = os.pathsep.join(str(engine.jars / jar.name) for jar in engine.lock.jars)
        compiler = [str(engine.java), "-jar", str(folder / COMPILER.name), *OPTIONS]
        source = START_CLASS.with_suffix(".java")
        subprocess.run([*compiler, "-d", name, "-cp", class_path, str(source)], check=True)
        return (folder / START_CLASS.name).read_bytes()


def main(arguments: list[str]) -> int:
    """Write the class anew; with ``--check`` only compare, 1 when it is out of date."""
    compiled = compile_start(install(user_folders()))
    if "--check" in arguments:
        same = compiled == START_CLASS.read_bytes()
        print(f"{START_CLASS.name} is {'up to date' if same else 'out of date'}")
        return 0 if same else 1
    START_CLASS.write_bytes(compiled)
    print(f"{START_CLASS.name}: {len(compiled)} bytes")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except VariorumError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
