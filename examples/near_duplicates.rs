//! Strings in, pairs of near-duplicates out, also of a text inside a longer one.
//!
//! ```sh
//! cargo run --release --example near_duplicates
//! ```
//!
//! For many texts that are alike as wholes, the example `duplicates` shows the fast way.

fn main() -> wirecopy::Result<()> {
    let texts = [
        "Le pont de Sourlac, fermé depuis deux ans, a rouvert mardi matin à la circulation, a annoncé la mairie.",
        "La Gazette de Brême-sur-Orge : Le pont de Sourlac, fermé depuis deux ans, a rouvert mardi matin à la \
         circulation, a annoncé la mairie. Les commerçants du quai Nord attendent le retour de leurs clients.",
        "Le marché couvert de Valdrine fermera ses portes en juin pour quatre mois de travaux.",
    ];
    for pair in wirecopy::near_duplicates(&texts)? {
        println!(
            "texts {} and {}: {:.0} % of the shorter stands in the other ({}; Jaccard similarity {:.2})",
            pair.first,
            pair.second,
            100.0 * pair.containment.get(),
            pair.kind,
            pair.resemblance.get(),
        );
    }
    Ok(())
}
