"""A translation service on loopback that speaks LibreTranslate's API, and can misbehave.

with TranslatingServer() as server:
    server.use(settings)
    server.at["translate"] = TranslatingServer.HANG  # or DRIP, ENDLESS, HALF, DROP; or (status, body); or a function
    server.asked                                     # what it was sent: (path, body)

It translates by writing the target before every text: `[sl] Good morning`.
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LANGUAGES = [{"code": code, "name": code, "targets": ["de", "en", "it", "sl"]} for code in ("de", "en", "it", "sl")]


class TranslatingServer:
    HANG, DRIP, ENDLESS, HALF, DROP = "hang", "drip", "endless", "half", "drop"

    def __init__(self):
        self.at = {}
        self.asked: list[tuple[str, dict]] = []
        self.goes_on = threading.Event()  # ends what hangs

    def __enter__(self):
        self._server = _Threads(("127.0.0.1", 0), _Talk)
        self._server.book = self
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *error):
        self.goes_on.set()
        self._server.shutdown()
        self._server.server_close()

    def use(self, settings, timeout: float = 5, key: str = "", url: str = ""):
        told = {"URL": url or self.url, "KEY": key, "TIMEOUT": timeout, "SERVICE": "libretranslate"}
        settings.MACHINE_TRANSLATION = told

    @property
    def sent(self) -> list[str]:
        """Every text that it was given."""
        return [text for step, body in self.asked if step == "translate" for text in body["q"]]

    def answer(self, step: str, body: dict):
        self.asked.append((step, body))
        planned = self.at.get(step)
        if callable(planned):
            planned = planned(body)
        if planned is not None:
            return planned
        if step == "languages":
            return 200, LANGUAGES
        return 200, {"translatedText": [f"[{body['target']}] {text}" for text in body["q"]]}


class _Threads(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request, client_address):
        """Whoever hangs up on it may."""


class _Talk(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def do_GET(self):
        self._answer({})

    def do_POST(self):
        self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def _answer(self, body):
        book = self.server.book
        planned = book.answer(self.path.rpartition("/")[2], body)
        match planned:
            case TranslatingServer.HANG:
                book.goes_on.wait(20)
            case TranslatingServer.DROP:
                pass
            case TranslatingServer.HALF:
                self._send(200, b'{"translatedText": ["Do', length=500)
            case TranslatingServer.DRIP:
                self._trickle(b" ", every=0.05)
            case TranslatingServer.ENDLESS:
                self._trickle(b" " * 65536, every=0)
            case (status, content, *headers):
                is_raw = isinstance(content, bytes)
                self._send(status, content if is_raw else json.dumps(content).encode(), dict(headers))

    def _send(self, status, content, headers=None, length=None):
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(length or len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _trickle(self, piece, every):
        self.send_response(200)
        self.end_headers()
        while not self.server.book.goes_on.wait(every):
            self.wfile.write(piece)
