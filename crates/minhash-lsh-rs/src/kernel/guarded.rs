//! Every kernel on slices between pages that may not be touched: a read or a write beyond either
//! end of elements or lanes ends the process.

use std::ptr::{self, NonNull};

use super::{EMPTY_LANE, HashKeys, Kernel, absorb};

/// Memory that begins just after and ends just before a page without access.
struct Guarded {
    mapping: NonNull<u8>,
    page: usize,
    pages: usize,
}

impl Guarded {
    fn new(bytes: usize) -> Self {
        // SAFETY: asks for a number and nothing else.
        let page = usize::try_from(unsafe { libc::sysconf(libc::_SC_PAGESIZE) }).expect("positive");
        let pages = bytes.div_ceil(page).max(1);
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
        // SAFETY: a new mapping at an address of the system's choice.
        let mapping = unsafe {
            libc::mmap(ptr::null_mut(), (pages + 2) * page, libc::PROT_NONE, flags, -1, 0)
        };
        assert_ne!(mapping, libc::MAP_FAILED);
        let mapping = NonNull::new(mapping.cast::<u8>()).expect("mmap succeeded");
        let access = libc::PROT_READ | libc::PROT_WRITE;
        // SAFETY: the pages between the first and the last of the mapping, which nobody uses yet.
        let opened =
            unsafe { libc::mprotect(mapping.as_ptr().add(page).cast(), pages * page, access) };
        assert_eq!(opened, 0);
        Self { mapping, page, pages }
    }

    /// `values`, moved against the guard page at the end or at the start.
    fn slice<T: Copy>(&mut self, values: &[T], at_end: bool) -> &mut [T] {
        let (bytes, room) = (size_of_val(values), self.pages * self.page);
        assert!(bytes <= room);
        let start = self.page + if at_end { room - bytes } else { 0 };
        // SAFETY: within the open pages, which `self` owns and lends; their start and end are
        // aligned to a page, and `bytes` is a multiple of the size of T.
        unsafe {
            let place = self.mapping.as_ptr().add(start).cast::<T>();
            ptr::copy_nonoverlapping(values.as_ptr(), place, values.len());
            std::slice::from_raw_parts_mut(place, values.len())
        }
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        // SAFETY: the whole mapping, which nobody else has.
        unsafe { libc::munmap(self.mapping.as_ptr().cast(), (self.pages + 2) * self.page) };
    }
}

#[test]
fn no_kernel_touches_anything_beyond_the_ends() {
    const MOST: usize = 2100;
    let all: Vec<u64> = (1..=MOST as u64).map(|n| n.wrapping_mul(0x9e37_79b9_7f4a_7c15)).collect();
    let lengths = (0..=25).chain([31, 200, 255, 256, 257, 511, 512, 513, 650, 1023, 1024, 1025]);
    let lengths: Vec<usize> = lengths.chain([2047, 2048, MOST]).collect();
    for &kernel in Kernel::available() {
        for k in [8, 24, 64, 120, 128, 1024] {
            let keys = HashKeys::new(7, k / 8, k);
            let (mut elements, mut lanes) = (Guarded::new(8 * MOST), Guarded::new(4 * k));
            for (at_end, &n) in
                [false, true].iter().flat_map(|e| lengths.iter().map(move |n| (*e, n)))
            {
                let lanes = lanes.slice(&vec![EMPTY_LANE; k], at_end);
                absorb(kernel, &keys, elements.slice(&all[..n], at_end), lanes);
                let mut expected = vec![EMPTY_LANE; k];
                absorb(Kernel::Scalar, &keys, &all[..n], &mut expected);
                assert_eq!(lanes, expected, "{kernel}, k = {k}, {n} elements");
            }
        }
    }
}
