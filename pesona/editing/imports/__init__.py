"""Content from spreadsheets and back: files read, rows checked, written as drafts, taken back, written out."""
