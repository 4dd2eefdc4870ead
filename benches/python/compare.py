"""wirecopy beside the Python libraries: rensa 0.5, FastSketchLSH 1.0, datasketch 2.0.

Both sides read the same files, which wirecopy's side (benches/peers, `beside_python`) writes. It times
itself within its process and the libraries are timed here around one call, so neither starting Python nor
reading files counts. Rounds are interleaved and ratios are taken within a round. One thread for all.

Prints Markdown. README.md beside this file says how to run it and what to know about the figures.
"""

import argparse
import json
import math
import os
import re
import subprocess
import tempfile
import time
from pathlib import Path

os.environ["RAYON_NUM_THREADS"] = "1"  # rensa
os.environ["OMP_NUM_THREADS"] = "1"  # FastSketchLSH
os.environ["OPENBLAS_NUM_THREADS"] = "1"  # numpy

import numpy as np  # noqa: E402  (the threads must be set before)
from datasketch import MinHash, MinHashLSH  # noqa: E402
from FastSketchLSH import LSH, FastSimilaritySketch  # noqa: E402
from rensa import RMinHash, RMinHashLSH  # noqa: E402

K, BANDS, ROWS = 128, 16, 8
SIZES = [20, 100, 650, 2000]
SEED = 42
SHORTEST = 0.02  # seconds that a turn lasts at least
HERE = Path(__file__).resolve().parent
KERNELS = ["avx512", "avx2", "scalar"]


class Wirecopy:
    """A process of wirecopy's side, on one kernel."""

    def __init__(self, program, inputs, kernel):
        self.process = subprocess.Popen(
            [program, "serve", inputs],
            env={**os.environ, "WIRECOPY_KERNEL": kernel},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, *command):
        self.process.stdin.write(" ".join(map(str, command)) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"wirecopy's side stopped at {command}")
        return json.loads(line).get("seconds")

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def cpu_has(kernel):
    """What this CPU runs; a kernel that it lacks would silently be measured as scalar."""
    wanted = {"avx512": {"avx512f", "avx512_vbmi2"}, "avx2": {"avx2", "bmi2"}, "scalar": set()}[kernel]
    try:
        flags = re.search(r"^flags\s*:(.*)$", Path("/proc/cpuinfo").read_text(), re.M)
    except OSError:
        return kernel == "scalar"
    return wanted <= set(flags.group(1).split() if flags else [])


class Sets:
    """Flat hashes with offsets, and the pairs that are similar."""

    def __init__(self, inputs, name):
        self.hashes = np.fromfile(inputs / f"{name}.hashes", dtype="<u8")
        self.offsets = np.fromfile(inputs / f"{name}.offsets", dtype="<u8")
        self.truth = read_truth(inputs / f"{name}.truth")

    def __len__(self):
        return len(self.offsets) - 1

    def lists_of_32_bits(self):
        """For datasketch, which wants integers that its hash function passes through."""
        low = (self.hashes & np.uint64(0xFFFFFFFF)).tolist()
        ends = self.offsets.tolist()
        return [low[start:end] for start, end in zip(ends, ends[1:])]


def read_truth(path):
    rows = [line.split() for line in path.read_text().splitlines()]
    return [(int(a), int(b), float(jaccard)) for a, b, jaccard in rows]


# The libraries, at their fastest documented use.


def rensa(sets):
    return RMinHash.digest_matrix_from_flat_token_hashes(sets.hashes, sets.offsets, K, SEED)


def fast_sketch(sets):
    sketcher = FastSimilaritySketch(size=K, seed=SEED)
    return sketcher.batch_csr(sets.hashes, sets.offsets, prehashed=True, num_threads=1)


def datasketch(lists):
    return MinHash.bulk(lists, num_perm=K, hashfunc=int)


def rensa_flags(matrix):
    index = RMinHashLSH(threshold=0.8, num_perm=K, num_bands=BANDS)
    return index.query_duplicate_flags_matrix_one_shot(matrix)


def fast_flags(matrix):
    index = LSH(num_perm=K, num_bands=BANDS, num_threads=1)
    index.reserve(len(matrix))
    return index.insert_and_query_duplicates(matrix)


