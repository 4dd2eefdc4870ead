"""Golden codes and their encodings, from the specification alone.

Written from the sections "Codes" and "Storage" of docs/sketch.md, not from the Rust code: rows are
packed as one large integer, and agreement is counted code by code. The lanes are made up here, so
that nothing depends on how sets are sketched.

    python3 tests/oracle/codes.py > tests/goldens/codes.txt

Each line: the name of a value that tests/codes.rs makes too, its parameters, and what it is.
"""

import struct

from encoding import K, scheme
from fss import splitmix64

WIDTHS = (1, 2, 4, 8, 16)


def code_mix(lane):
    x = lane
    x = x ^ (x >> 16)
    x = (x * 0x7FEB352D) % 2**32
    x = x ^ (x >> 15)
    x = (x * 0x846CA68B) % 2**32
    return x ^ (x >> 16)


def code(lane, bits):
    return code_mix(lane) % 2**bits


def packed(lanes, bits):
    row = sum(code(lane, bits) * 2 ** (number * bits) for number, lane in enumerate(lanes))
    return row.to_bytes(len(lanes) * bits // 8, "little")


def lanes(k, seed):
    """Lanes as a set could have, round and value drawn at random."""
    stream = splitmix64(seed)
    return [z % (k // 8 + 1) * 2**24 + (z >> 32) % 2**24 for z in (next(stream) for _ in range(k))]


def half_shared(k):
    """Two rows, of which every lane whose index is odd is the same."""
    ours, theirs = lanes(k, 1), lanes(k, 2)
    return ours, [(ours, theirs)[number % 2 == 0][number] for number in range(k)]


def main():
    for lane in (0, 1, 2, 0x00FFFFFF, 0x01000000, 0x10ABCDEF, 0x7FFFFFFF, 0x80000000, 2**32 - 2):
        print("mix", f"{lane:08x}", f"{code_mix(lane):08x}")
    for k in (8, 16, 24, 104, 128, 1024):
        for bits in WIDTHS:
            if k < 1024 or bits == 2:
                print("packed", k, bits, packed(lanes(k, k), bits).hex())
            ours, theirs = half_shared(k)
            matches = sum(code(a, bits) == code(b, bits) for a, b in zip(ours, theirs))
            # (c - 1/2^b) / (1 - 1/2^b) as a fraction of integers.
            print("estimate", k, bits, matches, matches * 2**bits - k, k * (2**bits - 1))
    rows = [lanes(K, 3), None, lanes(K, 4)]
    for bits in WIDTHS:
        of_row = [packed(row, bits) if row else bytes(K * bits // 8) for row in rows]
        head = scheme() + struct.pack("<BBH", bits, 0, 0)
        print("codes", bits, (b"mhcs" + head + of_row[0]).hex())
        empty_head = scheme() + struct.pack("<BBH", bits, 1, 0)
        print("empty", bits, (b"mhcs" + empty_head + of_row[1]).hex())
        matrix = b"mhcm" + head + struct.pack("<Q", 3) + b"".join(of_row) + bytes([0b010])
        print("matrix", bits, matrix.hex())
        print("banding", bits, (b"mhcb" + struct.pack("<III", 4, 3, bits)).hex())


if __name__ == "__main__":
    main()
