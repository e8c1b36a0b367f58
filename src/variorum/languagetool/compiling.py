"""Compiles our own classes in Java, those in ``java/``, for whoever has changed one.

``python -m variorum.languagetool.compiling`` rewrites ``java/start.jar``, which comes with the
package so that nobody needs a compiler to install it; with ``--check`` it only says whether that
would change it. The compiler is Eclipse's, one locked file from Maven's central repository: with
the same compiler, the same source gives the same bytes.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from variorum.errors import VariorumError
from variorum.languagetool.engine import Engine
from variorum.languagetool.fetch import fetch_jars
from variorum.languagetool.folders import user_folders
from variorum.languagetool.install import install
from variorum.languagetool.lock import Jar
from variorum.languagetool.progress import Silent
from variorum.languagetool.unpacking import START_JAR

COMPILER = Jar(
    "org.eclipse.jdt:ecj:3.46.100",
    "74c93172475fee0cd4e6eefb44233516dd40525642da35d009146d97ea598229",
    3384534,
)
OPTIONS = ("-source", "17", "-target", "17", "-g:none", "-proc:none", "-warn:none")
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of each class in the jar, so that the same classes make the same jar."""


def compile_start(engine: Engine) -> bytes:
    """The jar of our sources, compiled against the jars of ``engine``."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fetch_jars((COMPILER,), folder, Silent())
        class_path = os.pathsep.join(str(engine.jars / jar.name) for jar in engine.lock.jars)
        compiler = [str(engine.java), "-jar", str(folder / COMPILER.name), *OPTIONS]
        sources = map(str, sorted(START_JAR.parent.rglob("*.java")))
        subprocess.run([*compiler, "-d", name, "-cp", class_path, *sources], check=True)
        return _jar(folder)


def _jar(folder: Path) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as jar:
        for path in sorted(folder.rglob("*.class")):
            name = path.relative_to(folder).as_posix()
            jar.writestr(zipfile.ZipInfo(name, EPOCH), path.read_bytes())
    return target.getvalue()


def main(arguments: list[str]) -> int:
    """Write the jar anew; with ``--check`` only compare, 1 when it is out of date."""
    compiled = compile_start(install(user_folders()))
    if "--check" in arguments:
        same = compiled == START_JAR.read_bytes()
        print(f"{START_JAR.name} is {'up to date' if same else 'out of date'}")
        return 0 if same else 1
    START_JAR.write_bytes(compiled)
    print(f"{START_JAR.name}: {len(compiled)} bytes")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except VariorumError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
