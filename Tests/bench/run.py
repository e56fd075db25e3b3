"""Runs the program's own bench on a million trips and checks what it reports.

Every answer must be the one that the bench counts from its generator, and every exact count (bytes stored, files opened,
blocks read and covered, pages and bytes decoded) the one of counts.json. Times are printed, never checked. What questions run
must lie side by side in the program, and the list of it (Sources/triplake/questions.order) name few functions that are gone.

usage: run.py [--write] TRIPLAKE

--write puts the counts of this run into counts.json: for a change that is meant to change them, to be looked at in the diff.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

ROWS = 1_000_000
COUNTS = pathlib.Path(__file__).with_name("counts.json")
ORDER = pathlib.Path(__file__).parents[2] / "Sources" / "triplake" / "questions.order"
# Of the functions in the list: how many bytes they may span, and how many hundredths of them may be gone.
LARGEST_SPAN, LARGEST_LOSS = 1 << 20, 10
OF_CONVERSION = ["data_files", "data_bytes"]
OF_CASE = [
    "rows", "files_opened", "blocks_covered", "blocks_read", "pages_decoded", "bytes_read", "rows_matched"]


def report(program):
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "bench", "--rows", str(ROWS), "--dir", f"{folder}/bench", "--format", "json"]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
        left = [path.name for path in pathlib.Path(folder).iterdir()]
    if left:
        sys.exit(f"the bench left files behind: {left}")
    if done.returncode not in (0, 1):
        sys.exit(f"the bench ended with {done.returncode}")
    return done.returncode, json.loads(done.stdout)


def counts(report):
    found = {"rows": report["rows"], "csv_bytes": report["csv_bytes"]}
    found["convert"] = {name: report["convert"][name] for name in OF_CONVERSION}
    for case in report["cases"]:
        found[case["case"]] = {name: case[name] for name in OF_CASE}
    return found


def differences(expected, found, path=""):
    for name in sorted(expected.keys() | found.keys()):
        left, right = expected.get(name), found.get(name)
        if isinstance(left, dict) and isinstance(right, dict):
            yield from differences(left, right, f"{path}{name}.")
        elif left != right:
            yield f"{path}{name}: {left} expected, {right} found"


def layout_faults(program):
    """What is wrong with where the linker has put the functions that questions run."""
    symbols = subprocess.run(["nm", "--defined-only", program], check=True, stdout=subprocess.PIPE, text=True)
    lines = [line.split(maxsplit=2) for line in symbols.stdout.splitlines()]
    places = {name: int(place, 16) for place, _, name in lines}
    listed = [line.removeprefix(".text.") for line in ORDER.read_text().splitlines() if not line.startswith("#")]
    found = [places[name] for name in listed if name in places]
    if not found or 100 * len(found) < (100 - LARGEST_LOSS) * len(listed):
        yield f"{len(found)} of {len(listed)} functions in {ORDER.name} are in the program: make the list anew (bench/order)"
    elif max(found) - min(found) > LARGEST_SPAN:
        yield f"the functions in {ORDER.name} span {max(found) - min(found):,} bytes of the program"


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--write"]
    if len(arguments) != 1:
        sys.exit(__doc__)
    status, found = report(arguments[0])
    wrong = [f"{case['case']}: the answer is wrong" for case in found["cases"] if not case["is_right"]]
    if "--write" in sys.argv:
        COUNTS.write_text(json.dumps(counts(found), indent=1) + "\n")
    wrong += differences(json.loads(COUNTS.read_text()), counts(found))
    wrong += layout_faults(arguments[0])
    if status != (0 if found["is_right"] else 1):
        wrong.append(f"the bench ended with {status}")
    seconds = found["convert"]["seconds"] + found["generate_seconds"]
    print(f"   {len(found['cases'])} questions of {ROWS} trips, {seconds:.2f} s to make and convert them")
    for line in wrong:
        print(f"error: {line}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
