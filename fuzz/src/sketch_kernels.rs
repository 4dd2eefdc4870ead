//! Every kernel that this CPU runs against the scalar reference, on new and on filled lanes.

use minhash_lsh::{Kernel, Scheme, Sketcher};

use crate::input::Input;

pub fn run(data: &[u8]) {
    let mut input = Input::new(data);
    let k = 8 * (1 + usize::from(input.byte()) % 128);
    let scheme = Scheme::new(k).expect("a multiple of 8 up to 1024").with_seed(input.u64());
    // What is read is repeated with other bits, so that few bytes reach the long ways too.
    let copies = 1 + usize::from(input.byte()) % 64;
    let (first, second) = (input.elements(100), input.elements(100));
    let repeated = |set: &[u64]| -> Vec<u64> {
        let copy = |copy: u64| set.iter().map(move |element| element.wrapping_add(copy << 40));
        (0..copies as u64).flat_map(copy).collect()
    };
    let sets = [first.clone(), repeated(&first), repeated(&second)];

    let reference = on(scheme, Kernel::Scalar);
    for &kernel in Kernel::available() {
        let sketcher = on(scheme, kernel);
        for set in &sets {
            assert_eq!(sketcher.sketch(set), reference.sketch(set), "{kernel}");
        }
        for [before, added] in [[0, 2], [1, 2], [2, 0]].map(|pair| pair.map(|set| &sets[set])) {
            let mut expected = reference.sketch(before);
            let mut found = expected.clone();
            reference.update(&mut expected, added).expect("one scheme");
            sketcher.update(&mut found, added).expect("one scheme");
            assert_eq!(found, expected, "{kernel}: update");
        }
    }
}

fn on(scheme: Scheme, kernel: Kernel) -> Sketcher {
    Sketcher::new(scheme).with_kernel(kernel).expect("an available kernel")
}
