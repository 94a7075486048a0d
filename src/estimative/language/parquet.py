"""A Parquet file as CSV text, made by a child process with limits: a small file can claim to hold gigabytes.

As a program (``python -m estimative.language.parquet``) this file is that child: Parquet on standard
input, CSV on standard output.
"""

from __future__ import annotations

import io
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Buffer

MAX_CELLS = 200_000
"""Rows times columns that are decoded."""
MAX_DECODED = 16 << 20
"""Bytes that the file says its columns hold, that they do hold, and that they take as CSV.

A value that stands in every row is stored once and written as often as there are rows, so all three count.
"""
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
    if child.returncode < 0:
        raise UnreadableError("it takes more memory or time to decode than is given to it")
    if child.returncode != 0:
        raise UnreadableError("it is not a sound Parquet file")
    try:
        return child.stdout.decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableError("a cell is not UTF-8") from None


class _RefusedError(Exception):
    """The file is sound and not read; the message says why."""


class _Bounded(io.BytesIO):
    """Bytes in memory, `MAX_DECODED` at most."""

    def write(self, data: Buffer, /) -> int:
        """Take more bytes, or refuse the file."""
        written = super().write(data)
        if self.tell() > MAX_DECODED:
            raise _RefusedError(f"it holds more than {MAX_DECODED:,} bytes of text")
        return written


def main() -> int:
    """Turn the Parquet file on standard input into CSV on standard output, within limits."""
    limit_itself()
    try:
        decoded = _as_csv(sys.stdin.buffer.read())
    except _RefusedError as refusal:
        sys.stdout.write(str(refusal))
        return REFUSED
    except MemoryError:
        sys.stdout.write("it takes more memory to decode than is given to it")
        return REFUSED
    sys.stdout.buffer.write(decoded)
    return 0


def _as_csv(content: bytes) -> bytes:
    import pyarrow as pa  # noqa: PLC0415 - an extra, and loaded in the child only
    from pyarrow import csv, parquet  # noqa: PLC0415 - likewise

    metadata = parquet.read_metadata(pa.BufferReader(content))
    rows, columns = metadata.num_rows, metadata.num_columns
    said = sum(
        metadata.row_group(group).column(column).total_uncompressed_size
        for group in range(metadata.num_row_groups)
        for column in range(columns)
    )
    if rows * columns > MAX_CELLS:
        raise _RefusedError(f"it has {rows:,} rows of {columns:,} columns; keep those that are used")
    if said > MAX_DECODED:
        raise _RefusedError(f"it says that it holds {said:,} bytes; at most {MAX_DECODED:,} are decoded")
    if any(metadata.schema.column(column).max_repetition_level for column in range(columns)):
        raise _RefusedError("a column holds lists; a series has one value in a cell")
    table = parquet.read_table(pa.BufferReader(content), use_threads=False)
    if table.nbytes > MAX_DECODED:
        raise _RefusedError(f"it holds {table.nbytes:,} bytes; at most {MAX_DECODED:,} are read")
    sink = _Bounded()
    try:
        csv.write_csv(table, sink)
    except pa.ArrowException:
        raise _RefusedError("a column holds neither text nor numbers nor dates") from None
    return sink.getvalue()


def limit_itself() -> None:
    """Bound the memory and processor time of this process, where the system can."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on every system

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))


if __name__ == "__main__":
    sys.exit(main())
