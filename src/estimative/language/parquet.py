"""A Parquet file as CSV text, made by a child process with limits: a small file can claim to hold gigabytes.

As a program (``python -m estimative.language.parquet``) this file is that child: Parquet on standard
input, CSV on standard output.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

MAX_CELLS = 200_000
"""Rows times columns that are decoded."""
MAX_DECODED = 16 << 20
"""Bytes that the file says its columns hold, before anything is decoded."""
MAX_MEMORY = 2 << 30
"""Address space of the child; the library itself maps more than half a gigabyte."""
MAX_SECONDS = 20
"""Processor time of the child."""

REFUSED = 3
"""The child's exit status when it says itself, in its output, why it does not read the file."""


class MissingExtraError(Exception):
    """The extra `parquet` is not installed."""


class UnreadableError(Exception):
    """The file cannot be read; the message says why."""


def parquet_as_csv(content: bytes) -> str:
    """Table of a Parquet file as CSV text.

    Raises
    ------
    MissingExtraError
        If the library that reads Parquet is not installed.
    UnreadableError
        If the file is damaged, nested, or larger inside than is read.
    """
    if find_spec("pyarrow") is None:
        raise MissingExtraError
    command = [sys.executable, "-P", "-m", "estimative.language.parquet"]
    try:
        child = subprocess.run(  # noqa: S603 - this file as a program, and nothing of the analyst's
            command, input=content, capture_output=True, timeout=3 * MAX_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise UnreadableError("it takes too long to decode") from None
    if child.returncode == REFUSED:
        raise UnreadableError(child.stdout.decode("utf-8", "replace"))
    if child.returncode != 0:
        raise UnreadableError("it is not a sound Parquet file")
    return child.stdout.decode("utf-8")


def main() -> int:
    """Turn the Parquet file on standard input into CSV on standard output, within limits."""
    limit_itself()
    import pyarrow as pa  # noqa: PLC0415 - an extra, and loaded in the child only
    from pyarrow import csv, parquet  # noqa: PLC0415 - likewise

    content = sys.stdin.buffer.read()
    metadata = parquet.read_metadata(pa.BufferReader(content))
    columns = range(metadata.num_columns)
    decoded = sum(
        metadata.row_group(group).column(column).total_uncompressed_size
        for group in range(metadata.num_row_groups)
        for column in columns
    )
    refusal = ""
    if metadata.num_rows * metadata.num_columns > MAX_CELLS:
        refusal = f"it has {metadata.num_rows:,} rows; keep those that are used"
    elif decoded > MAX_DECODED:
        refusal = f"it says that it holds {decoded:,} bytes; at most {MAX_DECODED:,} are decoded"
    elif any(metadata.schema.column(column).max_repetition_level for column in columns):
        refusal = "a column holds lists; a series has one value in a cell"
    if refusal:
        sys.stdout.write(refusal)
        return REFUSED
    table = parquet.read_table(pa.BufferReader(content), use_threads=False)
    csv.write_csv(table, sys.stdout.buffer)
    return 0


def limit_itself() -> None:
    """Bound the memory and processor time of this process, where the system can."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on every system

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))


if __name__ == "__main__":
    sys.exit(main())
