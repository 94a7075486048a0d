"""What happened: observations and facts from a record file, each with the grade of its source."""
