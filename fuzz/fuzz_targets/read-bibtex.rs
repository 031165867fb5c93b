#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bibilingual_fuzz::target("read-bibtex", data));
