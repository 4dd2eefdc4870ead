use super::{Letters, Spelling};

pub(super) const SPELLING: Spelling = Spelling {
    grammatical: &[
        "the", "of", "and", "to", "a", "in", "is", "it", "that", "was", "for", "on", "with", "he",
        "as", "at", "by", "from", "be", "this", "had", "not", "are", "but", "his", "they", "or",
        "which", "an", "were", "she", "has", "would", "their", "been", "will", "who", "more",
        "after", "its", "said", "than", "over", "about", "into", "when", "out", "up", "one",
        "could", "no", "under", "before", "between", "while", "them", "there", "other", "also",
        "since", "only", "it’s", "didn’t", "against", "during", "where", "these", "some", "any",
        "both",
    ],
    grammatical_share: 46,
    letters: Letters::Syllables {
        onsets: &[
            "b", "c", "d", "d", "f", "g", "h", "l", "l", "m", "n", "p", "r", "r", "s", "s", "t",
            "t", "w", "k", "sh", "th", "st", "tr", "br", "gr", "pl", "cl", "sp", "wh", "ll", "nd",
            "",
        ],
        nuclei: &[
            "a", "e", "i", "o", "u", "e", "a", "i", "o", "e", "ea", "oo", "ou", "ai", "er", "an",
            "on", "in", "or", "ar", "ow", "ee",
        ],
        endings: &[
            "", "", "", "", "s", "s", "d", "ed", "ing", "ly", "ment", "tion", "er", "y", "n", "t",
            "ness", "al",
        ],
    },
    elisions: &[],
    capitals: 14,
    space: " ",
    comma: ",",
    stop: ".",
    question: "?",
    quotes: ("“", "”"),
};
