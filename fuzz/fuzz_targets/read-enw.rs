#![no_main]

use bibilingual_fuzz::libraries;

libfuzzer_sys::fuzz_target!(|data: &[u8]| libraries::read("enw", &["enw"], data));
