"""Real servers on the loopback interface: a receiver of webhooks and a taker of mail."""

import email
import email.policy
import http.server
import socket
import ssl
import subprocess
import threading
import time
import warnings

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

warnings.simplefilter("ignore", DeprecationWarning)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def certificate(folder):
    """A certificate for 127.0.0.1 that signs itself, and its key."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", f"{folder}/key.pem", "-out", f"{folder}/certificate.pem"],
        check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{folder}/certificate.pem", f"{folder}/key.pem")
    return context


class Receiver:
    """Keeps what is posted to it. `answers` are the statuses of the next requests, 200 when they are used up."""

    def __init__(self, tls=None, hangs=False):
        self.requests = []
        self.answers = []
        self.port = free_port()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = receiver.answers.pop(0) if receiver.answers else 200
                receiver.requests.append((dict(self.headers), body, status))
                if hangs:
                    time.sleep(8)
                    return
                self.send_response(status)
                self.send_header("Location", f"http://127.0.0.1:{receiver.port}/elsewhere")
                self.end_headers()
                self.wfile.write(b"what a receiver says goes nowhere")

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.server.daemon_threads = True
        self.scheme = "https" if tls else "http"
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"{self.scheme}://127.0.0.1:{self.port}/hook"

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class MailServer:
    """Keeps the messages it is given; wants STARTTLS and a password where it has a certificate."""

    def __init__(self, tls=None, password=None):
        self.messages = []
        self.port = free_port()
        server = self

        class Handler:
            async def handle_DATA(self, _server, session, envelope):
                message = email.message_from_bytes(envelope.content, policy=email.policy.default)
                server.messages.append((envelope.mail_from, envelope.rcpt_tos, message, envelope.content))
                return "250 taken"

        def authenticate(_server, _session, _envelope, _mechanism, data):
            return AuthResult(success=(data.login, data.password) == (b"lake", (password or "").encode()))

        options = {}
        if tls:
            options = {"tls_context": tls, "require_starttls": True}
        if password:
            options |= {"authenticator": authenticate, "auth_required": True}
        self.controller = Controller(Handler(), hostname="127.0.0.1", port=self.port, **options)
        self.controller.start()

    def stop(self):
        self.controller.stop()
