#!/usr/bin/env python3
"""An independent reading of docs/tokenisation.md in plain Python, slow and literal.

It asks `unicodedata` at run time, shares no code with generate_tables.py, and knows nothing of the library's tables.

    reading.py --write-goldens      # reads samples.txt, writes goldens.txt beside it
    reading.py --goldens            # prints them
    reading.py --random SEED COUNT  # goldens of random texts, which are printed with them
    reading.py --equivalents        # lines "<text> <text in NFC> <text in NFD>", escaped, tabs between: every composite with
                                    # marks around it, and random texts

A sample is one line, Python-escaped (\\n, \\u00e9). A golden is, in lines:

    text   <escaped text>
    scheme <shingle width> <dropped|kept>
    token  <hash> <start> <end> <shape letters> <escaped folded form>     (any number)
    shingle <hash>                                                        (any number)
"""

import random
import re
import sys
import unicodedata as ud
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
MASK = (1 << 64) - 1


def listed(text):
    pieces = []
    for item in text.split():
        first, _, last = item.partition("-")
        pieces.append((int(first, 16), int(last or first, 16)))
    return lambda c: any(a <= ord(c) <= b for a, b in pieces)


ACCENT = listed(
    "0300-034E 0350-036F 0483-0489 0591-05BD 05BF 05C1-05C2 05C4-05C5 05C7 0610-061A 064B-065F 0670 06D6-06DC 06DF-06E4 "
    "06E7-06E8 06EA-06ED 0711 0730-074A 0898-089F 08CA-08E1 08E3-08FF 1AB0-1ACE 1DC0-1DFF 20D0-20F0 2DE0-2DFF 302A-302F "
    "A66F-A672 A674-A67D A69E-A69F FB1E FE20-FE2F 10EAB-10EAC 1D165-1D169 1D16D-1D172 1D17B-1D182 1D185-1D18B "
    "1D1AA-1D1AD 1D242-1D244")
IGNORED = listed(
    "00AD 034F 061C 0640 115F-1160 17B4-17B5 180B-180F 200B-200F 202A-202E 2060-206F 3164 FE00-FE0F FEFF FFA0 FFF0-FFF8 "
    "1BCA0-1BCA3 1D173-1D17A E0000-E0FFF")
APOSTROPHE = listed("02B9-02BF A78B-A78C")
AM = listed("0E33 0EB3")
UNSPACED = listed(
    "0E00-0EFF 1000-109F A9E0-A9FF AA60-AA7F 1780-17FF 1950-19DF 1A20-1AAF 1B00-1B7F 2E80-2FDF 3000-312F 31A0-31BF "
    "31F0-31FF 3400-4DBF 4E00-A4CF F900-FAFF 20000-3FFFF A980-A9DF AA80-AADF 11700-1174F 16FE0-18D8F 1AFF0-1B2FF")
STACKER = listed("1039 17D2 1A60")
PICTOGRAPH = listed("1F000-1FAFF")
WIDE_STOP = listed("3002 FF01 FF0E FF1A FF1F FF61 2029")
OPENER = listed("00AB 201E 2039 300C 300E 2022 2023 25AA 25CF 25A0 25E6")
STOP = listed("0021 003A 003F 2026 203C-203D 2047-2049 061F 06D4 0589 0964-0965 1362 1367-1368 17D4-17D5 104A-104B")
COMMA = listed("002C 003B 060C 061B")
QUOTE = listed("0022 00BB 201C 201D 201F 203A FF02")
LINE_BREAK = listed("000A 000D 0085 2028")


# Section 1

@lru_cache(maxsize=None)
def simple_class(c):
    gc = ud.category(c)
    if ACCENT(c):
        return "accent"
    if gc == "Cf" or IGNORED(c):
        return "ignored"
    if APOSTROPHE(c):
        return "separator"
    if gc.startswith("M") or AM(c):
        return "mark"
    if gc[0] in "LN":
        return "character" if UNSPACED(c) and gc != "Nd" else "word"
    noncharacter = ord(c) % 0x10000 >= 0xFFFE or 0xFDD0 <= ord(c) <= 0xFDEF
    if gc == "Cn" and not noncharacter and not PICTOGRAPH(c):
        return "character" if UNSPACED(c) else "word"
    if gc == "So":
        expansion = ud.normalize("NFKD", c)
        if ud.decomposition(c).startswith("<square>"):
            if all(ud.category(e)[0] in "LN" and not UNSPACED(e) for e in expansion):
                return "word"
        if ud.decomposition(c).startswith("<compat>") and len(expansion) == 1 and UNSPACED(expansion):
            return "character"
    return "separator"


# Section 2

def one_piece(text):
    kinds = [simple_class(c) for c in text]
    bases = [k for k in kinds if k in ("word", "character")]
    return "separator" not in kinds and ("character" not in bases or len(bases) == 1)


def one_round(c):
    if ud.category(c) == "Nd":
        return str(ud.decimal(c))
    if simple_class(c) not in ("word", "character"):
        return c
    for way in ({"æ": "ae", "œ": "oe"}.get(c, c), c.casefold(), ud.normalize("NFKD", c)):
        way = ud.normalize("NFD", way)
        if way != c and one_piece(way):
            return way
    return c


