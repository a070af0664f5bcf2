"""Backups: one encrypted file, made while the server runs, read back before it counts."""
