#!/usr/bin/env python3
"""Writes src/text/tables.rs from the Unicode data of this Python.

    python3 tests/oracle/tokenisation/generate_tables.py            # rewrites the file
    python3 tests/oracle/tokenisation/generate_tables.py --check    # fails when the file differs

The Unicode version is part of the tokenisation specification (docs/tokenisation.md), so this refuses any Python whose
`unicodedata` is not of that version: 14.0.0, Python 3.11. `reading.py` beside this file is the independent check.
"""

import re
import sys
import unicodedata as ud
from pathlib import Path

UNICODE = "14.0.0"
TARGET = Path(__file__).resolve().parents[3] / "src" / "text" / "tables.rs"

# Classes: the order is that of `Class` in src/text/class.rs.
(WORD, CHARACTER, HANGUL, MARK, ACCENT, IGNORED, OTHER, SPACE, NEWLINE, DOT, STOP, WIDE_STOP, OPENER, QUOTE,
 COMMA) = range(15)

# Flags of an entry, from bit 26 on.
UPPER, LOWER, DIGIT, ORDERED, STACKER = 1, 2, 4, 8, 16

TABLED = 0x30000  # above this the class follows from the plane alone
BLOCK = 64


def ranges(text):
    """'0E00-0E7F 3007' as a set of code points."""
    found = set()
    for item in text.split():
        first, _, last = item.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


# Marks a reader of the language can leave out: accents, Hebrew points, Arabic harakat and hamza, Syriac points, enclosing
# marks, musical marks.
ACCENT_MARKS = ranges(
    "0300-034E 0350-036F 0483-0489 0591-05BD 05BF 05C1-05C2 05C4-05C5 05C7 0610-061A 064B-065F 0670 06D6-06DC 06DF-06E4 "
    "06E7-06E8 06EA-06ED 0711 0730-074A 0898-089F 08CA-08E1 08E3-08FF 1AB0-1ACE 1DC0-1DFF 20D0-20F0 2DE0-2DFF 302A-302F "
    "A66F-A672 A674-A67D A69E-A69F FB1E FE20-FE2F 10EAB-10EAC 1D165-1D169 1D16D-1D172 1D17B-1D182 1D185-1D18B "
    "1D1AA-1D1AD 1D242-1D244"
)
# Default_Ignorable_Code_Point, and the tatweel, which only stretches a word.
IGNORABLE = ranges(
    "00AD 034F 061C 0640 115F-1160 17B4-17B5 180B-180F 200B-200F 202A-202E 2060-206F 3164 FE00-FE0F FEFF FFA0 FFF0-FFF8 "
    "1BCA0-1BCA3 1D173-1D17A E0000-E0FFF"
)
# Letters by their category that are written where an apostrophe stands.
APOSTROPHES = ranges("02B9-02BF A78B-A78C")
# Thai and Lao AM: letters by category, but written on the consonant before them.
LETTER_MARKS = ranges("0E33 0EB3")
# Scripts written without spaces between words.
UNSPACED = ranges(
    "0E00-0EFF 1000-109F 1780-17FF 1950-19DF 1A20-1AAF 1B00-1B7F 2E80-2FDF 3000-312F 31A0-31BF 31F0-31FF 3400-4DBF "
    "4E00-A4CF A980-A9FF AA60-AADF F900-FAFF 11700-1174F 16FE0-18D8F 1AFF0-1B2FF 20000-3FFFF"
)
# Invisible stackers: the next consonant is written under this one.
STACKERS = ranges("1039 17D2 1A60")
# Reserved for pictographs: an unassigned code point there is a symbol.
PICTOGRAPHS = ranges("1F000-1FAFF")

DOTS = ranges("002E")
STOPS = ranges("0021 003A 003F 2026 203C-203D 2047-2049 061F 06D4 0589 0964-0965 1362 1367-1368 17D4-17D5 104A-104B")
WIDE_STOPS = ranges("3002 FF01 FF0E FF1A FF1F FF61 2029")
OPENERS = ranges("00AB 201E 2039 300C 300E 2022 2023 25AA 25CF 25A0 25E6")
QUOTES = ranges("0022 00BB 201C 201D 201F 203A FF02")
COMMAS = ranges("002C 003B 060C 061B")
NEWLINES = ranges("000A 000D 0085 2028")
SPACES = ranges("0009 000B 000C")

LIGATURES = {0xE6: "ae", 0x153: "oe"}
ARABIC_VARIANTS = {0x0671: 0x0627, 0x0649: 0x064A, 0x06CC: 0x064A, 0x06A9: 0x0643, 0x0629: 0x0647}
DOTLESS = {0x131: 0x69, 0x237: 0x6A}


def gap_class(cp):
    for members, cls in (
        (DOTS, DOT), (STOPS, STOP), (WIDE_STOPS, WIDE_STOP), (OPENERS, OPENER), (QUOTES, QUOTE), (COMMAS, COMMA),
        (NEWLINES, NEWLINE), (SPACES, SPACE),
    ):
        if cp in members:
            return cls
    return SPACE if ud.category(chr(cp)) in ("Zs", "Zl", "Zp") else OTHER


