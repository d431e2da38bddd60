"""Writing. One function a thing that somebody does: keyword-only, one transaction, its audit row inside it.

Every action takes `session`, `viewer` (who acts) and `at` (the moment), checks the right itself and commits.
"""
