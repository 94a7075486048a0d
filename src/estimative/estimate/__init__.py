"""The estimate: frozen records of what was written, each with its span. Imports only `places`."""