def class_alone(cp):
    """The class of a code point that has no canonical decomposition, before any compatibility folding."""
    category = ud.category(chr(cp))
    if cp in ACCENT_MARKS:
        return ACCENT
    if cp in IGNORABLE or category == "Cf":
        return IGNORED
    if cp in APOSTROPHES:
        return OTHER
    if category[0] == "M" or cp in LETTER_MARKS:
        return MARK
    if category[0] in "LN":
        return CHARACTER if cp in UNSPACED and category != "Nd" else WORD
    if category == "Cn" and (cp & 0xFFFE) != 0xFFFE and not 0xFDD0 <= cp <= 0xFDEF and cp not in PICTOGRAPHS:
        return CHARACTER if cp in UNSPACED else WORD
    if category == "So" and squared_or_radical(cp):
        return CHARACTER if cp in UNSPACED and len(ud.normalize("NFKD", chr(cp))) == 1 else WORD
    return gap_class(cp)


def squared_or_radical(cp):
    tag = ud.decomposition(chr(cp)).split(" ")[0]
    expansion = ud.normalize("NFKD", chr(cp))
    if tag == "<square>":
        return all(ud.category(c)[0] in "LN" and ord(c) not in UNSPACED for c in expansion)
    return tag == "<compat>" and len(expansion) == 1 and ord(expansion) in UNSPACED


def is_base_run(text):
    """Whether a compatibility expansion reads as one piece of a word, or as one character with its marks."""
    classes = [class_alone(ord(c)) for c in text]
    classes = [c for c in classes if c not in (ACCENT, IGNORED)]
    if not classes:
        return bool(text)
    bases = [c for c in classes if c != MARK]
    if any(c not in (WORD, CHARACTER) for c in bases):
        return False
    return CHARACTER not in bases or len(bases) == 1


def fold_one(cp):
    """Layer 1 of one code point that has no canonical decomposition: case, compatibility, ligatures, digits."""
    char = chr(cp)
    cls = class_alone(cp)
    if cls == IGNORED:
        return []
    if cls not in (WORD, CHARACTER):
        return [cp]
    if ud.category(char) == "Nd":
        return [0x30 + ud.decimal(char)]
    current = char
    while True:
        following = ""
        for c in current:
            step = c
            if class_alone(ord(c)) in (WORD, CHARACTER):
                for candidate in (LIGATURES.get(ord(c), c), c.casefold(), ud.normalize("NFKD", c)):
                    candidate = ud.normalize("NFD", candidate)
                    if candidate != c and is_base_run(candidate):
                        step = candidate
                        break
                if ud.category(c) == "Nd":
                    step = str(ud.decimal(c))
            following += step
        if following == current:
            break
        current = following
    return [ord(c) for c in current if class_alone(ord(c)) != IGNORED]


STROKE = re.compile(r"LATIN SMALL LETTER ([A-Z]) WITH ")


def without_accents(points):
    """Layer 2: what `keep_accents` keeps."""
    out = []
    for cp in points:
        if class_alone(cp) == ACCENT:
            continue
        cp = DOTLESS.get(cp, ARABIC_VARIANTS.get(cp, cp))
        named = STROKE.match(ud.name(chr(cp), ""))
        out.append(ord(named[1].lower()) if named else cp)
    return out


def entry_of(cp, keep):
    """(class, flags, folded code points) of one code point."""
    decomposed = [ord(c) for c in ud.normalize("NFD", chr(cp))]
    first = class_alone(decomposed[0])
    if 0xAC00 <= cp <= 0xD7A3:
        return HANGUL, 0, []
    if first >= IGNORED:
        return first, 0, []
    folded = [out for d in decomposed for out in fold_one(d)]
    flags = 0
    category = ud.category(chr(decomposed[0]))
    if first in (WORD, CHARACTER):
        flags |= {"Lu": UPPER, "Ll": LOWER, "Lt": UPPER | LOWER}.get(category, 0)
        first = class_alone(folded[0]) if folded else IGNORED
        if not keep:
            folded = without_accents(folded)
        if first == ACCENT:  # an Arabic presentation form of a lone mark
            first = ACCENT
        assert folded or first in (ACCENT, IGNORED), hex(cp)
    if any(0x30 <= f <= 0x39 for f in folded):
        flags |= DIGIT
    if any(ud.combining(chr(f)) for f in folded):
        flags |= ORDERED
    if cp in STACKERS:
        flags |= STACKER
    if first == ACCENT and not keep:
        folded, flags = [], 0
    return first, flags, folded


def assert_closed(cp, keep):
    """Folding twice is folding once, and a folded character is still one piece of one token."""
    cls, _, folded = entry_of(cp, keep)
    for at, f in enumerate(folded):
        again, _, twice = entry_of(f, keep)
        assert twice == [f], (hex(cp), hex(f))
        followers = (WORD, MARK, ACCENT) if cls == WORD else (MARK, ACCENT)
        assert again == cls if at == 0 else again in followers, (hex(cp), hex(f), cls, again)


