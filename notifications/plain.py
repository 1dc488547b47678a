"""The text version of a mail: aligned facts, short lines, and runs of numbers. Pure."""

import re
import textwrap
from collections.abc import Iterable, Sequence

WIDTH = 76
Facts = Sequence[tuple[str, str]]


def facts_text(facts: Facts) -> str:
    """Label, colon, and the fact hanging beside it. Where the first label comes again, a group begins."""
    margin = max((len(label) for label, _ in facts), default=0) + 3
    lines: list[str] = []
    for place, (label, fact) in enumerate(facts):
        if place and label == facts[0][0]:
            lines.append("")
        lines += [_hanging(line, label if not number else "", margin)
                  for number, line in enumerate(fact.splitlines())]  # fmt: skip
    return "\n".join(lines)


def _hanging(line: str, label: str, margin: int) -> str:
    return textwrap.fill(
        line,
        WIDTH,
        initial_indent=(f"{label}:" if label else "").ljust(margin),
        subsequent_indent=" " * margin,
        break_long_words=False,
        break_on_hyphens=False,
    )


def tidy(text: str) -> str:
    """Lines of at most 76 characters, never two empty ones together; an address is not broken."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(_wrapped(paragraph.strip("\n")) for paragraph in paragraphs) + "\n"


def _wrapped(paragraph: str) -> str:
    lines = paragraph.splitlines()
    return "\n".join(
        line
        if len(line) <= WIDTH
        else textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False)
        for line in lines
    )


def number_runs(numbers: Iterable[str]) -> list[str]:
    """INV-000121 to INV-000125, CN-000026: neighbours become one run."""
    runs: list[list[str]] = []
    for number in sorted(set(numbers)):
        if runs and _follows(runs[-1][-1], number):
            runs[-1].append(number)
        else:
            runs.append([number])
    return [run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]


def _follows(before: str, after: str) -> bool:
    one, other = re.fullmatch(r"(.*?)(\d{1,18})", before), re.fullmatch(r"(.*?)(\d{1,18})", after)
    if one is None or other is None or one[1] != other[1]:
        return False
    return int(one[2]) + 1 == int(other[2])
