"""Reads of the reports: the state of counties for templates, editions of templates, runs."""
