"""Loans of people, and units that are paired."""
