"""Without what some rules cannot look, each in a few words; empty where it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estimative.words.lexicon import lexicon

if TYPE_CHECKING:
    from estimative.audit.material import Material


def standard(material: Material) -> str:
    """Ranges of words that an official standard has."""
    words = lexicon(material.estimate.standard)
    return "" if words.official else "words of ordinary usage have no ranges to keep to"


def sources(material: Material) -> str:
    """Sources that the estimate names."""
    return "" if material.estimate.sources else "the estimate names no sources"


def documents(material: Material) -> str:
    """A folder of documents; which of them are missing in it is a finding."""
    if not material.estimate.sources:
        return sources(material)
    return "no documents given: --sources FOLDER" if material.documents is None else ""


def any_document(material: Material) -> str:
    """A document of at least one source."""
    if material.documents is None or material.documents.coverage:
        return documents(material)
    return "no document of the sources is in the folder"
