//! Draws ranks as often as words of a language occur.

use crate::random::Random;

/// Ranks 0 to n − 1 with weights 1 / (rank + 2.7), the law of Zipf and Mandelbrot, drawn in constant time by the alias
/// method (Vose, "A linear algorithm for generating random numbers with a given distribution", 1991).
///
/// Weights are integers: a rank is drawn as often on a machine that rounds floats in its own way.
#[derive(Debug)]
pub(crate) struct Zipf {
    columns: Vec<Column>,
    height: u64,
}

/// Draws its own rank below `split` and `alias` above.
#[derive(Clone, Copy, Debug)]
struct Column {
    split: u64,
    alias: u32,
}

impl Zipf {
    pub(crate) fn new(ranks: usize) -> Zipf {
        let n = ranks as u64;
        // Scaled by n, so that the mean height of a column is the whole of the weights.
        let mut heights: Vec<u64> =
            (0..n).map(|rank| (1u64 << 36) * 10 / (10 * rank + 27) * n).collect();
        let height = heights.iter().sum::<u64>() / n;
        let mut columns = vec![Column { split: height, alias: 0 }; ranks];
        let (mut low, mut high): (Vec<usize>, Vec<usize>) =
            (0..ranks).partition(|&rank| heights[rank] < height);
        while let (Some(short), Some(&tall)) = (low.pop(), high.last()) {
            columns[short] = Column { split: heights[short], alias: tall as u32 };
            heights[tall] -= height - heights[short];
            if heights[tall] < height {
                high.pop();
                low.push(tall);
            }
        }
        Zipf { columns, height }
    }

    pub(crate) fn draw(&self, random: &mut Random) -> usize {
        let place = random.below(self.columns.len());
        let column = self.columns[place];
        if (random.below(self.height as usize) as u64) < column.split {
            place
        } else {
            column.alias as usize
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Purpose;

    #[test]
    fn ranks_are_drawn_as_often_as_their_weights_say() {
        let (ranks, draws) = (1_000, 400_000);
        let zipf = Zipf::new(ranks);
        let mut random = Random::new(1, Purpose::Vocabulary, 0);
        let mut counts = vec![0f64; ranks];
        for _ in 0..draws {
            counts[zipf.draw(&mut random)] += 1.0;
        }
        let weight = |rank: usize| 1.0 / (rank as f64 + 2.7);
        let total: f64 = (0..ranks).map(weight).sum();
        for rank in [0, 1, 2, 5, 10, 50, 100] {
            let expected = f64::from(draws) * weight(rank) / total;
            let deviation = (counts[rank] - expected).abs() / expected.sqrt();
            assert!(deviation < 4.5, "rank {rank}: {} instead of {expected:.0}", counts[rank]);
        }
        assert!(counts.iter().all(|&count| count > 0.0));
    }
}
