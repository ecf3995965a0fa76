"""A mail server on loopback that can misbehave.

with MailServer() as server:
    server.at["RCPT"] = "451 4.2.0 Later"        # an answer to a command
    server.at["after DATA"] = MailServer.HANG    # or nothing at all; DROP ends the line, DRIP never ends an answer
    server.received                              # the Message-IDs of what came in whole
"""

import re
import socketserver
import threading
from contextlib import suppress


class MailServer:
    DROP, HANG, DRIP = "drop", "hang", "drip"
    ANSWERS = {"hello": "220 here", "DATA": "354 go on", "after DATA": "250 taken", "QUIT": "221 bye"}

    def __init__(self):
        self.at: dict[str, str] = {}
        self.received: list[str] = []
        self.messages: list[str] = []
        self.came = threading.Event()  # something was received whole
        self.goes_on = threading.Event()  # ends what hangs

    def __enter__(self):
        self._server = _Threads(("127.0.0.1", 0), _Talk)
        self._server.book = self
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *error):
        self.goes_on.set()
        self._server.shutdown()
        self._server.server_close()

    def use(self, settings, timeout: float = 5):
        settings.MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", self.port, timeout

    def takes(self, message: str) -> None:
        self.messages.append(message)
        self.received.append(re.search(r"(?im)^Message-ID:\s*(\S+)", message)[1])
        self.came.set()


class _Threads(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def handle_error(self, request, client_address):
        """Who hung up, hung up."""


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        if not self.say("hello"):
            return
        while line := self.rfile.readline():
            command = line.decode().split()[0].upper()
            if not self.say(command):
                return
            if command == "DATA" and "DATA" not in self.server.book.at:
                lines = list(iter(self.rfile.readline, b".\r\n"))
                if not lines[-1:] or not lines[-1].endswith(b"\n"):
                    return
                self.server.book.takes(b"".join(lines).decode())
                if not self.say("after DATA"):
                    return

    def say(self, what: str) -> bool:
        book = self.server.book
        answer = book.at.get(what, book.ANSWERS.get(what, "250 well"))
        if answer == MailServer.HANG:
            book.goes_on.wait(60)
        if answer == MailServer.DRIP:
            self.drip()
        if answer in (MailServer.DROP, MailServer.HANG, MailServer.DRIP):
            return False
        self.wfile.write(f"{answer}\r\n".encode())
        return what != "QUIT"

    def drip(self):
        """A sign every little while, until the other side hangs up."""
        with suppress(OSError):
            while not self.server.book.goes_on.wait(0.05):
                self.wfile.write(b"2")