def datasketch_flags(signatures):
    index = MinHashLSH(num_perm=K, params=(BANDS, ROWS))
    flags = [False] * len(signatures)
    for place, signature in enumerate(signatures):
        for other in index.query(signature):
            flags[place] = flags[other] = True
        index.insert(place, signature, check_duplication=False)
    return flags


def shingles(text):
    """Five words in a row, as text: what Python callers of these libraries write."""
    words = re.findall(r"\w+", text.lower())
    return [" ".join(words[at : at + 5]) for at in range(max(1, len(words) - 4))]


# Judgement, the same for all.


def score_lanes(lanes, truth):
    """Recall at J ≥ .8 and precision at J ≥ .7 of the pairs that share a band and are estimated at .7 and
    more, and the root mean square error of the estimates over that of MinHash."""
    a, b = lanes[[pair[0] for pair in truth]], lanes[[pair[1] for pair in truth]]
    jaccard = np.array([pair[2] for pair in truth])
    equal = a == b
    estimate = equal.mean(axis=1)
    found = equal.reshape(-1, BANDS, ROWS).all(axis=2).any(axis=1) & (estimate >= 0.7)
    variance = jaccard * (1 - jaccard) / K
    error = np.sqrt(np.mean((estimate - jaccard)[variance > 0] ** 2 / variance[variance > 0]))
    return found[jaccard >= 0.8].mean(), (jaccard[found] >= 0.7).mean(), error


def score_flags(flags, truth, least):
    """Of the texts with a partner of J ≥ .8, the share flagged; of the flagged, the share with a partner of
    J ≥ `least`."""
    flags = np.asarray(flags, dtype=bool)

    def with_partner(similarity):
        members = np.zeros(len(flags), dtype=bool)
        for a, b, jaccard in truth:
            if jaccard >= similarity:
                members[[a, b]] = True
        return members

    return flags[with_partner(0.8)].mean(), with_partner(least)[flags].mean(), int(flags.sum())


# Timing.


def timed(call):
    """Processor time of the process, on both sides: waiting for a core of a busy machine is left out."""
    start = time.process_time()
    result = call()
    elapsed = time.process_time() - start
    del result
    return elapsed


def local(call):
    """A contender of this process: repeated within a turn where it is fast."""
    repeats = max(1, int(SHORTEST / max(timed(call), 1e-9)))

    def turn():
        return timed(lambda: [call() for _ in range(repeats)]) / repeats

    return turn


def remote(server, command, repeatable=False):
    """A contender of wirecopy's process."""
    if not repeatable:
        server.ask(*command)
        return lambda: server.ask(*command)
    repeats = max(1, int(SHORTEST / max(server.ask(*command, 1), 1e-9)))
    return lambda: server.ask(*command, repeats)


def interleave(rounds, contenders):
    """Seconds by contender and round; the order shifts by one each round."""
    seconds = {name: [] for name in contenders}
    names = list(contenders)
    for number in range(rounds):
        for turn in range(len(names)):
            name = names[(number + turn) % len(names)]
            seconds[name].append(contenders[name]())
    return seconds