class Tables:
    def __init__(self):
        self.pool = b""
        self.offsets = {}
        self.leaves = []
        self.blocks = {}
        self.indices = {}
        self.digest = Fnv()

    def text(self, folded):
        data = "".join(map(chr, folded)).encode()
        if data not in self.offsets:
            at = self.pool.find(data)
            if at < 0:
                at = len(self.pool)
                self.pool += data
            self.offsets[data] = at
        return self.offsets[data], len(data)

    def entry(self, cp, keep):
        cls, flags, folded = entry_of(cp, keep)
        line = f"{cp:X} {int(keep)} {cls} {flags} {' '.join(f'{f:X}' for f in folded)}\n"
        self.digest.update(line.encode())
        if cls in (HANGUL,) or cls >= IGNORED or folded == [cp] or not folded:
            payload, multi = 0, 0
        elif len(folded) == 1:
            payload, multi = folded[0], 0
        else:
            at, size = self.text(folded)
            assert at < 1 << 16 and size < 32, (hex(cp), size)
            payload, multi = at | size << 16, 1
        return payload | multi << 21 | cls << 22 | flags << 26

    def build(self):
        for keep in (False, True):
            index = []
            for start in range(0, TABLED, BLOCK):
                block = tuple(self.entry(cp, keep) for cp in range(start, start + BLOCK))
                if block not in self.blocks:
                    self.blocks[block] = len(self.blocks)
                    self.leaves.extend(block)
                index.append(self.blocks[block])
                for cp in range(start, start + BLOCK):
                    assert_closed(cp, keep)
            self.indices[keep] = index
        for keep in (False, True):
            for cp in range(TABLED, 0x110000):
                expected = above(cp)
                assert entry_of(cp, keep) == (expected, 0, [cp] if expected <= CHARACTER else []), hex(cp)


class Fnv:
    """FNV-1a, 64 bits: any change of the tables changes the digest of every TextScheme."""

    def __init__(self):
        self.value = 0xCBF29CE484222325

    def update(self, data):
        value = self.value
        for byte in data:
            value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
        self.value = value


def above(cp):
    """The class of the code points beyond the tables, as src/text/class.rs computes it."""
    if cp & 0xFFFE == 0xFFFE or cp >= 0xF0000:
        return OTHER
    if cp < 0x40000:
        return CHARACTER
    if 0xE0000 <= cp <= 0xE0FFF:
        return IGNORED
    return WORD


def combining_ranges():
    out = []
    for cp in range(0x110000):
        ccc = ud.combining(chr(cp))
        if not ccc or ud.normalize("NFD", chr(cp)) != chr(cp):
            continue
        if out and out[-1][1] == cp - 1 and out[-1][2] == ccc:
            out[-1][1] = cp
        else:
            out.append([cp, cp, ccc])
    return out


def rows(numbers):
    lines, line = [], "   "
    for number in numbers:
        item = f" {number:#x}," if number > 9 else f" {number},"
        if len(line) + len(item) > 119:
            lines.append(line)
            line = "   "
        line += item
    return "\n".join(lines + [line])


def rust():
    tables = Tables()
    tables.build()
    index = [tables.indices[False], tables.indices[True]]
    combining = combining_ranges()
    pool = tables.pool.decode()
    escaped = "".join(c if " " < c < "\x7f" else f"\\u{{{ord(c):x}}}" for c in pool)
    ranges_text = "\n".join(f"    (0x{a:x}, 0x{b:x}, {c})," for a, b, c in combining)
    leaves = rows(tables.leaves)
    return f"""// Generated by tests/oracle/tokenisation/generate_tables.py; do not edit.
// The data of Unicode {UNICODE} behind docs/tokenisation.md; src/text/class.rs explains the bits of an entry.

/// The Unicode version of the tables.
pub(super) const UNICODE_VERSION: &str = "{UNICODE}";

/// FNV-1a of every entry, part of the description of a scheme.
pub(super) const FOLDING_DIGEST: u64 = 0x{tables.digest.value:016x};

/// Code points below this are in the tables.
pub(super) const TABLED: u32 = 0x{TABLED:x};

/// Block of `LEAVES` of code points `64 * i ..`, accents taken away.
pub(super) static INDEX: [u16; {len(index[0])}] = [
{rows(index[0])}
];

/// The same, accents kept.
pub(super) static INDEX_KEEPING_ACCENTS: [u16; {len(index[1])}] = [
{rows(index[1])}
];

/// Entries, in blocks of 64.
pub(super) static LEAVES: [u32; {len(tables.leaves)}] = [
{leaves}
];

/// The folded forms of more than one code point, overlapping where they can.
pub(super) static FOLDED: &str = "{escaped}";

/// Canonical combining classes other than 0, by first and last code point.
pub(super) static COMBINING: [(u32, u32, u8); {len(combining)}] = [
{ranges_text}
];
"""


def main():
    if ud.unidata_version != UNICODE:
        sys.exit(f"this Python has Unicode {ud.unidata_version}; the specification is on {UNICODE} (Python 3.11)")
    text = rust()
    if "--check" in sys.argv:
        if TARGET.read_text(encoding="utf-8") != text:
            sys.exit(f"{TARGET} is not what the generator writes; run it without --check")
        return
    TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
