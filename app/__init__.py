"""Yizhan (驿站) without its screens: facts, rules, storage, papers and actions. Nothing here knows Qt."""
