"""Webhooks and mail."""

import base64
import hashlib
import hmac
import json
import shutil
import tempfile
import time

from lake import HEADER, Lake, OUTCOMES, expect, rows
from servers import MailServer, Receiver, certificate, free_port


def prove_signature(lake, request):
    headers, body, _ = request
    identity, moment = headers["webhook-id"], headers["webhook-timestamp"]
    code = hmac.new(lake.key, f"{identity}.{moment}.".encode() + body, hashlib.sha256).digest()
    expect(headers["webhook-signature"] == "v1," + base64.b64encode(code).decode(), "signature of", identity)
    expect(abs(int(moment) - time.time()) < 60, "timestamp", moment)
    expect(headers["Content-Type"] == "application/json", headers)
    expect(json.loads(body)["id"] == identity, "the id of the body is another")


def four_outcomes(lake):
    good = lake.good("good.csv")
    mixed = lake.file("mixed.csv", HEADER + rows(20, 100) + "x\n")
    lake.run("ingest", good)
    lake.run("ingest", good, mixed, exit_code=3)
    lake.run("ingest", good)
    lake.run("ingest", lake.file("bäd.csv", HEADER + "x\n"), exit_code=65)


def check_every_outcome_arrives_by_webhook_and_mail(program):
    with Lake(program) as lake, tempfile.TemporaryDirectory() as folder:
        tls = certificate(folder)
        receiver, mails = Receiver(tls=tls), MailServer(tls=tls, password="geheim")
        shutil.copy(f"{folder}/certificate.pem", lake.path)
        (lake.root / "password").write_text("geheim\n")
        lake.settings(
            [lake.webhook(receiver.url, ca_file="certificate.pem")],
            [{"name": "report", "server": "127.0.0.1", "port": mails.port, "from": "lake@example.org",
              "to": ["a@example.org", "b@example.org"], "user": "lake", "ca_file": "certificate.pem",
              "password": {"file": str(lake.root / "password")}}])
        four_outcomes(lake)
        outcomes = lake.events(*OUTCOMES)
        expect([event["type"] for event in outcomes] == [
            "load.committed", "load.committed_with_rejects", "load.duplicate_file", "load.failed"], outcomes)
        expect([json.loads(body) for _, body, _ in receiver.requests] == outcomes, "webhooks")
        for request in receiver.requests:
            prove_signature(lake, request)
        expect(len(mails.messages) == 4, len(mails.messages), "mails")
        for event, mail in zip(outcomes, mails.messages):
            prove_mail(event, mail)
        with_rejects = mails.messages[1][2]
        attached = [part for part in with_rejects.walk() if part.get_content_disposition() == "attachment"]
        rejects = (lake.path / outcomes[1]["data"]["rejects"]["path"]).read_bytes()
        expect([part.get_payload(decode=True) for part in attached] == [rejects], "the attachment")
        results = [(line["channel"], line["result"]) for line in lake.deliveries()]
        expect(sorted(results) == sorted(
            [("hook", "begun"), ("report", "begun")] + 4 * [("hook", "delivered"), ("report", "delivered")]), results)
        receiver.stop()
        mails.stop()


def prove_mail(event, mail):
    sender, recipients, message, raw = mail
    expect(sender == "lake@example.org" and recipients == ["a@example.org", "b@example.org"], sender, recipients)
    expect(event["id"] in message["Message-ID"], message["Message-ID"])
    expect(all(len(line) <= 998 and all(byte < 128 for byte in line) for line in raw.split(b"\r\n")), "raw lines")
    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    for file in event["data"]["files"]:
        expect(file["path"] in text and file["path"] in html, file["path"], "is not in", text)
        expect(f"{file['status']}" in text, text)
        row = [line for line in text.splitlines() if line.startswith(file["path"])]
        expect(row and row[0].split()[2:] == [
            str(file[name]) for name in ("stored", "duplicates", "rejected")], row)
    expect(html.count("<tr>") >= len(event["data"]["files"]) + 3, html)


def check_a_receiver_that_is_down_delays_nothing(program):
    with Lake(program) as lake:
        port = free_port()
        lake.settings(
            [lake.webhook(f"http://127.0.0.1:{port}/")],
            [{"name": "report", "server": "127.0.0.1", "port": port, "security": "none",
              "from": "lake@example.org", "to": ["a@example.org"]}])
        start = time.monotonic()
        first = lake.run("ingest", lake.good("a.csv"))
        second = lake.run("ingest", lake.good("b.csv", first=10))
        lake.run("ingest", lake.good("c.csv", first=20))
        expect(time.monotonic() - start < 4, "three loads took", time.monotonic() - start, "s")
        expect("TL-8005" in first.stderr and "notify deliver" in first.stderr, first.stderr)
        expect("TL-8005" not in second.stderr, "it was tried again at once", second.stderr)
        waiting = json.loads(lake.run("notify", "list", "--format", "json").stdout)["rows"]
        expect([row["waiting"] for row in waiting] == [3, 3], waiting)
        expect(all(row["last"] == "failed" and row["next_time"] for row in waiting), waiting)
        lake.run("notify", "deliver", exit_code=75)
        receiver = Receiver()
        lake.settings([lake.webhook(receiver.url)])
        lake.run("notify", "deliver")
        events = lake.events("load.committed")
        expect([json.loads(body) for _, body, _ in receiver.requests] == events, "what arrives in the end")
        attempts = [line for line in lake.deliveries() if line["event"] == events[0]["id"] and line["channel"] == "hook"]
        expect([line["attempt"] for line in attempts] == [1, 2, 3], attempts)
        expect([line["result"] for line in attempts] == ["failed", "failed", "delivered"], attempts)
        receiver.stop()