def quartiles(values):
    values = sorted(values)
    last = len(values) - 1
    return [values[(last * quarters + 2) // 4] for quarters in (1, 2, 3)]


def spread(values, scale=1.0):
    lower, middle, upper = (figure(value * scale) for value in quartiles(values))
    return f"{middle} ({lower}–{upper})"


def figure(value):
    """Three digits that count, none of them an exponent."""
    decimals = max(0, min(3, 2 - math.floor(math.log10(max(abs(value), 1e-9)))))
    return f"{value:.{decimals}f}"


def table(title, unit, scale, seconds, judgements, kernels):
    """A row a contender; beside its time, its time over that of each kernel of wirecopy, round by round."""
    heads = [f"× wirecopy {kernel}" for kernel in kernels]
    columns = list(next(iter(judgements.values())))
    print(f"\n| {title} | {unit}, median (quartiles) | " + " | ".join(heads + columns) + " |")
    print("|---" * (2 + len(heads) + len(columns)) + "|")
    for name, values in seconds.items():
        ratios = []
        for kernel in kernels:
            ours = seconds[f"wirecopy {kernel}"]
            same = name == f"wirecopy {kernel}"
            ratios.append("1" if same else spread([a / b for a, b in zip(values, ours)]))
        judged = judgements.get(name, dict.fromkeys(columns, ""))
        print(f"| {name} | {spread(values, scale)} | " + " | ".join(ratios + list(judged.values())) + " |")


def check(name, recall, least):
    """A fast wrong answer is no peer: what finds too little must be said to, not timed in silence."""
    if recall < least:
        raise SystemExit(f"{name} finds only {recall:.3f}; its call must be wrong")


# The three comparisons.


def compare_sketches(inputs, servers, rounds, scratch):
    print("\n## Signatures of 128 lanes from flat 64-bit hashes")
    for size in SIZES:
        sets = Sets(inputs, str(size))
        lists = sets.lists_of_32_bits()
        contenders, judgements = {}, {}

        def judge(name, lanes):
            recall, precision, error = score_lanes(lanes, sets.truth)
            check(name, recall, 0.9)
            judgements[name] = {
                "recall J ≥ .8": f"{recall:.3f}",
                "precision J ≥ .7": f"{precision:.3f}",
                "error ÷ MinHash's": f"{error:.2f}",
            }

        for kernel, server in servers.items():
            name = f"wirecopy {kernel}"
            server.ask("lanes", size, scratch)
            judge(name, np.fromfile(scratch, dtype="<u4").reshape(-1, K))
            contenders[name] = remote(server, ("sketch", size), repeatable=True)
        judge("rensa RMinHash", np.array(rensa(sets).to_rows(), dtype=np.uint32))
        contenders["rensa RMinHash"] = local(lambda: rensa(sets))
        judge("FastSketchLSH", fast_sketch(sets))
        contenders["FastSketchLSH"] = local(lambda: fast_sketch(sets))
        judge("datasketch", np.array([signature.hashvalues for signature in datasketch(lists)]))
        contenders["datasketch"] = local(lambda: datasketch(lists))
        seconds = interleave(rounds, contenders)
        table(f"{size} hashes a set", "ns/set", 1e9 / len(sets), seconds, judgements, list(servers))


def compare_lsh(inputs, servers, rounds, scratch):
    sets = Sets(inputs, "lsh")
    print(f"\n## {len(sets):,} signatures to what shares one of 16 bands")
    print("\nwirecopy gives all pairs; the others flag the rows that have any. Each on its own signatures.")
    contenders, judgements = {}, {}

    def judge(name, flags):
        recall, precision, found = score_flags(flags, sets.truth, 0.5)
        check(name, recall, 0.9)
        judgements[name] = {
            "flagged": f"{found:,}",
            "recall J ≥ .8": f"{recall:.4f}",
            "of the flagged, J ≥ .5": f"{precision:.4f}",
        }

    for kernel, server in servers.items():
        server.ask("lsh_flags", scratch)
        judge(f"wirecopy {kernel}", np.fromfile(scratch, dtype=np.uint8))
        contenders[f"wirecopy {kernel}"] = remote(server, ("lsh",))
    rensa_matrix, fast_matrix = rensa(sets), fast_sketch(sets)
    judge("rensa one-shot", rensa_flags(rensa_matrix))
    contenders["rensa one-shot"] = local(lambda: rensa_flags(rensa_matrix))
    judge("FastSketchLSH one-shot", fast_flags(fast_matrix))
    contenders["FastSketchLSH one-shot"] = local(lambda: fast_flags(fast_matrix))
    if len(sets) <= 100_000:  # it takes some 50 µs a signature, and gigabytes
        signatures = datasketch(sets.lists_of_32_bits())
        judge("datasketch", datasketch_flags(signatures))
        contenders["datasketch"] = local(lambda: datasketch_flags(signatures))
    seconds = interleave(rounds, contenders)
    table("build and answer", "ms", 1e3, seconds, judgements, list(servers))


def compare_whole_job(inputs, servers, rounds, scratch):
    texts = (inputs / "texts").read_text(encoding="utf-8").split("\0")
    truth = read_truth(inputs / "texts.truth")
    size = sum(len(text.encode()) for text in texts)
    print(f"\n## {len(texts):,} texts, {size / 1e6:.1f} MB, to what has a copy")
    print("\nwirecopy gives verified pairs; the others flag the texts that share a band, unverified.")
    contenders, judgements = {}, {}

    def judge(name, flags):
        recall, precision, found = score_flags(flags, truth, 0.7)
        if name != "rensa rho":  # it samples places in the text, so it is shown and not held to a recall
            check(name, recall, 0.85)
        judgements[name] = {
            "flagged": f"{found:,}",
            "recall J ≥ .8": f"{recall:.4f}",
            "of the flagged, J ≥ .7": f"{precision:.4f}",
        }

    for kernel, server in servers.items():
        server.ask("whole_job_flags", scratch)
        judge(f"wirecopy {kernel}", np.fromfile(scratch, dtype=np.uint8))
        contenders[f"wirecopy {kernel}"] = remote(server, ("whole_job",))

    def with_rensa():
        tokens = [shingles(text) for text in texts]
        return rensa_flags(RMinHash.digest_matrix_from_token_sets(tokens, K, SEED))

    def with_rensa_rho():
        tokens = [shingles(text) for text in texts]
        return rensa_flags(RMinHash.digest_matrix_from_token_sets_rho(tokens, K, SEED))

    def with_fast_sketch():
        tokens = [shingles(text) for text in texts]
        sketcher = FastSimilaritySketch(size=K, seed=SEED)
        return fast_flags(sketcher.batch(tokens, num_threads=1))

    def with_datasketch():
        tokens = [[shingle.encode() for shingle in shingles(text)] for text in texts]
        return datasketch_flags(MinHash.bulk(tokens, num_perm=K))

    for name, job in [
        ("rensa RMinHash", with_rensa),
        ("rensa rho", with_rensa_rho),
        ("FastSketchLSH", with_fast_sketch),
        ("datasketch", with_datasketch),
    ]:
        judge(name, job())
        contenders[name] = local(job)
    contenders["the shingling in Python alone"] = local(lambda: [shingles(text) for text in texts])
    # Given shingles, what is left of the libraries' part.
    tokens = [shingles(text) for text in texts]
    contenders["rensa RMinHash without shingling"] = local(
        lambda: rensa_flags(RMinHash.digest_matrix_from_token_sets(tokens, K, SEED))
    )
    seconds = interleave(rounds, contenders)
    table("texts to answer", "µs/text", 1e6 / len(texts), seconds, judgements, list(servers))


def build():
    """The path of wirecopy's side, built."""
    command = ["cargo", "build", "--release", "--locked", "--bin", "beside_python"]
    command += ["--manifest-path", str(HERE.parent / "peers" / "Cargo.toml"), "--message-format=json"]
    built = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    programs = [json.loads(line).get("executable") for line in built.splitlines()]
    return next(program for program in reversed(programs) if program)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("jobs", nargs="*", help="sketch, lsh, whole_job; all of them by default")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--signatures", type=int, default=100_000, help="rows of the LSH comparison")
    parser.add_argument("--texts", type=int, default=1_000, help="texts of the whole job")
    parser.add_argument("--kernels", default=",".join(KERNELS), help="kernels of wirecopy, by commas")
    options = parser.parse_args()
    comparisons = {"sketch": compare_sketches, "lsh": compare_lsh, "whole_job": compare_whole_job}
    jobs = options.jobs or list(comparisons)
    if unknown := set(jobs) - set(comparisons):
        parser.error(f"no such job: {', '.join(sorted(unknown))}")
    kernels = [kernel for kernel in options.kernels.split(",") if cpu_has(kernel)]
    program = build()
    with tempfile.TemporaryDirectory() as directory:
        inputs = Path(directory)
        counts = [str(options.signatures), str(options.texts)]
        subprocess.run([program, "write", directory, *counts], check=True)
        servers = {kernel: Wirecopy(program, directory, kernel) for kernel in kernels}
        try:
            for job in jobs:
                comparisons[job](inputs, servers, options.rounds, inputs / "answer")
        finally:
            for server in servers.values():
                server.close()


if __name__ == "__main__":
    main()
