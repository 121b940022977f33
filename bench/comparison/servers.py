"""The servers: how each is installed, started and addressed. Files go to a folder on tmpfs, where a server has files."""

import contextlib
import os
import time
from abc import ABC, abstractmethod

from harness import install
from harness.aws import Client, Keys
from harness.machine import BenchError
from harness.nginx import Nginx
from harness.processes import await_port, free_port, last_lines
from harness.stack import Stack

KEYS = Keys("ruststack-bench", "ruststack-bench-secret", "us-east-1")
BUCKET = "bench"
START_SECONDS = 120


class Server(ABC):
    """A server that can be started again and again, with nothing in it."""

    name = ""
    is_s3 = True

    def __init__(self, bench):
        self._bench = bench
        self.process = None
        self.port = None

    def install(self):
        """Gets the program, if that was not done."""

    @abstractmethod
    def start(self, folder, core=None):
        """Returns when requests are answered and the bucket is there. Sets the process and the port."""

    @property
    def pid(self):
        return self.process.pid

    @property
    def keys(self):
        return KEYS

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def path(self, key):
        return f"/{BUCKET}/{key}" if key else f"/{BUCKET}"

    def client(self):
        return contextlib.closing(Client(self.url, self.keys))

    def stop(self):
        self._bench.processes.stop(self.process)


class RustStack(Server):
    name = "RustStack"

    def start(self, folder, core=None):
        bench = self._bench
        self._stack = Stack(bench.processes, bench.ruststack, bench.assets / "bare.yaml", folder, core)
        self.process = self._stack.process
        self.port = int(self._stack.url.rpartition(":")[2])

    @property
    def pid(self):
        return self._stack.pid

    @property
    def keys(self):
        return self._stack.keys


class NginxFiles(Server):
    """No S3: what sending and taking the same bytes costs."""

    name = "nginx"
    is_s3 = False

    def start(self, folder, core=None):
        nginx = Nginx(self._bench.processes, self._bench.programs["nginx"], folder / "nginx", core)
        self.process, self.port = nginx.process, nginx.port

    def path(self, key):
        return f"/{key}"


class Other(Server):
    """A server of S3 that is installed from a registry."""

    program = None

    @abstractmethod
    def command(self, folder):
        """What starts the installed program, and its environment."""

    def start(self, folder, core=None):
        self.port = free_port()
        command, environment = self.command(folder)
        self.process = self._bench.processes.start(
            command, core=core, log=self.name, env=dict(os.environ, **environment), cwd=folder
        )
        await_port(self.process, self.port, START_SECONDS)
        self._make_bucket()

    def _make_bucket(self):
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                with self.client() as client:
                    client.send("s3", "PUT", self.path(""))
                return
            except (BenchError, OSError) as failure:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise BenchError(f"{self.name} makes no bucket: {failure}\n{last_lines(self.process)}") from None
                time.sleep(0.01)


class S3Mock(Other):
    name = "S3Mock 5.2.0"

    def install(self):
        self.program = install.from_maven(self._bench.maven, "com.adobe.testing:s3mock", "5.2.0", "exec")

    def command(self, folder):
        store = "--com.adobe.testing.s3mock.store.root=" + str(folder)
        return [self._bench.java, "-jar", self.program, "--server.port=0", f"--http.port={self.port}", store], {}


class S3Proxy(Other):
    name = "S3Proxy 4.1.0"

    def install(self):
        self.program = install.from_maven(self._bench.maven, "org.gaul:s3proxy", "4.1.0", "jar-with-dependencies")

    def command(self, folder):
        (folder / "s3proxy.conf").write_text(
            f"s3proxy.endpoint=http://127.0.0.1:{self.port}\n"
            "s3proxy.authorization=aws-v2-or-v4\n"
            f"s3proxy.identity={KEYS.access}\ns3proxy.credential={KEYS.secret}\n"
            f"jclouds.provider=filesystem-nio2\njclouds.filesystem.basedir={folder}\n"
        )
        return [self._bench.java, "-jar", self.program, "--properties", folder / "s3proxy.conf"], {}


class MinIO(Other):
    name = "MinIO 2026-02-12"

    def install(self):
        self.program = install.from_go("github.com/minio/minio", "v0.0.0-20260212201848-7aac2a2c5b7c")

    def command(self, folder):
        environment = {
            "MINIO_ROOT_USER": KEYS.access,
            "MINIO_ROOT_PASSWORD": KEYS.secret,
            "MINIO_CI_CD": "1",
            "MINIO_BROWSER": "off",
        }
        return [self.program, "server", folder, "--address", f"127.0.0.1:{self.port}"], environment


class Moto(Other):
    name = "moto 5.2.5"

    def install(self):
        self.program = install.from_pypi("moto[server,s3]==5.2.5", "moto_server")

    def command(self, folder):
        return [self.program, "-H", "127.0.0.1", "-p", self.port], {}


class S3sFs(Other):
    """In Rust."""

    name = "s3s-fs 0.14.1"

    def install(self):
        self.program = install.from_crates("s3s-fs", "0.14.1", "--features", "binary")

    def command(self, folder):
        keys = ["--access-key", KEYS.access, "--secret-key", KEYS.secret]
        return [self.program, *keys, "--host", "127.0.0.1", "--port", self.port, folder], {}


ALL = {"nginx": NginxFiles, "s3mock": S3Mock, "s3proxy": S3Proxy, "minio": MinIO, "moto": Moto, "s3s-fs": S3sFs}
