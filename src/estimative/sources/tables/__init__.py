"""Printed tables: read, audited by their own arithmetic, and repaired where scanning spoilt a digit."""
