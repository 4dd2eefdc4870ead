//! Numbers out of the fuzzer's bytes. Beyond the end everything is zero, so every input is valid.

pub struct Input<'a> {
    rest: &'a [u8],
}

impl<'a> Input<'a> {
    pub fn new(data: &'a [u8]) -> Self {
        Self { rest: data }
    }

    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub fn byte(&mut self) -> u8 {
        self.array::<1>()[0]
    }

    pub fn u64(&mut self) -> u64 {
        u64::from_le_bytes(self.array())
    }

    fn array<const N: usize>(&mut self) -> [u8; N] {
        let mut array = [0; N];
        let (taken, rest) = self.rest.split_at(N.min(self.rest.len()));
        array[..taken.len()].copy_from_slice(taken);
        self.rest = rest;
        array
    }

    /// Up to `most` elements: small integers, so that sets overlap, or whole words.
    pub fn elements(&mut self, most: usize) -> Vec<u64> {
        let header = self.byte();
        let count = usize::from(header >> 1) % (most + 1);
        let wide = header & 1 == 1;
        let element = |_| if wide { self.u64() } else { u64::from(self.byte()) };
        (0..count).map(element).collect()
    }
}
