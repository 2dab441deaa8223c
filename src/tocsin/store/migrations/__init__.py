"""Alembic's steps from an empty file to the newest schema, applied when a store is opened."""
