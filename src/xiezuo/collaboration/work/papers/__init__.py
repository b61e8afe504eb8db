"""Printed forms of a request and its work (F1–F17), each on one page of A4, from the same record. Always in Chinese."""
