"""The installed engine as a value: its jars, its Java and how a server of it is started."""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from variorum.languagetool.lock import Jar, Lock
from variorum.languagetool.unpacking import START_JAR, is_rewritten, preparation

FLAGS = (
    "-XX:TieredStopAtLevel=1",  # a server that lives for seconds gains nothing from C2
    "-XX:+UseParallelGC",  # half the memory of the default; copies the rules with both processors
    "-XX:ParallelGCThreads=2",
    "-Xmn100m",
    "-XX:+UseCompactObjectHeaders",  # more of what is looked up fits a processor's cache
    *(("-XX:+UseTransparentHugePages",) if sys.platform == "linux" else ()),  # and its page table
    "-XX:MaxTenuringThreshold=0",  # rules live for ever: copy them once
    "-XX:+ExitOnOutOfMemoryError",  # an exit is noticed and mended, a half-dead server is not
    "-Djava.awt.headless=true",
    "-Dfile.encoding=UTF-8",
)
MAIN_CLASS = "org.languagetool.server.Start"
"""Of our own, among LanguageTool's."""
PROPERTIES = {
    "pipelineCaching": "true",
    "maxPipelinePoolSize": "8",
    "pipelineExpireTimeInSeconds": "86400",
    "maxCheckThreads": "8",
    "maxCheckTimeMillis": "90000",  # else a text that it cannot digest keeps it busy for hours
}
"""LanguageTool's server settings; its own defaults build a new pipeline for each request.

It keeps no results of its own (``cacheSize``), which would cost a twentieth of its time: ours are
asked first.
"""
KEY_SETTING, KEY_HEADER = "requestLimitAccessToken", "X-Request-Limit-Access-Token"
"""How the server is told the key, and how a request shows it; without, nobody is let in."""
IGNORED = ("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "JDK_AOT_VM_OPTIONS")
"""Variables that would change the flags behind our back and make the AOT cache unusable."""


@dataclass(frozen=True)
class Engine:
    """LanguageTool in ``folder``, run by the Java runtime in ``java_home``."""

    folder: Path
    lock: Lock
    java_home: Path

    @property
    def jars(self) -> Path:
        """The locked files, as they came."""
        return self.folder / "jars"

    def run_path(self, jar: Jar) -> Path:
        """The file that is run for a jar: a rewritten copy, or the locked file itself."""
        return (self.ready if is_rewritten(jar) else self.jars) / jar.name

    @cached_property
    def ready(self) -> Path:
        """The jars that were made here, named by what makes them: installations of two versions
        of this package share a cache folder."""
        return self.folder / f"ready-{preparation()}"

    @property
    def run_paths(self) -> list[Path]:
        """Every file that is run."""
        return [self.ready / START_JAR.name, *(self.run_path(jar) for jar in self.lock.jars)]

    @property
    def java(self) -> Path:
        """The launcher."""
        return self.java_home / "bin" / ("java.exe" if os.name == "nt" else "java")

    @cached_property
    def class_path(self) -> str:
        """Every jar by its own path: the AOT cache accepts neither folders nor wildcards."""
        return os.pathsep.join(map(str, self.run_paths))

    @cached_property
    def fingerprint(self) -> str:
        """Changes with anything that an AOT cache or a running server depends on."""
        modules = (self.java_home / "lib" / "modules").stat()
        parts = (
            self.lock.digest,
            str(self.java_home),
            (self.java_home / "release").read_text("utf-8"),
            f"{modules.st_size} {modules.st_mtime_ns}",
            self.class_path,
            *FLAGS,
            *(f"{key}={value}" for key, value in PROPERTIES.items()),
        )
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    @property
    def aot_cache(self) -> Path:
        """Classes loaded and linked ahead of time; empty when this Java could not make one."""
        return self.folder / f"{self.fingerprint}.aot"

    def is_complete(self) -> bool:
        """Whether everything is there at its right size; contents are verified at installation."""
        try:
            whole = all((self.jars / jar.name).stat().st_size == jar.size for jar in self.lock.jars)
            ready = all(path.exists() for path in self.run_paths)
            return whole and ready and self.aot_cache.exists()
        except OSError:
            return False

    def command(self, port: int, properties: Path, *flags: str) -> list[str]:
        """Start a server on ``port`` of the loopback address only."""
        serve = ["--port", str(port), "--config", str(properties)]
        return [str(self.java), *FLAGS, *flags, MAIN_CLASS, *serve]

    def aot_flags(self) -> tuple[str, ...]:
        """The flags that use the AOT cache, when there is one."""
        usable = self.aot_cache.exists() and self.aot_cache.stat().st_size > 0
        return (f"-XX:AOTCache={self.aot_cache}", "-Xlog:aot=off,cds=off") if usable else ()

    def environment(self) -> dict[str, str]:
        """The process environment of a server."""
        kept = {key: value for key, value in os.environ.items() if key not in IGNORED}
        return kept | {"CLASSPATH": self.class_path}


def write_properties(path: Path, key: str) -> None:
    """LanguageTool's server settings, as the file it wants; only its owner may read the key."""
    settings = PROPERTIES | {KEY_SETTING: key}
    path.unlink(missing_ok=True)
    path.touch(0o600)
    path.write_text("".join(f"{k}={v}\n" for k, v in settings.items()), "utf-8")
