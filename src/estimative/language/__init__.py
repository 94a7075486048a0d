"""Language: from text to estimate and back; checks; the JSON Schema."""
