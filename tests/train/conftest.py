"""A tokenizer of whole words, and small labelled articles."""

from __future__ import annotations

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import BertPreTokenizer

TEXT = (
    "Gunmen shot dead two traders in Hollin on Monday. Police in Hollin said the gunmen fled. "
    "A bomb had killed one man in Tarvel in May."
)


def make_tokenizer() -> Tokenizer:
    """Each word of TEXT is a piece."""
    words = [word for word, _ in BertPreTokenizer().pre_tokenize_str(TEXT)]
    vocabulary = {"[PAD]": 0, "[CLS]": 1, "[SEP]": 2, "[UNK]": 3}
    for word in words:
        vocabulary.setdefault(word, len(vocabulary))
    made = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    made.pre_tokenizer = BertPreTokenizer()
    return made


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    return make_tokenizer()