def check_a_refused_event_comes_again_with_its_id(program):
    with Lake(program) as lake:
        receiver = Receiver()
        receiver.answers = [500, 302, 503]
        lake.settings([lake.webhook(receiver.url)])
        lake.run("ingest", lake.good("a.csv"))
        lake.run("notify", "deliver", exit_code=75)
        lake.run("ingest", lake.good("b.csv", first=10))
        lake.run("notify", "deliver", exit_code=75)
        lake.run("notify", "deliver")
        events = lake.events("load.committed")
        told = [(headers["webhook-id"], status) for headers, _, status in receiver.requests]
        expect(told == [(events[0]["id"], status) for status in (500, 302, 503, 200)] + [(events[1]["id"], 200)], told)
        for request in receiver.requests:
            prove_signature(lake, request)
        receiver.stop()


def check_a_receiver_that_hangs_is_left_behind(program):
    with Lake(program) as lake:
        receiver = Receiver(hangs=True)
        lake.settings([lake.webhook(receiver.url, timeout_seconds=30)])
        start = time.monotonic()
        lake.run("ingest", lake.good("a.csv"))
        expect(time.monotonic() - start < 5, "the load took", time.monotonic() - start)
        expect(lake.deliveries()[-1]["error"] == "no answer in time", lake.deliveries()[-1])
        start = time.monotonic()
        lake.run("ingest", lake.good("b.csv", first=10))
        expect(time.monotonic() - start < 1.5, "the next one took", time.monotonic() - start)


def check_types_and_tests_of_channels(program):
    with Lake(program) as lake:
        receiver = Receiver()
        lake.settings([
            lake.webhook(receiver.url, name="all", types=["load.*"]),
            lake.webhook(receiver.url, name="failures", types=["load.failed"]),
            lake.webhook(f"http://127.0.0.1:{free_port()}/", name="down", types=["maintenance.done"])])
        lake.run("ingest", lake.good("a.csv"))
        types = [json.loads(body)["type"] for _, body, _ in receiver.requests]
        expect(types == ["load.started", "load.file_done", "load.committed"], types)
        tested = lake.run("notify", "test", "--format", "json", exit_code=1)
        results = [row["result"] for row in json.loads(tested.stdout)["rows"]]
        expect(results == ["delivered", "delivered", "failed"], results)
        prove_signature(lake, receiver.requests[-1])
        lake.run("notify", "test", "all")
        expect("TL-8006" in lake.run("notify", "test", "al", exit_code=2).stderr, "no such channel")
        expect(len(lake.events()) == 3, "a test stands in the log")
        del lake.variables["HOOK_SECRET"]
        without = lake.run("notify", "test", "all", exit_code=1)
        expect("TL-8003" in without.stdout and "HOOK_SECRET" in without.stdout, without.stdout)
        (lake.path / "notify.json").write_text('{"webhook": []}')
        expect("TL-8002" in lake.run("notify", "list", exit_code=78).stderr, "bad settings")
        expect("TL-8002" in lake.run("ingest", lake.good("b.csv", first=9)).stderr, "bad settings warn")
        receiver.stop()


def check_an_untrusted_certificate_gets_nothing(program):
    with Lake(program) as lake, tempfile.TemporaryDirectory() as folder:
        tls = certificate(folder)
        receiver, mails = Receiver(tls=tls), MailServer()
        lake.settings(
            [lake.webhook(receiver.url)],
            [{"name": "plain", "server": "127.0.0.1", "port": mails.port, "from": "a@b.c", "to": ["d@e.f"]}])
        lake.run("ingest", lake.good("a.csv"))
        failed = [line["channel"] for line in lake.deliveries() if line["result"] == "failed"]
        expect(sorted(failed) == ["hook", "plain"], lake.deliveries())
        expect(not receiver.requests and not mails.messages, "it was sent all the same")
        receiver.stop()
        mails.stop()


def check_a_missing_library_is_named(program):
    with Lake(program) as lake:
        lake.settings([lake.webhook("http://127.0.0.1:9/")])
        hidden = ["strace", "-f", "-qq", "-o", "/dev/null"]
        for folder in ("/lib", "/usr/lib"):
            for name in ("libcurl.so.4", "libcurl-gnutls.so.4"):
                hidden += ["-P", f"{folder}/x86_64-linux-gnu/{name}"]
        hidden += ["-e", "trace=openat", "-e", "inject=openat:error=ENOENT"]
        done = lake.run("ingest", lake.good("a.csv"), prefix=hidden)
        expect("TL-8004" in done.stderr and "libcurl4" in done.stderr, done.stderr)
