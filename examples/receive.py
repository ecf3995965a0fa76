"""Receives the webhooks of a MER portal, checks who sent them, and says what there is to pull.

    WEBHOOK_SECRET=whsec_… python receive.py 8000

It needs nothing but Python. Put a server that speaks HTTPS in front of it. By Standard Webhooks (standardwebhooks.com).
"""

import base64
import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

TOLERANCE = 5 * 60  # seconds: an older message may have been recorded and sent again by somebody else
LONGEST = 100_000  # bytes


def is_genuine(secret: str, headers, body: bytes) -> bool:
    """Whether one of the signatures is made with our secret, and lately."""
    identity, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not timestamp.isdecimal() or abs(time.time() - int(timestamp)) > TOLERANCE:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, f"{identity}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    expected = "v1," + base64.b64encode(digest).decode()
    sent = headers.get("webhook-signature", "").split()
    return any(hmac.compare_digest(expected.encode(), each.encode()) for each in sent)


class Receiver(BaseHTTPRequestHandler):
    seen = set()  # ids: a message may come twice; keep them where they outlive a restart

    def do_POST(self):
        length = self.headers.get("Content-Length", "")
        body = self.rfile.read(int(length)) if length.isdecimal() and int(length) <= LONGEST else b""
        if not is_genuine(os.environ["WEBHOOK_SECRET"], self.headers, body):
            return self.answer(401)
        self.answer(204)  # at once; the work comes after it, best in another process
        if self.headers["webhook-id"] not in self.seen:
            self.seen.add(self.headers["webhook-id"])
            message = json.loads(body)
            if message["type"] == "catalogue.changed":
                print(f"changed: {', '.join(message['data']['kinds'])}; pull now", flush=True)  # see pull.py
            else:
                print(message["type"], flush=True)

    def answer(self, status: int):
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    HTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
