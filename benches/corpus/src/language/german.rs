use super::{Letters, Spelling};

pub(super) const SPELLING: Spelling = Spelling {
    grammatical: &[
        "der", "die", "und", "in", "den", "von", "zu", "das", "mit", "sich", "des", "auf", "für",
        "ist", "im", "dem", "nicht", "ein", "eine", "als", "auch", "es", "an", "werden", "aus",
        "er", "hat", "dass", "sie", "nach", "wird", "bei", "einer", "um", "am", "sind", "noch",
        "wie", "einem", "über", "einen", "so", "zum", "war", "haben", "nur", "oder", "aber", "vor",
        "zur", "bis", "mehr", "durch", "man", "sein", "wurde", "sei", "gegen", "vom", "können",
        "unter", "während", "zwischen", "seit", "wenn", "dort", "später", "schon", "müssen",
        "könnte",
    ],
    grammatical_share: 44,
    letters: Letters::Syllables {
        onsets: &[
            "b", "d", "f", "g", "g", "h", "k", "l", "m", "n", "r", "r", "s", "s", "t", "v", "w",
            "z", "sch", "st", "ch", "pf", "tr", "br", "kr", "gr", "sp", "bl", "schl", "ck", "ff",
            "",
        ],
        nuclei: &[
            "a", "e", "i", "o", "u", "e", "e", "a", "i", "ei", "ie", "au", "eu", "ä", "ö", "ü",
            "er", "en", "an", "in", "un", "el",
        ],
        endings: &[
            "", "", "en", "en", "er", "e", "t", "st", "ung", "keit", "lich", "isch", "ß", "schaft",
            "burg", "nd",
        ],
    },
    elisions: &[],
    capitals: 45,
    space: " ",
    comma: ",",
    stop: ".",
    question: "?",
    quotes: ("„", "“"),
};
