"""Golden bytes of everything that is stored, from the specification alone.

Written from the section "Storage" of docs/sketch.md, not from the Rust code.

    python3 tests/oracle/encoding.py > tests/goldens/encoding.txt

Each line: the name of a value that tests/goldens.rs builds too, and its bytes in hexadecimal.
"""

import struct

from fss import signature

K = 16
SEED = 0x0123456789ABCDEF
INPUT = bytes(range(16))
SETS = {3: [1, 2, 3], 70_000: [], 5: list(range(100))}


def scheme():
    # version, algorithm, bits, k, reserved, seed
    return b"mhsc" + struct.pack("<IBBHIQ", 1, 1, 32, K, 0, SEED) + INPUT


def lanes(elements):
    return struct.pack(f"<{K}I", *signature(elements, K, SEED))


def banding(bands, rows):
    return b"mhbd" + struct.pack("<II", bands, rows)


def index(id_format, width):
    head = b"mhix" + scheme() + banding(4, 4) + struct.pack("<IQ", width, len(SETS))
    return head + b"".join(
        struct.pack(id_format, number) + lanes(SETS[number]) for number in sorted(SETS)
    )


def main():
    values = {
        "scheme": scheme(),
        "banding": banding(4, 4),
        "signature": b"mhsg" + scheme() + lanes(SETS[3]),
        "matrix": b"mhsm"
        + scheme()
        + struct.pack("<Q", len(SETS))
        + b"".join(lanes(elements) for elements in SETS.values()),
        "index_u32": index("<I", 4),
        "index_u64": index("<Q", 8),
    }
    for name, value in values.items():
        print(name, value.hex())


if __name__ == "__main__":
    main()
