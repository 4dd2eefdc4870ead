#!/usr/bin/env python3
"""Counts the instructions of the hot kernels and compares them with counts.json.

    python3 benches/instructions/check.py            # compare; exit code 1 beyond the tolerance
    python3 benches/instructions/check.py --record   # write counts.json anew

Wall time on a shared machine varies by more than a regression that matters. The number of instructions
of one input, kernel and compiler hardly varies: runs differ by the keys of hash tables alone. Every case
of the crate beside this script runs under callgrind, for the portable kernel and for AVX2 (valgrind has
no AVX-512); only what `measured_section` calls is counted, on its second run.

Another compiler makes other instructions, so with another rustc than the recorded one differences are
printed and nothing fails. Without valgrind, or without AVX2, the script says what it skipped.
Needs Python 3.9, cargo and valgrind 3.18 or later (3.19 was recorded).
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
COUNTS = HERE / "counts.json"
KERNELS = ("scalar", "avx2")
# Shares of the recorded count. Cases with hash tables keyed at random move by up to 0.5 %.
TOLERANCE = 0.03


def output(command, **options):
    return subprocess.run(command, check=True, text=True, capture_output=True, **options).stdout


def build():
    """Builds the cases alone, so that no other crate's features reach them, and gives the binary."""
    command = ["cargo", "build", "--release", "--locked", "-p", "wirecopy-bench-instructions"]
    messages = subprocess.run(
        [*command, "--message-format=json-render-diagnostics"],
        check=True, text=True, stdout=subprocess.PIPE, cwd=ROOT,
    ).stdout
    built = [json.loads(line) for line in messages.splitlines() if line.startswith("{")]
    return next(found["executable"] for found in built if found.get("executable"))


def with_kernel(kernel):
    return {**os.environ, "WIRECOPY_KERNEL": kernel, "LC_ALL": "C"}


def available(binary, kernel):
    """Whether the kernel is used under valgrind, which has instructions of its own."""
    command = ["valgrind", "--tool=none", "-q", binary, "kernel"]
    return output(command, env=with_kernel(kernel)).strip() == kernel


def count(binary, kernel, case):
    with tempfile.TemporaryDirectory() as directory:
        profile = pathlib.Path(directory) / "callgrind.out"
        run = subprocess.run(
            [
                "valgrind", "--tool=callgrind", "--toggle-collect=*measured_section*",
                f"--callgrind-out-file={profile}", binary, case,
            ],
            text=True, capture_output=True, env=with_kernel(kernel),
        )
        if run.returncode != 0:
            sys.exit(f"{case} with kernel {kernel} failed:\n{run.stdout}{run.stderr}")
        total = re.search(r"^(?:totals|summary): (\d+)", profile.read_text(), re.MULTILINE)
    if total is None or int(total[1]) == 0:
        sys.exit(f"{case} with kernel {kernel}: callgrind counted nothing in measured_section")
    return int(total[1])


def measure(binary, jobs):
    cases = output([binary, "list"]).split()
    kernels = [kernel for kernel in KERNELS if available(binary, kernel)]
    for kernel in KERNELS:
        if kernel not in kernels:
            print(f"skipped: kernel {kernel}, which this machine does not run under valgrind")
    todo = [(kernel, case) for kernel in kernels for case in cases]
    with ThreadPoolExecutor(jobs) as pool:
        counts = pool.map(lambda one: count(binary, *one), todo)
    found = {kernel: {} for kernel in kernels}
    for (kernel, case), instructions in zip(todo, counts):
        found[kernel][case] = instructions
    return found


def compare(found, recorded):
    """Prints a line for each count and gives the names of those that grew beyond the tolerance."""
    tolerance = recorded["tolerance"]
    failed = []
    for kernel, counts in found.items():
        before_of = recorded["counts"].get(kernel, {})
        for case, now in counts.items():
            name = f"{kernel:6}  {case:32}"
            before = before_of.get(case)
            if before is None:
                print(f"{name} {now:>12,}  not recorded")
                failed.append(f"{kernel} {case}")
                continue
            change = now / before - 1
            verdict = ""
            if change > tolerance:
                verdict = f"  MORE THAN {tolerance:.0%} ABOVE {before:,}"
                failed.append(f"{kernel} {case}")
            elif change < -tolerance:
                verdict = f"  better than {before:,}: record it, so that it is kept"
            print(f"{name} {now:>12,}  {change:+7.2%}{verdict}")
        for case in before_of.keys() - counts.keys():
            print(f"{kernel:6}  {case:32} recorded, but there is no such case: record anew")
            failed.append(f"{kernel} {case}")
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--record", action="store_true", help="write counts.json anew")
    parser.add_argument("--jobs", type=int, default=min(4, os.cpu_count() or 1))
    arguments = parser.parse_args()
    if shutil.which("valgrind") is None:
        print("skipped: valgrind is not installed (apt-get install valgrind)")
        return 0
    rustc = output(["rustc", "--version"], cwd=ROOT).strip()
    found = measure(build(), arguments.jobs)
    if arguments.record:
        record = {"rustc": rustc, "tolerance": TOLERANCE, "counts": found}
        COUNTS.write_text(json.dumps(record, indent=2) + "\n")
        print(f"{sum(map(len, found.values()))} counts recorded for {rustc}")
        return 0
    recorded = json.loads(COUNTS.read_text())
    failed = compare(found, recorded)
    if not failed:
        return 0
    if rustc != recorded["rustc"]:
        print(f"not an error: {rustc} is not {recorded['rustc']}, which was recorded")
        return 0
    print(
        f"{len(failed)} counts are beyond the tolerance: {', '.join(failed)}.\n"
        "If the change is worth it, record: python3 benches/instructions/check.py --record"
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
