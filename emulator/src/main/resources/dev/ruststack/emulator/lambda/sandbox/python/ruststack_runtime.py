"""Runs a Python function of AWS Lambda: the client of the Runtime API, the context object and the error documents.

AWS: Lambda Developer Guide, "Using the Lambda runtime API" and "Using the Lambda context object to retrieve Python
function information". Every import here is part of every cold start, so there are few: the HTTP client of the standard
library alone would take as long as the interpreter itself.
"""

import _socket
import importlib
import json
import os
import sys
import time

import ruststack_logging


class RuntimeFault(Exception):
    """What the runtime itself finds wrong, with the error type that AWS reports for it."""

    def __init__(self, error_type, message, stack_trace=()):
        super().__init__(message)
        self.error_type = "Runtime." + error_type
        self.stack_trace = list(stack_trace)


class RuntimeApi:
    """The Runtime API, over one connection that is kept."""

    def __init__(self, address):
        authority, _, prefix = address.partition("/")
        host, _, port = authority.rpartition(":")
        self._authority = authority
        self._root = ("/" + prefix if prefix else "") + "/2018-06-01/runtime"
        self._received = b""
        self._asked = False
        self._socket = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
        self._socket.setsockopt(_socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
        self._socket.connect((host, int(port)))

    def next_invocation(self):
        """Waits for an event; returns its headers, with lower-case names, and its body."""
        if not self._asked:
            self._socket.sendall(self._next())
        self._asked = False
        return self._response()

    def post_result(self, request_id, body, content_type):
        """Sends a result and, behind it, the question for the next event: one way for both."""
        head = self._head("POST", f"/invocation/{request_id}/response", {"Content-Type": content_type}, len(body))
        self._socket.sendall(head + body + self._next())
        self._asked = True
        self._response()

    def post_error(self, request_id, document):
        self._post_document(f"/invocation/{request_id}/error", document)

    def post_init_error(self, document):
        self._post_document("/init/error", document)

    def _post_document(self, path, document):
        headers = {
            "Content-Type": "application/vnd.aws.lambda.error+json",
            "Lambda-Runtime-Function-Error-Type": document["errorType"],
        }
        body = to_json(document).encode("utf-8", "replace")
        self._socket.sendall(self._head("POST", path, headers, len(body)) + body)
        self._response()

    def _next(self):
        return self._head("GET", "/invocation/next", {})

    def _head(self, method, path, headers, length=None):
        lines = [f"{method} {self._root}{path} HTTP/1.1", f"Host: {self._authority}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if length is not None:
            lines.append(f"Content-Length: {length}")
        return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n"

    def _response(self):
        head = self._take_until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        headers = {}
        for line in head[1:]:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        return headers, self._take(int(headers.get("content-length", 0)))

    def _take_until(self, end):
        while end not in self._received:
            self._receive()
        taken, _, self._received = self._received.partition(end)
        return taken

    def _take(self, length):
        if len(self._received) < length:
            chunks = [self._received]
            missing = length - len(self._received)
            while missing > 0:
                self._received = b""
                self._receive()
                chunks.append(self._received)
                missing -= len(self._received)
            self._received = b"".join(chunks)
        taken, self._received = self._received[:length], self._received[length:]
        return taken

    def _receive(self):
        data = self._socket.recv(262144)
        if not data:
            sys.exit(0)  # The emulator has gone.
        self._received += data


class ClientContext:
    """What a mobile client tells of itself."""

    __slots__ = ("custom", "env", "client")

    def __init__(self, document):
        self.custom = document.get("custom")
        self.env = document.get("env")
        client = document.get("client")
        self.client = None if client is None else Client(client)

    def __repr__(self):
        return f"ClientContext([custom={self.custom},env={self.env},client={self.client}])"


class Client:
    """The application a mobile client is."""

    __slots__ = ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name")

    def __init__(self, document):
        for name in self.__slots__:
            setattr(self, name, document.get(name))

    def __repr__(self):
        return "Client([" + ",".join(f"{name}={getattr(self, name)}" for name in self.__slots__) + "])"


class CognitoIdentity:
    """The Amazon Cognito identity that authorized the request."""

    __slots__ = ("cognito_identity_id", "cognito_identity_pool_id")

    def __init__(self, document):
        self.cognito_identity_id = document.get("cognitoIdentityId")
        self.cognito_identity_pool_id = document.get("cognitoIdentityPoolId")

    def __repr__(self):
        return (
            f"CognitoIdentity([cognito_identity_id={self.cognito_identity_id},"
            f"cognito_identity_pool_id={self.cognito_identity_pool_id}])"
        )


class LambdaContext:
    """What a handler gets as its second argument."""

    def __init__(self, headers):
        client_context = parse_header(headers, "lambda-runtime-client-context", "Client Context")
        identity = parse_header(headers, "lambda-runtime-cognito-identity", "Cognito Identity")
        self.aws_request_id = headers["lambda-runtime-aws-request-id"]
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = headers.get("lambda-runtime-invoked-function-arn")
        self.tenant_id = headers.get("lambda-runtime-aws-tenant-id")
        self.client_context = None if client_context is None else ClientContext(client_context)
        self.identity = CognitoIdentity(identity or {})
        self._deadline = int(headers.get("lambda-runtime-deadline-ms", 0))

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))

    def log(self, message):
        sys.stdout.write(str(message))

    def __repr__(self):
        names = (
            "aws_request_id",
            "log_group_name",
            "log_stream_name",
            "function_name",
            "memory_limit_in_mb",
            "function_version",
            "invoked_function_arn",
            "client_context",
            "identity",
            "tenant_id",
        )
        return "LambdaContext([" + ",".join(f"{name}={getattr(self, name)}" for name in names) + "])"


