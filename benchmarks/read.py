"""How fast, how completely and how rightly documents are read: the figures in docs/documents.md.

Run it as ``python benchmarks/read.py`` where the report and its reading lie beside the project.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))  # the reading of the report is parsed where its tests are

from scipy.stats import binomtest  # noqa: E402 - after the path

from estimative.sources.citations import resolve  # noqa: E402 - likewise
from estimative.sources.coverage import coverage  # noqa: E402 - likewise
from estimative.sources.library import open_source  # noqa: E402 - likewise
from estimative.sources.passages import read_passages  # noqa: E402 - likewise
from support.noise import anchoring  # noqa: E402 - likewise
from support.report import (  # noqa: E402 - likewise
    flagship,
    judgements,
    labels,
    recall,
    report,
    report_path,
    report_read,
)


def main() -> None:
    """Print every figure."""
    path = report_path()
    if path is None:
        sys.exit("The report is not beside the project.")
    source = flagship().sources[0]
    times = []
    for _ in range(5):
        start = perf_counter()
        paged, _ = open_source(source, path)
        if paged is not None:
            read_passages(paged)
        times.append(perf_counter() - start)
    read = report_read()
    print(f"read: {len(report().pages)} pages in {median(times):.2f} s (median of five)")
    print(f"  {len(read.judging)} estimative passages, {sum(len(p.hits) for p in read.passages)} phrases")
    _recall()
    _precision()
    _citations()


def _recall() -> None:
    found = recall(report_read(), judgements())
    passages = sum(one.passage is not None for one in found)
    phrases = sum(one.phrase for one in found)
    print(f"recall over {len(found)} judgements: {passages / len(found):.1%} as a passage,")
    print(f"  {phrases / len(found):.1%} with a phrase in the very words")
    ours = [one for one in found if one.phrase and one.judgement.whose.startswith("AU")]
    others = [one for one in found if one.phrase and not one.judgement.whose.startswith("AU")]
    right = sum(one.speaker == "authors" for one in ours)
    reported = sum(one.speaker != "authors" or bool(one.about) for one in others)
    print(
        f"  speaker: authors recognised in {right} of {len(ours)}, reported views in {reported} of {len(others)}"
    )


def _precision() -> None:
    right, count = sum(label.right for label in labels()), len(labels())
    interval = binomtest(right, count).proportion_ci(method="exact")
    print(f"precision: {right} of {count} labelled phrases, {right / count:.1%}", end=" ")
    print(f"(95 % interval {interval.low:.1%} to {interval.high:.1%})")


def _citations() -> None:
    source = flagship().sources[0]
    start = perf_counter()
    resolved, _ = resolve(flagship(), {source.name: report()})
    seconds = perf_counter() - start
    found = [one for one in resolved if one.grade == "found"]
    print(f"citations: {len(found)} of {len(resolved)} found within one page in {seconds:.2f} s")
    taken = coverage(flagship(), source.name, report())
    print(f"coverage: {taken.accounted:.1%} of {len(taken.covered)} passages accounted for", end=" ")
    print(f"({taken.count('encoded')} encoded, {taken.count('left out')} left out)")
    once = [one for one in found if one.anchor is not None and one.anchor.times == 1]
    for share in (0.0, 0.05, 0.1, 0.2):
        fared = anchoring(report(), once, share, 1984, dict(source.pages))
        print(f"noise {share:.0%}: {fared.found:.1%} found, {fared.to_confirm:.1%} to confirm", end=", ")
        print(f"{fared.elsewhere:.1%} in another place, {fared.lost:.1%} lost")


if __name__ == "__main__":
    main()