@lru_cache(maxsize=None)
def first_layer(c):
    folded = c
    while True:
        again = "".join(map(one_round, folded))
        if again == folded:
            return "".join(f for f in folded if simple_class(f) != "ignored")
        folded = again


SECOND = {"ı": "i", "ȷ": "j", "\u0671": "\u0627", "\u0649": "\u064a", "\u06cc": "\u064a", "\u06a9": "\u0643",
          "\u0629": "\u0647"}


@lru_cache(maxsize=None)
def second_layer(c):
    if simple_class(c) == "accent":
        return ""
    name = re.match("LATIN SMALL LETTER ([A-Z]) WITH ", ud.name(c, ""))
    return name[1].lower() if name else SECOND.get(c, c)


def folded_form(pieces, kept):
    out = "".join(first_layer(c) for c in pieces)
    if not kept:
        out = "".join(map(second_layer, out))
    runs, run = [], []
    for c in out:
        if ud.combining(c) == 0:
            runs += sorted(run, key=ud.combining) + [c]
            run = []
        else:
            run.append(c)
    return "".join(runs + sorted(run, key=ud.combining))


def class_of(c):
    """The class of a code point of NFD after folding."""
    kind = simple_class(c)
    if kind in ("word", "character"):
        folded = first_layer(c)
        return simple_class(folded[0]) if folded else "ignored"
    return kind


# Section 3, and the separators of section 5

class Token:
    def __init__(self, start, character, starts):
        self.start, self.end, self.character, self.starts = start, start, character, starts
        self.pieces, self.bases, self.stacked = [], [], False


def tokens_of(text):
    """Reads characters, each with all of its NFD at once: a decomposition is one base with marks, or marks."""
    open_token, done, between = None, [], []
    at = 0
    for original in text:
        here, at = at, at + len(original.encode())
        decomposition = ud.normalize("NFD", original)
        for number, c in enumerate(decomposition):
            kind = class_of(c)
            if number == 0:
                whole = kind
            elif whole == "separator" or whole == "ignored":
                continue
            joins = False
            if kind == "word":
                if open_token and open_token.character:
                    open_token = None
                joins = True
            elif kind == "character":
                if open_token and not (open_token.character and open_token.stacked):
                    open_token = None
                joins = True
            elif kind == "mark":
                joins = True
            elif kind == "accent":
                joins = bool(open_token and open_token.bases)
            elif kind == "separator":
                open_token = None
                between.append(c)
            if not joins:
                continue
            if open_token is None:
                open_token = Token(here, kind == "character", starts_sentence(between, done))
                between = []
                done.append(open_token)
            open_token.end = at
            open_token.pieces.append(c)
            if kind in ("word", "character"):
                open_token.bases.append(c)
                open_token.stacked = False
            elif STACKER(c):
                open_token.stacked = True
    return done


def is_white(c):
    return ud.category(c) in ("Zs", "Zl", "Zp") or c in "\t\v\f" or LINE_BREAK(c)


def starts_sentence(between, before):
    if not before:
        return True
    last = before[-1]
    initial = len(last.bases) == 1 and capital(last.bases[0])
    text = "".join(between)
    for at, c in enumerate(text):
        rest = text[at + 1:]
        if WIDE_STOP(c) or OPENER(c):
            return True
        if STOP(c) or (c == "." and not (initial and at == 0)):
            for after in rest:
                if COMMA(after):
                    break
                if is_white(after) and not WIDE_STOP(after):
                    return True
        if QUOTE(c) and not any(is_white(r) and not WIDE_STOP(r) for r in rest):
            return True
        if LINE_BREAK(c) and not (c == "\r" and rest.startswith("\n")):
            for after in rest:
                if LINE_BREAK(after):
                    return True
                if not is_white(after):
                    break
    return False


# Section 4

def fold(a, b):
    return (a * b & MASK) ^ (a * b >> 64)


def token_hash(data, seed=0x243F6A8885A308D3):
    h = seed
    for at in range(0, len(data), 16):
        low, high = (int.from_bytes(data[lane:lane + 8], "little") for lane in (at, at + 8))
        h = fold(h ^ low, 0x13198A2E03707345 ^ high)
    return fold(h ^ len(data), 0xA4093822299F31D1)


def shingle_hash(hashes):
    n, m = len(hashes), 0x082EFA98EC4E6C89
    s = sum(t * pow(m, n - 1 - i, 1 << 64) for i, t in enumerate(hashes)) + n * 0x452821E638D01377 & MASK
    s = (s ^ s >> 30) * 0xBF58476D1CE4E5B9 & MASK
    s = (s ^ s >> 27) * 0x94D049BB133111EB & MASK
    return s ^ s >> 31


def digest(description):
    data = description.encode()
    return b"".join(token_hash(data, seed).to_bytes(8, "little")
                    for seed in (0xBE5466CF34E90C6C, 0xC0AC29B7C97C50DD)).hex()


# Sections 5 and 6

def capital(c):
    return ud.category(c) in ("Lu", "Lt")


