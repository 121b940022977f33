"""Formats what a function logs as AWS Lambda's Python runtime does.

AWS: Lambda Developer Guide, "Log and monitor Python Lambda functions". The logging module is configured when the
function first imports it: importing it here would lengthen the cold start of functions that only print.
"""

import sys
import time
from importlib.machinery import PathFinder
from os import environ

LOGS_JSON = environ.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON"
LOG_LEVEL = {"TRACE": "DEBUG"}.get(environ.get("AWS_LAMBDA_LOG_LEVEL", ""), environ.get("AWS_LAMBDA_LOG_LEVEL", ""))
TIME_FORMAT = "%Y-%m-%dT%H:%M:%S"
NO_BREAK_SPACE = "\u00a0"

# The request that the function works on.
request_id = ""


class LoggingImport:
    """A finder for the import of logging, and of nothing else."""

    def find_spec(self, name, path=None, target=None):
        if name != "logging":
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(name)
        load = spec.loader.exec_module

        def load_and_configure(module):
            load(module)
            configure(module)

        spec.loader.exec_module = load_and_configure
        return spec


def install():
    if "logging" in sys.modules:
        configure(sys.modules["logging"])
    else:
        sys.meta_path.insert(0, LoggingImport())


def configure(logging):
    """Gives the root logger the handler that AWS gives it."""

    class LambdaLoggerHandler(logging.Handler):
        def emit(self, record):
            sys.stdout.write(self.format(record))

    class JsonFormatter(logging.Formatter):
        def format(self, record):
            return format_json(logging, record) + "\n"

    def add_request_id(record):
        record.aws_request_id = request_id
        return True

    text = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n"
    logging.Formatter.converter = time.gmtime
    handler = LambdaLoggerHandler()
    handler.setFormatter(JsonFormatter() if LOGS_JSON else logging.Formatter(text, TIME_FORMAT))
    handler.addFilter(add_request_id)
    root = logging.getLogger()
    root.addHandler(handler)
    if LOG_LEVEL:
        root.setLevel(LOG_LEVEL.upper())


def timestamp(seconds):
    return f"{time.strftime(TIME_FORMAT, time.gmtime(seconds))}.{int(seconds * 1000) % 1000:03d}Z"


def format_json(logging, record):
    import json
    import traceback

    document = {
        "timestamp": timestamp(record.created),
        "level": record.levelname,
        "message": record.getMessage(),
        "logger": record.name,
    }
    if record.exc_info and record.exc_info[0]:
        error_type, error, trace = record.exc_info
        document["stackTrace"] = traceback.format_tb(trace)
        document["errorType"] = error_type.__name__
        document["errorMessage"] = str(error)
        document["location"] = f"{record.pathname}:{record.funcName}:{record.lineno}"
    document["requestId"] = record.aws_request_id
    standard = logging.makeLogRecord({}).__dict__
    for name, value in record.__dict__.items():
        if name not in standard and name not in document and name != "aws_request_id":
            document[name] = value
    return json.dumps(document, ensure_ascii=False, default=str)


def log_error(document):
    """Writes the error that ends an invocation, or the initialization."""
    if LOGS_JSON:
        import json

        record = {"timestamp": timestamp(time.time()), "level": "ERROR", **document}
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
        return
    lines = [f"[ERROR] {document['errorType']}: {document['errorMessage']}", "Traceback (most recent call last):"]
    for entry in document["stackTrace"]:
        for line in entry.splitlines():
            text = line.lstrip(" ")
            lines.append(NO_BREAK_SPACE * (len(line) - len(text)) + text)
    sys.stdout.write("\n".join(lines) + "\n")
