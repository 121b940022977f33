"""nginx as a peer: one worker that serves a folder from tmpfs, and takes files into it (dav module)."""

import os
import re
import subprocess

from harness.machine import BenchError
from harness.processes import await_port, free_port

CONFIGURATION = """
daemon off;
{user}
worker_processes 1;
error_log {home}/error.log warn;
pid {home}/nginx.pid;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  sendfile on;
  keepalive_requests 1000000000;
  open_file_cache max=1000;
  client_max_body_size 0;
  client_body_temp_path {home}/body;
  proxy_temp_path {home}/proxy;
  fastcgi_temp_path {home}/fastcgi;
  uwsgi_temp_path {home}/uwsgi;
  scgi_temp_path {home}/scgi;
  server {{
    listen 127.0.0.1:{port};
    root {home}/files;
    {dav}
  }}
}}
"""


class Nginx:
    """A running nginx."""

    def __init__(self, processes, program, home, core=None):
        home.mkdir()
        (home / "files").mkdir()
        self.takes_files = has_dav(program)
        self.port = free_port()
        text = CONFIGURATION.format(
            home=home,
            port=self.port,
            user="user root;" if os.geteuid() == 0 else "",
            dav="dav_methods PUT; create_full_put_path on;" if self.takes_files else "",
        )
        (home / "nginx.conf").write_text(text)
        self.process = processes.start(
            [program, "-p", home, "-e", home / "error.log", "-c", home / "nginx.conf"], core=core, log="nginx"
        )
        await_port(self.process, self.port)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"


def has_dav(program):
    done = subprocess.run([program, "-V"], capture_output=True, text=True)
    if done.returncode != 0:
        raise BenchError(f"{program} -V failed:\n{done.stderr}")
    return bool(re.search(r"--with-http_dav_module", done.stderr))