def parse_header(headers, name, meaning):
    if name not in headers:
        return None
    try:
        return json.loads(headers[name].encode("latin-1").decode("utf-8"))
    except ValueError as error:
        raise RuntimeFault("LambdaContextUnmarshalError", f"Unable to parse {meaning} JSON: {error}") from None


class DecimalEncoder(json.JSONEncoder):
    """JSON with Decimals as plain numbers, every digit kept, as AWS's runtime writes them.

    The standard encoder cannot be made to write a number as given, so each Decimal is first written as a string that
    occurs nowhere else.
    """

    def __init__(self, **options):
        super().__init__(**options)
        self._decimals = {}

    def default(self, value):
        decimal = sys.modules.get("decimal")
        if decimal is None or not isinstance(value, decimal.Decimal):
            return super().default(value)
        mark = f"decimal-{os.urandom(16).hex()}"
        self._decimals[f'"{mark}"'] = "NaN" if value.is_nan() else str(value)
        return mark

    def encode(self, value):
        text = super().encode(value)
        for mark, number in self._decimals.items():
            text = text.replace(mark, number)
        return text


def writes_unicode():
    """Since Python 3.12 the runtime writes characters as they are; before, as escapes."""
    minor = os.environ.get("AWS_EXECUTION_ENV", "").rpartition("python3.")[2]
    return minor.isdigit() and int(minor) >= 12


def to_json(value):
    try:
        return json.dumps(value, ensure_ascii=ENSURE_ASCII)
    except TypeError:
        return DecimalEncoder(ensure_ascii=ENSURE_ASCII).encode(value)


ENSURE_ASCII = not writes_unicode()


