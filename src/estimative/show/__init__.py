"""Show: answers to blocks, blocks to the terminal, HTML and pictures. Never computes."""
