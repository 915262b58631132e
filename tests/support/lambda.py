"""Stands in for AWS Lambda, and for as much of Secrets Manager and S3 as a function of cfngen needs.

    lambda.py serve            prints its port once it listens, and serves until it is ended
    lambda.py ask PORT METHOD PATH
                               sends standard input there and prints the answer

The function under test is given the port as AWS_LAMBDA_RUNTIME_API and AWS_ENDPOINT_URL. What happens is decided by
requests to /control/..., for which tests/support/lambda.sh has names:

    POST invoke?seconds=N&times=N&status=N   has the function invoked with this event; answers with what it said.
                               seconds: until the deadline; status: how the interface takes the answer
    POST secret?id=ID          what Secrets Manager has under this id
    POST fail?service=S&status=N&code=C&times=N   the next calls of a service fail
    GET polls                  waits for a poll after those that were told before
    GET init-error             waits for the error of a start
    GET calls                  the calls to AWS, and whether they were signed as they must be; forgets them
    GET object?path=/BUCKET/KEY
"""
import hashlib
import hmac
import http.client
import http.server
import json
import queue
import select
import sys
import threading
import time
import urllib.parse

PATIENCE = 60
KEY_ID, KEY, TOKEN = "AKIDEXAMPLE", "planted-aws-key", "planted-session-token"


class State:
    """What the threads of the server share."""

    def __init__(self):
        self.events = queue.Queue()
        self.answers = queue.Queue()
        self.polls = queue.Queue()
        self.init_errors = queue.Queue()
        self.secrets = {}
        self.objects = {}
        self.failures = []
        self.calls = []
        self.lock = threading.Lock()
        self.taking = threading.Lock()
        self.count = 0


STATE = State()


