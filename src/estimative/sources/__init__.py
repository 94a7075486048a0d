"""Sources: documents opened, page by page; citations resolved; what a document says, in what words."""
