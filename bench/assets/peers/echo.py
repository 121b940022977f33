"""What the function in Python does, over the HTTP server of the standard library. Prints its port.

With arguments it listens on that address and port, instead of a free one of this machine alone.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Echo(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_POST(self):
        event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        body = json.dumps(event).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *arguments):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128


address, port = sys.argv[1:] or ("127.0.0.1", "0")
server = Server((address, int(port)), Echo)
print(server.server_port, flush=True)
server.serve_forever()
