"""Places: source texts, spans in them, and problems that point at a span."""

from estimative.places.calendar import Calendar
from estimative.places.problem import Bug, EstimateHasErrors, Problem, Severity
from estimative.places.source import Place, Source, Span

__all__ = ["Bug", "Calendar", "EstimateHasErrors", "Place", "Problem", "Severity", "Source", "Span"]
