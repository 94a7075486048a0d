"""Files: plain ones only, one encoding, limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from estimative.language.files import MAX_BYTES, MAX_FILES, SHIPPED, decode, open_estimate

TEXT = "estimate: tiny\n"


@pytest.mark.parametrize("size", [MAX_BYTES - 1, MAX_BYTES, MAX_BYTES + 1])
def test_size_is_limited(size: int, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"#" * size)
    sources, folder, found = open_estimate(path)
    assert folder == tmp_path
    assert [problem.code for problem in found] == (["E0004"] if size > MAX_BYTES else [])
    assert len(sources) == (size <= MAX_BYTES)


@pytest.mark.parametrize("count", [MAX_FILES - 1, MAX_FILES, MAX_FILES + 1])
def test_the_number_of_files_is_limited(count: int, tmp_path: Path) -> None:
    for number in range(count):
        (tmp_path / f"{number:03}.yaml").write_text(TEXT, encoding="utf-8")
    sources, _, found = open_estimate(tmp_path)
    assert [problem.code for problem in found] == (["E0031"] if count > MAX_FILES else [])
    assert [source.name for source in sources] == sorted(source.name for source in sources)


def test_a_file_that_the_analyst_names_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "link.yaml").symlink_to("real.yaml")
    sources, _, found = open_estimate(tmp_path / "link.yaml")
    assert not found
    assert [source.text for source in sources] == [TEXT]


def test_a_name_that_no_system_allows_is_a_problem(tmp_path: Path) -> None:
    for name in ("a\0b", "a" * 5_000):
        _, _, found = open_estimate(tmp_path / name)
        assert [problem.code for problem in found] == ["E0005"]


def test_the_place_of_a_bad_byte_is_shown() -> None:
    source, found = decode("t", "one\ntwo é ".encode() + b"\xe9 three")
    assert source is None
    assert str(found[0].span.place) == "t:2:7"
    assert "0xe9" in found[0].says


def test_a_file_inside_a_file_is_no_estimate(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(TEXT, encoding="utf-8")
    assert [problem.code for problem in open_estimate(tmp_path / "a.yaml" / "b.yaml")[2]] == ["E0001"]


def test_a_shipped_file_has_the_name_of_its_estimate_and_any_other_its_path(tmp_path: Path) -> None:
    shipped, _, _ = open_estimate(SHIPPED / "soviet-dprk-1984")
    assert str(Path("soviet-dprk-1984", "estimate.yaml")) in {source.name for source in shipped}
    path = tmp_path / "a.yaml"
    path.write_text(TEXT, encoding="utf-8")
    (own,), _, _ = open_estimate(path)
    assert own.name == str(path)
