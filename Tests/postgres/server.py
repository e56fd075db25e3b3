"""A PostgreSQL server of its own on a free port, in a folder that goes away with it."""

import glob
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import threading


class Server:
    """`with Server() as server:`; the superuser is `trips`, the database `traffic`, the host a folder's socket."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="postgres-")
        self.programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        # The server refuses to run as root.
        self.user = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
        if self.user:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.environment = dict(
            os.environ, PGHOST="127.0.0.1", PGPORT=str(self.port), PGUSER="trips", PGDATABASE="traffic",
            PGPASSWORD="secret", TZ="UTC")

    def __enter__(self):
        password = os.path.join(self.folder, "password")
        with open(password, "w", encoding="utf-8") as file:
            file.write("secret\n")
        os.chmod(password, 0o644)
        self.run("initdb", "--pgdata", self.data, "--username=trips", "--auth=scram-sha-256",
                 f"--pwfile={password}", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        self.start()
        self.psql("CREATE DATABASE traffic", database="postgres")
        return self

    def __exit__(self, *_):
        self.run("pg_ctl", "stop", "--pgdata", self.data, "--mode=immediate")
        shutil.rmtree(self.folder)

    @property
    def data(self):
        return os.path.join(self.folder, "data")

    def start(self):
        options = (f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' "
                   "-c fsync=off -c log_statement=none")
        self.run("pg_ctl", "start", "--wait", "--pgdata", self.data, "--log",
                 os.path.join(self.folder, "log"), "--options", options)

    def run(self, program, *arguments):
        become = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {}
        subprocess.run([os.path.join(self.programs, program), *arguments], check=True, cwd=self.folder,
                       stdout=subprocess.DEVNULL, **become)

    def psql(self, sql, database="traffic", schema=None):
        """The rows as lists of texts, null as None."""
        options = f"-c search_path={schema}" if schema else ""
        result = subprocess.run(
            [os.path.join(self.programs, "psql"), "-X", "-q", "-A", "-t", "-F", "\x1f", "-R", "\x1e",
             "-P", "null=\x1d", "-v", "ON_ERROR_STOP=1", "-d", database, "-f", "-"],
            input=sql, capture_output=True, text=True, check=False,
            env=dict(self.environment, PGOPTIONS=options))
        if result.returncode != 0:
            raise RuntimeError(f"psql: {result.stderr.strip()}")
        text = result.stdout.removesuffix("\n").removesuffix("\x1e")
        rows = text.split("\x1e") if text else []
        return [[None if field == "\x1d" else field for field in row.split("\x1f")] for row in rows]


class Proxy:
    """Passes the bytes of connections, one after another, on to a server; cuts after so many from the client."""

    def __init__(self, port, limit):
        self.port_of_server = port
        self.limit = limit
        self.passed = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.serve, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        # A thread that waits for a connection is woken by this, not by closing alone.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(10)

    def serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.pass_on(client)

    def pass_on(self, client):
        server = socket.create_connection(("127.0.0.1", self.port_of_server))
        answers = threading.Thread(target=self.answer, args=(server, client), daemon=True)
        answers.start()
        try:
            while piece := client.recv(65536):
                room = self.limit - self.passed
                self.passed += len(piece)
                server.sendall(piece[:max(room, 0)])
                if len(piece) > room:
                    break
        except OSError:
            pass
        for end in (client, server):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()
        answers.join(10)

    @staticmethod
    def answer(server, client):
        try:
            while piece := server.recv(65536):
                client.sendall(piece)
        except OSError:
            pass
