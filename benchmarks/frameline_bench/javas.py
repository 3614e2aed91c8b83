"""Javas: the one that is used, the module's programs, and a distribution for another Java."""
import os
import pathlib
import shutil
import subprocess
import tempfile

from .processes import BENCHMARKS, DISTRIBUTION, FRAMELINE, ROOT, Failure, until

SOURCES = BENCHMARKS / "src" / "main" / "java" / "org" / "frameline" / "benchmarks"
PROGRAMS = ("Allocated", "FrameTime", "Subscribe")
TO_MAKE_AN_ARCHIVE_S = 180


def tool(name, java_home=None):
    """java or javac."""
    home = java_home or os.environ.get("JAVA_HOME")
    found = str(pathlib.Path(home, "bin", name)) if home else shutil.which(name)
    if not found or not os.access(found, os.X_OK):
        raise Failure(f"expected {name} of a JDK, found none; set JAVA_HOME or --java-home")
    return found


def version(java_home=None):
    """Such as 17.0.15, as Java itself says."""
    said = subprocess.run([tool("java", java_home), "-version"], capture_output=True, text=True)
    return said.stderr.splitlines()[0].split('"')[1] if '"' in said.stderr else said.stderr.strip()


def build():
    """Builds the distribution if there is none, as scripts/frameline does."""
    done = subprocess.run([FRAMELINE, "--version"], cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        raise Failure(f"{FRAMELINE} ended with {done.returncode}: {done.stderr.strip()}")


class Programs:
    """Programs of the benchmarks module, compiled against the distribution when first needed."""

    def __init__(self):
        self.folder = None

    def command(self, name, *options, java_home=None):
        """The command that runs one; options are Java's."""
        if self.folder is None:
            self.folder = tempfile.mkdtemp(prefix="frameline-bench-")
            done = subprocess.run(
                [tool("javac"), "--release", "17", "-cp", f"{DISTRIBUTION}/lib/*", "-d",
                 self.folder, *(SOURCES / f"{program}.java" for program in PROGRAMS)],
                capture_output=True, text=True)
            if done.returncode != 0:
                raise Failure(f"javac ended with {done.returncode}: {done.stderr.splitlines()[0]}")
        return [tool("java", java_home), "-XX:+UseSerialGC", *options,
                "-cp", f"{self.folder}:{DISTRIBUTION}/lib/*", f"org.frameline.benchmarks.{name}"]

    def close(self):
        if self.folder:
            shutil.rmtree(self.folder)


class OtherJava:
    """A copy of the distribution for another JDK, so that each has its archive of classes."""

    def __init__(self, java_home):
        self.environment = {"JAVA_HOME": java_home}
        self.name = version(java_home)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="frameline-bench-"))
        copy = self.folder / "frameline"
        shutil.copytree(DISTRIBUTION, copy,
                        ignore=lambda _, names: [n for n in names if n.startswith("frameline.jsa")])
        self.program = copy / "bin" / "frameline"
        try:
            self.make_archive(copy / "lib" / "frameline.jsa.for")
        except BaseException:
            self.close()
            raise

    def make_archive(self, made):
        """The launcher makes it in the background when it misses it."""
        done = subprocess.run([self.program, "--version"], capture_output=True, text=True,
                              env={**os.environ, **self.environment})
        if done.returncode != 0:
            raise Failure(f"{self.program} ended with {done.returncode}: {done.stderr.strip()}")
        until(lambda: made.exists() or None, f"an archive of classes for Java {self.name}",
              patience_s=TO_MAKE_AN_ARCHIVE_S)

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)
