import torch

from .phrases import PhraseEmbeddings


class Embedder:
    def __init__(self):
        self.seen = []

    def __call__(self, phrases):
        self.seen += phrases
        return torch.tensor([[float(len(phrase)), float(ord(phrase[0]))] for phrase in phrases])


def test_pads_lists_of_different_lengths():
    embeddings, mask = PhraseEmbeddings(Embedder(), 10).batch([["cat"], ["a", "house"]])
    assert embeddings.tolist() == [[[3, 99], [0, 0]], [[1, 97], [5, 104]]]
    assert mask.tolist() == [[True, False], [True, True]]


def test_each_phrase_is_embedded_once():
    embedder = Embedder()
    phrases = PhraseEmbeddings(embedder, 10)
    phrases.batch([["cat", "dog", "cat"], ["dog", "bird"]])
    phrases.batch([["bird", "fox"]])
    assert embedder.seen == ["cat", "dog", "bird", "fox"]


def test_forgets_what_was_not_used_for_longest():
    embedder = Embedder()
    phrases = PhraseEmbeddings(embedder, 2)
    for phrase in ("cat", "dog", "cat", "fox", "cat", "dog"):
        phrases.batch([[phrase]])
    assert embedder.seen == ["cat", "dog", "fox", "dog"]


def test_a_batch_may_have_more_phrases_than_are_kept():
    for most in (0, 2):
        phrases = PhraseEmbeddings(Embedder(), most)
        wanted = [f"{number}" * (number + 1) for number in range(9)]
        embeddings, mask = phrases.batch([wanted])
        assert embeddings[0, :, 0].tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9]
        assert mask.all()
        assert len(phrases) == most


def test_a_kept_phrase_does_not_keep_its_whole_batch():
    lent = []

    def embed(phrases):
        lent.append(torch.zeros(len(phrases), 4))
        return lent[-1]

    phrases = PhraseEmbeddings(embed, 10)
    phrases.batch([["cat", "dog", "bird"]])
    assert len(phrases) == 3
    for phrase in ("cat", "dog", "bird"):
        row = phrases._kept.get(phrase)
        assert row.untyped_storage().nbytes() == row.nbytes == 16