def digest(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def signature_problem(method, path, query, headers, body):
    """None when the request is signed as AWS wants it, else what is wrong."""
    scheme, _, rest = headers.get("Authorization", "").partition(" ")
    if scheme != "AWS4-HMAC-SHA256":
        return "not signed"
    fields = dict(part.strip().split("=", 1) for part in rest.split(","))
    key_id, date, region, service, end = fields["Credential"].split("/")
    names = fields["SignedHeaders"].split(";")
    if key_id != KEY_ID or end != "aws4_request" or "host" not in names:
        return "signed for something else"
    if headers.get("X-Amz-Security-Token") != TOKEN or "x-amz-security-token" not in names:
        return "no session token, or it is not signed"
    payload = headers.get("X-Amz-Content-Sha256") or hashlib.sha256(body).hexdigest()
    if payload not in ("UNSIGNED-PAYLOAD", hashlib.sha256(body).hexdigest()):
        return "another payload"
    canonical = "\n".join(
        [method, path, query] + [f"{n}:{' '.join(headers.get(n, '').split())}" for n in names] + ["", ";".join(names), payload])
    scope = f"{date}/{region}/{service}/aws4_request"
    text = "\n".join([scheme, headers["X-Amz-Date"], scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + KEY).encode()
    for part in (date, region, service, "aws4_request"):
        key = digest(key, part)
    good = hmac.compare_digest(digest(key, text).hex(), fields["Signature"])
    return None if good else "the signature is wrong"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Headers and body in one piece: else each answer waits for the acknowledgement of its first part.
    wbufsize = -1

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", headers=()):
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    # ---- the interface of the runtime ----

    def is_gone(self):
        return bool(select.select([self.connection], [], [], 0)[0])

    def wait_for_event(self):
        """None when who polls has ended: the event is for the next one then."""
        while not self.is_gone():
            with STATE.taking:
                try:
                    event = STATE.events.get(timeout=0.02)
                except queue.Empty:
                    continue
                if not self.is_gone():
                    return event
                STATE.events.put(event)
        return None

    def next_invocation(self):
        STATE.polls.put(time.time())
        event = self.wait_for_event()
        if not event:
            self.close_connection = True
            return
        STATE.count += 1
        self.status_for_answer = event["status"]
        self.answer(200, event["body"], [
            ("Lambda-Runtime-Aws-Request-Id", f"request-{STATE.count}"),
            ("Lambda-Runtime-Deadline-Ms", str(int((time.time() + event["seconds"]) * 1000))),
            ("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-west-2:123456789012:function:validator"),
            ("Lambda-Runtime-Trace-Id", f"Root=1-5bef4de7-{STATE.count:024d};Parent=40c31899e47263c5;Sampled=1")])

    def runtime(self, what, body):
        if what == "invocation/next":
            return self.next_invocation()
        said = {"kind": what.rsplit("/", 1)[-1], "id": what.split("/")[1],
                "type": self.headers.get("Lambda-Runtime-Function-Error-Type"),
                "body": json.loads(body)}
        if what == "init/error":
            STATE.init_errors.put(said)
            return self.answer(202)
        status = getattr(self, "status_for_answer", 202) if said["kind"] == "response" else 202
        said["status"] = status
        self.answer(status)
        return STATE.answers.put(said)

    # ---- AWS ----

    def fails(self, service):
        with STATE.lock:
            for failure in STATE.failures:
                if failure["service"] == service and failure["times"] > 0:
                    failure["times"] -= 1
                    return failure
        return None

    def signature_problem(self, body):
        url = urllib.parse.urlsplit(self.path)
        return signature_problem(self.command, url.path, url.query, self.headers, body)

    def call_aws(self, _url, body):
        target = self.headers.get("X-Amz-Target")
        if target:
            self.aws(*target.split("."), body)
        else:
            self.aws("s3", {"PUT": "PutObject", "GET": "GetObject"}[self.command], body)

    def aws(self, service, action, body):
        path = urllib.parse.urlsplit(self.path).path
        problem = self.signature_problem(body)
        STATE.calls.append({"call": f"{service}:{action}", "problem": problem})
        failure = self.fails(service)
        if failure and service == "s3":
            text = f"<?xml version='1.0'?><Error><Code>{failure['code']}</Code></Error>"
            return self.answer(failure["status"], text.encode())
        if failure:
            return self.answer(failure["status"], {"__type": "com.amazonaws#" + failure["code"], "message": "no"})
        if problem:
            return self.answer(403, {"__type": "InvalidSignatureException", "message": problem})
        return getattr(self, action)(path, body)

    def GetSecretValue(self, _path, body):
        secret = json.loads(body)["SecretId"]
        if secret not in STATE.secrets:
            return self.answer(400, {"__type": "ResourceNotFoundException"})
        return self.answer(200, {"ARN": secret, "Name": secret, "SecretString": STATE.secrets[secret]})

    def PutObject(self, path, body):
        STATE.objects[path] = body
        self.answer(200)

    def GetObject(self, path, _body):
        if path not in STATE.objects:
            return self.answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
        return self.answer(200, STATE.objects[path])

    # ---- the test ----

    def control(self, what, query, body):
        if what == "invoke":
            event = {"body": body, "seconds": float(query.get("seconds", 900)), "status": int(query.get("status", 202))}
            for _ in range(int(query.get("times", 1))):
                STATE.events.put(event)
                said = STATE.answers.get(timeout=PATIENCE)
            self.answer(200, said)
            return said
        if what == "secret":
            STATE.secrets[query["id"]] = body.decode()
        elif what == "fail":
            STATE.failures.append({"service": query["service"], "status": int(query["status"]),
                                   "code": query["code"], "times": int(query["times"])})
        elif what == "polls":
            return self.answer(200, [STATE.polls.get(timeout=PATIENCE)])
        elif what == "init-error":
            return self.answer(200, STATE.init_errors.get(timeout=PATIENCE))
        elif what == "calls":
            calls, STATE.calls = STATE.calls, []
            return self.answer(200, calls)
        elif what == "object":
            return self.answer(200, STATE.objects[query["path"]])
        elif what == "objects":
            return self.answer(200, sorted(STATE.objects))
        return self.answer(200)

    def serve(self):
        body, url = self.body(), urllib.parse.urlsplit(self.path)
        if url.path.startswith("/2018-06-01/runtime/"):
            self.runtime(url.path[len("/2018-06-01/runtime/"):], body)
        elif url.path.startswith("/control/"):
            try:
                self.control(url.path[len("/control/"):], dict(urllib.parse.parse_qsl(url.query)), body)
            except queue.Empty:
                self.answer(504, b"nothing came")
        else:
            self.call_aws(url, body)

    do_GET = do_POST = do_PUT = serve


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """A function that ends in the middle of a request is part of the tests."""


def ask(port, method, path):
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=10 * PATIENCE)
    connection.request(method, path, sys.stdin.buffer.read() if method == "POST" else None)
    answer = connection.getresponse()
    sys.stdout.buffer.write(answer.read())
    return 0 if answer.status == 200 else 1


def main(handler=Handler):
    if sys.argv[1] == "ask":
        return ask(*sys.argv[2:])
    server = Server(("127.0.0.1", 0), handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
