#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wirecopy_fuzz::sketch_kernels::run(data));
