"""House rules that a look at the files decides. Prints `file:line: what is wrong`; the exit status is 1 if any is."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

LONGEST_MODULE = 400
LONGEST_TEST_MODULE = 500
LONGEST_FUNCTION = 50
ELSEWHERE = r"(?:https?:)?//"
LOADED = rf"\b(?:src|srcset|poster|data|action|formaction)\s*=\s*[\"']{ELSEWHERE}"
LOADED_BY_ELEMENT = (
    rf"<(?:link|image|use)\b(?![^>]*\brel=[\"'](?:alternate|canonical|license))[^>]*\bhref\s*=\s*[\"']{ELSEWHERE}"
)

# Which files (by suffix; an empty tuple means all), what must not stand there, what to say of it.
RULES = [
    ((), r"https?://[^ )\"]*(?:simple/|/pypi|registry\.|/npm/|/debian)", "address of a package index"),
    ((), r"(?:^|[^A-Za-z}.\w])/(?:work|farm|home|root|tmp|Users)/", "path of one machine"),
    ((".py", ".html", ".js", ".css", ".sh"), r"\b(?:TO[D]O|FIX[M]E|XX[X]|NotImplemented[E]rror)\b", "unfinished"),
    ((".html",), r"\sstyle\s*=", "inline style"),
    ((".html",), r"<style\b", "inline style sheet"),
    ((".html",), r"<script\b(?![^>]*\bsrc\s*=)(?![^>]*application/(?:ld\+)?json)", "inline script"),
    ((".html",), r"\son[a-z]+\s*=\s*[\"']", "inline event handler"),
    ((".html", ".svg"), LOADED, "loads from another host"),
    ((".html", ".svg"), LOADED_BY_ELEMENT, "loads from another host"),
    ((".css", ".svg"), rf"(?:url\(\s*[\"']?|@import\s+[\"']){ELSEWHERE}", "loads from another host"),
    ((".js",), rf"(?:\bfetch\(|\bfrom|\bimport)\s*\(?[\"'`]{ELSEWHERE}", "loads from another host"),
]


def main() -> int:
    found = [complaint for file in project_files() for complaint in complaints(file)]
    print(*found, sep="\n", end="\n" if found else "")
    return int(bool(found))


def project_files() -> list[Path]:
    """What git keeps or would keep, the words of documentation aside: those may show addresses and paths."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    files = {Path(name) for name in listed.split("\0") if name}
    return sorted(file for file in files if file.is_file() and file.suffix not in (".md", ".po"))


def complaints(file: Path) -> Iterator[str]:
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return  # a picture
    for suffixes, pattern, message in RULES:
        if not suffixes or file.suffix in suffixes:
            for match in re.finditer(pattern, text, re.MULTILINE):
                yield f"{file}:{text.count(chr(10), 0, match.start()) + 1}: {message}: {match[0].strip()}"
    if file.suffix == ".py" and "migrations" not in file.parts:
        yield from too_long(file, text)


def too_long(file: Path, text: str) -> Iterator[str]:
    lines = text.count("\n")
    if lines > (LONGEST_TEST_MODULE if file.parts[0] == "tests" else LONGEST_MODULE):
        yield f"{file}:1: {lines} lines: is this one room?"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = node.end_lineno - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{file}:{node.lineno}: {node.name} has {lines} lines"


if __name__ == "__main__":
    raise SystemExit(main())
