"""How many calls a sync costs. `python -m bench.calls [DOCUMENTS]`.

Brings its own servers and sandbox, which limits nothing: calls are counted, not waited for. Reads so many
invoices of three lines, creates so many, changes so many. Ends with 1 if any step took more calls than
its goal, once the few calls that belong to any run of the sync are taken off.
"""

import sys

from bench.stage import stage


def main(documents: int = 1000) -> int:
    with stage() as sandbox:
        from bench.calls_play import play  # noqa: PLC0415 - its models need the settings

        return play(sandbox, documents)


if __name__ == "__main__":
    sys.exit(main(*(int(text) for text in sys.argv[1:])))
