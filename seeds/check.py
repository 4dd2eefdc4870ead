#!/usr/bin/env python3
"""Checks expected.json against the pages beside it. Plain Python 3, no dependencies.

Run it from anywhere: `python3 seeds/check.py` checks both corpora, this directory and `variants`;
`python3 seeds/check.py seeds/variants` checks one. It prints a summary of each, and every error it
finds; its exit status is 1 if there is one.
"""

import datetime
import itertools
import json
import pathlib
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
VARIANTS = HERE / "variants"
KINDS = {"copy", "update", "partial", "background", "series", "quotation"}
ATTRIBUTES = {"truncated", "withdraws", "conflicts"}
LANGUAGES = {"fr", "en", "de", "es", "it", "pt", "ar", "ru", "ja", "zh"}
CASES = """
verbatim-copy-in-long-host host-of-two-agencies digest-of-thirty two-strangers-in-one-host
edit-chain teaser template-two-companies weekly-fuel-prices accidents-sharing-background
three-dead-thirty-dead urgent-lead-long live-page obituary-in-advance embargo press-release
poll-footer one-quote-two-agencies foreign-photo-credit attribution reprint-a-year-later
same-cast-two-stories reordered-and-retyped annule-et-remplace captions-twice sidebar credits
empty-page one-line-page nfd-page hard-wrapped-page
""".split()
# The least size of a corpus, in pages and articles, and the cases it has to hold.
REQUIRED = {
    HERE: (14, 65, CASES),
    VARIANTS: (80, 200, [f"{case}/{number}" for number in (1, 2, 3) for case in CASES]),
}

errors = []


def error(*words):
    errors.append(" ".join(str(word) for word in words))


def words(text):
    """Words without case, accents, quotation marks or punctuation; one Han or Kana sign a word."""
    text = unicodedata.normalize("NFKD", text).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    return re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]|[^\W_\u3040-\u30ff\u4e00-\u9fff]+", text)


def read_pages(expected, directory):
    files = {str(path.relative_to(directory)) for path in (directory / "pages").glob("*.txt")}
    listed = {page["file"] for page in expected["pages"]}
    for name in sorted(files ^ listed):
        error(name, "is not both on disk and in `pages`")
    return {
        name: (directory / name).read_bytes().decode("utf-8").split("\n")
        for name in sorted(files & listed)
    }


class Body:
    """The lines of an article without title and furniture, each with its byte offset in the file."""

    def __init__(self, lines, numbers):
        self.lines = []
        offset = 0
        for number, line in enumerate(lines, start=1):
            size = len(line.encode("utf-8"))
            if number in numbers:
                self.lines.append((offset, offset + size, line.encode("utf-8")))
            offset += size + 1

    def words(self, start, end):
        """The words of the body between two byte offsets of the file; None if they cut a character."""
        found = []
        for low, high, line in self.lines:
            if low < end and start < high:
                part = line[max(start, low) - low : min(end, high) - low]
                try:
                    found += words(part.decode("utf-8"))
                except UnicodeDecodeError:
                    return None
        return found


def check_articles(expected, pages):
    furniture = {
        entry["file"]: {n for low, high in entry["lines"] for n in range(low, high + 1)}
        for entry in expected["furniture"]
    }
    articles = {}
    last_end = {}
    for article in expected["articles"]:
        name = article["id"]
        if name in articles:
            error(name, "occurs twice")
        file, ordinal = name.rsplit("#", 1)
        lines = pages.get(file)
        if lines is None:
            error(name, "is on no page")
            continue
        previous, end_before = last_end.get(file, (0, 0))
        if int(ordinal) != previous + 1:
            error(name, "does not follow ordinal", previous)
        start, title, end = article["start_line"], article["title_line"], article["end_line"]
        if not end_before < start <= title <= end <= len(lines):
            error(name, "has an impossible span", start, title, end)
            continue
        last_end[file] = (int(ordinal), end)
        if lines[title - 1].strip() != article["title"]:
            error(name, "has another title line:", lines[title - 1])
        if not lines[start - 1].strip() or not lines[end - 1].strip():
            error(name, "begins or ends with an empty line")
        if article["language"] not in LANGUAGES:
            error(name, "has language", article["language"])
        check_date(name, article, lines)
        skip = furniture.get(file, set()) | {title}
        articles[name] = Body(lines, set(range(start, end + 1)) - skip)
    for page in expected["pages"]:
        here = [name for name in articles if name.startswith(page["file"] + "#")]
        if page["articles"] != here:
            error(page["file"], "lists other articles than `articles`")
    for file, numbers in furniture.items():
        if any(not 1 <= n <= len(pages.get(file, [])) for n in numbers):
            error(file, "has furniture beyond its end")
    return articles


