"""Frameworks of the web, unchanged, and plain handlers in Java and Go, behind every front."""

import os
import sys

import pytest
from conftest import package

FLASK = """
from flask import Flask, jsonify, make_response, request

app = Flask(__name__)

@app.route("/items/<item>", methods=["GET", "POST"])
def item(item):
    answer = make_response(jsonify(item=item, method=request.method, query=request.args.get("q"),
                                   form=request.form.get("f"), cookie=request.cookies.get("seen")))
    answer.set_cookie("one", "1")
    answer.set_cookie("two", "2")
    return answer, 201

@app.route("/image")
def image():
    return bytes(range(256)), 200, {"Content-Type": "image/png"}
"""

FASTAPI = """
from fastapi import FastAPI, Request, Response

app = FastAPI()

@app.api_route("/items/{item}", methods=["GET", "POST"], status_code=201)
async def item(item: str, request: Request, response: Response, q: str | None = None):
    from urllib.parse import parse_qs
    form = parse_qs((await request.body()).decode())
    response.set_cookie("one", "1")
    response.set_cookie("two", "2")
    return {"item": item, "method": request.method, "query": q, "form": form.get("f", [None])[0],
            "cookie": request.cookies.get("seen")}

@app.get("/image")
def image():
    return Response(bytes(range(256)), media_type="image/png")
"""

EXPRESS = """
const express = require("express");
const { configure } = require("@codegenie/serverless-express");

const app = express();
app.use(express.urlencoded({ extended: false }));
app.all("/items/:item", (request, response) => {
  const cookie = /seen=([^;]*)/.exec(request.headers.cookie || "");
  response.status(201).cookie("one", "1").cookie("two", "2").json({
    item: request.params.item, method: request.method, query: request.query.q ?? null,
    form: (request.body || {}).f ?? null, cookie: cookie ? cookie[1] : null });
});
app.get("/image", (request, response) =>
  response.type("png").send(Buffer.from(Array.from({ length: 256 }, (_, i) => i))));
exports.handler = configure({ app, binarySettings: { contentTypes: ["image/*"] } });
"""

PYTHON = "python{}.{}".format(*sys.version_info)
# Runtime, handler, sources, and the variable that names the folder with the rest.
FRAMEWORKS = {
    "flask-apig-wsgi": (PYTHON, "app.handler", {"app.py": FLASK + """
from apig_wsgi import make_lambda_handler
handler = make_lambda_handler(app, binary_support=True)
"""}, "PACKAGES"),
    "flask-aws-wsgi": (PYTHON, "app.handler", {"app.py": FLASK + """
import awsgi
def handler(event, context):
    return awsgi.response(app, event, context, base64_content_types={"image/png"})
"""}, "PACKAGES"),
    "fastapi-mangum": (PYTHON, "app.handler", {"app.py": FASTAPI + """
from mangum import Mangum
handler = Mangum(app, lifespan="off")
"""}, "PACKAGES"),
    "express-serverless-express": ("nodejs20.x", "index.handler", {"index.js": EXPRESS}, "EXPRESS"),
    "go-api-proxy": ("provided.al2023", "bootstrap", {}, "GO_FUNCTION"),
    "java-v1": ("java21", "App::v1", {}, "JAVA_FUNCTION"),
    "java-v2": ("java21", "App::v2", {}, "JAVA_FUNCTION"),
}

# aws-wsgi reads events of format 1.0 only; in Java each format has a type of its own.
OF_ONE_FORMAT = {"flask-aws-wsgi": ("v1",), "java-v1": ("v1",), "java-v2": ("url", "v2")}
PAIRS = [(framework, front) for framework in FRAMEWORKS
         for front in OF_ONE_FORMAT.get(framework, ("url", "v1", "v2"))]


@pytest.fixture(scope="module")
def functions(clients):
    """The ARN of a function for each framework, made when it is asked for."""
    made = {}

    def arn(framework):
        if framework not in made:
            runtime, handler, sources, folder = FRAMEWORKS[framework]
            made[framework] = clients["lambda"].create_function(
                FunctionName=framework, Runtime=runtime, Handler=handler, Timeout=30, MemorySize=512,
                Role="arn:aws:iam::000000000000:role/r", Code={"ZipFile": package(sources, os.environ[folder])},
            )["FunctionArn"]
            clients["lambda"].get_waiter("function_active_v2").wait(FunctionName=framework)
        return made[framework]

    return arn


def url(clients, name, arn):
    clients["lambda"].create_function_url_config(FunctionName=arn, AuthType="NONE")
    address = clients["lambda"].get_function_url_config(FunctionName=arn)["FunctionUrl"]
    return address.split("//")[1].split(":")[0], ""


def v1(clients, name, arn):
    gateway = clients["apigateway"]
    api = gateway.create_rest_api(name=name, binaryMediaTypes=["*/*"])
    resource = gateway.create_resource(restApiId=api["id"], parentId=api["rootResourceId"], pathPart="{proxy+}")
    where = {"restApiId": api["id"], "resourceId": resource["id"], "httpMethod": "ANY"}
    gateway.put_method(**where, authorizationType="NONE")
    gateway.put_integration(**where, type="AWS_PROXY", integrationHttpMethod="POST",
                            uri=f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{arn}/invocations")
    gateway.create_deployment(restApiId=api["id"], stageName="prod")
    return f"{api['id']}.execute-api.us-east-1.localhost", "/prod"


def v2(clients, name, arn):
    api = clients["apigatewayv2"].create_api(Name=name, ProtocolType="HTTP", Target=arn)
    return f"{api['ApiId']}.execute-api.us-east-1.localhost", ""


@pytest.mark.parametrize(("framework", "front"), PAIRS)
def test_framework_answers(framework, front, functions, clients, call):
    host, stage = {"url": url, "v1": v1, "v2": v2}[front](clients, framework, functions(framework))

    got = call("GET", host, f"{stage}/items/7?q=a%20b", headers={"Cookie": "seen=yes"})
    assert got.status_code == 201, got.text
    assert got.json() == {"item": "7", "method": "GET", "query": "a b", "form": None, "cookie": "yes"}
    # aws-wsgi gives one value for each header.
    cookies = {"two": "2"} if framework == "flask-aws-wsgi" else {"one": "1", "two": "2"}
    assert dict(cookie.split(";")[0].split("=") for cookie in got.raw.headers.getlist("Set-Cookie")) == cookies

    posted = call("POST", host, f"{stage}/items/8", data={"f": "ü"})
    assert posted.json() == {"item": "8", "method": "POST", "query": None, "form": "ü", "cookie": None}

    image = call("GET", host, f"{stage}/image", headers={"Accept": "image/png"})
    assert image.headers["Content-Type"].startswith("image/png")
    assert image.content == bytes(range(256))