# What AWS's Python runtimes have beside the standard library.
PACKAGES_OF_AWS = ("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "urllib3")


def load_handler(name):
    """Imports the handler: ``module.function``, with dots or slashes between packages."""
    try:
        module_name, function_name = name.rsplit(".", 1)
    except ValueError as error:
        raise RuntimeFault("MalformedHandlerName", f"Bad handler '{name}': {error}") from None
    if module_name.split(".")[0] in sys.builtin_module_names:
        raise RuntimeFault(
            "BuiltInModuleConflict", f"Cannot use built-in module {module_name} as a handler module"
        )
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        if error.name in PACKAGES_OF_AWS:
            print(f"[RustStack] {error.name} comes with AWS's runtime, but not with {sys.executable}: install it there, "
                  "or add it to the function's requirements.txt.")
        raise RuntimeFault("ImportModuleError", f"Unable to import module '{module_name}': {error}") from error
    except SyntaxError as error:
        place = f'  File "{error.filename}" Line {error.lineno}\n    {error.text}'
        raise RuntimeFault(
            "UserCodeSyntaxError", f"Syntax error in module '{module_name}': {error}", [place]
        ) from None
    try:
        return getattr(module, function_name)
    except AttributeError:
        raise RuntimeFault(
            "HandlerNotFound", f"Handler '{function_name}' missing on module '{module_name}'"
        ) from None


def error_document(error, request_id=""):
    """The JSON document of an error. The frames of this file are left out of its stack trace."""
    if isinstance(error, RuntimeFault):
        error_type, stack_trace = error.error_type, error.stack_trace
    else:
        import traceback

        frames = traceback.extract_tb(error.__traceback__)
        while frames and frames[0].filename == __file__:
            del frames[0]
        error_type = type(error).__name__
        stack_trace = traceback.format_list([(f.filename, f.lineno, f.name, f.line) for f in frames])
    return {
        "errorMessage": str(error),
        "errorType": error_type,
        "requestId": request_id,
        "stackTrace": stack_trace,
    }


def invoke(handler, headers, body):
    """Calls the handler with an event; returns its result, encoded, and the result's content type."""
    context = LambdaContext(headers)
    try:
        event = json.loads(body)
    except ValueError as error:
        raise RuntimeFault("UnmarshalError", f"Unable to unmarshal input: {error}") from None
    result = handler(event, context)
    if isinstance(result, bytes):
        return result, "application/unknown"
    try:
        return to_json(result).encode("utf-8", "surrogatepass"), "application/json"
    except Exception as error:  # Whatever a value's own conversion raises.
        raise RuntimeFault("MarshalError", f"Unable to marshal response: {error}") from None


def serve(api, handler):
    """Takes one event and answers it."""
    headers, body = api.next_invocation()
    request_id = headers["lambda-runtime-aws-request-id"]
    ruststack_logging.request_id = request_id
    trace = headers.get("lambda-runtime-trace-id")
    if trace is None:
        os.environ.pop("_X_AMZN_TRACE_ID", None)
    else:
        os.environ["_X_AMZN_TRACE_ID"] = trace
    try:
        result, content_type = invoke(handler, headers, body)
    except Exception as error:
        document = error_document(error, request_id)
        ruststack_logging.log_error(document)
        flush()
        api.post_error(request_id, document)
    else:
        flush()
        api.post_result(request_id, result, content_type)


def flush():
    sys.stdout.flush()
    sys.stderr.flush()


def listen_for_debugger(address):
    if address is None:
        return
    try:
        import debugpy
    except ImportError:
        raise RuntimeError(
            "the function has a debugPort and debugpy cannot be imported: pip install debugpy,"
            " or put debugpy into the function's requirements.txt"
        ) from None
    host, port = address.rsplit(":", 1)
    debugpy.listen((host, int(port)))


def main():
    sys.path[0] = os.environ["LAMBDA_TASK_ROOT"]
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)
    sys.stderr.reconfigure(encoding="utf-8", line_buffering=True)
    ruststack_logging.install()
    api = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])
    try:
        listen_for_debugger(os.environ.pop("RUSTSTACK_DEBUGGER", None))
        handler = load_handler(os.environ["_HANDLER"])
    except Exception as error:
        document = error_document(error)
        ruststack_logging.log_error(document)
        flush()
        api.post_init_error(document)
        sys.exit(1)
    while True:
        serve(api, handler)
