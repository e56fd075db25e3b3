"""The results of a run as a table: the median seconds of every engine, and how many times triplake is faster than the
fastest other engine."""

import datetime
import importlib.metadata
import json
import os
import platform
import statistics

import cases

OURS = "triplake"
VARIANTS = (OURS, "triplake-1g")


def markdown(results, data):
    engines = [engine for engine in results if results[engine]]
    lines = [heading(data), "", "| | " + " | ".join(engines) + " | triplake is faster by |"]
    lines.append("|---" * (len(engines) + 2) + "|")
    for name, title in [("ingest", "ingest, wall")] + cases.CASES:
        medians = {e: statistics.median(results[e][name]["seconds"]) for e in engines if name in results[e]}
        if medians:
            cells = [f"{medians[e]:.4g} s" if e in medians else "" for e in engines]
            lines.append(f"| {title} | {' | '.join(cells)} | {ratio(medians)} |")
    for key, title, unit in [("peak", "ingest, peak resident", 1e9), ("bytes", "stored", 1e9)]:
        cells = [
            f"{results[e]['ingest'][key] / unit:.3f} GB" if "ingest" in results[e] else "" for e in engines]
        lines.append(f"| {title} | {' | '.join(cells)} | |")
    wrong = differences(results)
    lines += ["", "All answers agree." if not wrong else "ANSWERS DIFFER: " + ", ".join(wrong), ""]
    for name in wrong:
        lines += [f"    {name} {e}: {str(results[e][name]['answer'])[:300]}" for e in engines if name in results[e]]
    return "\n".join(lines) + "\n"


def heading(data):
    versions = " ".join(
        f"{name} {importlib.metadata.version(name)}" for name in ("duckdb", "polars", "chdb", "datafusion"))
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 30
    size = sum(entry.stat().st_size for entry in os.scandir(data))
    return (
        f"{datetime.date.today()}, {processor()}, {os.cpu_count()} cores, {memory} GB, Linux {platform.release()}; "
        f"{size / 1e9:.2f} GB of CSV; {versions}. Median seconds; the peers in process, their start left out, "
        "triplake as a whole process.")


def processor():
    with open("/proc/cpuinfo") as lines:
        names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else "unknown processor"


def ratio(medians):
    others = [seconds for engine, seconds in medians.items() if engine not in VARIANTS]
    ours = [f"{min(others) / medians[e]:.1f}" for e in VARIANTS if e in medians and others]
    return " and ".join(ours)


def differences(results):
    """The cases whose answers differ."""
    wrong = []
    for name, _ in cases.CASES:
        answers = {json.dumps(lines[name]["answer"]) for lines in results.values() if name in lines}
        if len(answers) > 1:
            wrong.append(name)
    return wrong