def check_date(name, article, lines):
    published, source = article["published"], article["read_from"]
    if (published is None) != (source == "unknown"):
        error(name, "has a date without a line or a line without a date")
    if published is None:
        return
    number = re.fullmatch(r"page line (\d+)", source)
    if not number or not 1 <= int(number[1]) <= len(lines):
        error(name, "reads its date from", source)
        return
    instants = [published[key] for key in ("instant", "earliest", "latest") if key in published]
    try:
        instants = [datetime.datetime.fromisoformat(text.replace("Z", "+00:00")) for text in instants]
    except ValueError as problem:
        error(name, problem)
        return
    if len(instants) == 2 and instants[0] > instants[1]:
        error(name, "ends before it begins")
    line = unicodedata.normalize("NFC", lines[int(number[1]) - 1])
    if str(instants[0].year) not in line or not re.search(rf"(?<!\d)0?{instants[0].day}(?!\d)", line):
        error(name, "has its date not on the line:", line)
    check_weekday(name, instants[0], line)


def check_weekday(name, day, line):
    tables = [
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "monday tuesday wednesday thursday friday saturday sunday",
        "montag dienstag mittwoch donnerstag freitag samstag sonntag",
        "lunes martes miércoles jueves viernes sábado domingo",
        "lunedì martedì mercoledì giovedì venerdì sabato domenica",
        "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
        "понедельник вторник среда четверг пятница суббота воскресенье",
        "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
        "（月） （火） （水） （木） （金） （土） （日）",
        "星期一 星期二 星期三 星期四 星期五 星期六 星期日",
    ]
    for table in tables:
        for index, weekday in enumerate(table.split()):
            if weekday in line.lower() and index != day.weekday():
                error(name, "names the wrong weekday:", line)


def check_pair(a, b, articles, where):
    for name in (a, b):
        if name not in articles:
            error(where, "refers to", name)
    if not a < b:
        error(where, "has a pair out of order:", a, b)
    return a, b


def check_links(expected, articles):
    links = {}
    for link in expected["links"]:
        pair = check_pair(link["a"], link["b"], articles, "a link")
        if pair in links:
            error("two links of", *pair)
        links[pair] = link
        for kind in [link["kind"], *link["also"]]:
            if kind not in KINDS:
                error(*pair, "has kind", kind)
        if not set(link["attributes"]) <= ATTRIBUTES:
            error(*pair, "has attributes", link["attributes"])
    for group in ("unlinked", "optional"):
        for a, b, why in expected[group]:
            pair = check_pair(a, b, articles, group)
            if pair in links or not why:
                error(group, *pair, "is also a link, or gives no reason")
    return links


def check_groups(expected, articles, links):
    dispatches = {}
    for dispatch in expected["dispatches"]:
        name = dispatch["name"]
        if name in dispatches:
            error("dispatch", name, "occurs twice")
        dispatches[name] = dispatch
        parts = [dispatch[key] for key in ("members", "hosts", "optional")]
        everyone = list(itertools.chain(*parts))
        if not dispatch["members"] or len(set(everyone)) != len(everyone):
            error("dispatch", name, "has no member, or one twice")
        if not set(everyone) <= set(articles):
            error("dispatch", name, "refers to an unknown article")
        if dispatch["earliest_seen"] not in [None, *everyone]:
            error("dispatch", name, "was first seen outside itself")
        for member, host in itertools.product(dispatch["members"], dispatch["hosts"]):
            if tuple(sorted((member, host))) not in links:
                error("dispatch", name, "has a host without a link:", host)
    stories, placed = {}, {}
    for story in expected["stories"]:
        stories[story["name"]] = story
        if len(story["members"]) < 2:
            error("story", story["name"], "has fewer than two articles")
        for member in story["members"]:
            if member not in articles or member in placed:
                error("story", story["name"], "holds an unknown article or one placed before:", member)
            placed[member] = story["name"]
    for group in expected["stories_optional"]:
        if not set(group["members"]) <= set(articles):
            error("an optional story refers to an unknown article")
    return dispatches, stories, placed


