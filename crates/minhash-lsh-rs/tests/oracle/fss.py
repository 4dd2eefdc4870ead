"""Golden vectors of the sketch, from the specification alone.

Written from docs/sketch.md, not from the Rust code, with Python's unbounded integers and without
any shortcut: every round is run for every element. Needs nothing but Python 3.

    python3 tests/oracle/fss.py > tests/goldens/fss.txt

Each line: k, seed, name of the set, then the lanes in hexadecimal.
"""

M64 = (1 << 64) - 1
EMPTY = (1 << 32) - 1


def splitmix64(state):
    while True:
        state = (state + 0x9E3779B97F4A7C15) & M64
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & M64
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & M64
        yield z ^ (z >> 31)


def lo32(x):
    return x % (1 << 32)


def hi32(x):
    return x // (1 << 32)


def fold(z, c):
    result = c * (lo32(z) ^ hi32(z)) + hi32(z)
    assert result < 1 << 64
    return result


def mix(x, key):
    y = fold(x ^ key, 0xB88C64E1)
    return fold(y ^ (y >> 11), 0xDAAD34A5)


def word(m, i):
    return lo32(m) if i == 0 else lo32(m >> 24)


def lane_and_value(w, k):
    return hi32(w * k), lo32(w * k) // 2**8


def signature(elements, k, seed):
    if not elements:
        return [EMPTY] * k
    rounds = k // 8
    pairs = (rounds + 1) // 2
    stream = splitmix64(seed)
    keys = [next(stream) for _ in range(pairs + k)]
    reached = [[] for _ in range(k)]
    for r in range(rounds):
        for x in elements:
            lane, value = lane_and_value(word(mix(x, keys[r // 2]), r % 2), k)
            reached[lane].append(r * 2**24 + value)
    lanes = []
    for lane in range(k):
        if reached[lane]:
            lanes.append(min(reached[lane]))
        else:
            key = keys[pairs + lane]
            lanes.append(rounds * 2**24 + min(word(mix(x, key), 0) // 2**8 for x in elements))
    return lanes


def sets():
    """Named sets that Rust builds by the same rules (tests/goldens.rs)."""
    yield "empty", []
    yield "zero", [0]
    yield "largest", [M64]
    yield "halves", [1, 1 << 31, 1 << 32, 1 << 63, 0xFFFFFFFF, 0xFFFFFFFF00000000]
    for n in (2, 5, 20, 200, 1000):
        yield f"consecutive{n}", list(range(n))
        stream = splitmix64(n)
        yield f"random{n}", [next(stream) for _ in range(n)]


def main():
    for k in (8, 16, 104, 128, 1000, 1024):
        for seed in (0, 0x0123456789ABCDEF, M64):
            for name, elements in sets():
                # The large combinations would make the file large and add nothing.
                if k * len(elements) > 130_000 or (k > 128 and seed != M64):
                    continue
                lanes = signature(elements, k, seed)
                print(k, seed, name, "".join(f"{lane:08x}" for lane in lanes))


if __name__ == "__main__":
    main()
