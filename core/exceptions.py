"""Refusals: things that people may run into and can put right."""


class DomainError(Exception):
    """A refusal with a sentence for the person at the screen. Views show it where it happened."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