def check_passages(expected, articles, links):
    for passage in expected["passages"]:
        pair = check_pair(passage["a"], passage["b"], articles, "a passage")
        if pair not in links:
            error("a passage without a link:", *pair)
        if not set(pair) <= set(articles):
            continue
        left = articles[passage["a"]].words(*passage["a_bytes"])
        right = articles[passage["b"]].words(*passage["b_bytes"])
        first, last = passage["first_words"].split(), passage["last_words"].split()
        if not left or left != right or len(left) != passage["words"]:
            error("not the same words on both sides of", *pair, passage["a_bytes"], passage["b_bytes"])
        elif left[: len(first)] != first or left[-len(last) :] != last:
            error("other words than it says:", *pair, ":", passage["first_words"])


def check_cases(expected, required, articles, links, dispatches, stories, placed):
    cases = {case["case"] for case in expected["cases"]}
    if len(cases) != len(expected["cases"]):
        error("a case occurs twice")
    for name in required:
        if name not in cases:
            error("no case", name)
    unlinked = {tuple(row[:2]) for row in expected["unlinked"]}
    for case in expected["cases"]:
        name, expect = case["case"], case["expect"]
        if not case["what"] or not expect:
            error("case", name, "expects nothing")
        if not set(case["articles"]) <= set(articles):
            error("case", name, "refers to an unknown article")
        for pair in expect.get("links", []):
            if tuple(pair) not in links:
                error("case", name, "refers to a link that is not there:", *pair)
        for pair in expect.get("unlinked", []):
            if tuple(pair) not in unlinked:
                error("case", name, "refers to a trap that is not there:", *pair)
        for key, known in (("dispatches", dispatches), ("stories", stories)):
            for group in expect.get(key, []):
                if group not in known:
                    error("case", name, "refers to", key, group)
        apart = [placed.get(member, member) for member in expect.get("separate_stories", [])]
        if len(set(apart)) != len(apart):
            error("case", name, "asks for separate stories of one story")


def count(values):
    counts = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return counts


def check(directory):
    before = len(errors)
    expected = json.loads((directory / "expected.json").read_text(encoding="utf-8"))
    least_pages, least_articles, required = REQUIRED.get(directory, (0, 0, []))
    pages = read_pages(expected, directory)
    articles = check_articles(expected, pages)
    links = check_links(expected, articles)
    dispatches, stories, placed = check_groups(expected, articles, links)
    check_passages(expected, articles, links)
    check_cases(expected, required, articles, links, dispatches, stories, placed)
    if len(pages) < least_pages or len(articles) < least_articles:
        error("only", len(pages), "pages and", len(articles), "articles")
    languages = count(article["language"] for article in expected["articles"])
    kinds = count(link["kind"] for link in expected["links"])
    print(directory.name, "-", len(pages), "pages,", len(articles), "articles:", languages)
    print(len(links), "links:", kinds, "and", len(expected["unlinked"]), "traps")
    print(len(dispatches), "dispatches,", len(stories), "stories of several articles,", end=" ")
    print(len(expected["passages"]), "passages,", len(expected["cases"]), "cases")
    errors[before:] = [f"{directory.name}: {line}" for line in errors[before:]]


def main():
    named = [pathlib.Path(argument).resolve() for argument in sys.argv[1:]]
    for directory in named or [HERE, VARIANTS]:
        check(directory)
    for line in errors:
        print("error:", line)
    print(len(errors), "errors")
    sys.exit(1 if errors else 0)


if __name__ == "__main__":
    main()
