"""Inspect folders of applications and write what was read and found, in the format that the samples are scored in.

python -m local.inspect BUNDLES_DIR OUT.json [--report DIR]
"""

import argparse
import json
import sys
from pathlib import Path

from local.judging import Judged, bundles_in, judge_all, prediction
from local.progress import shown
from local.report import INDEX, write_index, write_report


def main() -> int:
    """Read all bundles; 1 when there are none."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bundles", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--report", type=Path, help="a folder for pages that show what was read, and where")
    given = parser.parse_args()
    folders = bundles_in(given.bundles)
    if not folders:
        print(f"There is no application (a folder with form.json) in {given.bundles}.", file=sys.stderr)
        return 1
    answers, pages = {}, []
    for judged in shown(judge_all(folders), len(folders), _line):
        answers[judged.name] = prediction(judged)
        if given.report:
            pages.append(write_report(judged, given.report))
    text = json.dumps(dict(sorted(answers.items())), indent=1, ensure_ascii=False)
    given.out.write_text(text, encoding="utf-8")
    if given.report:
        write_index(pages, given.report)
        print(f"Open {(given.report / INDEX).resolve().as_uri()}", file=sys.stderr)
    return 0


def _line(judged: Judged) -> str:
    return f"{judged.name} {judged.seconds:.1f} s {judged.verdict} {' '.join(judged.codes)}"


if __name__ == "__main__":
    sys.exit(main())
