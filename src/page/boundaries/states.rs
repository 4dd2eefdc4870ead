//! The best sequence of states: a linear-chain conditional random field (Lafferty, McCallum, Pereira, ICML 2001).
//!
//! The score of a sequence is the sum of the weights of what was measured at each block in its state, of the ends between
//! blocks, and of the transitions. Viterbi finds the best sequence.

use super::Row;
use super::weights::WEIGHTS;

/// Where a block stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum State {
    Outside,
    /// The first block of an article: its title, or what an article without one opens with.
    Start,
    /// Between the title and the text.
    Head,
    Text,
}

pub(super) const STATES: [State; 4] = [State::Outside, State::Start, State::Head, State::Text];
const OUTSIDE: usize = 0;
/// From which state (row) which one may follow: no article ends in its head.
pub(super) const FOLLOWS: [[bool; 4]; 4] = [
    [true, true, false, false],
    [true, true, true, true],
    [false, false, true, true],
    [true, true, false, true],
];
/// The weights of a measure: for the three states of an article (outside is 0), for an article's end right above the
/// block, and for another article begun right there.
pub(super) const COLUMNS: usize = 5;

/// The sums of the weights of what was measured of a block.
pub(super) type Sums = [f64; COLUMNS];

/// Adds the weights of what was measured.
pub(super) fn weigh(row: &Row, sums: &mut Sums) {
    for &(measure, value) in row {
        let Some(weights) = WEIGHTS.measures.get(usize::from(measure)) else { continue };
        for (sum, weight) in sums.iter_mut().zip(weights) {
            *sum += weight * f64::from(value);
        }
    }
}

/// The best states of the blocks, given their sums and those of the page's end; ties go to the state named first. O(blocks).
pub(super) fn best(sums: &[Sums]) -> Vec<State> {
    const NEVER: f64 = f64::NEG_INFINITY;
    // Above the first block and behind the last one nothing is of an article.
    let mut best = [0.0, NEVER, NEVER, NEVER];
    let mut ways: Vec<[u8; 4]> = Vec::with_capacity(sums.len());
    for (index, &[start, head, text, end, joined]) in sums.iter().enumerate() {
        let own = [0.0, start, head, text];
        let mut next = [NEVER; 4];
        let mut way = [0_u8; 4];
        let slots = next.iter_mut().zip(&mut way).zip(STATES).zip(own).enumerate();
        for (to, (((slot, back), state), own)) in slots {
            let above = best.iter().zip(STATES).zip(FOLLOWS).zip(&WEIGHTS.transitions);
            for (of, (((score, above), follows), transitions)) in above.enumerate() {
                if follows.get(to) != Some(&true) {
                    continue;
                }
                let ends = matches!(above, State::Start | State::Text);
                let boundary = match state {
                    State::Outside if ends => end,
                    State::Start if ends => end + joined,
                    _ => 0.0,
                };
                let transition = match index {
                    0 => 0.0,
                    _ => transitions.get(to).copied().unwrap_or(0.0),
                };
                let score = score + transition + boundary;
                if score > *slot {
                    (*slot, *back) = (score, of as u8);
                }
            }
            *slot += own;
        }
        best = next;
        ways.push(way);
    }
    let mut states = Vec::with_capacity(sums.len());
    let mut state = OUTSIDE;
    for way in ways.iter().rev() {
        states.extend(STATES.get(state));
        state = way.get(state).copied().map_or(OUTSIDE, usize::from);
    }
    states.reverse();
    states.pop();
    states
}

#[cfg(test)]
mod tests {
    use super::super::columns::MEASURES;
    use super::*;

    fn sums(row: &Row) -> Sums {
        let mut sums = Sums::default();
        weigh(row, &mut sums);
        sums
    }

    fn score(rows: &[Row], states: &[State]) -> f64 {
        let place = |state: State| STATES.iter().position(|it| *it == state).unwrap();
        let mut score = 0.0;
        let mut above = State::Outside;
        for (index, (row, &state)) in rows.iter().zip(states).enumerate() {
            let [start, head, text, end, joined] = sums(row);
            if !FOLLOWS[place(above)][place(state)] {
                return f64::NEG_INFINITY;
            }
            score += [0.0, start, head, text][place(state)];
            if index > 0 {
                score += WEIGHTS.transitions[place(above)][place(state)];
            }
            if matches!(above, State::Start | State::Text) {
                score += match state {
                    State::Outside => end,
                    State::Start => end + joined,
                    _ => 0.0,
                };
            }
            above = state;
        }
        score
    }

    /// Every sequence of so many states that ends outside.
    fn all(count: usize) -> Vec<Vec<State>> {
        let mut found = vec![Vec::new()];
        for _ in 0..count {
            found = found
                .iter()
                .flat_map(|states: &Vec<State>| {
                    STATES.map(|state| states.iter().copied().chain([state]).collect())
                })
                .collect();
        }
        found
            .iter()
            .map(|states| states.iter().copied().chain([State::Outside]).collect())
            .collect()
    }

    #[test]
    fn no_sequence_scores_more_than_the_best_one() {
        let mut seed = 7_u64;
        let mut draw = |below: usize| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        };
        for _ in 0..60 {
            let rows: Vec<Row> =
                (0..5).map(|_| (0..6).map(|_| (draw(MEASURES) as u16, 3.0)).collect()).collect();
            let mut found = best(&rows.iter().map(sums).collect::<Vec<Sums>>());
            assert_eq!(found.len(), 4);
            found.push(State::Outside);
            let most =
                all(4).iter().map(|states| score(&rows, states)).fold(f64::NEG_INFINITY, f64::max);
            assert!((score(&rows, &found) - most).abs() < 1e-9);
        }
    }

    #[test]
    fn a_page_without_blocks_has_no_states() {
        assert!(best(&[Sums::default()]).is_empty());
        assert!(best(&[]).is_empty());
    }
}
