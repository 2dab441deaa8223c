"""Step 7, tell: records as contract JSON, tables and files."""
