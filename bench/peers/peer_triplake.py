"""triplake itself: every question is a whole process, its start included."""

import csv
import io
import os
import time

import cases


def option(box):
    return "--bbox=" + ",".join(str(edge) for edge in box)


def memory_file(name):
    return open(os.memfd_create(name), "rb")


def text(file):
    file.seek(0)
    return file.read().decode()


class Triplake:
    """`process_seconds` is what the last run took from its start to its end, without what this interpreter adds to it."""

    name = "triplake"
    options = []
    binary = os.environ.get("TRIPLAKE", ".build/release/triplake")

    def __init__(self, folder):
        self.path = os.path.join(folder, "lake")

    def ingest(self, files):
        self.run("ingest", *self.options, *files)

    def run(self, *arguments):
        command = [self.binary, arguments[0], "--lake", self.path, "--format", "csv", *arguments[1:]]
        with memory_file("output") as output, memory_file("errors") as errors:
            start = time.monotonic()
            process = os.posix_spawn(
                self.binary, command, os.environ,
                file_actions=[
                    (os.POSIX_SPAWN_DUP2, output.fileno(), 1),
                    (os.POSIX_SPAWN_DUP2, errors.fileno(), 2)])
            status = os.waitpid(process, 0)[1]
            self.process_seconds = time.monotonic() - start
            if status:
                raise RuntimeError(f"{command} ended with {status}: {text(errors)}")
            return text(output)

    def table(self, *arguments):
        return list(csv.DictReader(io.StringIO(self.run(*arguments))))

    def weekly(self, *arguments):
        return cases.averages(
            (r.get("region", ""), r["trips"], r["active_weeks"], r["active_average"])
            for r in self.table("weekly", *arguments) if int(r["trips"]))

    def weekly_all(self):
        return self.weekly()

    def weekly_one(self):
        return [("", *row[1:]) for row in self.weekly("--region", cases.REGION)]

    def box_small(self):
        return self.weekly(option(cases.SMALL_BOX))

    def box_half(self):
        return self.weekly(option(cases.HALF_CITY))

    def box_eight(self):
        return self.weekly("--by", "region", option(cases.EIGHT_CITIES), "--at", "both")

    def regions_of_source(self):
        rows = self.table("query", "--source", cases.SOURCE, "--group-by", "region", "--select", "count")
        return sorted((r["region"],) for r in rows)

    def source_hour(self):
        rows = self.table("query", "--region", cases.REGION, "--group-by", "source,hour")
        return [(r["source"], int(r["hour"]), int(r["count"])) for r in rows]

    def similar(self):
        rows = self.table(
            "query", "--group-by", "origin_cell,destination_cell,hour", "--cell", str(cases.CELL),
            "--top", str(cases.TOP))
        return [tuple(int(value) for value in r.values()) for r in rows]

    def latest_source(self):
        rows = self.table(
            "query", "--group-by", "region", "--select", "last_time,latest_source", "--top", "2")
        # The later of the two; of equal times the smaller name.
        rows.sort(key=lambda r: r["latest_source"])
        latest = max(rows, key=lambda r: r["last_time"])
        return [(latest["latest_source"],)]


class TriplakeSmall(Triplake):
    """The same within a gigabyte of memory."""

    name = "triplake-1g"
    options = ["--memory", "1G"]
