"""The guide for editors, one Markdown file a language, with the same chapters in each."""
