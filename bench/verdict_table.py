"""A hundred thousand answers, each one small step away from a real one: how many become dead that are not?

Half of them start from the rows that can end a connection's life, where a slip would be a false alarm.

`python -m bench.verdict_table [COUNT] [SEED]`. Exit status 1 if there is one.
"""

import json
import random
import sys
import time
from collections import Counter
from dataclasses import replace

from integrations.xero.kinds import Endpoint, Kind
from tests.unit.xero.answers import SAMPLES, Sample

DEADLY = {Kind.GRANT_DEAD, Kind.PERHAPS_UNLINKED}
AT_THE_BRINK = [sample for sample in SAMPLES if sample.kind in DEADLY]
HEADERS = {
    "Content-Type": ["text/html", "application/xml", "application/json", ""],
    "WWW-Authenticate": ["Bearer", "insufficient_scope", "Bearer error=invalid_token"],
    "Retry-After": ["5", "soon"],
    "X-Rate-Limit-Problem": ["minute", "never"],
}


def main(count: int = 100_000, seed: int = 1) -> int:
    source = random.Random(seed)  # noqa: S311 - to be had again, not to be secret
    began, kinds, wrong = time.perf_counter(), Counter[str](), 0
    missed, off = 0, 0
    for number in range(count):
        real = source.choice(AT_THE_BRINK if number % 2 else SAMPLES)
        answer = step_away(source, real)
        kind = answer.verdict().kind
        kinds[kind.name] += 1
        off += answer != real
        wrong += kind in DEADLY and not is_deadly(answer)
        missed += is_deadly(answer) and kind not in DEADLY
    took = time.perf_counter() - began
    print(f"{count} answers, seed {seed}, {took:.1f} s: {dict(kinds.most_common())}")
    print(f"{off} differ from every real one; taken for dead or perhaps unlinked without being it: {wrong}")
    print(f"dead or perhaps unlinked and not taken for it: {missed}")
    return 1 if wrong or missed else 0


def step_away(source: random.Random, sample: Sample) -> Sample:
    """One status, one header, one letter, one key, one end, or one question away."""
    step = source.choice(["status", "header", "letter", "key", "cut", "question", "none"])
    if step == "status":
        return replace(sample, status=source.choice([200, 302, 400, 401, 403, 404, 429, 500, 502, 503]))
    if step == "header":
        name = source.choice(list(HEADERS))
        return replace(sample, headers=sample.headers | {name: source.choice(HEADERS[name])})
    if step == "question":
        return replace(sample, endpoint=source.choice(list(Endpoint)))
    return replace(sample, body=_body(source, step, sample.body))


def _body(source: random.Random, step: str, body: bytes) -> bytes:
    place = source.randrange(len(body) + 1)
    if step == "letter":
        return body[:place] + bytes([source.randrange(256)]) + body[place + 1 :]
    if step == "cut":
        return body[:place]
    if step == "key":
        return body.replace(b'"error"', b'"errors"').replace(b'"Detail"', b'"Reason"')
    return body


def is_deadly(answer: Sample) -> bool:
    """Said once more, in other words than the table's."""
    kind_of_body = answer.headers.get("Content-Type", "")
    if "json" not in kind_of_body and kind_of_body:
        return False
    if answer.endpoint is Endpoint.TOKEN and answer.status == 400:
        return _word(answer.body, "error") == "invalid_grant"
    if "insufficient_scope" in answer.headers.get("WWW-Authenticate", ""):
        return False
    books = answer.endpoint in (Endpoint.READ, Endpoint.WRITE)
    return books and answer.status == 403 and _word(answer.body, "detail") == "AuthenticationUnsuccessful"


def _word(body: bytes, key: str) -> object:
    try:
        content = json.loads(body)
    except ValueError:
        return None
    found = (
        [value for name, value in content.items() if name.lower() == key] if isinstance(content, dict) else []
    )
    return found[0] if len(found) == 1 else None


if __name__ == "__main__":
    sys.exit(main(*(int(text) for text in sys.argv[1:])))