def shape(token, folded):
    capitals = sum(map(capital, token.bases))
    return "".join(letter for letter, holds in (
        ("C", token.bases and capital(token.bases[0])),
        ("U", capitals >= 2 and not any(ud.category(b) in ("Ll", "Lt") for b in token.bases)),
        ("D", any(c in "0123456789" for c in folded)),
        ("S", token.starts),
        ("H", token.character),
    ) if holds) or "-"


def escaped(text):
    return "".join(c if " " < c < "\x7f" and c != "\\" or c == " " else f"\\u{{{ord(c):x}}}" for c in text)


def golden(text, width, kept):
    lines = [f"text {escaped(text)}", f"scheme {width} {'kept' if kept else 'dropped'}"]
    hashes = []
    for token in tokens_of(text):
        folded = folded_form(token.pieces, kept)
        hashes.append(token_hash(folded.encode()))
        lines.append(f"token {hashes[-1]:016x} {token.start} {token.end} {shape(token, folded)} {escaped(folded)}")
    count = max(len(hashes) - width + 1, 1) if hashes else 0
    lines += [f"shingle {shingle_hash(hashes[i:i + width]):016x}" for i in range(count)]
    return lines


def goldens_of_samples():
    lines = []
    for line in (HERE / "samples.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            text = re.sub(r"\\u\{([0-9a-f]+)\}", lambda m: chr(int(m[1], 16)), line)
            for width, kept in ((5, False), (3, True)):
                lines += golden(text, width, kept)
    return "\n".join(lines) + "\n"


# Where the rules meet: spaces, stops, marks of many classes, stackers, invisible characters, compatibility forms.
HARD = ("  .,;:!?\"'’«»“”„…\n\r\t\u00a0\u202f\u2028\u2029\u0085-–/=≠+´¨AZaz09ÉéœŒßẞİıǅŉﬁĲøŁΣςᾳΐЙёѢأإةىٱیکـًّٰﷺﷲשׁבּ½²Ⅳ①㎞㎡℡™㊗⼀"
        "\u0300\u0301\u0323\u0327\u0345\u034f\u0344\u00ad\u200b\u200c\u200d\ufeff\ufe0f\u20e3のガｶﾞﾟー々〇㌔漢字\u3099กำ็่ໍຳស្រីကြ္ຂका"
        "\u093c\u094d\u09cb\u0f71\u0f72\u0f73한글각\u11a8가😀🇫ｱＡ１１٣੩๓。．！？「」【】•\u1039\u17d2\u1a60\u3164\u115f\U0001d15e\U0001d400"
        "\U00020000\U0002f800\U00030000\U00031350\U000e0001\ue000\u0378\U00050000\uffff\U0001f6ff")


def random_text(source):
    pool = source.choice((HARD, HARD, "ab A.\"\n\r, ", None))
    out = []
    for _ in range(source.randrange(40)):
        if pool and source.random() < 0.95:
            out.append(source.choice(pool))
        else:
            point = source.choice((source.randrange(0x250), source.randrange(0x3100), source.randrange(0x20000),
                                   source.randrange(0x110000)))
            out.append(" " if 0xD800 <= point < 0xE000 else chr(point))
    text = "".join(out)
    return source.choice((text, text, ud.normalize("NFC", text), ud.normalize("NFD", text)))


def equivalents():
    """Every code point whose decomposition is not itself, in places where its neighbours could move, and random texts."""
    source = random.Random(3)
    marks = "\u0301\u0323\u0345\u0327\u093c\u094d\u3099\u0e48\u20dd\U0001d165\u0338"
    for point in range(0x110000):
        c = chr(point)
        if ud.normalize("NFD", c) != c and not (0xAC00 <= point < 0xD7A4 and point % 97):
            yield f"{c}{source.choice(marks)}{source.choice(marks)}x {source.choice(marks)}{c}y{c}{source.choice(marks)}"
        elif ud.combining(c):
            yield f"a{source.choice(marks)}{c}{source.choice(marks)} {source.choice(marks)}{c}\u00e9{c}"
    for _ in range(4000):
        yield random_text(source)


def main(arguments):
    if ud.unidata_version != "14.0.0":
        sys.exit(f"this Python has Unicode {ud.unidata_version}; the specification is on 14.0.0 (Python 3.11)")
    if arguments == ["--write-goldens"]:
        (HERE / "goldens.txt").write_text(goldens_of_samples(), encoding="utf-8")
    elif arguments == ["--goldens"]:
        sys.stdout.write(goldens_of_samples())
    elif arguments == ["--equivalents"]:
        for text in equivalents():
            print("\t".join(escaped(t) for t in (text, ud.normalize("NFC", text), ud.normalize("NFD", text))))
    elif len(arguments) == 2 and arguments[0] == "--digest":
        print(digest(arguments[1]))
    elif len(arguments) == 3 and arguments[0] == "--random":
        source = random.Random(int(arguments[1]))
        for _ in range(int(arguments[2])):
            print("\n".join(golden(random_text(source), source.choice((1, 2, 5, 32)), source.random() < 0.5)))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
