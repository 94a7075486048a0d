"""The problems of the language: one function for each, its place first; all wording stands here.

The first line of a function's docstring says why the problem matters to an analyst.
"""
