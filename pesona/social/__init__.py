"""The picture that other sites show beside a link: its words, how it is drawn, where it is kept."""
